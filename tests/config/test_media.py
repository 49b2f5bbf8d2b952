"""LANYARD_MEDIA and LANYARD_X_ACCEL: what is understood, and what is refused in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from config.media import in_bucket, in_folder, x_accel_prefix
from tests.config.test_settings import read, values

KEYS = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret"}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("s3://my-book", ("my-book", "", None, None)),
        ("s3://my-book/lanyard/media/", ("my-book", "lanyard/media", None, None)),
        ("s3://my-book?region=ap-northeast-2", ("my-book", "", None, "ap-northeast-2")),
        ("s3://b.k.t/x?endpoint=http://minio:9000&region=here", ("b.k.t", "x", "http://minio:9000", "here")),
        ("s3://my-book?endpoint=https%3A%2F%2Fs3.example.org%2F", ("my-book", "", "https://s3.example.org", None)),
    ],
)
def test_bucket_is_read(value: str, expected: tuple[object, ...]) -> None:
    options = in_bucket(value, KEYS)["OPTIONS"]
    assert tuple(options[name] for name in ("bucket_name", "location", "endpoint_url", "region_name")) == expected


@pytest.mark.parametrize(
    "nonsense",
    [
        *("book", "/srv/media", "https://s3.example.org/book", "s3:book", "s3://", "s3://B", "s3://no", "s3://-book"),
        *("s3://key:secret@my-book", "s3://my-book:9000", "s3://my-book/../x", "s3://my-book/a//b", "s3://my-book/é"),
        *("s3://my-book#x", "s3://my-book?public=yes", "s3://my-book?endpoint", "s3://my-book?region=a b"),
        *("s3://my-book?endpoint=ftp://x", "s3://my-book?endpoint=https://", "s3://my-book?endpoint=https://a/b"),
        *("s3://my-book?endpoint=https://key:secret@a", "s3://my-book?endpoint=https://a:none", "s3://[::1"),
    ],
)
def test_bucket_refuses_nonsense_and_repeats_no_key(nonsense: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="s3://bucket/prefix") as refused:
        in_bucket(nonsense, KEYS)
    assert "secret@" not in str(refused.value)


@pytest.mark.parametrize("name", KEYS)
def test_one_key_alone_is_refused(name: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="both"):
        in_bucket("s3://my-book", {name: "x"})
    assert in_bucket("s3://my-book", {})


@given(st.text())
def test_bucket_never_raises_anything_else(value: str) -> None:
    try:
        found = in_bucket(f"s3://{value}", KEYS)["OPTIONS"]
    except ImproperlyConfigured:
        return
    assert ".." not in found["location"].split("/")


@pytest.mark.parametrize(
    "nonsense", ["protected", "/protected", "/", "//", "/a/b/", "/../", "/a b/", "https://x/", "/é/"]
)
def test_x_accel_refuses_nonsense(nonsense: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="between slashes"):
        x_accel_prefix(nonsense, behind_proxy=True, local=True)


def test_x_accel_needs_a_proxy_and_files_of_this_machine() -> None:
    assert x_accel_prefix("/protected/", behind_proxy=True, local=True) == "/protected/"
    assert x_accel_prefix("", behind_proxy=False, local=False) == ""
    for behind_proxy, local in ((False, True), (True, False)):
        with pytest.raises(ImproperlyConfigured, match="LANYARD_URL"):
            x_accel_prefix("/protected/", behind_proxy=behind_proxy, local=local)


def test_folder_is_for_its_owner_unless_a_proxy_reads_it() -> None:
    assert in_folder(Path("/x"), for_proxy=False)["OPTIONS"]["file_permissions_mode"] == 0o600
    assert in_folder(Path("/x"), for_proxy=True)["OPTIONS"]["directory_permissions_mode"] == 0o750
    assert all(in_folder(Path("/x"), for_proxy=proxy)["OPTIONS"]["base_url"] is None for proxy in (False, True))


# The settings


def test_settings_choose_the_bucket_and_hold_no_key(tmp_path: Path) -> None:
    found = values(tmp_path, LANYARD_MEDIA="s3://my-book/x", **KEYS)
    assert found["STORAGES"]["default"]["BACKEND"] == "journal.storage_s3.PrivateBucket"
    assert KEYS["AWS_SECRET_ACCESS_KEY"] not in str(found["STORAGES"])


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("LANYARD_MEDIA", "bucket", "LANYARD_MEDIA is not understood"),
        ("LANYARD_X_ACCEL", "/protected/", "set LANYARD_URL"),
        ("LANYARD_LOG", "yaml", "write plain or json"),
    ],
)
def test_settings_refuse_nonsense(tmp_path: Path, name: str, value: str, said: str) -> None:
    assert said in read(tmp_path, **{name: value}).stderr


def test_settings_leave_pictures_to_the_proxy(tmp_path: Path) -> None:
    found = values(tmp_path, LANYARD_X_ACCEL="/protected/", LANYARD_URL="https://lanyard.example.org")
    assert found["X_ACCEL_PREFIX"] == "/protected/"
    assert found["SECURE_REDIRECT_EXEMPT"] == ["^healthz$"]
