"""What an entry or a picture is about, kept consistent: one validator for `clean()`, forms, admin and importers.

Naming the talk fills in the conference; day, room and date are read from it and not copied, so that they follow when
it moves. Naming the day or the room fills in the conference. A contradiction is refused with a sentence that says
which two disagree.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from events.models import Conference, Day, Room, Speaker, Talk, Venue

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


@dataclass(frozen=True)
class Subject:
    """The parts of what something is about; all empty means unfiled. `on` is a date without a day of a conference."""

    conference: Conference | None = None
    day: Day | None = None
    room: Room | None = None
    talk: Talk | None = None
    speaker: Speaker | None = None
    venue: Venue | None = None
    on: date | None = None

    @classmethod
    def of(cls, row: Any) -> Subject:
        """The subject stored on an entry or a picture."""
        return cls(**{field.name: getattr(row, field.name, None) for field in fields(cls)})

    def settled(self) -> Subject:
        """The same with what follows filled in and what is read elsewhere left out; raises ValidationError."""
        subject = _as_the_talk_says(self, self.talk) if self.talk else self
        if subject.day:
            sentence = _("The day and the conference do not belong together.")
            subject = _with_conference_of(subject, subject.day, "day", sentence)
            subject = _dated_by_day(subject, subject.day) if subject.day else subject
        if subject.room:
            sentence = _("The room and the conference do not belong together.")
            subject = _with_conference_of(subject, subject.room, "room", sentence)
        return subject

    def followed(self) -> Subject:
        """A stored subject; where its talk has been given a day or a room since, those hold, and nothing is refused:
        who writes on did not choose that contradiction."""
        whose = self.talk or self.day or self.room
        subject = replace(self, conference=whose.conference) if whose else self
        if self.talk and self.talk.day:
            subject = replace(subject, day=None, on=None)
        if self.talk and self.talk.room:
            subject = replace(subject, room=None)
        return replace(subject, on=None) if subject.day else subject

    def columns(self) -> dict[str, Any]:
        """The parts by column name, for an entry."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def is_empty(self) -> bool:
        """About nothing yet; a date alone files nothing."""
        return not any(getattr(self, field.name) for field in fields(self) if field.name != "on")


def _as_the_talk_says(subject: Subject, talk: Talk) -> Subject:
    """Conference from the talk; day, date and room left to it, or refused where they say otherwise."""
    subject = _with_conference_of(subject, talk, "talk", _("The talk and the conference do not belong together."))
    if talk.day:
        if subject.day and subject.day.pk != talk.day.pk:
            raise _contradiction("day", _("The talk is on another day than the one chosen."))
        if subject.on and subject.on != talk.day.date:
            raise _contradiction("on", _("The talk is on another date than the one given."))
        subject = replace(subject, day=None, on=None)
    if talk.room:
        if subject.room and subject.room.pk != talk.room.pk:
            raise _contradiction("room", _("The talk is in another room than the one chosen."))
        subject = replace(subject, room=None)
    return subject


def _with_conference_of(subject: Subject, part: Talk | Day | Room, field: str, sentence: StrPromise) -> Subject:
    if subject.conference and subject.conference.pk != part.conference_id:
        raise _contradiction(field, sentence)
    return replace(subject, conference=part.conference)


def _dated_by_day(subject: Subject, day: Day) -> Subject:
    if subject.on and subject.on != day.date:
        raise _contradiction("on", _("The date and the day do not agree."))
    return replace(subject, on=None)


def _contradiction(field: str, sentence: StrPromise) -> ValidationError:
    return ValidationError({field: sentence}, code="contradiction")
