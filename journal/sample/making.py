"""Puts a sample together: world first, then person after person. All of it or nothing is kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils import timezone

from events.models import Speaker
from journal.models import Attendance, DayLog, Entry, Mark, Photo, Preferences
from journal.sample import words
from journal.sample.book import Writer
from journal.sample.chance import Chance
from journal.sample.pictures import Pool
from journal.sample.presence import attended, make_day_logs, make_presence
from journal.sample.programme import make_talks
from journal.sample.speakers import Stage, make_speakers
from journal.sample.world import Edition, make_editions

ACCOUNT = "sample"
# Speakers for so many talks of all conferences together; most of them speak more than once.
_TALKS_A_SPEAKER = 12
_FEWEST_SPEAKERS = 20
# The first person keeps half as much again as each of the others.
_FIRST = 1.5

Say = Callable[[str], object]


@dataclass(frozen=True)
class Sizes:
    """How much of everything: talks in each conference, entries of all people together."""

    conferences: int = 50
    talks: int = 1000
    entries: int = 20_000
    people: int = 5


def somebody_keeps_a_journal() -> bool:
    """Is there a row of anybody's book?"""
    return any(model._default_manager.exists() for model in (Entry, Photo, Mark, Attendance, DayLog))


def make_sample(sizes: Sizes, *, seed: int, say: Say = print, until: date | None = None) -> list[User]:
    """Fills the database; the people whose books it holds.

    The same sizes and seed into an empty database on the same day (`until`) give the same rows. One conference is
    running on that day.
    """
    until = until or timezone.localdate()
    numbers = _free_numbers(sizes.people)
    chance = Chance(f"{seed}-{numbers[0]}")
    pool = Pool(chance)
    try:
        with transaction.atomic():
            people = [_person(number) for number in numbers]
            editions = _make_world(chance, sizes, people, until, say)
            _write_books(chance, sizes, editions, people, pool, until, say)
    except BaseException:
        pool.forget()
        raise
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # its own housekeeping would do so within minutes, amid a measurement
    return people


def _free_numbers(count: int) -> list[int]:
    taken = set(User.objects.filter(username__startswith=f"{ACCOUNT}-").values_list("username", flat=True))
    number = 1
    while f"{ACCOUNT}-{number}" in taken:
        number += 1
    return list(range(number, number + count))


def _person(number: int) -> User:
    """Nobody can sign in until there is a password."""
    person = User.objects.create_user(f"{ACCOUNT}-{number}")
    name = words.GIVEN[(number - 1) % len(words.GIVEN)]
    Preferences.objects.create(person=person, display_name=name, language=("ko", "en")[number % 2])
    return person


def _make_world(chance: Chance, sizes: Sizes, people: list[User], until: date, say: Say) -> list[Edition]:
    with _timed(say, "Series, venues, conferences, days, rooms"):
        editions = make_editions(chance, count=sizes.conferences, talks=sizes.talks, people=people, until=until)
    with _timed(say, "Speakers"):
        count = max(_FEWEST_SPEAKERS, sizes.conferences * sizes.talks // _TALKS_A_SPEAKER)
        stage = Stage(chance, make_speakers(chance, count, people))
    with _timed(say, f"Talks: {sizes.conferences} × {sizes.talks}"):
        for edition in editions:
            make_talks(chance, edition, count=sizes.talks, stage=stage)
    return editions


def _write_books(
    chance: Chance, sizes: Sizes, editions: list[Edition], people: list[User], pool: Pool, until: date, say: Say
) -> None:
    known = _known_speakers()
    for person, count in zip(people, _shares(sizes.entries, len(people)), strict=True):
        with _timed(say, f"{person.get_username()}: {count} entries, with marks, days and pictures"):
            there = attended(chance, editions, person, first=person is people[0])
            make_presence(chance, person, there, until)
            begun = [edition for edition in there if edition.conference.starts_on <= until]
            writer = Writer(chance, person, pool, until)
            for edition, part in zip(begun, _even(count, len(begun)), strict=True):
                writer.write(edition, part, chance.sample(known, min(30, len(known))))
            make_day_logs(chance, person, begun, until)


def _known_speakers() -> list[tuple[str, str]]:
    return list(Speaker.objects.order_by("pk").values_list("name", "slug")[:2000])


def _shares(count: int, people: int) -> list[int]:
    """The entries of each; the first has some more."""
    each = round(count / (_FIRST + people - 1))
    return [count - each * (people - 1), *[each] * (people - 1)]


def _even(count: int, parts: int) -> list[int]:
    return [count // parts + (number < count % parts) for number in range(parts)]


@contextmanager
def _timed(say: Say, what: str) -> Iterator[None]:
    began = time.monotonic()
    yield
    say(f"{what}: {time.monotonic() - began:.1f} s")
