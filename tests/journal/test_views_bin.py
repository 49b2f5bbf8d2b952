"""The bin: in with undo, out again, or for good."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from journal import actions
from journal.models import Entry, Photo, Revision
from journal.storage import files_of
from tests.factories import a_conference, a_photo, an_entry

pytestmark = pytest.mark.django_db


def at(name: str, entry: Entry) -> str:
    return reverse(f"journal:{name}", args=[entry.uid])


def test_entry_bin_offers_an_undo_that_restores(persons_browser: Client, person: User) -> None:
    entry = an_entry(person, fields={"title": "펜"})
    response = persons_browser.post(at("entry-bin", entry), {"next": "/2022/"})
    assert response["Location"] == "/2022/"
    message = next(iter(get_messages(response.wsgi_request)))
    assert "펜" in str(message)
    undo = message.extra_tags.removeprefix("undo:")
    assert persons_browser.get(at("entry", entry)).status_code == 404
    assert persons_browser.post(undo).status_code == 302
    assert persons_browser.get(at("entry", entry)).status_code == 200


@pytest.mark.parametrize("named", ["", "https://elsewhere.example/", "itself"])
def test_entry_bin_leads_to_the_journal_of_its_conference(persons_browser: Client, person: User, named: str) -> None:
    conference = a_conference(person)
    entry = an_entry(person, conference=conference)
    next_page = at("entry", entry) if named == "itself" else named
    response = persons_browser.post(at("entry-bin", entry), {"next": next_page})
    assert response["Location"] == reverse("journal:timeline", args=[2022, conference.slug])


def test_entry_bin_of_an_unfiled_entry_leads_to_today(persons_browser: Client, person: User) -> None:
    assert persons_browser.post(at("entry-bin", an_entry(person)))["Location"] == reverse("today")


def test_pictures_go_and_come_back_with_their_entry(persons_browser: Client, person: User) -> None:
    entry = an_entry(person)
    photo = a_photo(person, entry=entry)
    persons_browser.post(at("entry-bin", entry))
    assert persons_browser.get(reverse("journal:photo", args=[photo.uid])).status_code == 404
    persons_browser.post(at("entry-restore", entry))
    assert persons_browser.get(reverse("journal:photo", args=[photo.uid])).status_code == 200


def test_bin_lists_what_is_binned_and_nothing_else(persons_browser: Client, person: User, stranger: User) -> None:
    kept, gone, theirs = an_entry(person, text="kept"), an_entry(person, text="gone"), an_entry(stranger, text="theirs")
    for entry in (gone, theirs):
        actions.bin_entry(entry=entry)
    actions.bin_photo(photo=a_photo(person, caption="a picture by itself"))
    page = persons_browser.get(reverse("journal:bin")).content.decode()
    assert "gone" in page
    assert "a picture by itself" in page
    assert kept.text not in page
    assert "theirs" not in page


def test_bin_when_empty_says_so(persons_browser: Client) -> None:
    assert "The bin is empty" in persons_browser.get(reverse("journal:bin")).content.decode()


@pytest.mark.parametrize("number", [1, 30])
def test_bin_asks_a_fixed_number_of_queries(
    number: int, person: User, persons_browser: Client, django_assert_max_num_queries: Any
) -> None:
    conference = a_conference(person)
    for index in range(number):
        actions.bin_entry(entry=an_entry(person, kind="encounter", conference=conference, text=f"{index}"))
    with django_assert_max_num_queries(8):
        persons_browser.get(reverse("journal:bin"))


def test_entry_delete_removes_revisions_and_files(
    persons_browser: Client, person: User, django_capture_on_commit_callbacks: Any
) -> None:
    entry = an_entry(person, text="one")
    actions.revise_entry(entry=entry, base_version=1, text="two")
    files = files_of(a_photo(person, entry=entry))
    assert all(default_storage.exists(name) for name in files)
    actions.bin_entry(entry=entry)
    assert "1 picture goes with it." in persons_browser.get(at("entry-delete", entry)).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert persons_browser.post(at("entry-delete", entry))["Location"] == reverse("journal:bin")
    assert not Entry.objects.exists()
    assert not Revision.objects.exists()
    assert not Photo.objects.exists()
    assert not any(default_storage.exists(name) for name in files)


def test_entry_delete_is_only_for_what_is_in_the_bin(persons_browser: Client, person: User) -> None:
    entry = an_entry(person)
    assert persons_browser.get(at("entry-delete", entry)).status_code == 404
    assert persons_browser.post(at("entry-delete", entry)).status_code == 404
    with pytest.raises(ValueError, match="bin"):
        actions.delete_entry_for_good(entry=entry)


def test_the_bin_is_its_owners(person: User, strangers_browser: Client, staff_browser: Client, visitor: Client) -> None:
    entry = an_entry(person, text="a marker word")
    actions.bin_entry(entry=entry)
    for name in ("entry-restore", "entry-delete"):
        answers = [b.post(at(name, entry)).status_code for b in (strangers_browser, staff_browser, visitor)]
        assert answers == [404, 404, 302], name
    assert strangers_browser.get(at("entry-delete", entry)).status_code == 404
    for browser in (strangers_browser, staff_browser):
        assert "a marker word" not in browser.get(reverse("journal:bin")).content.decode()
    assert visitor.get(reverse("journal:bin")).status_code == 302
    entry.refresh_from_db()
    assert entry.is_binned


def test_a_second_tap_on_bin_and_on_its_undo_says_the_same(persons_browser: Client, person: User) -> None:
    found = an_entry(person)
    for verb, binned in (("bin", True), ("bin", True), ("restore", False), ("restore", False)):
        assert persons_browser.post(f"/entries/{found.uid}/{verb}/").status_code == 302
        found.refresh_from_db()
        assert found.is_binned is binned
