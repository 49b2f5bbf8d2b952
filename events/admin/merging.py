"""Merging at the desk: an action on the list, a page that says what would move, and the merge itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.services.merging import MergeReport, Plan, merge, plan_merge

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin

MOST_ROWS = 20
REFUSED = 422


class Mergeable(ModelAdmin):
    """A desk whose rows can be merged, by who may both change and delete them."""

    def has_merge_permission(self, request: HttpRequest) -> bool:
        """One row is changed and others go."""
        return self.has_change_permission(request) and self.has_delete_permission(request)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """With the merge, where it is allowed and a list is not a pop-up to choose from."""
        actions: dict[str, Any] = dict(super().get_actions(request))
        if "_popup" not in request.GET and self.has_merge_permission(request):
            actions["merge_rows"] = (_begin, "merge_rows", gettext_lazy("Merge …"))
        return actions

    def get_urls(self) -> list[URLPattern]:
        """With the page of a merge: `rows` are keys, `keep` is the one that stays."""
        there = path("merge/", self.admin_site.admin_view(self.merge_view), name=page_name(self.opts, "merge"))
        return [there, *super().get_urls()]

    def merge_view(self, request: HttpRequest) -> HttpResponse:
        """What would move, and on POST the merge."""
        if not self.has_merge_permission(request):
            raise PermissionDenied
        sent = request.POST if request.method == "POST" else request.GET
        rows = _rows_named(self, request, sent.get("rows", ""))
        keep = next((row for row in rows if str(row.pk) == sent.get("keep")), rows[0] if rows else None)
        try:
            if request.method != "POST":
                return _page(self, request, plan_of(rows, keep, request))
            return self._merged(request, merge(**_what(rows, keep), by=request.user, seen=sent.get("seen", "")))
        except ValidationError as refused:
            return self._refused(request, rows, keep, refused)
        except IntegrityError:
            busy = ValidationError(_("Somebody has written about one of these just now. Try again."))
            return self._refused(request, rows, keep, busy)

    def _merged(self, request: HttpRequest, report: MergeReport) -> HttpResponse:
        kept = report.kept
        gone = [{"added": {"name": "merge", "object": str(len(report.lost))}}]
        self.log_change(request, kept, gone)
        sentences = [_("Merged."), _("What came along: %(counts)s") % {"counts": in_words(report.counts())}]
        if report.joined:
            sentences.append(_("Rows that became one: %(counts)s") % {"counts": in_words(report.joined_counts())})
        self.message_user(request, with_link(sentences, kept), messages.SUCCESS)
        return HttpResponseRedirect(reverse(f"admin:{page_name(self.opts, 'change')}", args=[kept.pk]))

    def _refused(self, request: HttpRequest, rows: list[Any], keep: Any, refused: ValidationError) -> HttpResponse:
        """The page as it is now with the reason; where there is nothing left to show, the list."""
        sentences = " ".join(refused.messages)
        if request.method == "POST":
            try:
                return _page(self, request, plan_of(rows, keep, request), refusal=sentences)
            except ValidationError as still:
                sentences = " ".join(still.messages)
        self.message_user(request, sentences, messages.ERROR)
        return HttpResponseRedirect(reverse(f"admin:{page_name(self.opts, 'changelist')}"))


def page_name(opts: Any, page: str) -> str:
    """The name of a page of this desk, without the admin's namespace."""
    return f"{opts.app_label}_{opts.model_name}_{page}"


def named(row: Any) -> str:
    """A row as its page calls it."""
    return str(row.display_title() if hasattr(row, "display_title") else row.both_names())


def with_link(sentences: list[str], row: Any) -> SafeString:
    """A message that leads to the row's page."""
    return format_html('{} <a href="{}">{}</a>', " · ".join(sentences), row.get_absolute_url(), named(row))


def in_words(counts: Any) -> str:
    """“Entries 3, Marks 2”, or a dash for nothing."""
    return ", ".join(f"{count.label} {count.number}" for count in counts) or "–"


def plan_of(rows: list[Any], keep: Any, request: HttpRequest) -> Plan:
    """The preview; raises ValidationError as the merge would."""
    return plan_merge(**_what(rows, keep), by=request.user)


def _what(rows: list[Any], keep: Any) -> dict[str, Any]:
    """What is merged, for the verb; raises ValidationError where there are no two rows."""
    if len(rows) < 2:
        raise ValidationError(_("Choose at least two of the list, and see whether they are still there."), code="few")
    return {"keep": keep, "lose": [row for row in rows if row is not keep]}


def _begin(desk: Any, request: HttpRequest, queryset: models.QuerySet[Any]) -> HttpResponse | None:
    """The action on a list: on to the page."""
    keys = list(queryset.order_by("pk").values_list("pk", flat=True)[: MOST_ROWS + 1])
    if not 2 <= len(keys) <= MOST_ROWS:
        sentence = _("Choose from two to %(most)s rows that are one and the same.") % {"most": MOST_ROWS}
        desk.message_user(request, sentence, messages.ERROR)
        return None
    there = reverse(f"admin:{page_name(desk.opts, 'merge')}")
    return HttpResponseRedirect(f"{there}?rows={','.join(map(str, keys))}")


def _rows_named(desk: Any, request: HttpRequest, rows: str) -> list[Any]:
    """The rows of these keys that the person sees; what is not there any more is noticed by the plan."""
    keys = [int(key) for key in rows.split(",") if key.isdecimal() and len(key) < 19][:MOST_ROWS]
    found = {row.pk: row for row in desk.model._default_manager.visible_to(request.user).filter(pk__in=keys)}
    if len(found) < len(set(keys)):
        return []
    return [found[key] for key in dict.fromkeys(keys)]


def _page(desk: Any, request: HttpRequest, plan: Plan, refusal: str = "") -> TemplateResponse:
    rows = sorted([plan.kept, *plan.lost], key=lambda row: row.pk)
    context = {
        **desk.admin_site.each_context(request),
        "title": _("Merge"),
        "opts": desk.opts,
        "plan": plan,
        "choices": [(row, named(row), row == plan.kept, _hints(row)) for row in rows],
        "rows": ",".join(str(row.pk) for row in rows),
        "refusal": refusal,
    }
    return TemplateResponse(request, "admin/events/merge.html", context, status=REFUSED if refusal else 200)


def _hints(row: Any) -> list[str]:
    """What tells two rows of one name apart."""
    tell: dict[str, Callable[[], list[str]]] = {
        "talk": lambda: [", ".join(one.display_name() for one in row.appearances.all()), _shared(row)],
        "speaker": lambda: [row.website, " / ".join(row.aka.splitlines())],
        "venue": lambda: [row.address, row.city, " / ".join(row.aka.splitlines())],
    }
    return [hint for hint in (*tell[row._meta.model_name](), row.get_absolute_url()) if hint]


def _shared(talk: Any) -> str:
    return "" if talk.listed else _("Only you see this talk")
