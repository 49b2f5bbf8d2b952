"""The past of an entry, and making a part of it the present."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from journal import actions
from journal.models import Entry, Revision
from journal.views.history import sittings_of
from journal.zones import COOKIE
from tests.factories import a_photo, an_entry

pytestmark = pytest.mark.django_db


def with_past(person: User, versions: int = 3) -> Entry:
    entry = an_entry(person, text="text 1", device="Firefox, Linux")
    for version in range(1, versions):
        actions.revise_entry(entry=entry, base_version=version, text=f"text {version + 1}")
    return entry


def test_entry_history_shows_every_version(persons_browser: Client, person: User) -> None:
    entry = with_past(person)
    page = persons_browser.get(reverse("journal:entry-history", args=[entry.uid])).content.decode()
    for words in ("text 1", "text 2", "text 3", "Firefox, Linux"):
        assert words in page
    assert page.count("/restore/") == 2


def test_entry_restore_revision_makes_a_new_version(persons_browser: Client, person: User) -> None:
    entry = with_past(person)
    address = reverse("journal:entry-restore-revision", args=[entry.uid, 1])
    assert persons_browser.post(address, {"base_version": "3"}).status_code == 302
    entry.refresh_from_db()
    assert (entry.version, entry.text) == (4, "text 1")
    assert Revision.objects.filter(entry=entry).count() == 4


@pytest.mark.parametrize("base_version", ["2", "", "nonsense"])
def test_entry_restore_revision_from_an_old_page_changes_nothing(
    persons_browser: Client, person: User, base_version: str
) -> None:
    entry = with_past(person)
    address = reverse("journal:entry-restore-revision", args=[entry.uid, 1])
    response = persons_browser.post(address, {"base_version": base_version}, follow=True)
    assert "changed on another device" in response.content.decode()
    entry.refresh_from_db()
    assert entry.version == 3


def test_entry_restore_revision_that_never_was_is_404(persons_browser: Client, person: User) -> None:
    address = reverse("journal:entry-restore-revision", args=[an_entry(person).uid, 9])
    assert persons_browser.post(address, {"base_version": "1"}).status_code == 404


def test_entry_history_has_sittings_with_first_and_last_time_and_device(persons_browser: Client, person: User) -> None:
    entry = with_past(person, 4)
    began = datetime(2022, 11, 8, 1, 0, tzinfo=UTC)
    for version, minutes in ((1, 0), (2, 40), (3, 60), (4, 69)):
        saved_at = began + timedelta(minutes=minutes)
        Revision.objects.filter(version=version).update(saved_at=saved_at, device="Chrome, Android")
    persons_browser.cookies[COOKIE] = "Asia/Seoul"
    page = persons_browser.get(reverse("journal:entry-history", args=[entry.uid])).content.decode()
    assert page.count('<details class="more sitting"') == 2
    assert page.index("10:40–11:09") < page.index("2022, 10:00")
    assert "3 versions · Chrome, Android" in page


def test_sittings_of_a_page_know_the_current_version(person: User) -> None:
    entry = with_past(person, 3)
    Revision.objects.update(device="")
    [sitting] = sittings_of(Revision.objects.filter(entry=entry), 3)
    assert sitting.is_current
    assert [version.is_current for version in sitting.versions] == [True, False, False]


@pytest.mark.parametrize("number", [1, 30])
def test_entry_history_asks_a_fixed_number_of_queries(
    number: int, person: User, persons_browser: Client, django_assert_max_num_queries: Any
) -> None:
    entry = with_past(person, number)
    actions.revise_entry(entry=entry, base_version=number, text=f"![](photo:{a_photo(person).uid})")
    with django_assert_max_num_queries(8):
        persons_browser.get(reverse("journal:entry-history", args=[entry.uid]))
