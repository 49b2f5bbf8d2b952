"""Being there on the desk: attendance, the log of a day, marks, and what a person prefers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from journal import access, actions, people
from journal.admin.clock import ClockField
from journal.admin.filters import OwnConference, OwnConferenceOfDay, OwnConferenceOfTalk
from journal.admin.forms import EntryChoice, TouchedForm, keep_choice, offer_entries
from journal.admin.own import MadeOnPages, SavedThroughVerbs
from journal.models import Attendance, DayLog, Entry, Mark, Preferences


def _line() -> forms.TextInput:
    return forms.TextInput(attrs={"class": "vTextField"})


class Presence(MadeOnPages, SavedThroughVerbs):
    """A row of which a person has one for each thing; it names the thing for good."""

    ordering = ["-pk"]

    def take_back(self, row: Any) -> None:
        """The verb that removes it."""
        raise NotImplementedError

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Through the verb."""
        self.take_back(obj)

    def delete_queryset(self, request: HttpRequest, queryset: Iterable[Any]) -> None:
        """Through the verb, each."""
        for row in queryset:
            self.take_back(row)


class AttendanceForm(TouchedForm):
    class Meta:
        model = Attendance
        fields = ["mode", "role", "ribbon", "companions", "lodging", "expectation"]
        widgets = {"companions": _line(), "lodging": _line()}


@admin.register(Attendance)
class AttendanceAdmin(Presence):
    form = AttendanceForm
    list_display = ["__str__", "conference", "mode", "role", "companions"]
    list_filter = ["mode", "role", OwnConference]
    list_select_related = ["conference"]
    search_fields = ["conference__name", "conference__other_name", "companions", "lodging", "expectation"]
    fields = ["conference", "mode", "role", "ribbon", "companions", "lodging", "expectation"]
    readonly_fields = ["conference"]

    def act(self, request: HttpRequest, row: Any, form: Any, *, is_new: bool) -> Attendance:
        """“I was there”, changed."""
        return actions.attend(owner=row.owner, conference=row.conference, **form.touched())

    def take_back(self, row: Attendance) -> None:
        """“I was not there after all”."""
        actions.withdraw_attendance(attendance=row)


class DayLogForm(TouchedForm):
    """Times by the clock of the conference."""

    arrived = ClockField(label=capfirst(DayLog._meta.get_field("arrived").verbose_name))
    left = ClockField(label=capfirst(DayLog._meta.get_field("left").verbose_name))
    highlight_entry = EntryChoice(queryset=Entry.objects.none(), required=False, label=_("Highlight (an entry)"))

    class Meta:
        model = DayLog
        fields = [
            "mode", "arrived", "arrived_about", "left", "left_about", "travel", "mood", "rating", "highlight_talk",
            "highlight_entry",
        ]  # fmt: skip
        widgets = {"travel": _line(), "mood": _line()}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        log: DayLog = self.instance
        for name in ("arrived", "left"):
            self.fields[name].go_by(log.day.conference.zone)  # type: ignore[attr-defined]
        if "highlight_talk" in self.fields:
            talks: Any = self.fields["highlight_talk"]
            talks.queryset = talks.queryset.filter(conference=log.day.conference_id)
            keep_choice(talks, log.highlight_talk_id)
        mine = access.entries(self.person).on_day(log.day)
        offer_entries(self.fields["highlight_entry"], self.person, mine, log.highlight_entry_id)

    def clean(self) -> dict[str, Any]:
        """Nobody leaves before they arrive."""
        cleaned = super().clean()
        arrived, left = cleaned.get("arrived"), cleaned.get("left")
        if arrived and left and left < arrived:
            self.add_error("left", _("This is before the arrival. Please look at both times."))
        return cleaned


@admin.register(DayLog)
class DayLogAdmin(Presence):
    form = DayLogForm
    list_display = ["__str__", "day", "mode", "mood", "rating"]
    list_filter = ["mode", OwnConferenceOfDay]
    list_select_related = ["day__conference"]
    date_hierarchy = "day__date"
    search_fields = ["day__conference__name", "mood", "travel"]
    autocomplete_fields = ["highlight_talk"]
    fields = ["day", *DayLogForm.Meta.fields]
    readonly_fields = ["day"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """With the conference, whose clock its times go by."""
        return super().get_queryset(request).select_related("day__conference")

    def act(self, request: HttpRequest, row: Any, form: Any, *, is_new: bool) -> DayLog:
        """The day's log, changed."""
        return actions.log_day(owner=row.owner, day=row.day, **form.touched())

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As on the pages: a log is emptied, not removed; its day was a day."""
        return False


class MarkForm(TouchedForm):
    class Meta:
        model = Mark
        fields = ["state", "rating", "verdict"]
        widgets = {"verdict": _line()}


@admin.register(Mark)
class MarkAdmin(Presence):
    form = MarkForm
    list_display = ["__str__", "talk_named", "conference", "state", "rating", "verdict"]
    list_filter = ["state", OwnConferenceOfTalk]
    list_select_related = ["talk__conference"]
    search_fields = ["talk__title", "talk__appearances__speaker__name", "verdict"]
    fields = ["talk_named", "state", "rating", "verdict"]
    readonly_fields = ["talk_named"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """With who appears in the talk, by whom an untitled one is called: two queries more."""
        rows = super().get_queryset(request).select_related("talk__conference")
        return rows.prefetch_related("talk__appearances__speaker")

    @admin.display(description=_("talk"), ordering="talk__title")
    def talk_named(self, mark: Mark) -> str:
        """As pages call it."""
        return mark.talk.display_title()

    @admin.display(description=_("conference"), ordering="talk__conference")
    def conference(self, mark: Mark) -> Any:
        """Where it was given."""
        return mark.talk.conference

    def act(self, request: HttpRequest, row: Any, form: Any, *, is_new: bool) -> Mark:
        """The mark, changed."""
        touched = form.touched()
        return actions.mark_talk(owner=row.owner, talk=row.talk, state=touched.pop("state", None), **touched)

    def take_back(self, row: Mark) -> None:
        """No mark, no stars, no verdict."""
        actions.clear_mark(owner=row.owner, talk=row.talk)


class PreferencesForm(TouchedForm):
    class Meta:
        model = Preferences
        fields = ["display_name", "language", "zone", "keep_originals"]


@admin.register(Preferences)
class PreferencesAdmin(MadeOnPages, SavedThroughVerbs):
    form = PreferencesForm
    owner_path = "person"
    list_display = ["__str__", "display_name", "language", "zone"]

    def view_on_site(self, obj: Preferences) -> str:
        """The same on the pages."""
        return reverse("journal:preferences")

    def act(self, request: HttpRequest, row: Any, form: Any, *, is_new: bool) -> Preferences:
        """Kept, and known to this session at once."""
        assert isinstance(request.user, User)  # noqa: S101 -- the desk lets nobody else in
        preferences = people.save_preferences(person=request.user, **form.touched())
        people.remember_preferences(request.session, preferences)
        return preferences

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """They go with the account."""
        return False
