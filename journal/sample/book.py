"""What people of a sample wrote: entries of all kinds with their details, their versions and their pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import models

from events.models import Day
from journal.actions.entries import DETAILS, snapshot
from journal.models import Encounter, Entry, Meal, Photo, Revision, Swag
from journal.sample import words
from journal.sample.chance import Chance
from journal.sample.pictures import Pool
from journal.sample.presence import visible
from journal.sample.prose import drafts, text
from journal.sample.rows import moments_kept, store
from journal.sample.titles import title
from journal.sample.world import Edition

KINDS: dict[str, float] = {Entry.Kind.NOTE: 62, Entry.Kind.MEAL: 15, Entry.Kind.SWAG: 12, Entry.Kind.ENCOUNTER: 11}
VERSIONS: dict[int, float] = {1: 45, 2: 25, 3: 15, 4: 10, 5: 5}
UNFILED, ILLUSTRATED, BINNED = 0.015, 0.14, 0.03
# Far enough apart that every version is a sitting of its own and none is thinned.
_BETWEEN_VERSIONS = timedelta(minutes=45)


@dataclass
class Counted:
    """Rows made."""

    entries: int = 0
    revisions: int = 0
    pictures: int = 0


class Writer:
    """Writes one person's entries, conference by conference."""

    def __init__(self, chance: Chance, person: User, pool: Pool, until: date) -> None:
        self.chance, self.person, self.pool, self.until = chance, person, pool, until
        self.korean = chance.uniform(0.2, 0.7)
        self.counted = Counted()
        self._known: Sequence[tuple[str, str]] = ()
        self._noted: set[Any] = set()

    def write(self, edition: Edition, count: int, speakers: Sequence[tuple[str, str]]) -> None:
        """So many entries of one conference, with everything that hangs on them."""
        self._known = speakers
        entries = [self._entry(edition) for _number in range(count)]
        with moments_kept((Entry, "created"), (Entry, "modified"), (Revision, "saved_at"), (Photo, "created")):
            photos = list(self._illustrate(entries))
            self.counted.entries += store(Entry, entries)
            self._store_details(entries)
            self.counted.revisions += store(Revision, self._revisions(entries))
            photos += [self._loose_picture(edition) for _number in range(round(count * 0.04))]
            self.counted.pictures += store(Photo, photos)

    def _entry(self, edition: Edition) -> Entry:
        chance, kind = self.chance, self.chance.heavy(KINDS)
        entry = Entry(owner=self.person, uid=chance.uid(), kind=kind)
        entry.created = self._about(entry, edition)
        entry.title = title(chance, korean=chance.maybe(self.korean)) if chance.maybe(0.2) else ""
        entry.rating = chance.randint(1, 5) if chance.maybe(0.25) else None
        if kind != Entry.Kind.ENCOUNTER and chance.maybe(0.2):
            entry.visibility = "shared"
        entry.version = chance.heavy(VERSIONS)
        entry.modified = entry.created + (entry.version - 1) * _BETWEEN_VERSIONS
        entry.text = self._words(kind)
        if chance.maybe(BINNED):
            entry.deleted_at = entry.modified
        return entry

    def _about(self, entry: Entry, edition: Edition) -> datetime:
        """Sets its subject; the moment at which it was written."""
        chance, conference = self.chance, edition.conference
        days = [day for day in edition.days if day.date <= self.until] or edition.days[:1]
        day = chance.one(days)
        if chance.maybe(UNFILED):
            return datetime.combine(day.date, time(20), tzinfo=UTC)
        entry.conference = conference
        drawn = chance.random()
        if entry.kind == Entry.Kind.NOTE and drawn < 0.72:
            return self._about_talk(entry, edition)
        if drawn < 0.9:
            entry.day = day
            self._timed(entry, day)
            entry.room = chance.one(edition.rooms) if chance.maybe(0.05) else None
            entry.venue = day.venue if chance.maybe(0.1) else None
        elif drawn < 0.95:
            entry.on = conference.starts_on - timedelta(days=1)
        return datetime.combine(day.date, time(9), tzinfo=conference.zone) + timedelta(minutes=chance.randint(0, 780))

    def _about_talk(self, entry: Entry, edition: Edition) -> datetime:
        """My own note of the talk where there is none yet, else one more; some of them name a speaker."""
        talk = self.chance.one(visible(edition, self.person))
        uid = Entry.note_uid(talk, self.person.pk)
        if uid not in self._noted:
            self._noted.add(uid)
            entry.uid = uid
        entry.talk = talk
        day = talk.day or edition.days[0]
        return talk.ends_at or datetime.combine(day.date, time(15), tzinfo=edition.conference.zone)

    def _timed(self, entry: Entry, day: Day) -> None:
        drawn = self.chance.random()
        if drawn < 0.4:
            entry.part = self.chance.one(Entry.Part.values)
        elif drawn < 0.7:
            minutes = timedelta(minutes=self.chance.randint(7 * 60, 23 * 60))
            entry.at = datetime.combine(day.date, time(), tzinfo=UTC) + minutes
            entry.about = self.chance.maybe(0.4)
        elif drawn < 0.75:
            entry.order = float(self.chance.randint(400, 1400))

    def _words(self, kind: str) -> str:
        """Many meals and things say everything in their details."""
        if kind != Entry.Kind.NOTE and self.chance.maybe(0.35):
            return ""
        return text(self.chance, korean=self.chance.maybe(self.korean), speakers=self._known)

    def _illustrate(self, entries: list[Entry]) -> Iterator[Photo]:
        """Pictures with some of them; half of those stand in the text too."""
        for entry in entries:
            if not self.chance.maybe(ILLUSTRATED):
                continue
            photo = self.pool.picture(self.person, taken_at=entry.created, uid_of=self.chance)
            photo.entry, photo.visibility = entry, entry.visibility
            photo.caption = self.chance.one(words.DISHES) if self.chance.maybe(0.6) else ""
            photo.alt_text = self.chance.one(words.ITEMS) if self.chance.maybe(0.4) else ""
            if self.chance.maybe(0.5):
                entry.text = f"{entry.text}\n\n![{photo.caption}](photo:{photo.uid})".strip()
            yield photo

    def _loose_picture(self, edition: Edition) -> Photo:
        day = self.chance.one(edition.days)
        moment = datetime.combine(day.date, time(11), tzinfo=edition.conference.zone)
        photo = self.pool.picture(self.person, taken_at=moment, uid_of=self.chance)
        photo.conference, photo.day = edition.conference, day
        if self.chance.maybe(0.1):
            photo.deleted_at = moment
        return photo

    def _store_details(self, entries: list[Entry]) -> None:
        made: dict[str, list[models.Model]] = {kind: [] for kind in DETAILS}
        for entry in entries:
            if entry.kind in DETAILS:
                made[entry.kind].append(_DETAILED[entry.kind](self.chance, entry))
        for kind, rows in made.items():
            store(DETAILS[kind], rows)

    def _revisions(self, entries: list[Entry]) -> Iterator[Revision]:
        devices = ("Phone · Safari", "Laptop · Firefox", "")
        for entry in entries:
            fields = snapshot(entry)
            for number, words_then in enumerate(drafts(self.chance, entry.text, entry.version)):
                yield Revision(
                    entry=entry,
                    version=number + 1,
                    base_version=number,
                    text=words_then,
                    fields=fields,
                    device=self.chance.one(devices),
                    saved_at=entry.created + number * _BETWEEN_VERSIONS,
                )


def _meal(chance: Chance, entry: Entry) -> Meal:
    return Meal(
        entry=entry,
        occasion=chance.one(Meal.Occasion.values),
        dishes=chance.one(words.DISHES),
        provider=chance.one(words.AFFILIATIONS) if chance.maybe(0.4) else "",
        place=chance.one(words.ROOMS) if chance.maybe(0.4) else "",
        companions=", ".join(chance.some(words.GIVEN, 3)) if chance.maybe(0.5) else "",
        price=chance.randint(3, 40) * 500 if chance.maybe(0.3) else None,
        included=chance.maybe(0.5),
    )


def _swag(chance: Chance, entry: Entry) -> Swag:
    return Swag(
        entry=entry,
        item=chance.one(words.ITEMS),
        quantity=chance.heavy({1: 8, 2: 1, 5: 0.3}),
        variant=chance.one(("blue", "L", "검정", "")),
        from_whom=chance.one(words.AFFILIATIONS),
        won=chance.one(Swag.Won.values),
        state=chance.one(Swag.State.values),
    )


def _encounter(chance: Chance, entry: Entry) -> Encounter:
    return Encounter(
        entry=entry,
        person=f"{chance.one(words.GIVEN)} {chance.one(words.FAMILY)}" if chance.maybe(0.85) else "",
        affiliation=chance.one(words.AFFILIATIONS) if chance.maybe(0.7) else "",
        where=chance.one(words.ROOMS) if chance.maybe(0.5) else "",
    )


_DETAILED: dict[str, Any] = {Entry.Kind.MEAL: _meal, Entry.Kind.SWAG: _swag, Entry.Kind.ENCOUNTER: _encounter}
