"""/healthz and `manage health`: well and unwell, and what strangers, persons and staff are told."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.db.utils import ConnectionHandler
from django.test import Client, override_settings
from pytest_django import DjangoAssertNumQueries

from journal import health

pytestmark = pytest.mark.django_db

Breaking = Callable[[pytest.MonkeyPatch, LazySettings], None]


def fill_disk(monkeypatch: pytest.MonkeyPatch, settings: LazySettings) -> None:
    monkeypatch.setattr(health, "ROOM", 1 << 62)


def lose_the_folder(monkeypatch: pytest.MonkeyPatch, settings: LazySettings) -> None:
    settings.DATA_DIR = settings.DATA_DIR / "not there"


def lose_the_cache(monkeypatch: pytest.MonkeyPatch, settings: LazySettings) -> None:
    monkeypatch.setitem(settings.CACHES["default"], "LOCATION", "no_such_table")


def await_a_migration(monkeypatch: pytest.MonkeyPatch, settings: LazySettings) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'journal'")


def stop_the_database(monkeypatch: pytest.MonkeyPatch, settings: LazySettings) -> None:
    """Another database under the same name, which is not there."""
    nowhere = {**settings.DATABASES["default"], "NAME": f"{settings.DATA_DIR}/no/database", "HOST": "127.0.0.1"}
    handler = ConnectionHandler({"default": {**nowhere, "PORT": "9"}})
    monkeypatch.setattr(health, "connection", handler["default"])


UNWELL = [
    ("disk", fill_disk),
    ("disk", lose_the_folder),
    ("cache", lose_the_cache),
    ("migrations", await_a_migration),
    ("database", stop_the_database),
]


@pytest.fixture(autouse=True)
def _cache_table(settings: LazySettings) -> None:
    call_command("createcachetable", verbosity=0)


def test_well_in_one_word_without_a_session(
    visitor: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(2):
        answer = visitor.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert "no-store" in answer.headers["Cache-Control"]
    assert not answer.cookies
    assert not Session.objects.exists()


@pytest.mark.parametrize(("part", "break_it"), UNWELL)
def test_unwell_in_two_words_to_strangers(
    visitor: Client,
    strangers_browser: Client,
    monkeypatch: pytest.MonkeyPatch,
    settings: LazySettings,
    part: str,
    break_it: Breaking,
) -> None:
    break_it(monkeypatch, settings)
    for browser in (visitor, strangers_browser):
        answer = browser.get("/healthz")
        assert (answer.status_code, answer.content) == (503, b"not ok\n")


@pytest.mark.parametrize(("part", "break_it"), UNWELL)
def test_command_says_what_is_wrong(
    monkeypatch: pytest.MonkeyPatch, settings: LazySettings, part: str, break_it: Breaking
) -> None:
    break_it(monkeypatch, settings)
    said = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("health", stdout=said)
    assert ended.value.code == 1
    words = dict(line.split(":", 1) for line in said.getvalue().splitlines())
    assert words[part].strip() != "ok"


def test_command_says_that_all_is_well() -> None:
    said = io.StringIO()
    call_command("health", stdout=said)
    assert [line.split() for line in said.getvalue().splitlines()] == [
        [f"{part}:", "ok"] for part in ("database", "migrations", "cache", "disk")
    ]


def test_staff_are_told_the_reasons(
    staff_browser: Client, monkeypatch: pytest.MonkeyPatch, settings: LazySettings
) -> None:
    assert staff_browser.get("/healthz").json() == dict.fromkeys(("database", "migrations", "cache", "disk"), "ok")
    fill_disk(monkeypatch, settings)
    answer = staff_browser.get("/healthz")
    assert answer.status_code == 503
    assert "MB" in answer.json()["disk"]


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_is_only_read(visitor: Client, method: str) -> None:
    assert getattr(visitor, method)("/healthz").status_code == 405


def test_it_is_answered_inside_without_https(visitor: Client, settings: LazySettings) -> None:
    with override_settings(SECURE_SSL_REDIRECT=True, SECURE_REDIRECT_EXEMPT=[r"^healthz$"]):
        assert visitor.get("/healthz").status_code == 200
        assert visitor.get("/healthz/more").status_code == 301
        assert visitor.get("/years/").status_code == 301
