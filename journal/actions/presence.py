"""Being there: attendance, the day's log with arrival and departure, marks of talks."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from events.models import Conference, Day, Talk
from events.names import clean_line, clean_text
from journal.models import Attendance, DayLog, Mark
from journal.models.presence import HUE_STEP


def suggested_ribbon(conference: Conference) -> int:
    """A hue of the conference's own, from its name: the same on every machine, in degrees."""
    name = conference.series.name if conference.series else conference.name
    return zlib.crc32(name.encode()) % (360 // HUE_STEP) * HUE_STEP


@transaction.atomic
def attend(*, owner: User, conference: Conference, **fields: Any) -> Attendance:
    """“I was there”, made or changed with the fields given."""
    attendance, _made = Attendance.objects.get_or_create(
        owner=owner, conference=conference, defaults={"ribbon": suggested_ribbon(conference)}
    )
    return _save(attendance, fields)


def withdraw_attendance(*, attendance: Attendance) -> None:
    """“I was not there after all”: what was written stays."""
    attendance.delete()


@transaction.atomic
def log_day(*, owner: User, day: Day, **fields: Any) -> DayLog:
    """The person's log of the day with the fields given; whoever logs a day was at the conference."""
    log = _log_of(owner, day)
    return _save(log, fields)


def note_arrival(*, owner: User, day: Day, at: datetime, about: bool = False) -> DayLog:
    """Arrived at this moment."""
    return log_day(owner=owner, day=day, arrived=at, arrived_about=about)


def clear_arrival(*, owner: User, day: Day) -> DayLog:
    """Not arrived after all: the undo of one tap too many."""
    return log_day(owner=owner, day=day, arrived=None, arrived_about=False)


def note_departure(*, owner: User, day: Day, at: datetime, about: bool = False) -> DayLog:
    """Left at this moment."""
    return log_day(owner=owner, day=day, left=at, left_about=about)


def clear_departure(*, owner: User, day: Day) -> DayLog:
    """Not left after all."""
    return log_day(owner=owner, day=day, left=None, left_about=False)


@transaction.atomic
def mark_talk(*, owner: User, talk: Talk, state: str | None = None, **fields: Any) -> Mark:
    """The person's mark of the talk; stars or a verdict alone mean that it was heard."""
    mark, _made = Mark.objects.get_or_create(owner=owner, talk=talk, defaults={"state": state or Mark.State.ATTENDED})
    return _save(mark, {**fields, **({"state": state} if state else {})})


def clear_mark(*, owner: User, talk: Talk) -> None:
    """No mark, no stars, no verdict."""
    Mark.objects.of(owner).filter(talk=talk).delete()


def _log_of(owner: User, day: Day) -> DayLog:
    log, made = DayLog.objects.get_or_create(owner=owner, day=day)
    if made:
        attend(owner=owner, conference=day.conference)
    return log


def _save(row: Any, fields: Mapping[str, Any]) -> Any:
    multiline = {"expectation"}
    for name, value in fields.items():
        clean = clean_text if name in multiline else clean_line
        setattr(row, name, clean(value) if isinstance(value, str) else value)
    row.full_clean(exclude=["owner"], validate_unique=False)
    row.save()
    return row
