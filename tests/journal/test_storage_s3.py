"""Pictures in S3-compatible storage, against a local stand-in: same access check, no address of their own."""

from __future__ import annotations

import io
import re
import socket
from collections.abc import Iterator
from types import SimpleNamespace
from urllib.parse import urlsplit

import boto3
import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.core.exceptions import SuspiciousOperation
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from moto.server import ThreadedMotoServer

from config.media import in_bucket
from journal import storage_s3
from journal.models import Photo
from journal.storage import files_of, folder_of, media_is_local
from tests.factories import a_photo, a_picture

BUCKET = "pictures-of-a-test"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a storage on the loopback."""
    moto = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    moto.start()
    host, port = moto.get_host_and_port()
    yield f"http://{host}:{port}"
    moto.stop()


@pytest.fixture
def bucket(server: str, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """The site's storage is this bucket, with a prefix; emptied afterwards."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    value = f"s3://{BUCKET}/of/lanyard?endpoint={server}&region=us-east-1"
    settings.STORAGES = {**settings.STORAGES, "default": in_bucket(value, {})}
    made = boto3.resource("s3", endpoint_url=server, region_name="us-east-1").create_bucket(Bucket=BUCKET)
    yield made
    made.objects.all().delete()
    made.delete()


def keys(bucket: SimpleNamespace) -> list[str]:
    return sorted(found.key for found in bucket.objects.all())


def a_file() -> SimpleUploadedFile:
    return SimpleUploadedFile("lunch.jpg", a_picture(), "image/jpeg")


# By the pages


def test_upload_lies_in_the_bucket_and_comes_back_to_its_owner(
    bucket: SimpleNamespace, persons_browser: Client, person: User
) -> None:
    assert not media_is_local()
    assert persons_browser.post("/add/picture/", {"picture": a_file(), "caption": "Lunch"}).status_code == 302
    photo = Photo.objects.get()
    assert keys(bucket) == sorted(f"of/lanyard/{name}" for name in files_of(photo))
    answer = persons_browser.get(f"/photos/{photo.uid}/original/")
    assert b"".join(answer.streaming_content) == a_picture()
    answer = persons_browser.get(f"/photos/{photo.uid}/{photo.widths[0]}.webp")
    data = b"".join(answer.streaming_content)
    assert int(answer.headers["Content-Length"]) == len(data)
    assert answer.headers["Content-Type"] == "image/webp"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_bucket_gives_strangers_nothing(
    bucket: SimpleNamespace, strangers_browser: Client, staff_browser: Client, visitor: Client, person: User
) -> None:
    photo = a_photo(person)
    for path in ("original/", f"{photo.widths[0]}.webp", ""):
        for browser, status in ((strangers_browser, 404), (staff_browser, 404), (visitor, 302)):
            assert browser.get(f"/photos/{photo.uid}/{path}").status_code == status


def test_no_page_tells_where_the_bucket_is(
    bucket: SimpleNamespace, server: str, persons_browser: Client, person: User
) -> None:
    photo = a_photo(person)
    for address in (f"/photos/{photo.uid}/", f"/photos/{photo.uid}/edit/", f"/photos/{photo.uid}/original/"):
        answer = persons_browser.get(address)
        whole = str(answer.headers) + ("" if answer.streaming else answer.content.decode())
        assert BUCKET not in whole
        assert urlsplit(server).netloc not in whole
        assert "Signature" not in whole


def test_delete_for_good_empties_the_bucket(
    bucket: SimpleNamespace, person: User, persons_browser: Client, django_capture_on_commit_callbacks: object
) -> None:
    kept, gone = a_photo(person), a_photo(person, colour="teal")
    persons_browser.post(f"/photos/{gone.uid}/bin/")
    with django_capture_on_commit_callbacks(execute=True):
        assert persons_browser.post(f"/photos/{gone.uid}/delete/").status_code == 302
    assert keys(bucket) == sorted(f"of/lanyard/{name}" for name in files_of(kept))


def test_lost_object_is_404(bucket: SimpleNamespace, persons_browser: Client, person: User) -> None:
    photo = a_photo(person)
    bucket.objects.all().delete()
    for path in ("original/", f"{photo.widths[0]}.webp"):
        assert persons_browser.get(f"/photos/{photo.uid}/{path}").status_code == 404


# Private


def test_objects_are_private_and_cannot_be_guessed(bucket: SimpleNamespace, server: str, person: User) -> None:
    photo = a_photo(person)
    for key in keys(bucket):
        grants = bucket.Object(key).Acl().grants
        assert [grant["Grantee"]["Type"] for grant in grants] == ["CanonicalUser"]
        assert re.search(r"/[0-9a-f]{32}-(\d+\.webp|original\.jpeg)$", key)
    assert photo.uid.version == 4
    assert str(photo.digest) not in "".join(keys(bucket))


def test_storage_has_no_addresses_to_give(bucket: SimpleNamespace, person: User) -> None:
    with pytest.raises(ValueError, match="not accessible"):
        default_storage.url(files_of(a_photo(person))[0])


def test_names_that_lead_out_of_the_prefix_are_refused(bucket: SimpleNamespace) -> None:
    with pytest.raises(SuspiciousOperation):
        default_storage.open("../../other/secret")


# The storage by itself


def test_storage_saves_beside_what_is_there_and_lists_folders(bucket: SimpleNamespace) -> None:
    first = default_storage.save("photos/1/a.webp", ContentFile(b"one"))
    second = default_storage.save("photos/1/a.webp", ContentFile(b"two"))
    assert first != second
    assert default_storage.open(first).read() == b"one"
    assert default_storage.size(second) == 3
    assert sorted(default_storage.listdir(folder_of(1))[1]) == sorted(name.split("/")[-1] for name in (first, second))
    default_storage.delete(first)
    default_storage.delete(first)
    assert not default_storage.exists(first)
    with pytest.raises(FileNotFoundError):
        default_storage.open(first)


def test_original_larger_than_memory_comes_back_whole(bucket: SimpleNamespace) -> None:
    data = bytes(range(256)) * 4 * (storage_s3.IN_MEMORY // 1000)
    name = default_storage.save("photos/1/large", io.BytesIO(data))
    file = default_storage.open(name)
    assert file.size == len(data)
    assert b"".join(file.chunks()) == data
    file.seek(0)
    assert file.read(4) == data[:4]


def test_bucket_is_not_read_as_a_place_to_write_into(bucket: SimpleNamespace) -> None:
    with pytest.raises(ValueError, match="written whole"):
        default_storage.open("photos/1/a.webp", "wb")


# Trouble


@pytest.fixture
def silent(bucket: SimpleNamespace, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A storage that takes the connection and says nothing."""
    monkeypatch.setattr(storage_s3, "READ_TIMEOUT", 0.2)
    monkeypatch.setattr(storage_s3, "ATTEMPTS", 1)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        value = f"s3://{BUCKET}?endpoint=http://127.0.0.1:{listener.getsockname()[1]}&region=here"
        settings.STORAGES = {**settings.STORAGES, "default": in_bucket(value, {})}
        yield


def test_silent_storage_is_said_in_a_sentence(
    bucket: SimpleNamespace, person: User, persons_browser: Client, request: pytest.FixtureRequest
) -> None:
    photo = a_photo(person)
    request.getfixturevalue("silent")
    answer = persons_browser.get(f"/photos/{photo.uid}/original/")
    assert answer.status_code == 503
    assert "try again" in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"
    answer = persons_browser.post("/add/picture/", {"picture": SimpleUploadedFile("x.jpg", a_picture("teal"))})
    assert answer.status_code == 422
    assert "no room for the picture" in answer.content.decode()
    assert Photo.objects.count() == 1


def test_deletion_that_the_storage_refuses_is_no_secret(silent: None) -> None:
    with pytest.raises(OSError, match="did not answer"):
        default_storage.delete("photos/1/a.webp")


def test_bucket_that_is_not_there_is_told_without_its_name(
    server: str, bucket: SimpleNamespace, settings: LazySettings
) -> None:
    value = f"s3://another-bucket?endpoint={server}&region=us-east-1"
    settings.STORAGES = {**settings.STORAGES, "default": in_bucket(value, {})}
    with pytest.raises(OSError, match="storage") as told:
        default_storage.save("photos/1/a.webp", ContentFile(b"x"))
    assert "another-bucket" not in str(told.value)
