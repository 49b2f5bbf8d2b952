"""The programme's page: its days as lists or tables with one's own in them, filters, clashes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.contrib.auth.models import User
from django.template.loader import get_template
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from events.models import Conference, Day, Talk
from events.moments import Zone
from journal import access, ribbons, trail
from journal.programme.faces import Face, Faces, Group, Visible, faces, part_mark
from journal.programme.filters import Filters
from journal.programme.layout import kept_layout, layout, layout_of_own, own_parts
from journal.programme.slots import Marked, Slot, with_clashes
from journal.shelf import Shelf

# So many are named above the programme; each stands in its place below.
MOST_CLASHES = 5


@dataclass(frozen=True)
class Part:
    """One day of the page, or what has no day yet. A template prints `mark` where `put_in` then puts the HTML.

    Half a megabyte that went through a template would be copied at every level of it.
    """

    day: Day | None
    html: bytes
    mark: SafeString

    @property
    def has_talks(self) -> bool:
        """Whether there is anything to put in."""
        return bool(self.html)


def put_in(page: bytes, parts: Iterable[Part]) -> bytes:
    """The page with each part's HTML at its mark."""
    pieces = []
    for part in parts:
        before, _mark, page = page.partition(part.mark.encode())
        pieces += [before, part.html]
    return b"".join([*pieces, page])


def programme_page(person: User, conference: Conference, filters: Filters, zone: Zone) -> dict[str, Any]:
    """What the programme page shows: five queries, seven with own talks, two more where nobody asked before."""
    days = list(conference.days.with_venues())
    chosen = filters.chosen(days, conference)
    visible = faces(person, conference)
    keys = [*(day.pk for day in chosen), None]
    groups = [found.by_day[key] for found in (visible.everyones, visible.own) for key in keys if key in found.by_day]
    own = _own(visible, groups, _marks(person, conference))
    clashes = [slot.talk for slot in own if slot.clash]
    parts = _Parts(conference, visible, filters, zone, own).of([*chosen, None])
    return {
        "conference": conference,
        "crumbs": trail.below(conference),
        "hue": ribbons.hue(access.attendance(person, conference), conference),
        "filters": filters,
        "filters_form": _filters_form(
            conference, filters, days, chosen, groups, kept=conference.listed and not visible.own.by_key
        ),
        "parts": parts,
        "clashes": clashes[:MOST_CLASHES],
        "more_clashes": len(clashes[MOST_CLASHES:]),
        "is_empty": not groups,
        "nothing_left": bool(groups) and not any(part.has_talks for part in parts),
    }


def _marks(person: User, conference: Conference) -> dict[int, Marked]:
    rows = access.marks(person).at(conference).values_list("talk", "state", "rating", "verdict")
    return {talk: Marked(state, rating, verdict) for talk, state, rating, verdict in rows}


def _own(visible: Visible, groups: list[Group], marks: Mapping[int, Marked]) -> list[Slot[Face]]:
    """Of the talks of these groups that are marked or run at this moment, in the programme's order."""
    now = timezone.now()
    running = {talk.pk: talk for group in groups for talk in group.running(now)}
    days = {group.talks[0].day_id for group in groups}
    found = {key: visible.everyones.by_key.get(key) or visible.own.by_key.get(key) for key in marks}
    marked = {key: talk for key, talk in found.items() if talk is not None and talk.day_id in days}
    in_order = sorted((running | marked).values(), key=attrgetter("place"))
    return with_clashes([Slot(talk, marks.get(talk.pk), is_now=talk.pk in running) for talk in in_order])


class _Parts:
    """Makes the parts of a page. Whole days of everyone's talks come from what is kept; what only this person sees
    stands above them, and what a filter lets through is laid out anew."""

    def __init__(
        self, conference: Conference, visible: Visible, filters: Filters, zone: Zone, own: list[Slot[Face]]
    ) -> None:
        self._conference = conference
        self._visible = visible
        self._filters = filters
        self._zone = zone
        self._picked = {slot.talk.pk for slot in own if slot.is_mine}
        self._own = own_parts(own)

    def of(self, days: Sequence[Day | None]) -> list[Part]:
        """A part for each of these days; the one for what has no day yet only where there is something."""
        parts = [Part(day, self._html(day.pk if day else None), part_mark(day.pk if day else 0)) for day in days]
        return [part for part in parts if part.day or part.has_talks]

    def _html(self, day: int | None) -> bytes:
        everyones, own = (self._talks(found, day) for found in (self._visible.everyones, self._visible.own))
        if self._filters.are_set or not self._conference.listed:
            both = sorted((*everyones, *own), key=attrgetter("place"))
            return layout(both, self._zone).filled(self._own) if both else b""
        above = layout_of_own(own, self._zone).filled(self._own) if own else b""
        if not everyones:
            return above
        return above + kept_layout(everyones, self._conference, day, self._zone).filled(self._own)

    def _talks(self, found: Faces, day: int | None) -> Sequence[Face]:
        group = found.by_day.get(day)
        return self._filters.let_through(group.talks, self._picked) if group else ()


_kept_forms: Shelf[SafeString] = Shelf(64)


def _filters_form(
    conference: Conference, filters: Filters, days: list[Day], chosen: list[Day], groups: list[Group], *, kept: bool
) -> SafeString:
    """Days as tabs and the filters; `kept` where only everyone's talks are in them, and then not of a filtered page."""

    def made() -> SafeString:
        context = {
            "filters": filters,
            "days": days,
            "shown_day": chosen[0] if len(chosen) == 1 else None,
            "tracks": sorted({track for group in groups for track in group.tracks}),
            "rooms": sorted({room for group in groups for room in group.rooms}),
            "kinds": _kinds({kind for group in groups for kind in group.kinds}),
        }
        return SafeString(get_template("journal/_programme_filters.html").render(context))

    known = {"", "all", *(day.date.isoformat() for day in days)}
    if not kept or filters.are_set or filters.day not in known:
        return made()
    shown = tuple(day.pk for day in chosen)
    return _kept_forms.get((conference.pk, conference.programme_stamp, get_language(), filters.day, shown), made)


def _kinds(there: set[str]) -> list[tuple[str, str]]:
    return [(value, str(label)) for value, label in Talk.Kind.choices if value in there]
