"""One person's book of one conference, read once for a page: a fixed number of queries however much stands in it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from django.contrib.auth.models import User
from django.db.models import Q

from events.models import Conference, Day, Talk
from events.querysets import DayQuerySet
from journal import access
from journal.models import Attendance, DayLog, Entry, Mark, Photo


@dataclass(frozen=True)
class Book:
    """Everything kept of a conference; `talks` are the visible ones that something here is about, with speakers."""

    conference: Conference
    attendance: Attendance | None
    days: list[Day]
    logs: dict[int, DayLog]
    entries: list[Entry]
    photos: list[Photo]
    marks: dict[int, Mark]
    talks: dict[int, Talk]

    @cached_property
    def photos_of_entries(self) -> dict[int, list[Photo]]:
        """Pictures by the entry they stand with."""
        return _grouped(self.photos, "entry_id")

    @cached_property
    def photos_of_talks(self) -> dict[int, list[Photo]]:
        """Pictures of a talk that stand with no entry."""
        return _grouped([photo for photo in self.photos if photo.entry_id is None], "talk_id")

    @cached_property
    def entries_of_talks(self) -> dict[int, list[Entry]]:
        """Entries by the talk they are about."""
        return _grouped(self.entries, "talk_id")

    @property
    def heard(self) -> int:
        """How many talks were heard."""
        return sum(mark.state in Mark.HEARD for mark in self.marks.values())

    def of_kind(self, kind: str) -> list[Entry]:
        """The entries of one kind, in the order they were made."""
        return [entry for entry in self.entries if entry.kind == kind]

    def on(self, day: Day) -> list[Entry]:
        """The entries of a conference day, however their day is known."""
        return [entry for entry in self.entries if entry.counted_on == day.date]  # type: ignore[attr-defined]


def open_book(
    person: User, conference: Conference, *, picks: bool = False, day: date | None = None, most: int = 0
) -> Book:
    """The person's book of the conference: eight queries.

    Its talks are those that were heard or written about; with `picks` also those with any other mark. With a `day` come
    that day's picks, and its other talks too where it has at most so many; each day then knows its `talk_count`.
    """
    days = list(_days(person, conference, counted=day is not None))
    entries = list(access.entries(person).at(conference).with_details_alone().order_by("created", "pk"))
    photos = list(access.photos(person).at(conference))
    marks = {mark.talk_id: mark for mark in access.marks(person).at(conference)}
    logs = {log.day_id: log for log in access.day_logs(person).at(conference)}
    wanted = {entry.talk_id for entry in entries} | {photo.talk_id for photo in photos}
    wanted |= {talk for talk, mark in marks.items() if picks or mark.state in Mark.HEARD}
    wanted |= {log.highlight_talk_id for log in logs.values()}
    whole = [one for one in days if one.date == day and one.talk_count <= most]  # type: ignore[attr-defined]
    of_interest = Q(pk__in=[pk for pk in wanted if pk])
    if day is not None:
        of_interest |= Q(day__in=whole) | Q(day__date=day, pk__in=marks)
    visible = access.talks(person).filter(of_interest, conference=conference)
    talks = {talk.pk: talk for talk in visible.select_related(None).select_related("room").defer("abstract")}
    book = Book(
        conference=conference,
        attendance=access.attendance(person, conference),
        days=days,
        logs=logs,
        entries=entries,
        photos=photos,
        marks=marks,
        talks=talks,
    )
    _join(book)
    return book


def _days(person: User, conference: Conference, *, counted: bool) -> DayQuerySet:
    days = conference.days.with_venues()
    return days.with_talk_counts(person) if counted else days


def _join(book: Book) -> None:
    """Hands rows that are here already to those that refer to them, so that no page asks for them again."""
    entries = {entry.pk: entry for entry in book.entries}
    days = {day.pk: day for day in book.days}
    for day in book.days:
        day.conference = book.conference
    for talk in book.talks.values():
        talk.conference = book.conference
        talk.day = days.get(talk.day_id or 0)
    hidden = _hidden_talks(book)
    for entry in book.entries:
        entry.conference = book.conference
        entry.day = days.get(entry.day_id or 0)
        entry.talk = book.talks.get(entry.talk_id or 0) or hidden.get(entry.talk_id or 0)
    for photo in book.photos:
        photo.talk = book.talks.get(photo.talk_id or 0) if photo.entry_id is None else None
        photo.day = days.get(photo.day_id or 0)
        if photo.entry_id in entries:
            photo.entry = entries[photo.entry_id]
    for log in book.logs.values():
        # A talk that is hidden by now and an entry in the bin are no highlight of this page; the row keeps them.
        log.highlight_talk = book.talks.get(log.highlight_talk_id or 0)
        log.highlight_entry = entries.get(log.highlight_entry_id or 0)


def _hidden_talks(book: Book) -> dict[int, Talk]:
    """Talks that somebody wrote about and does not see any more: what was written still says about what."""
    missing = {entry.talk_id for entry in book.entries if entry.talk_id} - book.talks.keys()
    if not missing:
        return {}
    return Talk.objects.select_related("conference", "day", "room").in_bulk(missing)


Row = TypeVar("Row")


def _grouped(rows: list[Row], column: str) -> dict[int, list[Row]]:
    """Rows by a column, those without one left out."""
    groups: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        if getattr(row, column) is not None:
            groups[getattr(row, column)].append(row)
    return groups
