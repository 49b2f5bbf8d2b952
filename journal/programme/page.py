"""The programme's page: its days as lists or tables with one's own in them, filters, clashes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.safestring import SafeString

from events.models import Conference, Day, Talk
from events.moments import Zone
from journal import access, ribbons, trail
from journal.programme.faces import Face, Faces, faces, part_mark
from journal.programme.filters import Filters
from journal.programme.layout import kept_layout, layout, own_parts
from journal.programme.slots import Marked, Slot, runs, with_clashes

# So many are named above the programme; each stands in its place below.
MOST_CLASHES = 12


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
    """What the programme page shows: five queries, however many talks, and three more where nobody asked before."""
    days = list(conference.days.with_venues())
    chosen = filters.chosen(days, conference)
    found = _on(faces(person, conference), chosen, days)
    talks = found.all()
    own = _own(conference, talks, _marks(person, conference))
    shown = filters.let_through(talks, {slot.talk.pk for slot in own if slot.is_mine})
    clashes = [slot.talk for slot in own if slot.clash]
    lay_out = _laid_out(conference, found, filters, zone, own_parts(own))
    return {
        "conference": conference,
        "crumbs": trail.below(conference),
        "hue": ribbons.hue(access.attendance(person, conference), conference),
        "filters": filters,
        "days": days,
        "shown_day": chosen[0] if len(chosen) == 1 else None,
        "parts": _parts(chosen, shown, lay_out),
        "clashes": clashes[:MOST_CLASHES],
        "more_clashes": len(clashes[MOST_CLASHES:]),
        "tracks": sorted({talk.track for talk in talks if talk.track}),
        "rooms": sorted({talk.room for talk in talks if talk.room}),
        "kinds": _kinds(talks),
        "is_empty": not talks,
        "nothing_left": bool(talks) and not shown,
    }


LayOut = Callable[[Day | None, Sequence[Face]], bytes]


def _laid_out(
    conference: Conference, found: Faces, filters: Filters, zone: Zone, own: Mapping[int, Sequence[str]]
) -> LayOut:
    """Whole days of everyone's talks come from what is kept; a day with an unlisted talk, or filtered, is laid out."""
    own_days = {talk.day_id for talk in found.own}

    def lay_out(day: Day | None, talks: Sequence[Face]) -> bytes:
        key = day.pk if day else None
        if filters.are_set or not conference.listed or key in own_days:
            return layout(talks, zone).filled(own)
        return kept_layout(talks, conference, key, zone).filled(own)

    return lay_out


def _on(found: Faces, chosen: list[Day], days: list[Day]) -> Faces:
    """Of these days, and what has no day yet: it stands below each."""
    if len(chosen) == len(days):
        return found
    keys = {None, *(day.pk for day in chosen)}
    return Faces(*(tuple(talk for talk in talks if talk.day_id in keys) for talks in (found.everyones, found.own)))


def _marks(person: User, conference: Conference) -> dict[int, Marked]:
    rows = access.marks(person).at(conference).values_list("talk", "state", "rating", "verdict")
    return {talk: Marked(state, rating, verdict) for talk, state, rating, verdict in rows}


def _own(conference: Conference, talks: Sequence[Face], marks: Mapping[int, Marked]) -> list[Slot[Face]]:
    """Of the talks that are marked or run at this moment."""
    now = timezone.now()
    running = {talk.pk for talk in talks if runs(talk, now)} if _is_about(conference, now) else set()
    own = [talk for talk in talks if talk.pk in marks or talk.pk in running]
    return with_clashes([Slot(talk, marks.get(talk.pk), is_now=talk.pk in running) for talk in own])


def _is_about(conference: Conference, now: datetime) -> bool:
    """Whether anything of it can run at this moment; a day to spare for zones and nights."""
    spare = timedelta(days=2)
    return conference.starts_on - spare <= now.date() <= conference.ends_on + spare


def _parts(chosen: list[Day], shown: Sequence[Face], lay_out: LayOut) -> list[Part]:
    by_day: dict[int | None, list[Face]] = {}
    for talk in shown:
        by_day.setdefault(talk.day_id, []).append(talk)
    dates = [*chosen, None] if None in by_day else chosen
    return [_part(day, by_day.get(day.pk if day else None, []), lay_out) for day in dates]


def _part(day: Day | None, talks: list[Face], lay_out: LayOut) -> Part:
    return Part(day, lay_out(day, talks) if talks else b"", part_mark(day.pk if day else 0))


def _kinds(talks: Sequence[Face]) -> list[tuple[str, str]]:
    there = {talk.kind for talk in talks}
    return [(value, str(label)) for value, label in Talk.Kind.choices if value in there]
