"""Rooms × time: the programme of one day as a table."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from journal.programme.slots import Slot, place, span

# As many classes `rooms-N` as static/css/programme.css has.
MOST_COLUMNS = 24


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
    moments = sorted({moment for slot in placed for moment in span(slot.talk)})
    index_of = {moment: index for index, moment in enumerate(moments)}
    rows = [Row(moment) for moment in moments[:-1] or moments]
    for _room, column in columns:
        _fill(rows, column, index_of)
    return Table(
        rooms=[room for room, _slots in columns],
        rows=rows,
        apart=[slot for slot in slots if slot not in placed],
    )


def _fill(rows: list[Row], column: list[Slot], index_of: dict[datetime, int]) -> None:
    begun = {index_of[slot.talk.starts_at]: slot for slot in column if slot.talk.starts_at}
    covered = 0
    for index, row in enumerate(rows):
        slot = begun.get(index)
        if slot is not None:
            end = index_of[span(slot.talk)[1]]
            covered = max(1, end - index)
            row.cells.append(Cell(slot, covered))
        elif covered <= 0:
            row.cells.append(Cell())
        covered -= 1


def _columns(slots: list[Slot]) -> list[tuple[str, list[Slot]]]:
    """One column a room; a room in which two talks run at once has a second one."""
    columns: list[tuple[tuple[int, str, int], str, list[Slot]]] = []
    for slot in sorted(slots, key=place):
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
    begin, end = span(earlier.talk)
    start = span(later.talk)[0]
    return end <= start and begin < start
