"""One of everything, for tests that walk the whole site: a conference, and what one person keeps of it.

`WholeBook.arguments(of)` gives the arguments of an address by what the address is about; the words are those of
tests/access_table.py. `fill` adds more of everything to the same things, for tests that count.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.utils.http import int_to_base36

from events.models import Appearance, Conference, Day, Link, Room, Series, Speaker, Talk, Venue
from journal import actions, undo
from journal.demo import build_demo
from journal.models import Entry, Invitation, Mark, Photo
from journal.subjects import Subject
from tests.factories import a_conference, a_photo, a_talk, an_entry
from tests.soft_passkey import SoftPasskey

# Every construct of the text that a page has to look something up for.
RICH = """> It seems time to study it. — @[Ada](speaker:{speaker})

- [ ] look this up

#learning and ![a lunch](photo:{photo}) and more.[^1]

[^1]: With a footnote.
"""


@dataclass
class WholeBook:
    """What `a_whole_book` made."""

    person: User
    conference: Conference
    series: Series
    day: Day
    venue: Venue
    room: Room
    talk: Talk
    speaker: Speaker
    note: Entry
    talk_note: Entry
    meal: Entry
    swag: Entry
    encounter: Entry
    binned: Entry
    photo: Photo
    binned_photo: Photo
    invitation: Invitation

    def arguments(self, of: str) -> dict[str, Any]:
        """The arguments of an address about `of`."""
        whole: dict[str, dict[str, Any]] = {
            "": {},
            "year": {"year": self.conference.year},
            "series": {"slug": self.series.slug},
            "conference": self._conference,
            "day": self._day,
            "talk": self._talk,
            "speaker": {"slug": self.speaker.slug},
            "venue": {"slug": self.venue.slug},
            "kind": {"kind": Entry.Kind.MEAL},
            "entry": {"uid": self.note.uid},
            "other kind": {"uid": self.note.uid, "kind": Entry.Kind.MEAL},
            "binned entry": {"uid": self.binned.uid},
            "version": {"uid": self.note.uid, "version": 1},
            "photo": {"uid": self.photo.uid},
            "photo of a width": {"uid": self.photo.uid, "width": self.photo.widths[0]},
            "invitation": {"uid": self.invitation.uid},
            "token": {"token": "of-no-invitation"},
            "binned photo": {"uid": self.binned_photo.uid},
            "mark undone": {**self._talk, "kept": self._sealed("mark-undo", talk=self.talk.pk)},
            "arrival undone": {**self._day, "kept": self._sealed("arrive-undo", day=self.day.pk)},
            "departure undone": {**self._day, "kept": self._sealed("leave-undo", day=self.day.pk)},
        }
        return whole[of] if of in whole else self._of_the_account(of)

    def _of_the_account(self, of: str) -> dict[str, Any]:
        """Made when it is asked for: a person with a passkey logs in otherwise than one without."""
        if of == "passkey":
            return {"pk": self._passkey.pk}
        if of == "confirmation link":
            return {"key": EmailConfirmationHMAC(self._address).key}
        return {"uidb36": int_to_base36(self.person.pk), "key": default_token_generator.make_token(self.person)}

    @property
    def _conference(self) -> dict[str, Any]:
        return {"year": self.conference.year, "slug": self.conference.slug}

    @property
    def _day(self) -> dict[str, Any]:
        return {**self._conference, "on": self.day.date}

    @property
    def _talk(self) -> dict[str, Any]:
        return {**self._conference, "talk_slug": self.talk.slug}

    @property
    def _address(self) -> EmailAddress:
        """Still to be confirmed."""
        return EmailAddress.objects.get_or_create(user=self.person, email="alice@example.org")[0]

    @property
    def _passkey(self) -> Authenticator:
        """One that opens nothing."""
        wanted = {"user": self.person, "type": Authenticator.Type.WEBAUTHN}
        asked = {"publicKey": {"challenge": "AAAA", "user": {"id": "AAAA"}}}
        data = {"name": "Phone", "credential": SoftPasskey().create(asked)}
        return Authenticator.objects.get_or_create(**wanted, defaults={"data": data})[0]

    def _sealed(self, verb: str, **of: int) -> str:
        """An undo that comes too late, of its own person: it changes nothing and says so."""
        return undo.seal(f"journal:{verb}", self.person, {**of, "before": None, "after": None, "was_there": True})


def nowhere(arguments: dict[str, Any]) -> dict[str, Any]:
    """Arguments of the same shape that lead to nothing."""
    absent: dict[str, Any] = {"slug": "no-such-thing", "talk_slug": "no-such-talk", "uid": uuid.uuid4()}
    absent |= {"pk": 2**31 - 1, "key": "no-such-key"}
    return {name: absent.get(name, value) for name, value in arguments.items()}


def a_whole_book(
    person: User, *, listed: bool = True, starts_on: date = date(2022, 11, 8), word: str = ""
) -> WholeBook:
    """A conference added by `person`, with one of everything about it; `word` stands in every name of the world."""
    series = Series.objects.create(name=f"Forum of looking {word}")
    venue = Venue.objects.create(name=f"House of looking {word}", added_by=person)
    conference = a_conference(
        person, name=f"Looking {word}", series=series, listed=listed, starts_on=starts_on, website="https://example.org"
    )
    conference.days.update(venue=venue, host=f"Host {word}")
    day = conference.days.select_related("conference").earliest("date")
    room = Room.objects.create(conference=conference, venue=venue, name=f"Hall {word}")
    starts_at = datetime.combine(starts_on, time(1), UTC)
    talk = a_talk(
        conference,
        title=f"Learning to look {word}",
        day=day,
        room=room,
        listed=listed,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
    )
    speaker = Speaker.objects.create(name=f"Ada {word}", added_by=person)
    Appearance.objects.create(talk=talk, speaker=speaker, affiliation="A university", job_title="Professor")
    book = _book_about(person, conference, day, room, talk)
    links = [Link(url="https://example.org/slides", **{of.__class__.__name__.lower(): of}) for of in (talk, speaker)]
    Link.objects.bulk_create([*links, Link(url="https://example.org/more", conference=conference)])
    return WholeBook(
        person=person, conference=conference, series=series, day=day, venue=venue, room=room, talk=talk,
        speaker=speaker, **book,
    )  # fmt: skip


def _book_about(person: User, conference: Conference, day: Day, room: Room, talk: Talk) -> dict[str, Any]:
    actions.attend(owner=person, conference=conference, companions="Friends", lodging="Near by", expectation="Little")
    actions.mark_talk(owner=person, talk=talk, state=Mark.State.ATTENDED, rating=5, verdict="It clicked.")
    arrived = datetime.combine(day.date, time(0), UTC)
    note = an_entry(person, day=day, room=room, fields={"title": "The whole day", "rating": 4})
    photo = a_photo(person, colour=_colour(conference), entry=note, caption="Lunch", alt_text="A box with a lunch")
    note = actions.revise_entry(entry=note, base_version=1, text=RICH.format(photo=photo.uid, speaker="ada"))
    actions.log_day(owner=person, day=day, arrived=arrived, travel="By train", mood="Astonished", highlight_talk=talk)
    binned_photo = a_photo(person, colour=_colour(conference, 1), subject=Subject(day=day), caption="Blurred")
    actions.bin_photo(photo=binned_photo)
    binned = an_entry(person, day=day, fields={"title": "Thrown away"})
    actions.bin_entry(entry=binned)
    written = {"binned": binned, "binned_photo": binned_photo, "photo": photo, "note": note}
    for row in written.values():
        row.refresh_from_db()
    return written | {
        "talk_note": actions.write_note_of_talk(owner=person, talk=talk, text="What was said.", base_version=0),
        "meal": an_entry(person, kind=Entry.Kind.MEAL, day=day, details={"dishes": "Abalone", "price": 15000}),
        "swag": an_entry(person, kind=Entry.Kind.SWAG, day=day, details={"item": "A ball pen"}),
        "invitation": _an_invitation(person),
        "encounter": an_entry(person, kind=Entry.Kind.ENCOUNTER, talk=talk, details={"person": "Somebody"}),
    }


def _colour(conference: Conference, shade: int = 0) -> str:
    """One that no other picture of the suite's world has: the same picture twice is one."""
    return f"#{conference.pk * 67 % 256:02x}{shade * 128:02x}99"


def fill(book: WholeBook, count: int) -> None:
    """Adds `count` of everything: on the same conference, day, talk, speaker, venue, series and year, and of those."""
    _fill_world(book, count)
    _fill_book(book, count)


def _fill_world(book: WholeBook, count: int) -> None:
    person, conference, numbers = book.person, book.conference, range(count)
    last, hours = conference.ends_on, {"starts_at": book.talk.starts_at, "ends_at": book.talk.ends_at}
    conference.ends_on = last + timedelta(days=count)
    conference.save()
    days = [
        Day(conference=conference, date=last + timedelta(days=n + 1), venue=book.venue, host="Host") for n in numbers
    ]
    Day.objects.bulk_create(days)
    rooms = [Room(conference=conference, venue=book.venue, name=f"Hall {n}", position=n) for n in numbers]
    Room.objects.bulk_create(rooms)
    for n in numbers:
        venue = Venue.objects.create(name=f"House {n}", added_by=person)
        speaker = Speaker.objects.create(name=f"Speaker {n}", added_by=person)
        talk = a_talk(conference, title=f"Talk {n}", day=book.day, room=rooms[n], **hours)
        Appearance.objects.create(talk=talk, speaker=book.speaker, order=1)
        Appearance.objects.create(talk=talk, speaker=speaker, affiliation=f"House {n}")
        Appearance.objects.create(talk=book.talk, speaker=speaker, order=n + 1)
        actions.mark_talk(owner=person, talk=talk, state=Mark.State.GOING)
        _fill_editions(book, n, venue, speaker)
        for about in ({"talk": book.talk}, {"talk": talk}, {"speaker": book.speaker}, {"conference": conference}):
            Link.objects.create(url=f"https://example.org/{n}", **about)
    for day in days:
        actions.log_day(owner=person, day=day, mood="Cheerful", highlight_entry=book.meal)


def _fill_editions(book: WholeBook, n: int, venue: Venue, speaker: Speaker) -> None:
    """One more edition of the same year, one of another year, and one to come; all attended."""
    start = book.conference.starts_on
    another_year = start.replace(year=start.year - 1 - n % 20, day=min(start.day, 28))
    for starts_on in (start, another_year, start + timedelta(days=20)):
        edition = a_conference(
            book.person,
            days=1,
            name=f"Forum {n}",
            series=book.series,
            starts_on=starts_on,
            listed=book.conference.listed,
        )
        edition.days.update(venue=venue)
        talk = a_talk(edition, title=f"Talk {n}", starts_at=None, ends_at=None)
        Appearance.objects.create(talk=talk, speaker=speaker)
        Appearance.objects.create(talk=talk, speaker=book.speaker)
        actions.attend(owner=book.person, conference=edition)
        actions.mark_talk(owner=book.person, talk=talk, rating=4)
        an_entry(book.person, day=talk.day, text=RICH.format(photo=book.photo.uid, speaker=speaker.slug))


def _fill_book(book: WholeBook, count: int) -> None:
    text = RICH.format(photo=book.photo.uid, speaker=book.speaker.slug)
    subjects: list[dict[str, Any]] = [
        {"talk": book.talk}, {"day": book.day}, {"conference": book.conference}, {"speaker": book.speaker},
        {"venue": book.venue}, {},
    ]  # fmt: skip
    for n in range(count):
        entries = [an_entry(book.person, text=text, fields={"title": f"Entry {n}"}, **about) for about in subjects]
        kinds = (Entry.Kind.MEAL, Entry.Kind.SWAG, Entry.Kind.ENCOUNTER)
        entries += [an_entry(book.person, kind=kind, **about) for kind in kinds for about in subjects[:2]]
        for entry in entries:
            _a_picture_row(book, entry=entry)
        for about in subjects:
            _a_picture_row(book, **about)
        _a_picture_row(book, entry=book.note)
        for about in subjects[:2]:
            actions.bin_entry(entry=an_entry(book.person, text=text, **about))
            actions.bin_photo(photo=_a_picture_row(book, **about))
    book.note.refresh_from_db()
    for n in range(count):
        book.note = actions.revise_entry(entry=book.note, base_version=book.note.version, text=f"{text}\n\n{n}")


def _a_picture_row(book: WholeBook, **about: Any) -> Photo:
    """A picture whose files are those of the first one: pages do not open them."""
    if {"day", "talk"} & about.keys():
        about = {"conference": book.conference, **about}
    copy = {
        field.attname: getattr(book.photo, field.attname)
        for field in Photo._meta.concrete_fields
        if field.name not in {"id", "uid", "digest", "entry", *about}
    }
    return Photo.objects.create(**copy, **about, uid=(uid := uuid.uuid4()), digest=uid.hex * 2)


def the_demo(person: User) -> WholeBook:
    """The demo, with one entry and one picture in the bin."""
    build_demo(person=person, listed=True)
    conference = Conference.objects.select_related("series").get(year=2022, name__startswith="Samsung")
    day = conference.days.select_related("conference").earliest("date")
    talk = conference.talks.filter(title="", day=day, appearances__speaker__isnull=False).earliest("pk")
    entries = Entry.objects.of(person).with_details().filter(conference=conference)
    first = {str(kind): entries.filter(kind=kind).earliest("pk") for kind in Entry.Kind.values}
    binned, binned_photo = entries.filter(kind=Entry.Kind.NOTE).latest("pk"), Photo.objects.of(person).latest("pk")
    actions.bin_entry(entry=binned)
    actions.bin_photo(photo=binned_photo)
    return WholeBook(
        person=person, conference=conference, series=conference.series, day=day, venue=day.venue,
        room=conference.rooms.earliest("pk"), talk=talk, speaker=talk.appearances.exclude(speaker=None)[0].speaker,
        talk_note=first["note"], binned=binned, binned_photo=binned_photo,
        photo=Photo.objects.of(person).earliest("pk"), invitation=_an_invitation(person),
        **first,
    )  # fmt: skip


def _an_invitation(person: User) -> Invitation:
    return Invitation.objects.create(made_by=person, digest=uuid.uuid4().hex)
