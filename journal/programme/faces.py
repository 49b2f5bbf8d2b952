"""What the catalogue shows of each talk in a programme, ready to print: the same for everyone who may see it.

The faces of *listed* talks of a *listed* conference are kept in this process, under the programme's stamp and the
language: they hold no byte that belongs to anybody. Unlisted ones are their maker's and are made anew at each request.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from events.models import Conference, Talk
from events.querysets import Person, TalkQuerySet
from journal import access
from journal.shelf import Shelf

# Where a layout is cut, and where a page waits for its parts. No text of anybody's can hold the word: it is drawn anew
# in every process.
_WORD = secrets.token_hex(8)
CUT = re.compile(rf"\x02{_WORD}:(\d+)\x03")


def part_mark(key: int) -> SafeString:
    """Stands in a page where the part of this key is put in."""
    return SafeString(f"\x02{_WORD}-{key}\x03")


@dataclass(frozen=True, slots=True, order=True)
class RoomFace:
    """A room as columns and filters know it, in their order."""

    position: int
    name: str
    pk: int


@dataclass(frozen=True, slots=True)
class Face:
    """A talk as the programme shows it, sorted by its `place`.

    `html` is all of it but a person's own, which its last line is left open for.
    """

    pk: int
    day_id: int | None
    place: tuple[date, bool, float, int, int]
    room: RoomFace | None
    track: str
    kind: str
    starts_at: datetime | None
    ends_at: datetime | None
    is_quiet: bool
    is_cancelled: bool
    display_title: str
    get_absolute_url: str
    html: SafeString

    @property
    def cut(self) -> SafeString:
        """Each talk has three, in this order: its row's classes, the mark, clash and verdict."""
        return SafeString(f"\x02{_WORD}:{self.pk}\x03")


@dataclass(frozen=True, slots=True)
class Group:
    """The talks of one day in the programme's order, and what of them filters offer."""

    talks: tuple[Face, ...]
    tracks: frozenset[str]
    rooms: frozenset[RoomFace]
    kinds: frozenset[str]
    first: datetime | None
    last: datetime | None

    def running(self, now: datetime) -> list[Face]:
        """What runs at this moment; a talk of which no end is known never does."""
        if self.first is None or self.last is None or not self.first <= now < self.last:
            return []
        return [talk for talk in self.talks if talk.starts_at and talk.ends_at and talk.starts_at <= now < talk.ends_at]


@dataclass(frozen=True, slots=True)
class Faces:
    """Talks by their key, and by their day's key (None: without a day yet)."""

    by_key: Mapping[int, Face]
    by_day: Mapping[int | None, Group]


@dataclass(frozen=True, slots=True)
class Visible:
    """What one person may see of a programme: what everyone sees, and what only they do."""

    everyones: Faces
    own: Faces


NOTHING = Faces({}, {})
_kept: Shelf[Faces] = Shelf(16)


def place_of(talk: Talk) -> tuple[date, bool, float, int, int]:
    """What the programme is sorted by: day, time (those without one last), room."""
    on = talk.day.date if talk.day else date.max
    begins = talk.starts_at.timestamp() if talk.starts_at else 0.0
    return on, talk.starts_at is None, begins, talk.room.position if talk.room else 0, talk.pk


def faces(person: Person, conference: Conference) -> Visible:
    """One query where the listed ones are kept already, two more where not, and for one's own where there are any.

    The conference was read just now: its stamp is as old as what is kept under it, or older.
    """
    talks = access.talks(person).filter(conference=conference)
    if not conference.listed:
        return Visible(NOTHING, _grouped(_made(talks, conference)))
    key = (conference.pk, conference.programme_stamp, get_language())
    everyones = _kept.get(key, lambda: _grouped(_made(talks.filter(listed=True), conference)))
    # Most people have none here, and whether is asked in half the time in which they are.
    has_own = Talk.objects.filter(conference=conference, listed=False, added_by=person.pk).exists()
    return Visible(everyones, _grouped(_made(talks.filter(listed=False), conference)) if has_own else NOTHING)


def _grouped(talks: list[Face]) -> Faces:
    days: dict[int | None, list[Face]] = {}
    for talk in sorted(talks, key=lambda talk: talk.place):
        days.setdefault(talk.day_id, []).append(talk)
    return Faces({talk.pk: talk for talk in talks}, {day: _group(of_day) for day, of_day in days.items()})


def _group(talks: list[Face]) -> Group:
    return Group(
        talks=tuple(talks),
        tracks=frozenset(talk.track for talk in talks if talk.track),
        rooms=frozenset(talk.room for talk in talks if talk.room),
        kinds=frozenset(talk.kind for talk in talks),
        first=min((talk.starts_at for talk in talks if talk.starts_at), default=None),
        last=max((talk.ends_at for talk in talks if talk.ends_at), default=None),
    )


def _made(talks: TalkQuerySet, conference: Conference) -> list[Face]:
    template = get_template("events/_talk_face.html")
    found = []
    for talk in talks.select_related(None).select_related("day", "room").defer("abstract"):
        talk.conference = conference
        found.append(_face(talk, SafeString(template.render({"talk": talk}))))
    return found


def _face(talk: Talk, html: SafeString) -> Face:
    room = talk.room
    return Face(
        pk=talk.pk,
        day_id=talk.day_id,
        place=place_of(talk),
        room=RoomFace(room.position, room.name, room.pk) if room else None,
        track=talk.track,
        kind=talk.kind,
        starts_at=talk.starts_at,
        ends_at=talk.ends_at,
        is_quiet=talk.is_quiet,
        is_cancelled=talk.is_cancelled,
        display_title=talk.display_title(),
        get_absolute_url=talk.get_absolute_url(),
        html=html,
    )
