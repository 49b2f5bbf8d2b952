"""What the desk of the world asks of the database: twelve queries for a list, no more for more rows of a page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.models import Appearance, Conference, Day, FormerSlug, Link, Room, Series, Speaker, Talk, Venue
from tests.factories import a_conference

pytestmark = pytest.mark.django_db

MOST_QUERIES = 12
FEW, MANY = 3, 100
KINDS = [Series, Conference, Day, Venue, Room, Talk, Appearance, Speaker, Link, FormerSlug]


@pytest.fixture
def keeper(db: None) -> Client:
    """Dora, who keeps the catalogue and is no superuser: her permissions are two queries more."""
    dora = User.objects.create_user("dora", is_staff=True)
    dora.groups.add(Group.objects.get(name="Desk"))
    browser = Client()
    browser.force_login(dora)
    return browser


def a_world(person: User, conferences: int, rows: int, start: int = 0) -> None:
    """So many conferences, the first of them with so many of everything."""
    for index in range(start, start + conferences):
        series = Series.objects.create(name=f"Series {index}")
        starts_on = datetime(2000 + index % 30, 5, 1, tzinfo=UTC).date()
        made = a_conference(person, name=f"Forum {index}", starts_on=starts_on, days=2, series=series, listed=True)
        made.days.update(venue=Venue.objects.create(name=f"Hall {index}"))
    first = Conference.objects.earliest("pk")
    _fill(first, rows, start)


def _fill(first: Conference, rows: int, start: int) -> None:
    day = first.days.earliest("date")
    at = datetime(2000, 5, 1, 9, tzinfo=UTC)
    for index in range(start, start + rows):
        venue = Venue.objects.create(name=f"House {index}")
        room = Room.objects.create(conference=first, name=f"Room {index}", venue=venue)
        speaker = Speaker.objects.create(name=f"Speaker {index}", other_name=f"연사 {index}")
        title = "" if index % 2 else f"Talk {index}"
        talk = Talk.objects.create(
            conference=first, day=day, room=room, title=title, starts_at=at, ends_at=at, listed=True
        )
        Appearance.objects.create(talk=talk, speaker=speaker, affiliation=f"House {index}")
        Link.objects.create(talk=talk, url=f"https://example.org/{index}")
        FormerSlug.objects.create(slug=f"was-{index}", talk=talk, scope=first)


def queries(browser: Client, there: str, *, again: bool = True) -> list[str]:
    """What the page asks for, once whatever is asked once a process has been."""
    if again:
        browser.get(there)
    with CaptureQueriesContext(connection) as captured:
        answer = browser.get(there)
    assert answer.status_code == 200, f"{answer.status_code} at {there}"
    return [query["sql"] for query in captured.captured_queries]


def lists() -> list[str]:
    """Every list plain, the long ones searched, and that of talks as it is filtered."""
    first = Conference.objects.earliest("pk")
    plain = [reverse(f"admin:events_{model._meta.model_name}_changelist") for model in KINDS]
    talks, appearances = (reverse(f"admin:events_{name}_changelist") for name in ("talk", "appearance"))
    filters = ["q=연사", f"in={first.year}", f"of={first.pk}", f"in={first.year}&of={first.pk}&q=House"]
    return [*plain, *(f"{talks}?{chosen}" for chosen in filters), f"{appearances}?of={first.pk}&q=House"]


def test_no_list_asks_more_than_twelve_queries_with_a_hundred_rows(keeper: Client, person: User) -> None:
    a_world(person, FEW, FEW)
    few = {there: len(queries(keeper, there)) for there in lists()}
    a_world(person, MANY - FEW, MANY - FEW, start=FEW)
    many = {there: len(queries(keeper, there, again=False)) for there in lists()}
    wrong = [f"{there}: {few[there]} → {many[there]}" for there in few if many[there] > few[there]]
    wrong += [f"{there}: {count}" for there, count in many.items() if count > MOST_QUERIES]
    assert not wrong, "\n".join(wrong)


def test_no_change_page_asks_more_for_more_rows_of_its_own(keeper: Client, person: User) -> None:
    conference = a_conference(person, days=2, listed=True)
    talk = Talk.objects.create(conference=conference, listed=True, day=conference.days.earliest("date"))
    speaker = Speaker.objects.create(name="Seung")
    pages = [
        reverse(f"admin:events_{row._meta.model_name}_change", args=[row.pk]) for row in (conference, talk, speaker)
    ]
    _rows_of_their_own(conference, talk, speaker, 0, 2)
    few = {there: len(queries(keeper, there)) for there in pages}
    _rows_of_their_own(conference, talk, speaker, 2, 12)
    grown = {
        there: (few[there], len(asked))
        for there in pages
        if len(asked := queries(keeper, there, again=False)) > few[there]
    }
    assert not grown


def _rows_of_their_own(conference: Conference, talk: Talk, speaker: Speaker, first: int, last: int) -> None:
    """Days with venues, rooms with venues, appearances with speakers, talks of one speaker, links."""
    for index in range(first, last):
        venue = Venue.objects.create(name=f"House {index}")
        on = conference.starts_on + timedelta(days=10 + index)
        Day.objects.create(conference=conference, date=on, venue=venue)
        Room.objects.create(conference=conference, name=f"Room {index}", venue=venue)
        other = Speaker.objects.create(name=f"Speaker {index}")
        Appearance.objects.create(talk=talk, speaker=other, order=index)
        given = Talk.objects.create(conference=conference, title="", listed=True)
        Appearance.objects.create(talk=given, speaker=speaker)
        for thing in ({"conference": conference}, {"talk": talk}, {"speaker": speaker}):
            Link.objects.create(url=f"https://example.org/{index}", **thing)


@pytest.mark.parametrize("field", ["conference", "day", "room"])
def test_completing_asks_the_same_for_few_and_many(field: str, keeper: Client, person: User) -> None:
    there = f"{reverse('admin:autocomplete')}?app_label=events&model_name=talk&field_name={field}&term="
    a_world(person, 2, 2)
    few = len(queries(keeper, there))
    a_world(person, 10, 10, start=2)
    assert len(queries(keeper, there)) == few <= MOST_QUERIES
