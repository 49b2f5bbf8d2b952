"""One page that changes several talks at once: kind, track, state, room, sharing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import CHANGE
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.admin.completion import key_of
from events.models import Room, Talk
from events.querysets import Person
from events.services import change_talk, share_talk

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin

MOST_TALKS = 1000
NO_ROOM = "none"
_LEAVE = ("", gettext_lazy("Leave as it is"))


class TogetherForm(forms.Form):
    """What is left empty stays as it is on every talk."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False, choices=[_LEAVE, *Talk.Kind.choices])
    track = forms.CharField(label=gettext_lazy("Track"), required=False, max_length=200)
    no_track = forms.BooleanField(label=gettext_lazy("Take the track away"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False, choices=[_LEAVE, *Talk.State.choices])
    room = forms.ChoiceField(label=gettext_lazy("Room"), required=False)
    listed = forms.ChoiceField(
        label=gettext_lazy("Sharing"),
        required=False,
        choices=[
            _LEAVE,
            ("yes", gettext_lazy("Share with everyone here")),
            ("no", gettext_lazy("Only for who added it")),
        ],
    )

    def __init__(self, data: Any, *, talks: Sequence[Talk], person: Person) -> None:
        super().__init__(data)
        self.talks, self.person = talks, person
        conferences = {talk.conference_id for talk in talks}
        self.rooms = self._rooms_of(conferences.pop()) if len(conferences) == 1 else {}
        field: Any = self.fields["room"]
        if not self.rooms:
            field.help_text = _("These talks are of several conferences. Choose talks of one to set their room.")
            field.widget.attrs["disabled"] = True
        names = [(str(key), room.name) for key, room in self.rooms.items()]
        field.choices = [_LEAVE, (NO_ROOM, _("No room")), *names]

    def _rooms_of(self, conference: int) -> dict[int, Room]:
        rows = Room.objects.visible_to(self.person).select_related("conference")
        return {room.pk: room for room in rows.filter(conference=conference).order_by("position", "name")}

    def clean(self) -> dict[str, Any]:
        """Something is to change, and a room is one of the talks' own conference."""
        data = super().clean() or {}
        if data.get("room") and not self.rooms and data["room"] != NO_ROOM:
            raise ValidationError(_("These talks are of several conferences. Choose talks of one to set their room."))
        if not self.errors and not any(data.values()):
            raise ValidationError(_("Nothing is chosen yet: say what should change."))
        if data.get("listed") == "no" and any(talk.added_by_id is None for talk in self.talks):
            raise ValidationError(_("Nobody added this by hand, so no one would see it any more. It stays shared."))
        return data

    def apply(self) -> None:
        """All of it on every talk, through the verbs of the pages; raises ValidationError, and then nothing changed."""
        fields = {name: self.cleaned_data[name] for name in ("kind", "track", "state") if self.cleaned_data[name]}
        if self.cleaned_data["no_track"]:
            fields["track"] = ""
        with transaction.atomic():
            for talk in self.talks:
                self._change(talk, fields)

    def _change(self, talk: Talk, fields: dict[str, Any]) -> None:
        chosen, listed = self.cleaned_data["room"], self.cleaned_data["listed"]
        room = {"": None, NO_ROOM: ""}.get(chosen, self.rooms.get(int(chosen)) if chosen.isdecimal() else None)
        if fields or room is not None:
            change_talk(talk=talk, person=self.person, room=room, **fields)
        if listed == "yes" and not talk.listed:
            share_talk(talk=talk)
        if listed == "no" and talk.listed:
            talk.listed = False
            talk.save(update_fields=["listed"])

    def changed_labels(self) -> list[str]:
        """What was chosen, for the history."""
        return [str(self.fields[name].label) for name, value in self.cleaned_data.items() if value]


@admin.action(permissions=["change"], description=gettext_lazy("Change kind, track, room or sharing …"))
def change_together(desk: Any, request: HttpRequest, queryset: QuerySet[Talk]) -> HttpResponse | None:
    """First the page with the form, then what it says, on the very rows that the page named."""
    applying = "rows" in request.POST
    rows = queryset.filter(pk__in=_keys(request)) if applying else queryset
    talks = list(rows[: MOST_TALKS + 1])
    if len(talks) > MOST_TALKS:
        sentence = _("That is too many at once. Choose at most %(most)s talks.") % {"most": MOST_TALKS}
        desk.message_user(request, sentence, messages.ERROR)
        return None
    form = TogetherForm(request.POST if applying else None, talks=talks, person=request.user)
    if applying and _applied(form):
        done = [{"changed": {"fields": form.changed_labels()}}]
        desk.log_rows(request, talks, CHANGE, done)
        sentence = ngettext("%(count)s talk changed.", "%(count)s talks changed.", len(talks)) % {"count": len(talks)}
        desk.message_user(request, sentence, messages.SUCCESS)
        return None
    return _page(desk, request, form)


def _keys(request: HttpRequest) -> list[int]:
    return [key for text in request.POST["rows"].split(",") if (key := key_of(text))]


def _applied(form: TogetherForm) -> bool:
    """Whether the form was good and every talk took it; a refusal stands on the form in the verb's own words."""
    if not form.is_valid():
        return False
    try:
        form.apply()
    except ValidationError as error:
        form.add_error(None, ValidationError(error.messages))
        return False
    return True


def _page(desk: Any, request: HttpRequest, form: TogetherForm) -> TemplateResponse:
    context = {
        **desk.admin_site.each_context(request),
        "title": _("Change several talks"),
        "opts": desk.opts,
        "media": desk.media,
        "form": form,
        "talks": form.talks,
        "rows": ",".join(str(talk.pk) for talk in form.talks),
        "first": form.talks[0].pk if form.talks else "",
        "action_checkbox_name": ACTION_CHECKBOX_NAME,
    }
    status = 422 if form.is_bound and form.errors else 200
    return TemplateResponse(request, "admin/events/together.html", context, status=status)
