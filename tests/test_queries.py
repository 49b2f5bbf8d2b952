"""What a page asks of the database: at most twelve queries, and no more of them when there is more to show."""

from __future__ import annotations

from datetime import timedelta

import pytest
import zeal
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from events.models import Conference, Day, Series, Speaker, Talk, Venue
from journal.demo import build_demo
from journal.models import Entry, Photo
from tests.access_table import TABLE
from tests.whole_book import WholeBook, a_whole_book, fill

pytestmark = pytest.mark.django_db

# The promise of the design, session and person included.
MOST_QUERIES = 12
MANY = 30


def addresses(book: WholeBook) -> dict[str, str]:
    """Every route by GET, by name; a form also with what it is about in its address."""
    found = {
        route.name: reverse(route.name, kwargs=book.arguments(route.of)) for route in TABLE if route.get.listed[1] < 300
    }
    conference = f"conference={book.conference.year}/{book.conference.slug}"
    for about in (
        f"{conference}&talk={book.talk.slug}",
        f"{conference}&day={book.day.date}",
        f"speaker={book.speaker.slug}",
    ):
        for name in ("journal:entry-add", "journal:photo-add"):
            found[f"{name} about {about}"] = f"{found[name]}?{about}"
    found["programme of all days"] = f"{found['programme']}?day=all"
    found["complete-speaker, typed"] = f"{found['complete-speaker']}?q=a"
    found["complete-venue, typed"] = f"{found['complete-venue']}?q=o"
    return found


def queries(browser: Client, there: str) -> list[str]:
    """What the page asks for, once whatever is asked once a process has been."""
    browser.get(there)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        answer = browser.get(there)
    assert answer.status_code in {200, 204}, f"{answer.status_code} at {there}"
    return [query["sql"] for query in captured.captured_queries]


def counts(browser: Client, book: WholeBook) -> dict[str, int]:
    """Queries by page."""
    return {name: len(queries(browser, there)) for name, there in addresses(book).items()}


@pytest.fixture
def book(person: User) -> WholeBook:
    """A conference that is running, so that Today has all it can have."""
    return a_whole_book(person, starts_on=timezone.localdate() - timedelta(days=1))


def test_no_page_asks_more_with_thirty_of_everything_than_with_one(persons_browser: Client, book: WholeBook) -> None:
    fill(book, 1)
    few = counts(persons_browser, book)
    fill(book, MANY - 1)
    many = counts(persons_browser, book)
    grown = [f"{name}: {few[name]} → {many[name]}" for name in few if many[name] > few[name]]
    too_many = [f"{name}: {count}" for name, count in many.items() if count > MOST_QUERIES]
    assert not grown + too_many, "\n".join([*grown, *too_many])


def test_no_page_asks_for_its_rows_one_by_one(persons_browser: Client, book: WholeBook) -> None:
    """The same line of a template that asks again for each row, seen by django-zeal."""
    fill(book, 3)
    found = []
    for name, there in addresses(book).items():
        try:
            with zeal.zeal_context():
                persons_browser.get(there)
        except zeal.NPlusOneError as error:
            found.append(f"{name}: {str(error).splitlines()[0]}")
    assert not found, "\n".join(found)


def test_asking_one_by_one_would_be_seen(book: WholeBook) -> None:
    fill(book, 3)
    with pytest.raises(zeal.NPlusOneError), zeal.zeal_context():
        assert [talk.conference.name for talk in Talk.objects.all()]


def test_no_page_of_the_demo_is_above_the_promise(person: User, persons_browser: Client) -> None:
    build_demo(person=person, listed=True)
    found = []
    for there in demo_addresses(person):
        asked = queries(persons_browser, there)
        if len(asked) > MOST_QUERIES:
            found.append(f"{there}: {len(asked)}")
    assert not found, "\n".join(found)


def demo_addresses(person: User) -> list[str]:
    """Every page about everything in the demo, and the pages about nothing."""
    things = [Series, Conference, Talk, Speaker, Venue]
    found = [row.get_absolute_url() for kind in things for row in kind.objects.all()]
    found += [day.get_absolute_url() for day in Day.objects.select_related("conference")]
    for name in (
        "programme",
        "journal:timeline",
        "journal:report",
        "journal:marks",
        "journal:attendance",
        "conference-edit",
    ):
        found += [reverse(name, args=[row.year, row.slug]) for row in Conference.objects.all()]
    for name in ("journal:entry", "journal:entry-edit", "journal:entry-history"):
        found += [reverse(name, args=[entry.uid]) for entry in Entry.objects.of(person)]
    found += [reverse("journal:photo", args=[photo.uid]) for photo in Photo.objects.of(person)]
    return [*found, *(reverse(route.name) for route in TABLE if route.of == "" and route.has_page)]
