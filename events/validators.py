"""Rules of the world: one rule, one function; called by model `clean()`, forms, admin and importers alike.

Each takes plain values and raises `ValidationError` with the field it is about.
"""

from datetime import date, datetime
from typing import Protocol
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class HasConference(Protocol):
    """Anything that belongs to one conference: a day, a room."""

    conference_id: int


def validate_zone(name: str) -> None:
    """An IANA zone such as `Asia/Seoul`; abbreviations and offsets mean different things to different people."""
    if name not in available_timezones():
        raise ValidationError(_("“%(zone)s” is not a time zone we know."), params={"zone": name}, code="zone")


def validate_date_range(starts_on: date | None, ends_on: date | None, *, longest: int = 366) -> None:
    """The last day is not before the first, and nobody types a conference of years by a slip of a digit."""
    if starts_on is None or ends_on is None:
        return
    if ends_on < starts_on:
        raise ValidationError({"ends_on": _("The last day is before the first day.")})
    if (ends_on - starts_on).days > longest:
        raise ValidationError({"ends_on": _("That is longer than a year. Check both dates.")})


def validate_time_range(starts_at: datetime | None, ends_at: datetime | None) -> None:
    """An end needs a beginning and does not come before it; a talk of no length is allowed (programmes have them)."""
    if ends_at is not None and starts_at is None:
        raise ValidationError({"ends_at": _("An end needs a beginning: add when it starts.")})
    if starts_at is not None and ends_at is not None and ends_at < starts_at:
        raise ValidationError({"ends_at": _("The end is before the beginning.")})


def validate_day_within(day: date, starts_on: date, ends_on: date) -> None:
    """A day of a conference lies between its first and its last."""
    if not starts_on <= day <= ends_on:
        raise ValidationError({"date": _("This day is outside the conference's dates.")})


def validate_same_conference(
    conference_id: int | None, *, day: HasConference | None = None, room: HasConference | None = None
) -> None:
    """The day and the room of a talk belong to the talk's own conference."""
    if day is not None and day.conference_id != conference_id:
        raise ValidationError({"day": _("This day belongs to another conference.")})
    if room is not None and room.conference_id != conference_id:
        raise ValidationError({"room": _("This room belongs to another conference.")})


def validate_coordinates(latitude: object, longitude: object) -> None:
    """Half a coordinate is no place."""
    if (latitude is None) != (longitude is None):
        raise ValidationError({"longitude": _("A place needs both latitude and longitude.")})


def validate_somebody(speaker: object, organisation: str) -> None:
    """An appearance names a person or an organisation (a poster known only by its university)."""
    if speaker is None and not organisation.strip():
        raise ValidationError(_("Name a speaker or an organisation."), code="nobody")
