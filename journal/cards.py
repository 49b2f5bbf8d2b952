"""Conferences as badges: when, where, a picture, and the numbers of what was kept. Five queries for any number."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Count, Prefetch, prefetch_related_objects
from django.utils.translation import ngettext, npgettext

from events.models import Conference, Day
from events.moments import date_range
from journal import access, gallery, ribbons
from journal.gallery import Shown
from journal.models import Attendance, Entry


@dataclass(frozen=True)
class Card:
    """One badge. `attendance` is None for a conference that the person only sees."""

    conference: Conference
    attendance: Attendance | None
    counts: list[tuple[int, str]]
    picture: Shown | None

    @property
    def hue(self) -> int:
        """The ribbon's hue in degrees."""
        return ribbons.hue(self.attendance, self.conference)

    @property
    def when(self) -> str:
        """The dates without the year, which stands above."""
        return date_range(self.conference.starts_on, self.conference.ends_on)

    @property
    def where(self) -> str:
        """The venues of its days, each once; else how it is held."""
        venues = dict.fromkeys(day.venue.own_name() for day in self.conference.days.all() if day.venue)
        return " · ".join(venues) or str(self.conference.get_mode_display())


def cards(
    person: User,
    conferences: Iterable[Conference],
    attendances: Iterable[Attendance] | None = None,
    *,
    pictures: bool = True,
) -> list[Card]:
    """A card for each of these conferences (with their series), in their order.

    `attendances` are given where the caller has them already.
    """
    wanted = list(conferences)
    prefetch_related_objects(wanted, Prefetch("days", Day.objects.with_venues()))
    if attendances is None:
        attendances = access.attendances(person).filter(conference__in=wanted)
    attended = {row.conference_id: row for row in attendances}
    numbers = _numbers(person, wanted)
    firsts = gallery.first_pictures(person, wanted) if pictures else {}
    return [Card(one, attended.get(one.pk), _words(numbers[one.pk]), firsts.get(one.pk)) for one in wanted]


def _numbers(person: User, conferences: list[Conference]) -> defaultdict[int, Counter[str]]:
    """How many of each kind, and talks heard, by conference: two queries."""
    numbers: defaultdict[int, Counter[str]] = defaultdict(Counter)
    kept = Entry.objects.of(person).kept().filter(conference__in=conferences)
    for conference, kind, number in kept.values_list("conference", "kind").annotate(Count("pk")).order_by():
        numbers[conference][kind] = number
    heard = access.marks(person).heard().filter(talk__conference__in=conferences)
    for conference, number in heard.values_list("talk__conference").annotate(Count("pk")).order_by():
        numbers[conference]["heard"] = number
    return numbers


def _words(numbers: Counter[str]) -> list[tuple[int, str]]:
    """(number, words), zeros left out."""
    found = [
        (numbers["heard"], ngettext("talk heard", "talks heard", numbers["heard"])),
        (numbers["note"], ngettext("note", "notes", numbers["note"])),
        (numbers["meal"], npgettext("how many", "meal", "meals", numbers["meal"])),
        (numbers["swag"], ngettext("piece of swag", "pieces of swag", numbers["swag"])),
        (numbers["encounter"], npgettext("how many", "encounter", "encounters", numbers["encounter"])),
    ]
    return [(number, words) for number, words in found if number]
