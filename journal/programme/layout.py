"""A day of the programme laid out, with gaps for what is one person's own.

What is laid out of everyone's talks is kept in this process; it is the catalogue's HTML cut where a person's marks go.
`Layout.filled` makes the page's part out of it: for a thousand talks a copy of a list, not a rendering.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from django.template.loader import get_template
from django.utils import timezone
from django.utils.translation import get_language

from events.models import Conference
from events.moments import Zone
from journal.programme.faces import CUT, Face, part_mark
from journal.programme.slots import Slot
from journal.programme.table import table_of
from journal.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Layout:
    """HTML in UTF-8 in pieces; `gaps` tells, for each talk, behind which three something of one's own can stand."""

    pieces: tuple[bytes, ...]
    gaps: Mapping[int, tuple[int, ...]]

    def filled(self, own: Mapping[int, Sequence[str]]) -> bytes:
        """With these three texts for each talk of which there is something to say; they are safe HTML."""
        pieces = list(self.pieces)
        for key in own.keys() & self.gaps.keys():
            for gap, text in zip(self.gaps[key], own[key], strict=True):
                if text:
                    pieces[gap] += text.encode()
        return b"".join(pieces)


# Stands where the title of a clash goes.
_TITLE = part_mark(0)
_kept: Shelf[Layout] = Shelf(64)


def kept_layout(talks: Sequence[Face], conference: Conference, day: int | None, zone: Zone) -> Layout:
    """Of everyone's talks of this day of a listed conference: laid out once for every reader of a language and zone."""
    key = (conference.pk, conference.programme_stamp, get_language(), zone, day)
    return _kept.get(key, lambda: layout(talks, zone))


def layout(talks: Sequence[Face], zone: Zone) -> Layout:
    """Laid out now, with times as clocks of `zone` show them."""
    table = table_of(talks)
    name = "journal/_programme_table.html" if table else "journal/_programme_list.html"
    return _printed(name, {"table": table, "talks": table.apart if table else talks, "zone": zone})


def _printed(name: str, context: dict[str, Any]) -> Layout:
    with timezone.override(ZoneInfo(str(context["zone"]))):
        return _cut_up(get_template(name).render(context))


def layout_of_own(talks: Sequence[Face], zone: Zone) -> Layout:
    """What only its maker sees of a day of everyone's programme: a list with a word about that."""
    return _printed("journal/_programme_own.html", {"talks": talks, "zone": zone})


def own_parts(slots: Iterable[Slot[Face]]) -> dict[int, Sequence[str]]:
    """What `Layout.filled` takes: for each slot its classes, the mark, and clash, verdict and stars."""
    pen = _Pen()
    return {slot.talk.pk: (slot.own_classes, pen.mark(slot), pen.clash(slot) + pen.verdict(slot)) for slot in slots}


class _Pen:
    """Renders what is one's own, once for all marks that read alike: states are few, so are stars without a line."""

    def __init__(self) -> None:
        self._word, self._line = get_template("journal/_mark_chip.html"), get_template("journal/_verdict.html")
        self._words: dict[str, str] = {}
        self._lines: dict[tuple[int | None, str], str] = {}
        before, _title, after = get_template("journal/_clash.html").render({"title": _TITLE}).partition(_TITLE)
        self._around_clash = before, after

    def mark(self, slot: Slot[Face]) -> str:
        """The state in a word."""
        if slot.mark is None:
            return ""
        state = slot.mark.state
        if state not in self._words:
            self._words[state] = self._word.render({"mark": slot.mark})
        return self._words[state]

    def clash(self, slot: Slot[Face]) -> str:
        """What else was picked at that time."""
        before, after = self._around_clash
        return f"{before}{escape(slot.clash.display_title)}{after}" if slot.clash else ""

    def verdict(self, slot: Slot[Face]) -> str:
        """Stars and the line."""
        mark = slot.mark
        if mark is None or not (mark.rating or mark.verdict):
            return ""
        key = mark.rating, mark.verdict
        if key not in self._lines:
            self._lines[key] = self._line.render({"mark": mark})
        return self._lines[key]


def _cut_up(html: str) -> Layout:
    pieces = CUT.split(html)
    gaps: dict[int, tuple[int, ...]] = {}
    for index, key in enumerate(pieces[1::2]):
        gaps[int(key)] = (*gaps.get(int(key), ()), index)
    return Layout(tuple(piece.encode() for piece in pieces[::2]), gaps)
