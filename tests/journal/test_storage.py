"""Whose hands a picture's bytes pass through: ours, or a proxy's after our access check."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from config.media import in_folder
from journal.models import Photo
from journal.storage import files_of, media_is_local
from tests.factories import a_photo, a_picture


@pytest.fixture
def behind_nginx(settings: LazySettings, tmp_path: Path) -> Path:
    settings.X_ACCEL_PREFIX = "/protected/"
    settings.STORAGES = {**settings.STORAGES, "default": in_folder(tmp_path / "media", for_proxy=True)}
    return tmp_path / "media"


def test_media_of_a_folder_are_local() -> None:
    assert media_is_local()


# X-Accel-Redirect


def test_proxy_is_told_where_the_file_is(persons_browser: Client, person: User, behind_nginx: Path) -> None:
    photo = a_photo(person)
    answer = persons_browser.get(f"/photos/{photo.uid}/{photo.widths[0]}.webp")
    address = answer.headers["X-Accel-Redirect"]
    assert address == f"/protected/{photo.file}-{photo.widths[0]}.webp"
    assert (behind_nginx / address.removeprefix("/protected/")).exists()
    assert answer.content == b""
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert answer.headers["Content-Disposition"].startswith("inline")


def test_proxy_hands_over_an_original_under_its_name(persons_browser: Client, person: User, behind_nginx: Path) -> None:
    photo = a_photo(person, name="점심.jpg")
    answer = persons_browser.get(f"/photos/{photo.uid}/original/")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert answer.headers["X-Accel-Redirect"].endswith("-original.jpeg")


def test_proxy_is_told_nothing_for_others(
    strangers_browser: Client, staff_browser: Client, visitor: Client, person: User, behind_nginx: Path
) -> None:
    photo = a_photo(person)
    for path in ("original/", f"{photo.widths[0]}.webp"):
        for browser, status in ((strangers_browser, 404), (staff_browser, 404), (visitor, 302)):
            answer = browser.get(f"/photos/{photo.uid}/{path}", headers={"X-Accel-Redirect": "/protected/x"})
            assert answer.status_code == status
            assert "X-Accel-Redirect" not in answer.headers


def test_proxy_is_told_nothing_of_a_lost_file(persons_browser: Client, person: User, behind_nginx: Path) -> None:
    photo = a_photo(person)
    default_storage.delete(files_of(photo)[0])
    answer = persons_browser.get(f"/photos/{photo.uid}/{photo.widths[0]}.webp")
    assert answer.status_code == 404
    assert "X-Accel-Redirect" not in answer.headers


@pytest.mark.parametrize("stored", ["../secret-key", "photos/../../secret-key", "/etc/passwd"])
def test_proxy_is_never_led_out_of_the_folder(
    persons_browser: Client, person: User, behind_nginx: Path, stored: str
) -> None:
    """Not even by a row that somebody changed in the database."""
    photo = a_photo(person)
    Photo.objects.filter(pk=photo.pk).update(file=stored)
    answer = persons_browser.get(f"/photos/{photo.uid}/{photo.widths[0]}.webp")
    assert answer.status_code in {400, 404}
    assert "X-Accel-Redirect" not in answer.headers


def test_file_names_that_need_quoting_are_quoted(persons_browser: Client, person: User, behind_nginx: Path) -> None:
    photo = a_photo(person)
    name = "photos/a b%\r\nX: é?#"
    (behind_nginx / "photos").mkdir(exist_ok=True)
    (behind_nginx / f"{name}-{photo.widths[0]}.webp").touch()
    Photo.objects.filter(pk=photo.pk).update(file=name)
    answer = persons_browser.get(f"/photos/{photo.uid}/{photo.widths[0]}.webp")
    assert answer.headers["X-Accel-Redirect"] == (
        f"/protected/photos/a%20b%25%0D%0AX%3A%20%C3%A9%3F%23-{photo.widths[0]}.webp"
    )


def test_pictures_can_be_read_by_the_group_of_the_proxy_only(person: User, behind_nginx: Path) -> None:
    photo = a_photo(person)
    for name in files_of(photo):
        path = behind_nginx / name
        assert path.stat().st_mode & 0o777 == 0o640
        assert path.parent.stat().st_mode & 0o777 == 0o750


# A storage that is in trouble


def test_upload_without_room_is_said_in_a_sentence(
    persons_browser: Client, settings: LazySettings, tmp_path: Path
) -> None:
    """The folder of the storage cannot be made, since a file stands there."""
    (tmp_path / "file").touch()
    settings.STORAGES = {**settings.STORAGES, "default": in_folder(tmp_path / "file" / "media", for_proxy=False)}
    picture = SimpleUploadedFile("lunch.jpg", a_picture(), "image/jpeg")
    answer = persons_browser.post("/add/picture/", {"picture": picture, "caption": "Lunch with everyone"})
    assert answer.status_code == 422
    assert "no room for the picture" in answer.content.decode()
    assert "Lunch with everyone" in answer.content.decode()
    assert not Photo.objects.exists()
