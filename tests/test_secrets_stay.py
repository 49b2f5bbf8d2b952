"""What one person keeps to themselves is on no page of anyone else.

Every text of Alice's book, and every name of what she has not shared, holds two words: one that others type into every
search field there is, and one that they never type and that must not come back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from events.models import Appearance, Conference, FormerSlug, Link, Room, Series, Speaker, Talk, Venue
from journal import actions
from journal.models import Entry, Photo
from journal.models.ownership import Owned
from tests.access_table import TABLE
from tests.factories import a_photo, a_talk, an_entry
from tests.whole_book import WholeBook, a_whole_book

pytestmark = pytest.mark.django_db

TYPED, KEPT = "quinzamba", "velorixo"
SECRET = f"{TYPED} {KEPT}"
OFF_RECORD = f"""Before.

::: private
{SECRET} with ![{SECRET}](photo:{{photo}}) and a note.[^s]
:::

[^s]: {SECRET}

After.
"""
MOST_PAGES = 600


@pytest.fixture
def books(person: User) -> dict[str, WholeBook]:
    """Alice's book over a listed and an unlisted world, with the secret in everything that is hers alone."""
    listed, unlisted = a_whole_book(person), a_whole_book(person, listed=False, word=SECRET)
    _hide_a_talk_in(listed)
    actions.revise_entry(entry=listed.talk_note, base_version=1, text=OFF_RECORD.format(photo=listed.photo.uid))
    for model in apps.get_app_config("journal").get_models():
        _write_secret_everywhere(model)
    return {"listed": listed, "unlisted": unlisted}


def _hide_a_talk_in(book: WholeBook) -> None:
    """In the conference that everybody sees: an unlisted talk, in a room and with a speaker of its own."""
    person, conference = book.person, book.conference
    venue = Venue.objects.create(name=f"House {SECRET}", aka=SECRET, added_by=person)
    room = Room.objects.create(conference=conference, venue=venue, name=f"Room {SECRET}")
    talk = a_talk(
        conference, title=f"Hidden {SECRET}", subtitle=SECRET, abstract=SECRET, track=SECRET, room=room, listed=False
    )
    speaker = Speaker.objects.create(name=f"Nobody {SECRET}", about=SECRET, aka=SECRET, added_by=person)
    Appearance.objects.create(talk=talk, speaker=speaker, affiliation=SECRET, job_title=SECRET)
    # A speaker whom everybody sees, in a talk that nobody else does.
    Appearance.objects.create(talk=talk, speaker=book.speaker, affiliation=SECRET, job_title=SECRET)
    Link.objects.create(talk=talk, title=SECRET, url=f"https://example.org/{KEPT}")
    talk.slug = f"moved-{KEPT}"
    talk.save()
    actions.mark_talk(owner=person, talk=talk, rating=1)
    actions.log_day(owner=person, day=book.day, highlight_talk=talk)
    an_entry(person, talk=talk)
    an_entry(person, speaker=speaker)
    an_entry(person, venue=venue)


def _write_secret_everywhere(model: type[models.Model]) -> None:
    """Into every column that a person writes in words; not into the off-record text, which has it already."""
    columns = [
        field.attname
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and field.name not in {"file", "format", "digest", "device", "language", "zone", "currency"}
    ]
    rows = model._default_manager.all()
    if model is Entry:
        rows.exclude(text__contains=":::").update(text=SECRET)
        columns.remove("text")
    if columns:
        rows.update(**{column: SECRET[: model._meta.get_field(column).max_length] for column in columns})


def told(answer: HttpResponse) -> str:
    """All that an answer says, headers included."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return unescape(f"{answer.headers}\n{body.decode(errors='replace')}")


def pages_of(books: dict[str, WholeBook]) -> Iterator[str]:
    """The address of every route by GET, for everything of both worlds; searches ask for the word that may be typed."""
    for book in books.values():
        for route in TABLE:
            there = reverse(route.name, kwargs=book.arguments(route.of))
            yield there
            if route.of in {"", "conference"}:
                yield f"{there}?q={TYPED}"


def admin_pages() -> Iterator[str]:
    """Every page of Django's admin, for every row that there is."""
    yield reverse("admin:index")
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse("admin:app_list", args=[model._meta.app_label])
        yield reverse(f"{name}_changelist")
        yield f"{reverse(f'{name}_changelist')}?q={TYPED}"
        yield reverse(f"{name}_add")
        kind = ContentType.objects.get_for_model(model).pk
        for key in model._default_manager.values_list("pk", flat=True):
            yield f"/admin/r/{kind}/{key}/"
            for page in ("change", "delete", "history"):
                yield reverse(f"{name}_{page}", args=[key])


def completions() -> Iterator[str]:
    """The admin's own completion, of every foreign key of every model."""
    for model in admin.site._registry:
        for field in model._meta.concrete_fields:
            if field.is_relation:
                options = f"app_label={model._meta.app_label}&model_name={model._meta.model_name}"
                yield f"{reverse('admin:autocomplete')}?{options}&field_name={field.name}&term={TYPED}"
                yield f"{reverse('admin:autocomplete')}?{options}&field_name={field.name}&term="


def betrayals(browser: Client, addresses: Iterator[str]) -> list[str]:
    """Addresses whose answer holds the word that stays."""
    browser.raise_request_exception = False
    found = []
    for there in addresses:
        answer = browser.get(there)
        if answer.status_code >= 500:
            found.append(f"{answer.status_code} at {there}")
        elif KEPT in told(answer).casefold() and KEPT not in there:
            found.append(there)
        elif KEPT in there and answer.status_code not in {302, 404, 405}:
            found.append(f"{answer.status_code} at {there}")
    return found


def links_from(browser: Client, start: list[str]) -> Iterator[str]:
    """Everything of ours that can be reached from `start` by following links, the admin and the way out apart."""
    seen, waiting = set(start), list(start)
    while waiting and len(seen) < MOST_PAGES:
        here = waiting.pop()
        yield here
        answer = browser.get(here)
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        for link in re.findall(r'(?:href|action|hx-get|src)="([^"#]+)', answer.content.decode()):
            there = urljoin(f"http://testserver{here}", unescape(link))
            parts = urlsplit(there)
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            if parts.netloc == "testserver" and path not in seen and not path.startswith(("/admin/", "/static/")):
                seen.add(path)
                waiting.append(path)


def test_nothing_of_alice_stands_on_any_page_of_another_user(
    strangers_browser: Client, books: dict[str, WholeBook]
) -> None:
    betrayed = betrayals(strangers_browser, pages_of(books))
    assert not betrayed, "\n".join(betrayed)


def test_nothing_of_alice_can_be_reached_by_another_user_through_links(
    strangers_browser: Client, books: dict[str, WholeBook]
) -> None:
    start = [reverse("today"), reverse("years"), books["listed"].conference.get_absolute_url()]
    betrayed = betrayals(strangers_browser, links_from(strangers_browser, start))
    assert not betrayed, "\n".join(betrayed)


def test_nothing_of_alice_stands_on_any_page_of_staff(staff_browser: Client, books: dict[str, WholeBook]) -> None:
    betrayed = betrayals(staff_browser, pages_of(books))
    assert not betrayed, "\n".join(betrayed)


def test_nothing_of_alice_stands_in_the_admin(staff_browser: Client, person: User, books: dict[str, WholeBook]) -> None:
    """Lists, searches, forms, delete pages and histories of every row, and what the selects complete."""
    _a_past_in_the_admin(person)
    betrayed = betrayals(staff_browser, admin_pages()) + betrayals(staff_browser, completions())
    assert not betrayed, "\n".join(betrayed)


def _a_past_in_the_admin(person: User) -> None:
    """As if Alice had been staff once and had changed her hidden talk there: Django keeps its name."""
    talk = Talk.objects.filter(listed=False).earliest("pk")
    kind = ContentType.objects.get_for_model(Talk)
    LogEntry.objects.create(
        user=person, content_type=kind, object_id=str(talk.pk), object_repr=SECRET, action_flag=CHANGE
    )


def test_nothing_of_alice_stands_on_the_page_that_asks_before_deleting_several(
    staff_browser: Client, books: dict[str, WholeBook]
) -> None:
    for model in (Conference, Series, Speaker, Venue, Talk, Room, FormerSlug, User, Entry, Photo):
        keys = list(model._default_manager.values_list("pk", flat=True))
        there = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        answer = staff_browser.post(there, {"action": "delete_selected", "_selected_action": keys})
        assert KEPT not in told(answer).casefold(), there


def test_nothing_of_alice_stands_on_any_page_of_a_visitor(visitor: Client, books: dict[str, WholeBook]) -> None:
    every = [*pages_of(books), *admin_pages(), *completions()]
    betrayed = betrayals(visitor, (there for there in every if KEPT not in there))
    assert not betrayed, "\n".join(betrayed)


def test_an_address_that_was_left_betrays_nothing(strangers_browser: Client, books: dict[str, WholeBook]) -> None:
    """A former slug of a hidden talk leads nobody else on."""
    conference = books["listed"].conference
    for former in FormerSlug.objects.all():
        there = reverse("talk", args=[conference.year, conference.slug, former.slug])
        assert strangers_browser.get(there).status_code == 404


@pytest.mark.parametrize("choices", ["", "?encounters=1"])
def test_off_the_record_is_in_no_report(choices: str, persons_browser: Client, person: User) -> None:
    """Not even in its author's own, which is made to be printed and handed on; picture and footnote go with it."""
    book = a_whole_book(person)
    photo = a_photo(person, colour="teal", caption=SECRET, alt_text=SECRET)
    text = OFF_RECORD.format(photo=photo.uid)
    actions.revise_entry(entry=book.talk_note, base_version=1, text=text)
    actions.revise_entry(entry=book.note, base_version=2, text=text)
    actions.revise_entry(entry=book.meal, base_version=1, text=text.removesuffix("After.\n").replace("\n:::\n", "\n"))
    page = told(persons_browser.get(reverse("journal:report", kwargs=book.arguments("conference")) + choices))
    assert page.count("Before.") == 3
    assert page.count("After.") == 2
    assert KEPT not in page.casefold()
    assert str(photo.uid) not in page


def test_the_secret_is_on_the_pages_of_alice(persons_browser: Client, books: dict[str, WholeBook]) -> None:
    """The walk looks where something is to be found."""
    shown = [there for there in pages_of(books) if KEPT in told(persons_browser.get(there)).casefold()]
    assert len(shown) > len(TABLE) / 2
    assert all(issubclass(model, Owned) for model in (Entry, Photo))
