"""Rooms × time: the programme of one day as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.safestring import SafeString

from journal.programme.faces import Face, RoomFace
from journal.programme.slots import span

# As many classes `rooms-N` as static/css/programme.css has.
MOST_COLUMNS = 24
EMPTY = SafeString("<td></td>")
NOTHING = SafeString("")


@dataclass(frozen=True)
class Cell:
    """One talk of the table over so many rows, behind so many empty fields of its row."""

    talk: Face
    rows: int
    gap: SafeString


@dataclass(frozen=True)
class Begun:
    """A talk begins in this field and takes so many rows."""

    talk: Face
    rows: int


# Of one column in one row: a talk begins, or (True) one from above reaches down to here, or (False) nothing.
Field = Begun | bool


@dataclass
class Row:
    """A moment at which something begins or ends; `rest` is what is empty behind its last talk."""

    at: datetime
    cells: list[Cell] = field(default_factory=list)
    rest: SafeString = NOTHING


@dataclass(frozen=True)
class Table:
    """Rooms × time. Talks without a time or a room stand in `apart`."""

    rooms: list[str]
    rows: list[Row]
    apart: list[Face]

    @property
    def columns(self) -> int:
        """For the class `rooms-N`, which gives every column its width."""
        return min(len(self.rooms), MOST_COLUMNS)


def table_of(talks: Sequence[Face]) -> Table | None:
    """The table of one day's talks, in their order; None where fewer than two rooms make a list the better form."""
    placed = [talk for talk in talks if talk.starts_at and talk.room]
    columns = _columns(placed)
    if len({room for room, _talks in columns}) < 2:
        return None
    moments = _moments(placed)
    return Table(
        rooms=[room.name for room, _talks in columns],
        rows=_rows(moments, [column for _room, column in columns]),
        apart=[talk for talk in talks if not (talk.starts_at and talk.room)],
    )


def _moments(talks: list[Face]) -> list[datetime]:
    """Every moment at which something begins or ends, but for the last where nothing begins."""
    moments = sorted({moment for talk in talks for moment in span(talk)})
    return moments if any(talk.starts_at == moments[-1] for talk in talks) else moments[:-1]


def _rows(moments: list[datetime], columns: list[list[Face]]) -> list[Row]:
    index_of = {moment: index for index, moment in enumerate(moments)}
    fields = [_fields(column, index_of) for column in columns]
    return [_row(moment, [column[index] for column in fields]) for index, moment in enumerate(moments)]


def _row(moment: datetime, fields: list[Field]) -> Row:
    row, gap = Row(moment), 0
    for field_ in fields:
        if isinstance(field_, Begun):
            row.cells.append(Cell(field_.talk, field_.rows, SafeString(EMPTY * gap)))
            gap = 0
        elif not field_:
            gap += 1
    row.rest = SafeString(EMPTY * gap)
    return row


def _fields(column: list[Face], index_of: dict[datetime, int]) -> list[Field]:
    """What stands in each row of one column."""
    fields: list[Field] = [False] * len(index_of)
    for talk in column:
        begins, ends = span(talk)
        first = index_of[begins]
        rows = max(1, index_of.get(ends, len(index_of)) - first)
        fields[first : first + rows] = [Begun(talk, rows), *[True] * (rows - 1)]
    return fields


def _columns(talks: list[Face]) -> list[tuple[RoomFace, list[Face]]]:
    """One column a room; a room in which two talks run at once has a second one."""
    columns: dict[RoomFace, list[list[Face]]] = {}
    for talk in talks:
        if talk.room is None:
            continue
        beside = columns.setdefault(talk.room, [])
        free = next((column for column in beside if _ends_before(column[-1], talk)), None)
        if free is None:
            free = []
            beside.append(free)
        free.append(talk)
    return [(room, column) for room in sorted(columns) for column in columns[room]]


def _ends_before(earlier: Face, later: Face) -> bool:
    begin, end = span(earlier)
    start = span(later)[0]
    return end <= start and begin < start
