"""What of a programme a page shows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils import timezone

from events.models import Conference, Day
from journal.programme.faces import Face


@dataclass(frozen=True)
class Filters:
    """What to show: one day or all, a track, a room, a kind, only mine. Nonsense in the address filters nothing out."""

    day: str = ""
    track: str = ""
    room: str = ""
    kind: str = ""
    mine: bool = False

    @classmethod
    def from_query(cls, query: QueryDict) -> Filters:
        """Read from the address."""
        words = {name: query.get(name, "").strip() for name in ("day", "track", "room", "kind")}
        return cls(**words, mine=query.get("mine") == "1")

    @property
    def all_days(self) -> bool:
        """Every day on one page."""
        return self.day == "all"

    @property
    def are_set(self) -> bool:
        """Whether anything but the day narrows the list."""
        return bool(self.track or self.room or self.kind or self.mine)

    def chosen(self, days: list[Day], conference: Conference) -> list[Day]:
        """The days to show: the one asked for, else today's while it runs, else the first."""
        if self.all_days or not days:
            return days
        today = timezone.localdate(timezone=conference.zone)
        by_date = {day.date.isoformat(): day for day in days}
        return [by_date.get(self.day) or by_date.get(today.isoformat()) or days[0]]

    def let_through(self, talks: Sequence[Face], picked: Collection[int]) -> Sequence[Face]:
        """Those of the talks that are shown; `picked` are the keys of the person's picks."""
        return [talk for talk in talks if self._shows(talk, picked)] if self.are_set else talks

    def _shows(self, talk: Face, picked: Collection[int]) -> bool:
        return (
            (not self.track or talk.track == self.track)
            and (not self.room or (talk.room is not None and str(talk.room.pk) == self.room))
            and (not self.kind or talk.kind == self.kind)
            and (not self.mine or talk.pk in picked)
        )
