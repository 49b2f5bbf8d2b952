"""Closing an account: the person's own copy first, and only then everything of theirs away."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from events.models import Conference, Speaker, Talk
from journal import actions, closing
from journal.models import Entry, Photo, Preferences
from journal.models.ownership import Owned
from journal.removal import OWNED
from tests.factories import a_conference, a_talk, an_entry
from tests.whole_book import a_whole_book

pytestmark = pytest.mark.django_db


def close(name: str, file: Path, **more: Any) -> None:
    call_command("close_account", name, "--export", str(file), **more)


def test_every_model_with_an_owner_is_removed() -> None:
    owned = {model for model in apps.get_app_config("journal").get_models() if issubclass(model, Owned)}
    assert set(OWNED) == owned


def test_close_account_exports_and_removes_everything(
    person: User, persons_browser: Client, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    book = a_whole_book(person)
    hidden = a_conference(person, name="Only mine")
    Preferences.objects.get_or_create(person=person)
    EmailAddress.objects.create(user=person, email="alice@example.org")
    persons_browser.get(reverse("today"))
    with django_capture_on_commit_callbacks(execute=True):
        close("alice", tmp_path / "alice.zip")
    with zipfile.ZipFile(tmp_path / "alice.zip") as archive:
        texts = b"".join(archive.read(name) for name in archive.namelist())
    assert b"What was said." in texts
    assert not User.objects.filter(username="alice").exists()
    assert not any(model.objects.exists() for model in (*OWNED, Preferences, EmailAddress))
    assert not Session.objects.exists()
    assert not default_storage.exists(f"photos/{person.pk}") or not any(default_storage.listdir(f"photos/{person.pk}"))
    assert not Conference.objects.filter(pk=hidden.pk).exists()
    book.conference.refresh_from_db()
    assert (book.conference.listed, book.conference.added_by) == (True, None)


def test_close_account_leaves_what_others_have_written_on(person: User, stranger: User, tmp_path: Path) -> None:
    conference = a_conference(person, listed=True)
    talk = a_talk(conference, speaker="Ada", listed=True)
    theirs = an_entry(stranger, talk=talk, text="Of Bob.")
    Conference.objects.update(listed=False)
    Talk.objects.update(listed=False)
    close("alice", tmp_path / "alice.zip")
    theirs.refresh_from_db()
    assert theirs.talk == talk
    assert Speaker.objects.get(name="Ada").added_by is None


def test_close_account_of_staff_leaves_talks_of_others(staff: User, stranger: User, tmp_path: Path) -> None:
    User.objects.create_superuser("dora")
    conference = a_conference(staff)
    talk = a_talk(conference, added_by=stranger)
    close("carol", tmp_path / "carol.zip")
    talk.refresh_from_db()
    assert talk.conference.added_by is None


def test_close_account_overwrites_nothing(person: User, tmp_path: Path) -> None:
    an_entry(person)
    (tmp_path / "there.zip").write_text("Somebody's own.")
    with pytest.raises(CommandError, match="is there already"):
        close("alice", tmp_path / "there.zip")
    assert (tmp_path / "there.zip").read_text() == "Somebody's own."
    assert _untouched(person)


def test_close_account_without_a_written_export_removes_nothing(person: User, tmp_path: Path) -> None:
    an_entry(person)
    with pytest.raises(CommandError, match="Nothing was removed"):
        close("alice", tmp_path / "no such folder" / "alice.zip")
    assert _untouched(person)


def test_close_account_with_an_export_that_breaks_off_leaves_nothing_half_way(
    person: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    an_entry(person)

    def breaks_off(_person: User, out: Any) -> None:
        out.write(b"PK")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(closing, "write_takeaway", breaks_off)
    with pytest.raises(CommandError, match="No space left"):
        close("alice", tmp_path / "alice.zip")
    assert list(tmp_path.iterdir()) == []
    assert _untouched(person)


def test_close_account_does_not_lose_what_is_written_meanwhile(
    person: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = an_entry(person)
    write = closing.write_takeaway

    def slowly(of: User, out: Any) -> None:
        write(of, out)
        actions.revise_entry(entry=note, base_version=1, text="A line on its way.")

    monkeypatch.setattr(closing, "write_takeaway", slowly)
    with pytest.raises(CommandError, match="Something was written"):
        close("alice", tmp_path / "alice.zip")
    assert _untouched(person)


def test_close_account_keeps_the_last_superuser_unless_told(staff: User, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="--yes-the-last-one"):
        close("carol", tmp_path / "carol.zip")
    assert User.objects.get(pk=staff.pk).is_active
    close("carol", tmp_path / "carol.zip", yes_the_last_one=True)
    assert not User.objects.exists()


def test_close_account_of_nobody_says_so(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no account called nobody"):
        close("nobody", tmp_path / "nobody.zip")
    assert list(tmp_path.iterdir()) == []


def test_close_account_leaves_everybody_else(person: User, stranger: User, tmp_path: Path) -> None:
    a_whole_book(person)
    others = a_whole_book(stranger)
    close("alice", tmp_path / "alice.zip")
    assert Entry.objects.of(stranger).count() == 6
    assert default_storage.exists(f"{Photo.objects.get(pk=others.photo.pk).file}-{others.photo.widths[0]}.webp")


def _untouched(person: User) -> bool:
    return User.objects.get(pk=person.pk).is_active and Entry.objects.of(person).exists()
