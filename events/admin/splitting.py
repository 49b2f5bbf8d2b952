"""Taking a speaker apart at the desk, who is two people: by the record of a wrong merge, or by choosing appearances."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.admin.merging import REFUSED, in_words, page_name, with_link
from events.models import Merge, Speaker
from events.services.merging import SplitPlan, SplitReport, merges_of, plan_split, split

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin

NEW = "new"


class Splittable(ModelAdmin):
    """A desk whose speakers can be taken apart, by who may change and add them."""

    change_form_template = "admin/events/speaker_change_form.html"

    def has_split_permission(self, request: HttpRequest) -> bool:
        """One row is changed and another made, as when a merge is undone."""
        return all((self.has_add_permission(request), self.has_change_permission(request)))

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """With the split."""
        actions: dict[str, Any] = dict(super().get_actions(request))
        if "_popup" not in request.GET and self.has_split_permission(request):
            actions["split_row"] = (_begin, "split_row", gettext_lazy("Split …"))
        return actions

    def get_urls(self) -> list[URLPattern]:
        """With the page of a split."""
        view = self.admin_site.admin_view(self.split_view)
        return [path("<int:key>/split/", view, name=page_name(self.opts, "split")), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Says whether the button is there."""
        context["may_split"] = self.has_split_permission(request)
        return super().render_change_form(request, context, *args, **kwargs)

    def split_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """What would go, and on POST the split."""
        if not self.has_split_permission(request):
            raise PermissionDenied
        speaker = Speaker.objects.visible_to(request.user).filter(pk=key).first()
        if speaker is None:
            raise Http404
        sent = request.POST if request.method == "POST" else request.GET
        records = merges_of(speaker)
        record = _chosen(records, sent.get("record", ""))
        if request.method != "POST":
            return _page(self, request, plan_split(speaker=speaker, by=request.user, record=record), records)
        try:
            return self._split(request, split(**_what(request, speaker, record), by=request.user))
        except ValidationError as refused:
            plan = plan_split(speaker=speaker, by=request.user, record=record)
            return _page(self, request, plan, records, refusal=" ".join(refused.messages))

    def _split(self, request: HttpRequest, report: SplitReport) -> HttpResponse:
        self.log_change(request, report.speaker, [{"deleted": {"name": "merge", "object": str(report.made.pk)}}])
        self.log_addition(request, report.made, [{"added": {}}])
        sentences = [_("Split."), _("What went along: %(counts)s") % {"counts": in_words(report.counts())}]
        self.message_user(request, with_link(sentences, report.made), messages.SUCCESS)
        return HttpResponseRedirect(reverse(f"admin:{page_name(self.opts, 'change')}", args=[report.made.pk]))


def _begin(desk: Any, request: HttpRequest, queryset: models.QuerySet[Any]) -> HttpResponse | None:
    """The action on a list: on to the page."""
    keys = list(queryset.values_list("pk", flat=True)[:2])
    if len(keys) != 1:
        desk.message_user(request, _("Choose the one speaker who is two people."), messages.ERROR)
        return None
    return HttpResponseRedirect(reverse(f"admin:{page_name(desk.opts, 'split')}", args=keys))


def _chosen(records: list[Merge], key: str) -> Merge | None:
    """The record that was asked for; the latest where nothing was; None for somebody new."""
    if key == NEW:
        return None
    return next((record for record in records if str(record.pk) == key), records[0] if records and not key else None)


def _what(request: HttpRequest, speaker: Speaker, record: Merge | None) -> dict[str, Any]:
    """What is split, for the verb; raises ValidationError where the record that was confirmed is gone."""
    if record is None and request.POST.get("record", NEW) != NEW:
        raise ValidationError(_("This merge has been taken back already."), code="gone")
    keys = [int(key) for key in request.POST.getlist("appearance") if key.isdecimal() and len(key) < 19]
    return {
        "speaker": speaker,
        "record": record,
        "appearances": keys,
        "name": request.POST.get("name", ""),
        "seen": request.POST.get("seen", ""),
    }


def _page(
    desk: Any, request: HttpRequest, plan: SplitPlan, records: list[Merge], refusal: str = ""
) -> TemplateResponse:
    ticked = {int(key) for key in request.POST.getlist("appearance") if key.isdecimal()} if refusal else plan.chosen
    context = {
        **desk.admin_site.each_context(request),
        "title": _("Split"),
        "opts": desk.opts,
        "original": plan.speaker,
        "plan": plan,
        "records": [(one, one == plan.record) for one in records],
        "new": NEW,
        "rows": [(row, row.pk in ticked) for row in plan.appearances],
        "name": request.POST.get("name", ""),
        "refusal": refusal,
    }
    return TemplateResponse(request, "admin/events/split.html", context, status=REFUSED if refusal else 200)
