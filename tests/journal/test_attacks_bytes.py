"""Files, paths, bodies and headers that are meant to do harm. What a picture may hold is tried in test_photos."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from journal.models import Entry, Photo
from tests.factories import a_photo, a_picture
from tests.journal.picture_files import png_of_rows

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_tries_counted(db: None) -> None:
    cache.clear()


# Files


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("lunch.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("lunch.svg", b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("lunch.jpg", b"<!doctype html><script>alert(1)</script>"),
        ("lunch.jpg", b"GIF89a=1;alert(1)//"),
        ("lunch.png", b"\x89PNG\r\n\x1a\n<?php system($_GET[0]); ?>"),
        ("lunch.jpg", b"PK\x03\x04" + b"\0" * 200),
        ("lunch.pdf", b"%PDF-1.7\n1 0 obj << /JS (app.alert(1)) >>"),
        ("lunch.png", png_of_rows(20000, 20000, bits=8, colour=2)),
        ("lunch.jpg", b""),
    ],
)
def test_what_is_no_picture_is_not_kept(name: str, data: bytes, persons_browser: Client) -> None:
    answer = persons_browser.post("/add/picture/", {"picture": SimpleUploadedFile(name, data, "image/jpeg")})
    assert answer.status_code == 422
    assert "alert(1)" not in answer.content.decode()
    assert not Photo.objects.exists()


def test_a_picture_that_is_a_page_too_is_shown_as_a_picture(persons_browser: Client) -> None:
    both = a_picture() + b"<html><script>alert(1)</script></html>"
    persons_browser.post("/add/picture/", {"picture": SimpleUploadedFile("both.html", both, "text/html")})
    photo = Photo.objects.get()
    shown = persons_browser.get(reverse("journal:photo-file", args=[photo.uid, photo.widths[0]]))
    assert b"alert(1)" not in b"".join(shown)
    assert (shown.headers["Content-Type"], shown.headers["X-Content-Type-Options"]) == ("image/webp", "nosniff")
    original = persons_browser.get(reverse("journal:photo-original", args=[photo.uid]))
    assert original.headers["Content-Type"] == "image/jpeg"
    assert original.headers["Content-Disposition"].startswith("attachment")
    assert original.headers["X-Content-Type-Options"] == "nosniff"
    b"".join(original)


def as_sent(file_name: bytes) -> tuple[str, bytes]:
    """Content type and body of a form with a picture: Django's test client would tidy the name up."""
    head = (
        b'--x\r\nContent-Disposition: form-data; name="picture"; ' + file_name + b"\r\nContent-Type: image/jpeg\r\n\r\n"
    )
    return "multipart/form-data; boundary=x", head + a_picture() + b"\r\n--x--\r\n"


@pytest.mark.parametrize(
    "name",
    [
        "../../../evil.jpg",
        "..\\..\\evil.jpg",
        "/etc/cron.d/evil.jpg",
        "C:\\evil.jpg",
        "a/../../evil.jpg",
        "%2e%2e%2fevil.jpg",
        '"; filename="evil.exe',
        "evil.jpg\r\nX-Evil: 1",
        "evil.jpg\0.html",
        "x\"; filename*=UTF-8''..%2F..%2F..%2Fevil.jpg; a=\"",
        "x\"; filename*=UTF-8''evil.jpg%0d%0aX-Evil:%201; a=\"",
        "con.jpg",
        "a" * 300 + ".jpg",
        "\u202egpj.exe",
    ],
)
def test_a_name_leads_no_file_elsewhere(name: str, persons_browser: Client) -> None:
    folder = Path(default_storage.path(""))
    around = set(folder.parent.iterdir())
    kind, body = as_sent(f'filename="{name}"'.encode())
    answer = persons_browser.generic("POST", "/add/picture/", body, kind)
    assert answer.status_code == 302
    assert set(folder.parent.iterdir()) <= around | {folder}
    assert not list(folder.rglob("*evil*"))
    for photo in Photo.objects.all():
        original = persons_browser.get(reverse("journal:photo-original", args=[photo.uid]))
        assert "X-Evil" not in original.headers
        assert original.headers["Content-Disposition"].startswith("attachment; filename")
        assert "/" not in photo.name
        b"".join(original)


# Paths

UPWARDS = [
    "../",
    "..%2f",
    "%2e%2e/",
    "%2e%2e%2f",
    "..%5c",
    "....//",
    "%252e%252e%252f",
    "..;/",
    "..%00/",
    "%c0%ae%c0%ae/",
]


@pytest.mark.parametrize("up", UPWARDS)
def test_no_address_climbs_out_of_its_folder(up: str, persons_browser: Client, person: User) -> None:
    secret = (site.DATA_DIR / "secret-key").read_bytes()
    photo = a_photo(person)
    starts = ["/static/", "/static/css/", "/media/", "/photos/", f"/photos/{photo.uid}/", "/", "/admin/"]
    targets = ["secret-key", "lanyard.sqlite3", "etc/passwd", f"media/{photo.file}", "config/settings.py"]
    for start in starts:
        for target in targets:
            answer = persons_browser.get(f"{start}{up * 4}{target}")
            body = b"".join(answer) if answer.streaming else answer.content
            assert answer.status_code in {301, 302, 400, 404}, f"{start}{up}{target}"
            assert secret not in body
            assert b"root:" not in body


# Bodies that are too large, or broken


def test_a_body_that_is_too_large_is_refused_in_words(persons_browser: Client, visitor: Client, person: User) -> None:
    huge = {"text": "x" * (site.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)}
    for browser, there in ((persons_browser, "/write/note/"), (visitor, "/accounts/login/"), (visitor, "/language/")):
        for kind in ({}, {"content_type": "application/x-www-form-urlencoded"}):
            body = f"text={huge['text']}" if kind else huge
            answer = browser.post(there, body, **kind)  # type: ignore[arg-type]
            assert answer.status_code in {400, 413}
            assert 'id="main"' in answer.content.decode()
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("&".join(f"a{n}=1" for n in range(1001)), "application/x-www-form-urlencoded"),
        (b"--x\r\nno such thing", "multipart/form-data; boundary=x"),
        (b"--x", "multipart/form-data"),
        (b"\xff\xfe\xfd", "application/x-www-form-urlencoded; charset=utf-8"),
        (b'{"a": 1}', "application/json"),
        (b"<a/>", "text/xml"),
    ],
)
def test_a_body_that_is_broken_breaks_nothing(body: Any, kind: str, persons_browser: Client) -> None:
    for there in ("/write/note/", "/preferences/", "/add/picture/", "/accounts/logout/"):
        answer = persons_browser.post(there, body, content_type=kind)
        assert answer.status_code < 500, there


def test_a_body_in_an_unknown_encoding_breaks_nothing(persons_browser: Client) -> None:
    kind = "application/x-www-form-urlencoded; charset=no-such"
    assert persons_browser.generic("POST", "/preferences/", b"a=1", kind).status_code < 500


def test_a_hundred_and_one_files_are_refused(persons_browser: Client) -> None:
    files = {f"picture{n}": io.BytesIO(b"x") for n in range(101)}
    assert persons_browser.post("/add/picture/", files).status_code == 400


@pytest.mark.parametrize("junk", ["../../etc/passwd", "\x7f", "x" * 5000, "%00", "ko;q=" + "9" * 300, "<script>"])
def test_headers_and_cookies_of_junk_break_nothing(junk: str, person: User) -> None:
    for name in ("lanyard_zone", "django_language", "sessionid", "csrftoken", "messages"):
        client = Client()
        client.cookies[name] = junk
        answer = client.get("/accounts/login/")
        assert answer.status_code == 200, name
        assert "<script>alert" not in answer.content.decode()
    for name in ("accept-language", "accept", "user-agent", "referer", "hx-current-url", "x-requested-with"):
        value = junk.replace("\x7f", "")
        assert Client(headers={name: value}).get("/preferences/").status_code in {302, 401}
