"""The programme's page: its days with their slots or tables, filters, clashes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q

from events.models import Conference, Day, Talk
from journal import access, ribbons, trail
from journal.programme.filters import Filters
from journal.programme.slots import Slot, programme_of
from journal.programme.table import Table, table_of


def programme_page(person: User, conference: Conference, filters: Filters) -> dict[str, Any]:
    """What the programme page shows: six queries, however many talks."""
    days = list(conference.days.with_venues())
    chosen = filters.chosen(days, conference)
    talks = list(access.talks(person).filter(_within(chosen, days), conference=conference))
    for talk in talks:
        talk.conference = conference
    marks = {mark.talk_id: mark for mark in access.marks(person).at(conference)}
    slots = programme_of(talks, marks)
    shown = [slot for slot in slots if filters.let_through(slot)]
    attendance = access.attendance(person, conference)
    return {
        "conference": conference,
        "crumbs": trail.below(conference),
        "hue": ribbons.hue(attendance, conference),
        "filters": filters,
        "days": days,
        "shown_day": chosen[0] if len(chosen) == 1 else None,
        "parts": [_part(day, shown) for day in _dates(chosen, shown)],
        "clashes": [slot for slot in slots if slot.clash],
        "tracks": sorted({talk.track for talk in talks if talk.track}),
        "rooms": sorted({talk.room for talk in talks if talk.room}, key=lambda room: (room.position, room.name)),
        "kinds": [(value, label) for value, label in Talk.Kind.choices if any(talk.kind == value for talk in talks)],
        "is_empty": not talks,
        "nothing_left": bool(talks) and not shown,
    }


@dataclass(frozen=True)
class Part:
    """One day of the page: its slots, and their table where it helps."""

    day: Day | None
    slots: list[Slot]
    table: Table | None


def _within(chosen: list[Day], days: list[Day]) -> Q:
    """Of these days, and what has no day yet: it stands below each."""
    return Q(day__in=chosen) | Q(day=None) if len(chosen) < len(days) else Q()


def _dates(chosen: list[Day], shown: list[Slot]) -> list[Day | None]:
    without_a_day = any(slot.talk.day_id is None for slot in shown)
    return [*chosen, None] if without_a_day else [*chosen]


def _part(day: Day | None, shown: list[Slot]) -> Part:
    slots = [slot for slot in shown if slot.talk.day_id == (day.pk if day else None)]
    return Part(day, slots, table_of(slots))
