"""A conference at a glance: its days side by side, and the numbers a person is proud of."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import ngettext, npgettext

from events.models import Day, Talk
from journal.book import Book
from journal.models import DayLog, Entry, Mark, Photo

# So many titles stand in a day's strip; the day's own page has them all.
MOST_HEARD = 12


@dataclass(frozen=True)
class Strip:
    """One day in a few words: the world's host and venue, and what the person kept of it."""

    day: Day
    log: DayLog | None
    highlight_talk: Talk | None
    highlight_entry: Entry | None
    meals: list[Entry]
    gifts: list[Entry]
    met: list[Entry]
    heard: list[Talk]
    more_heard: int
    photos: list[Photo]


def strips(book: Book) -> list[Strip]:
    """The days of the conference, in order."""
    picked = picks(book)
    return [_strip(book, day, picked) for day in book.days]


def picks(book: Book) -> list[tuple[Talk, Mark]]:
    """The talks with a mark, in the programme's order."""
    marked = [(talk, book.marks[pk]) for pk, talk in book.talks.items() if pk in book.marks]
    return sorted(marked, key=lambda pair: _programme_place(pair[0]))


def counts(book: Book) -> list[tuple[int, str]]:
    """(number, words) of what was kept; zeros are left out."""
    found = [
        (book.heard, ngettext("talk heard", "talks heard", book.heard)),
        *((len(book.of_kind(kind)), words) for kind, words in _words_of_kinds(book)),
        (len(book.photos), npgettext("how many", "picture", "pictures", len(book.photos))),
    ]
    return [(number, words) for number, words in found if number]


def _words_of_kinds(book: Book) -> list[tuple[str, str]]:
    notes, meals, swag, met = (len(book.of_kind(kind)) for kind in Entry.Kind.values)
    return [
        (Entry.Kind.NOTE, ngettext("note", "notes", notes)),
        (Entry.Kind.MEAL, npgettext("how many", "meal", "meals", meals)),
        (Entry.Kind.SWAG, ngettext("piece of swag", "pieces of swag", swag)),
        (Entry.Kind.ENCOUNTER, npgettext("how many", "encounter", "encounters", met)),
    ]


def _strip(book: Book, day: Day, picked: list[tuple[Talk, Mark]]) -> Strip:
    entries = book.on(day)
    log = book.logs.get(day.pk)
    heard = [talk for talk, mark in picked if talk.day_id == day.pk and mark.state in Mark.HEARD]
    ids = {entry.pk for entry in entries}
    return Strip(
        day=day,
        log=log,
        highlight_talk=log.highlight_talk if log else None,
        highlight_entry=log.highlight_entry if log else None,
        meals=[entry for entry in entries if entry.kind == Entry.Kind.MEAL],
        gifts=[entry for entry in entries if entry.kind == Entry.Kind.SWAG],
        met=[entry for entry in entries if entry.kind == Entry.Kind.ENCOUNTER],
        heard=heard[:MOST_HEARD],
        more_heard=len(heard[MOST_HEARD:]),
        photos=[photo for photo in book.photos if photo.entry_id in ids or photo.day_id == day.pk],
    )


def _programme_place(talk: Talk) -> tuple[str, str, int]:
    day = talk.day.date.isoformat() if talk.day else "9999"
    return day, talk.starts_at.isoformat() if talk.starts_at else "9999", talk.pk
