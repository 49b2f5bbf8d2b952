"""Writes the attendee's book with the verbs of the journal. What is there already is left as it is, binned or not."""

from __future__ import annotations

import io
from uuid import UUID

from django.contrib.auth.models import User

from journal import actions
from journal.demo.drawings import drawn
from journal.demo.identity import book_uid
from journal.demo.pages import ATTENDANCES, DAY_LOGS, HEARD, HIGHLIGHTS, MARKS, PAGES, PICTURES, Page, Picture
from journal.demo.programme import EVENTS
from journal.demo.tally import Tally
from journal.demo.texts import TEXTS
from journal.demo.world import World
from journal.models import Attendance, DayLog, Entry, Mark, Photo
from journal.subjects import Subject


class Book:
    """One person's book of the demo's world."""

    def __init__(self, person: User, world: World, tally: Tally) -> None:
        self.person, self.world, self.tally = person, world, tally

    def write(self) -> None:
        """Everything but the pictures, which are decoded and stored outside of any transaction."""
        self._be_there()
        self._log_days()
        self._mark_talks()
        there = set(Entry.objects.of(self.person).values_list("uid", flat=True))
        words = self._words()
        for page in PAGES:
            missing = self._uid(page) not in there
            if missing:
                self._write_page(page, TEXTS[page.key].strip().format(**words))
            self.tally.note("entries", made=missing)

    def illustrate(self) -> None:
        """The pictures that are missing."""
        there = set(Photo.objects.of(self.person).values_list("uid", flat=True))
        for picture in PICTURES:
            missing = self._photo_uid(picture.key) not in there
            if missing:
                self._file(picture)
            self.tally.note("pictures", made=missing)

    def _be_there(self) -> None:
        there = set(Attendance.objects.of(self.person).values_list("conference", flat=True))
        for key, fields in ATTENDANCES.items():
            conference = self.world.conference(key)
            missing = conference.pk not in there
            if missing:
                actions.attend(owner=self.person, conference=conference, **fields)
            self.tally.note("attendances", made=missing)

    def _log_days(self) -> None:
        for number, fields in DAY_LOGS.items():
            day = self.world.day("2022", number)
            if day is None:
                continue
            missing = not DayLog.objects.of(self.person).filter(day=day).exists()
            if missing:
                highlight = {"highlight_talk": self.world.talk(HIGHLIGHTS[number])} if number in HIGHLIGHTS else {}
                actions.log_day(owner=self.person, day=day, **fields, **highlight)
            self.tally.note("days", made=missing)

    def _mark_talks(self) -> None:
        there = set(Mark.objects.of(self.person).values_list("talk", flat=True))
        for key, fields in MARKS.items():
            talk = self.world.talk(key)
            missing = talk.pk not in there
            if missing:
                actions.mark_talk(owner=self.person, talk=talk, state=HEARD, **fields)
            self.tally.note("marks", made=missing)

    def _write_page(self, page: Page, text: str) -> None:
        if page.own:
            talk = self.world.talk(page.talk)
            entry = actions.write_note_of_talk(owner=self.person, talk=talk, text=text, base_version=0)
        else:
            entry = actions.write_entry(
                owner=self.person,
                kind=page.kind,
                text=text,
                subject=self._subject(page),
                fields={"title": page.title, **page.fields},
                details=page.details,
                uid=self._uid(page),
            )
        if page.order is not None:
            actions.set_order(entry=entry, order=page.order)

    def _subject(self, page: Page) -> Subject:
        """A day that somebody has removed since leaves its date."""
        day = self.world.day(page.event, page.day) if page.day else None
        on = page.on or (EVENTS[page.event].days[page.day - 1].date if page.day and day is None else None)
        return Subject(
            conference=self.world.conference(page.event),
            day=day,
            on=on,
            talk=self.world.talk(page.talk) if page.talk else None,
            speaker=self.world.speaker(page.speaker) if page.speaker else None,
            venue=self.world.venue(page.day) if page.at_venue else None,
            room=self.world.hall() if page.in_hall else None,
        )

    def _file(self, picture: Picture) -> None:
        page = next((page for page in PAGES if page.key == picture.page), None)
        entry = Entry.objects.of(self.person).filter(uid=self._uid(page)).first() if page else None
        day = self.world.day("2022", picture.day) if picture.day else None
        actions.file_photo(
            owner=self.person,
            file=io.BytesIO(drawn(picture.key)),
            name=f"{picture.key}.jpg",
            entry=entry,
            subject=Subject(conference=self.world.conference("2022"), day=day),
            caption=picture.caption,
            alt_text=picture.alt_text,
            uid=self._photo_uid(picture.key),
        )

    def _words(self) -> dict[str, str]:
        """Keys that texts refer to: a picture by its uid, things of the world by what stands in their address."""
        naver, lee = self.world.conference("naver"), self.world.speaker("lee")
        photos = {
            f"photo_{picture.key.replace('-', '_')}": f"photo:{self._photo_uid(picture.key)}" for picture in PICTURES
        }
        return photos | {"lee": lee.slug if lee else "", "naver": f"{naver.year}/{naver.slug}"}

    def _uid(self, page: Page) -> UUID:
        if page.own:
            return Entry.note_uid(self.world.talk(page.talk), self.person.pk)
        return book_uid("entry", page.key, owner_id=self.person.pk)

    def _photo_uid(self, key: str) -> UUID:
        return book_uid("photo", key, owner_id=self.person.pk)
