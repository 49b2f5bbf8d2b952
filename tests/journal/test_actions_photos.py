"""Filing, describing, binning and deleting pictures."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.db import IntegrityError

from events.models import Talk
from journal import actions
from journal.models import Photo, Preferences
from journal.photos import PictureRefused
from journal.storage import files_of
from journal.subjects import Subject
from tests.factories import a_conference, a_photo, a_talk, an_entry


def test_same_picture_twice_is_one(person: User, stranger: User) -> None:
    first, again = a_photo(person), a_photo(person, name="the-same.jpg")
    assert first.pk == again.pk
    assert a_photo(stranger).pk != first.pk


def test_same_picture_comes_back_from_the_bin(person: User) -> None:
    photo = a_photo(person)
    actions.bin_photo(photo=photo)
    assert a_photo(person).deleted_at is None
    assert Photo.objects.get().deleted_at is None


def test_file_photo_reads_its_time_in_the_zone_of_its_conference(person: User) -> None:
    conference = a_conference(person)
    photo = a_photo(person, name="20221108_093012.jpg", subject=Subject(conference=conference))
    assert photo.taken_at == datetime(2022, 11, 8, 0, 30, 12, tzinfo=UTC)
    assert photo.taken_from == Photo.Taken.FILE_NAME


def test_file_photo_about_a_talk_fills_in_the_conference(person: User) -> None:
    talk = a_talk(a_conference(person))
    photo = a_photo(person, subject=Subject(talk=talk))
    assert (photo.talk, photo.conference, photo.day) == (talk, talk.conference, None)


def test_file_photo_with_an_entry_takes_its_subject(person: User) -> None:
    entry = an_entry(person, conference=a_conference(person))
    photo = a_photo(person, entry=entry, subject=Subject(conference=entry.conference))
    assert (photo.entry, photo.conference) == (entry, None)


def test_file_photo_keeps_the_original_only_where_it_is_wanted(person: User) -> None:
    Preferences.objects.create(person=person, keep_originals=False)
    photo = a_photo(person)
    assert not photo.has_original
    assert all(name.endswith(".webp") for name in files_of(photo))
    assert all(map(default_storage.exists, files_of(photo)))


def test_file_photo_refused_leaves_neither_row_nor_file(person: User) -> None:
    with pytest.raises(PictureRefused):
        actions.file_photo(owner=person, file=io.BytesIO(b"<svg onload='x'/>"), name="x.svg")
    assert not Photo.objects.exists()
    assert not _files_of_everyone()


def test_file_photo_that_fails_in_the_database_leaves_no_file(person: User) -> None:
    photo = a_photo(person)
    with pytest.raises((IntegrityError, Photo.DoesNotExist)):
        a_photo(person, colour="teal", uid=photo.uid)
    assert len(_files_of_everyone()) == len(files_of(photo))


def test_describe_photo_by_hand_says_how_the_time_is_known(person: User) -> None:
    photo = a_photo(person)
    moment = datetime(2022, 11, 8, 3, tzinfo=UTC)
    actions.describe_photo(photo=photo, caption=" Lunch ", taken_at=moment)
    photo.refresh_from_db()
    assert (photo.caption, photo.taken_at, photo.taken_from) == ("Lunch", moment, Photo.Taken.HAND)


def test_delete_photo_for_good_removes_row_and_files(person: User, django_capture_on_commit_callbacks: object) -> None:
    photo = a_photo(person)
    names = files_of(photo)
    with pytest.raises(ValueError, match="bin"):
        actions.delete_photo_for_good(photo=photo)
    actions.bin_photo(photo=photo)
    photo.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        actions.delete_photo_for_good(photo=photo)
    assert not Photo.objects.exists()
    assert not any(map(default_storage.exists, names))


def test_delete_photo_for_good_of_many_leaves_the_others(person: User) -> None:
    kept, gone = a_photo(person), a_photo(person, colour="teal")
    actions.bin_photo(photo=gone)
    gone.refresh_from_db()
    actions.delete_photo_for_good(photo=gone)
    assert Photo.objects.get() == kept
    assert all(map(default_storage.exists, files_of(kept)))


def test_picture_of_a_camera_with_a_place_is_served_without_it(person: User) -> None:
    camera = Path(__file__).parents[3] / "shared/data/photos/jpeg-gps-nikon-p6000.jpg"
    if not camera.exists():
        pytest.skip("the pictures for trying out are not here")
    photo = actions.file_photo(owner=person, file=io.BytesIO(camera.read_bytes()), name=camera.name)
    for name in files_of(photo)[:-1]:
        served = default_storage.open(name).read()
        assert not [word for word in (b"Exif", b"GPS", b"NIKON", b"http://ns.adobe", b"ICCP") if word in served]


def _files_of_everyone() -> list[str]:
    folders, _files = default_storage.listdir("photos") if default_storage.exists("photos") else ([], [])
    return [name for folder in folders for name in default_storage.listdir(f"photos/{folder}")[1]]


@pytest.fixture(autouse=True)
def _empty_storage(settings: object, tmp_path: Path) -> None:
    """A folder of its own for each test: files outlive the transaction that a test rolls back."""
    options = {"location": tmp_path, "base_url": None}
    backend = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": backend, "OPTIONS": options}}


@pytest.mark.parametrize("with_entry", [True, False])
def test_same_picture_leaves_an_entry_in_the_bin(person: User, *, with_entry: bool) -> None:
    conference = a_conference(person)
    binned = an_entry(person)
    a_photo(person, entry=binned)
    actions.bin_entry(entry=binned)
    entry = an_entry(person) if with_entry else None
    photo = a_photo(person, entry=entry, subject=Subject(conference=conference))
    assert (photo.entry, photo.conference) == ((entry, None) if with_entry else (None, conference))
    assert photo in Photo.objects.of(person).kept()


def test_describe_photo_of_a_talk_that_was_given_a_day_since(person: User) -> None:
    conference = a_conference(person)
    talk = a_talk(conference)
    Talk.objects.filter(pk=talk.pk).update(day=None)
    talk.refresh_from_db()
    first, second = conference.days.order_by("date")
    photo = a_photo(person, subject=Subject(talk=talk, day=first))
    Talk.objects.filter(pk=talk.pk).update(day=second)
    photo = Photo.objects.get(pk=photo.pk)
    actions.describe_photo(photo=photo, caption="lunch")
    assert (photo.caption, photo.talk, photo.day) == ("lunch", talk, None)


@pytest.mark.parametrize("copied_first", [True, False])
def test_picture_copied_into_another_text_stays_when_its_entry_goes(person: User, *, copied_first: bool) -> None:
    entry = an_entry(person)
    photo, other = a_photo(person, entry=entry), a_photo(person, entry=entry, colour="teal")
    copy = an_entry(person, text=f"![](photo:{photo.uid})" if copied_first else "nothing yet")
    actions.bin_entry(entry=entry)
    if not copied_first:
        actions.revise_entry(entry=copy, base_version=1, text=f"![](photo:{photo.uid})")
    entry.refresh_from_db()
    actions.delete_entry_for_good(entry=entry)
    assert Photo.objects.get().entry == copy
    assert not Photo.objects.filter(pk=other.pk).exists()
