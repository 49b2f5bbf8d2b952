"""A talk in the programme with what one person marked, and which picks clash."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, NamedTuple, TypeVar

from django.utils import timezone

from events.models import Talk
from journal.models import Mark
from journal.programme.faces import Face, place_of

Shown = TypeVar("Shown", Talk, Face)
PICKED = {Mark.State.WANT, Mark.State.GOING, Mark.State.ATTENDED, Mark.State.LEFT_EARLY}


class Marked(NamedTuple):
    """What a page of a thousand talks needs of a mark; a model row for each would cost more than all the rest."""

    state: str
    rating: int | None
    verdict: str

    def get_state_display(self) -> str:
        """As Django's of the mark itself."""
        return str(Mark.State(self.state).label)


@dataclass(frozen=True)
class Slot(Generic[Shown]):
    """A talk in the programme with what this person marked; `clash` names another pick at the same time."""

    talk: Shown
    mark: Mark | Marked | None = None
    clash: Shown | None = None
    is_now: bool = False

    @property
    def is_mine(self) -> bool:
        """Picked or heard."""
        return self.mark is not None and self.mark.state in PICKED

    @property
    def can_clash(self) -> bool:
        """A pick of which it is known from when to when."""
        return bool(self.is_mine and not self.talk.is_quiet and self.talk.starts_at and self.talk.ends_at)

    @property
    def own_classes(self) -> str:
        """How its row shows that it is mine, or runs at this moment."""
        return f"{' is-mine' if self.is_mine else ''}{' is-now' if self.is_now else ''}"


def programme_of(talks: Iterable[Talk], marks: Mapping[int, Mark], now: datetime | None = None) -> list[Slot[Talk]]:
    """Slots in the programme's order, those without a time last; each of two clashing picks names the other."""
    now = now or timezone.now()
    return with_clashes(
        [Slot(talk, marks.get(talk.pk), is_now=runs(talk, now)) for talk in sorted(talks, key=place_of)]
    )


def with_clashes(slots: list[Slot[Shown]]) -> list[Slot[Shown]]:
    """Each of two picks that run at once names the other. The slots are in the programme's order."""
    mine = [
        slot for slot in slots if slot.is_mine and not slot.talk.is_quiet and slot.talk.starts_at and slot.talk.ends_at
    ]
    clashing: dict[int, Shown] = {}
    for index, slot in enumerate(mine):
        for other in mine[index + 1 :]:
            if span(other.talk)[0] >= span(slot.talk)[1]:
                break
            clashing.setdefault(slot.talk.pk, other.talk)
            clashing.setdefault(other.talk.pk, slot.talk)
    return [Slot(slot.talk, slot.mark, clashing.get(slot.talk.pk), slot.is_now) for slot in slots]


def span(talk: Talk | Face) -> tuple[datetime, datetime]:
    """From when to when; without an end it is a moment. Only for talks that have a time."""
    assert talk.starts_at is not None  # noqa: S101 -- only placed talks are asked
    return talk.starts_at, talk.ends_at or talk.starts_at


def runs(talk: Talk | Face, now: datetime) -> bool:
    """Whether it runs at this moment; never known of one without an end."""
    return bool(talk.starts_at and talk.ends_at and talk.starts_at <= now < talk.ends_at)
