"""Pictures: adding one, and what a person says of it."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from events.fields import DateField, TimeField
from events.querysets import Person
from journal.forms.shown import TellsWhatItShowed
from journal.forms.subjects import PARTS, SubjectFields
from journal.models import Entry, Photo, Visibility
from journal.subjects import Subject


class WordsFields(SubjectFields):
    """Caption, alt text and who may see it; `entry` is the one that it stands with, whose subject it shares."""

    caption = forms.CharField(label=_("Caption"), required=False, max_length=500)
    alt_text = forms.CharField(
        label=_("Alt text"),
        required=False,
        max_length=500,
        help_text=_("What it shows, for those who cannot see it. You can write it later."),
    )
    visibility = forms.ChoiceField(
        label=_("Who may see it"),
        required=False,
        choices=Visibility.choices,
        initial=Visibility.PRIVATE,
        widget=forms.RadioSelect(attrs={"class": "segments"}),
    )

    def __init__(self, person: Person, *args: Any, entry: Entry | None = None, **options: Any) -> None:
        self.entry = entry
        given: Subject | None = options.pop("given", None)
        self.address_subject = given or Subject()
        super().__init__(person, *args, given=Subject() if entry else given, **options)

    def clean(self) -> dict[str, Any]:
        """Where no select was sent at all, the address says what the picture is about."""
        if any(name in self.data for name in PARTS):
            return super().clean()
        try:
            self.subject = self.address_subject.settled()
        except ValidationError as contradiction:
            self.add_error(None, ValidationError(contradiction.messages))
        return self.cleaned_data

    @property
    def subject_fields(self) -> list[forms.BoundField]:
        """Without a room: nobody looks for a picture by it."""
        names = [name for name in PARTS if name != "room"]
        return [self[name] for name in names if len(self.fields[name].choices) > 1]  # type: ignore[attr-defined]

    @property
    def more_is_open(self) -> bool:
        """Has somebody written behind “more”?"""
        return self.is_bound and bool(self.data.get("alt_text") or self["visibility"].errors)

    def words(self) -> dict[str, Any]:
        """For the verbs."""
        cleaned = self.cleaned_data
        visibility = cleaned["visibility"] or Visibility.PRIVATE
        return {"caption": cleaned["caption"], "alt_text": cleaned["alt_text"], "visibility": visibility}


class PhotoAddForm(WordsFields):
    """One picture. An empty file is let through: intake has the sentence about it."""

    picture = forms.FileField(
        label=_("Picture"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "image/*,.heic,.heif"}),
        error_messages={"required": _("Choose a picture first.")},
        help_text=_("JPEG, PNG, WebP, GIF or HEIC, up to 40 MB. Its place and camera are shown to nobody."),
    )


class PhotoForm(TellsWhatItShowed, WordsFields):
    """What a person says of a picture that is here: `zone` is the one its time is shown in."""

    shown_fields = ("caption", "alt_text", "visibility", "taken_on", "taken_time", *PARTS)

    taken_on = DateField(label=_("Taken on"), required=False)
    taken_time = TimeField(label=_("Taken at"), required=False)

    def __init__(
        self,
        person: Person,
        *args: Any,
        photo: Photo,
        zone: tzinfo,
        typed: dict[str, Any] | None = None,
        **options: Any,
    ) -> None:
        """`typed` is what stood in the form when the page was asked for again."""
        self.photo, self.zone = photo, zone
        initial: dict[str, Any] = {"caption": photo.caption, "alt_text": photo.alt_text, "visibility": photo.visibility}
        if photo.taken_at is not None:
            clock = photo.taken_at.astimezone(zone)
            initial |= {"taken_on": clock.date(), "taken_time": clock.time().replace(second=0, microsecond=0)}
        initial |= typed or {}
        super().__init__(
            person, *args, entry=photo.entry, given=Subject.of(photo).followed(), initial=initial, **options
        )
        if self.subject.conference is not None:
            self.fields["taken_on"].near = self.subject.conference.starts_on  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A time needs its day, a day its time."""
        cleaned = super().clean()
        if "taken_on" in cleaned and "taken_time" in cleaned:
            on, clock = cleaned["taken_on"], cleaned["taken_time"]
            if clock and not on:
                self.add_error("taken_on", _("Write the day as well."))
            if on and not clock:
                self.add_error("taken_time", _("Write the time as well."))
        return cleaned

    def changes(self) -> dict[str, Any]:
        """For `describe_photo`: what was touched; a time that was not keeps its seconds and how it is known."""
        changes = {name: value for name, value in self.words().items() if self.touched(name)}
        if self.entry is None and any(map(self.touched, PARTS)):
            changes["subject"] = self.subject
        times = {name for name in ("taken_on", "taken_time") if self.touched(name)}
        if times & set(self.changed_data):
            changes |= {"taken_at": self._moment(), "offset_minutes": None}
        return changes

    def _moment(self) -> datetime | None:
        """By the calendar, not by the programme: a picture at 00:30 has the date that its camera showed."""
        on, clock = self.cleaned_data["taken_on"], self.cleaned_data["taken_time"]
        return datetime.combine(on, clock, tzinfo=self.zone).astimezone(UTC) if on and clock else None
