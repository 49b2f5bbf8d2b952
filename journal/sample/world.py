"""The world of a sample: series, venues, and conferences with days and rooms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.contrib.auth.models import User

from events.models import Conference, Day, Link, Room, Series, Talk, Venue
from events.names import clean_line
from journal.sample import words
from journal.sample.chance import Addresses, Chance
from journal.sample.rows import named, store

YEARS = 10
MOST_ROOMS = 20


@dataclass
class Edition:
    """A conference with what belongs to it, as it was made."""

    conference: Conference
    days: list[Day] = field(default_factory=list)
    rooms: list[Room] = field(default_factory=list)
    talks: list[Talk] = field(default_factory=list)


def make_editions(chance: Chance, *, count: int, talks: int, people: list[User], until: date) -> list[Edition]:
    """So many conferences over ten years, with days and rooms; the last one is running on `until`.

    The first person keeps the last one; every tenth is unlisted, somebody's own.
    """
    series, venues = _make_series(chance, count), _make_venues(chance, count, people)
    taken = Conference.objects.values_list("year", "slug")
    slugs: dict[int, set[str]] = {}
    for year, slug in taken:
        slugs.setdefault(year, set()).add(slug)
    made = []
    for number, starts_on in enumerate(_beginnings(count, until)):
        conference = _conference(chance, chance.one(series), starts_on, venues)
        conference.added_by = people[(number + 1 - count) % len(people)]
        conference.listed = number % 10 != 7
        addresses = Addresses(chance, slugs.setdefault(conference.year, set()))
        conference.slug = addresses.give(
            conference.name, conference.other_name, year=conference.year, secret=not conference.listed
        )
        made.append(conference)
    store(Conference, made)
    editions = [Edition(conference) for conference in made]
    for edition in editions:
        _furnish(chance, edition, chance.one(venues), talks)
    store(Day, [day for edition in editions for day in edition.days])
    store(Room, [room for edition in editions for room in edition.rooms])
    store(Link, _links(editions))
    return editions


def _beginnings(count: int, until: date) -> Iterator[date]:
    """First days, evenly over the years, up to one to come and one that is running."""
    for number in range(count):
        back = round((count - 1 - number) / max(count - 1, 1) * YEARS * 365)
        yield until + timedelta(days=24) if count > 4 and number == count - 2 else until - timedelta(days=back + 1)


def _make_series(chance: Chance, conferences: int) -> list[Series]:
    addresses = Addresses(chance, set(Series.objects.values_list("slug", flat=True)))
    made = []
    for name, other_name in words.SERIES[: max(1, conferences // 4)]:
        series = named(Series(name=name, other_name=other_name, organiser=chance.one(words.AFFILIATIONS)))
        series.slug = addresses.give(series.name, series.other_name)
        made.append(series)
    store(Series, made)
    return made


def _make_venues(chance: Chance, conferences: int, people: list[User]) -> list[Venue]:
    addresses = Addresses(chance, set(Venue.objects.values_list("slug", flat=True)))
    made = []
    for number in range(max(2, min(40, conferences))):
        name, other_name = chance.one(words.HOUSES)
        city, country, _zone = chance.one(words.CITIES)
        venue = named(Venue(name=name.format(city=city), other_name=other_name.format(city=city)))
        venue.added_by = people[number % len(people)]
        venue.city, venue.country, venue.address = city, country, f"{chance.randint(1, 400)} Harbour Street"
        venue.slug = addresses.give(venue.name, venue.other_name)
        made.append(venue)
    store(Venue, made)
    return made


def _conference(chance: Chance, series: Series, starts_on: date, venues: list[Venue]) -> Conference:
    length = chance.randint(3, 5)
    conference = Conference(
        name=f"{series.name} {starts_on.year}",
        other_name=f"{series.other_name} {starts_on.year}" if series.other_name else "",
        series=series,
        year=starts_on.year,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=length - 1 - chance.maybe(0.3)),
        timezone=chance.one(words.CITIES)[2],
        mode=chance.heavy({"in_person": 6, "hybrid": 3, "online": 1}),
        website=f"https://example.org/{starts_on.year}",
        about=f"{chance.one(venues).name}. {chance.one(words.LESSONS).capitalize()}.",
    )
    return named(conference)


def _furnish(chance: Chance, edition: Edition, venue: Venue, talks: int) -> None:
    conference = edition.conference
    for on in conference.dates():
        host = chance.one(words.AFFILIATIONS)
        edition.days.append(Day(conference=conference, date=on, venue=venue, host=host))
    rooms = min(MOST_ROOMS, max(1, talks // 12), len(words.ROOMS))
    for position, name in enumerate(words.ROOMS[:rooms]):
        edition.rooms.append(Room(conference=conference, venue=venue, name=clean_line(name), position=position))


def _links(editions: list[Edition]) -> Iterator[Link]:
    for edition in editions:
        for title in ("Live stream", "Photographs"):
            url = f"https://example.org/{edition.conference.slug}/{title[0]}"
            yield Link(url=url, title=title, conference=edition.conference)
