"""What the catalogue shows of each talk in a programme, ready to print: the same for everyone who may see it.

The faces of *listed* talks of a *listed* conference are kept in this process, under the programme's stamp and the
language: they hold no byte that belongs to anybody. Unlisted ones are their maker's and are made anew at each request.
"""

from __future__ import annotations

import re
import secrets
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
    """A talk as the programme shows it.

    `html` is all of it but a person's own, which its last line is left open for; `as_clash` names it beside another.
    """

    pk: int
    day_id: int | None
    on: date
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
    as_clash: SafeString

    @property
    def cut(self) -> SafeString:
        """Each talk has three, in this order: its row's classes, the mark, clash and verdict."""
        return SafeString(f"\x02{_WORD}:{self.pk}\x03")

    @property
    def place(self) -> tuple[date, bool, float, int, int]:
        """What the programme is sorted by: day, time (those without one last), room."""
        begins = self.starts_at.timestamp() if self.starts_at else 0.0
        return self.on, self.starts_at is None, begins, self.room.position if self.room else 0, self.pk


@dataclass(frozen=True, slots=True)
class Faces:
    """Of the talks a person may see: what everyone sees, and what only they do. Each in the programme's order."""

    everyones: tuple[Face, ...]
    own: tuple[Face, ...]

    def all(self) -> tuple[Face, ...]:
        """Both, in the programme's order."""
        return tuple(sorted((*self.everyones, *self.own), key=lambda face: face.place)) if self.own else self.everyones


_kept: Shelf[tuple[Face, ...]] = Shelf(16)


def faces(person: Person, conference: Conference) -> Faces:
    """One query where the listed ones are kept already, four where not. The conference was read just now."""
    talks = access.talks(person).filter(conference=conference)
    if not conference.listed:
        return Faces((), _made(talks, conference))
    key = (conference.pk, conference.programme_stamp, get_language())
    everyones = _kept.get(key, lambda: _made(talks.filter(listed=True), conference))
    own = _made(talks.filter(listed=False), conference) if _has_own(person, conference) else ()
    return Faces(everyones, own)


def _has_own(person: Person, conference: Conference) -> bool:
    return Talk.objects.filter(conference=conference, listed=False, added_by=person.pk).exists()


def _made(talks: TalkQuerySet, conference: Conference) -> tuple[Face, ...]:
    whole, clash = get_template("events/_talk_face.html"), get_template("journal/_clash.html")
    found = []
    for talk in talks.defer("abstract"):
        talk.conference = conference
        found.append(_face(talk, *(SafeString(template.render({"talk": talk})) for template in (whole, clash))))
    return tuple(sorted(found, key=lambda face: face.place))


def _face(talk: Talk, html: SafeString, as_clash: SafeString) -> Face:
    room = talk.room
    return Face(
        pk=talk.pk,
        day_id=talk.day_id,
        on=talk.day.date if talk.day else date.max,
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
        as_clash=as_clash,
    )
