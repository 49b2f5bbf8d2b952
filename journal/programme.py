"""The programme as one person sees it: slots with marks and clashes, filters, and the table of rooms × time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone

from events.models import Conference, Day, Talk
from journal import access, ribbons, trail
from journal.models import Mark

QUIET = {Talk.Kind.BREAK, Talk.Kind.REGISTRATION, Talk.Kind.SOCIAL}
# As many classes `rooms-N` as static/css/programme.css has.
MOST_COLUMNS = 24
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

    def let_through(self, slot: Slot) -> bool:
        """Whether the slot is shown."""
        talk = slot.talk
        return (
            (not self.track or talk.track == self.track)
            and (not self.room or str(talk.room_id) == self.room)
            and (not self.kind or talk.kind == self.kind)
            and (not self.mine or slot.is_mine)
        )


def programme_of(talks: Iterable[Talk], marks: Mapping[int, Mark], now: datetime | None = None) -> list[Slot]:
    """Slots in the programme's order, those without a time last; each of two clashing picks names the other."""
    now = now or timezone.now()
    slots = [Slot(talk, marks.get(talk.pk), is_now=_runs(talk, now)) for talk in talks]
    slots.sort(key=_place)
    return _with_clashes(slots)


@dataclass
class Cell:
    """One field of the table; without a slot it is empty."""

    slot: Slot | None = None
    rows: int = 1


@dataclass
class Row:
    """A moment at which something begins or ends."""

    at: datetime
    cells: list[Cell] = field(default_factory=list)


@dataclass(frozen=True)
class Table:
    """Rooms × time. Talks without a time or a room stand in `apart`."""

    rooms: list[str]
    rows: list[Row]
    apart: list[Slot]

    @property
    def columns(self) -> int:
        """For the class `rooms-N`, which gives every column its width."""
        return min(len(self.rooms), MOST_COLUMNS)


def table_of(slots: list[Slot]) -> Table | None:
    """The table of one day; None where fewer than two rooms make a list the better form."""
    placed = [slot for slot in slots if slot.talk.starts_at and slot.talk.room]
    columns = _columns(placed)
    if len({room for room, _slots in columns}) < 2:
        return None
    moments = sorted({moment for slot in placed for moment in _span(slot.talk)})
    place = {moment: index for index, moment in enumerate(moments)}
    rows = [Row(moment) for moment in moments[:-1] or moments]
    for _room, column in columns:
        _fill(rows, column, place)
    return Table(
        rooms=[room for room, _slots in columns],
        rows=rows,
        apart=[slot for slot in slots if slot not in placed],
    )


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


def _fill(rows: list[Row], column: list[Slot], place: dict[datetime, int]) -> None:
    begun = {place[slot.talk.starts_at]: slot for slot in column if slot.talk.starts_at}
    covered = 0
    for index, row in enumerate(rows):
        slot = begun.get(index)
        if slot is not None:
            end = place[_span(slot.talk)[1]]
            covered = max(1, end - index)
            row.cells.append(Cell(slot, covered))
        elif covered <= 0:
            row.cells.append(Cell())
        covered -= 1


def _columns(slots: list[Slot]) -> list[tuple[str, list[Slot]]]:
    """One column a room; a room in which two talks run at once has a second one."""
    columns: list[tuple[tuple[int, str, int], str, list[Slot]]] = []
    for slot in sorted(slots, key=_place):
        room = slot.talk.room
        if room is None:
            continue
        free = next((c for c in columns if c[0][2] == room.pk and _ends_before(c[2][-1], slot)), None)
        if free is None:
            free = ((room.position, room.name, room.pk), room.name, [])
            columns.append(free)
        free[2].append(slot)
    columns.sort(key=lambda column: column[0])
    return [(name, column) for _key, name, column in columns]


def _ends_before(earlier: Slot, later: Slot) -> bool:
    begin, end = _span(earlier.talk)
    start = _span(later.talk)[0]
    return end <= start and begin < start


def _span(talk: Talk) -> tuple[datetime, datetime]:
    assert talk.starts_at is not None  # noqa: S101 -- only placed talks are asked
    return talk.starts_at, talk.ends_at or talk.starts_at


def _with_clashes(slots: list[Slot]) -> list[Slot]:
    mine = [slot for slot in slots if slot.is_mine and not slot.is_plain and slot.talk.starts_at and slot.talk.ends_at]
    clashing: dict[int, Talk] = {}
    for index, slot in enumerate(mine):
        for other in mine[index + 1 :]:
            if _span(other.talk)[0] >= _span(slot.talk)[1]:
                break
            clashing.setdefault(slot.talk.pk, other.talk)
            clashing.setdefault(other.talk.pk, slot.talk)
    return [replace(slot, clash=clashing.get(slot.talk.pk)) for slot in slots]


def _runs(talk: Talk, now: datetime) -> bool:
    return bool(talk.starts_at and talk.ends_at and talk.starts_at <= now < talk.ends_at)


def _place(slot: Slot) -> tuple[date, bool, float, int, int]:
    talk = slot.talk
    on = talk.day.date if talk.day else date.max
    begins = talk.starts_at.timestamp() if talk.starts_at else 0.0
    return on, talk.starts_at is None, begins, talk.room.position if talk.room else 0, talk.pk
