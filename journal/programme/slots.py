"""A talk in the programme with what one person marked, and which picks clash."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone

from events.models import Talk
from journal.models import Mark

QUIET = {Talk.Kind.BREAK, Talk.Kind.REGISTRATION, Talk.Kind.SOCIAL}
PICKED = {Mark.State.WANT, Mark.State.GOING, Mark.State.ATTENDED, Mark.State.LEFT_EARLY}


@dataclass(frozen=True)
class Slot:
    """A talk in the programme with what this person marked; `clash` names another pick at the same time."""

    talk: Talk
    mark: Mark | None = None
    clash: Talk | None = None
    is_now: bool = False

    @property
    def is_plain(self) -> bool:
        """A break or a door: one quiet line."""
        return self.talk.kind in QUIET

    @property
    def names_kind(self) -> bool:
        """Whether the kind says something: an untitled talk is called by it already, and most talks are talks."""
        return bool(self.talk.title) and not self.is_plain and self.talk.kind != Talk.Kind.TALK

    @property
    def is_mine(self) -> bool:
        """Picked or heard."""
        return self.mark is not None and self.mark.state in PICKED


def programme_of(talks: Iterable[Talk], marks: Mapping[int, Mark], now: datetime | None = None) -> list[Slot]:
    """Slots in the programme's order, those without a time last; each of two clashing picks names the other."""
    now = now or timezone.now()
    slots = [Slot(talk, marks.get(talk.pk), is_now=_runs(talk, now)) for talk in talks]
    slots.sort(key=place)
    return _with_clashes(slots)


def span(talk: Talk) -> tuple[datetime, datetime]:
    """From when to when; without an end it is a moment. Only for talks that have a time."""
    assert talk.starts_at is not None  # noqa: S101 -- only placed talks are asked
    return talk.starts_at, talk.ends_at or talk.starts_at


def _with_clashes(slots: list[Slot]) -> list[Slot]:
    mine = [slot for slot in slots if slot.is_mine and not slot.is_plain and slot.talk.starts_at and slot.talk.ends_at]
    clashing: dict[int, Talk] = {}
    for index, slot in enumerate(mine):
        for other in mine[index + 1 :]:
            if span(other.talk)[0] >= span(slot.talk)[1]:
                break
            clashing.setdefault(slot.talk.pk, other.talk)
            clashing.setdefault(other.talk.pk, slot.talk)
    return [replace(slot, clash=clashing.get(slot.talk.pk)) for slot in slots]


def _runs(talk: Talk, now: datetime) -> bool:
    return bool(talk.starts_at and talk.ends_at and talk.starts_at <= now < talk.ends_at)


def place(slot: Slot) -> tuple[date, bool, float, int, int]:
    """What the programme is sorted by: day, time, room."""
    talk = slot.talk
    on = talk.day.date if talk.day else date.max
    begins = talk.starts_at.timestamp() if talk.starts_at else 0.0
    return on, talk.starts_at is None, begins, talk.room.position if talk.room else 0, talk.pk
