"""No word of anybody's in the log: marker words are planted wherever words come from, and looked for in every line."""

from __future__ import annotations

import io
import json
import logging
import sys
from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path, reverse
from gunicorn.glogging import Logger as GunicornLog

from config import logs
from events.models import Conference
from journal.management.commands.serve import Server
from tests.factories import a_conference, a_talk, an_entry

MARKER = "xyzzymarker"


def fails(request: HttpRequest, word: str) -> HttpResponse:
    raise ValueError(f"invalid literal for {word}")


def fails_twice(request: HttpRequest, word: str) -> HttpResponse:
    try:
        raise KeyError(word)
    except KeyError as error:
        raise LookupError(f"{word} again") from error


def collides(request: HttpRequest, word: str) -> HttpResponse:
    """The database's own error, which on PostgreSQL repeats the value in its DETAIL."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE tried (word text UNIQUE)")
        cursor.execute("INSERT INTO tried VALUES (%s), (%s)", [word, word])
    return HttpResponse()


def refuses(request: HttpRequest, word: str) -> HttpResponse:
    raise PermissionDenied(word)


def suspects(request: HttpRequest, word: str) -> HttpResponse:
    raise SuspiciousOperation(f"tried {word}")


urlpatterns = [
    path("fails/<word>/", fails, name="fails"),
    path("fails-twice/<word>/", fails_twice, name="fails-twice"),
    path("collides/<word>/", collides, name="collides"),
    path("refuses/<word>/", refuses, name="refuses"),
    path("suspects/<word>/", suspects, name="suspects"),
    path("", include("config.urls")),
]
handler404 = "django.views.defaults.page_not_found"


class Lines:
    """What the site's own handler would have written."""

    def __init__(self, stream: io.StringIO) -> None:
        self.stream = stream

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    @property
    def found(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.text.splitlines()]

    def of(self, logger: str) -> list[dict[str, object]]:
        return [line for line in self.found if line["logger"] == logger]


@pytest.fixture
def lines() -> Iterator[Lines]:
    """Everything that reaches the log while the test runs."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.Json(whole_errors=False))
    root = logging.getLogger()
    root.addHandler(handler)
    logs.access.setLevel(logging.INFO)
    yield Lines(stream)
    logs.access.setLevel(logging.WARNING)
    root.removeHandler(handler)


@pytest.fixture
def strange_site(settings: LazySettings) -> None:
    settings.ROOT_URLCONF = __name__


@pytest.fixture
def alices(persons_browser: Client) -> Client:
    persons_browser.raise_request_exception = False
    return persons_browser


# The access log


def test_access_says_who_what_and_how_long(lines: Lines, alices: Client, person: User) -> None:
    answer = alices.get("/years/", {"q": MARKER}, headers={"X-Request-ID": MARKER, "User-Agent": MARKER})
    (line,) = lines.of("lanyard.access")
    assert line["id"] == answer.headers["X-Request-ID"]
    assert (line["method"], line["route"], line["status"], line["user"]) == ("GET", "years", 200, person.pk)
    assert line["time"].endswith("Z")
    assert line["ms"] >= 0
    assert MARKER not in lines.text
    assert set(line) == {"time", "level", "logger", "message", "id", "method", "route", "status", "ms", "user"}


def test_access_of_a_visitor_names_nobody_and_asks_nothing(lines: Lines, visitor: Client, db: None) -> None:
    visitor.get("/healthz")
    visitor.get("/accounts/login/")
    (line,) = lines.of("lanyard.access")
    assert line["route"] == "account_login"
    assert "user" not in line


def test_request_ids_differ(visitor: Client, db: None) -> None:
    ids = {visitor.get("/accounts/login/").headers["X-Request-ID"] for _ in range(5)}
    assert len(ids) == 5
    assert all(len(some) == 16 for some in ids)


# No word of anybody's


@pytest.mark.usefixtures("strange_site")
@pytest.mark.parametrize(
    ("route", "status"),
    [("fails", 500), ("fails-twice", 500), ("collides", 500), ("refuses", 403), ("suspects", 400)],
)
@pytest.mark.django_db(transaction=True)
def test_errors_are_told_without_the_value(lines: Lines, alices: Client, route: str, status: int) -> None:
    answer = alices.get(f"/{route}/{MARKER}/?q={MARKER}", headers={"Referer": f"http://testserver/{MARKER}/"})
    assert answer.status_code == status
    assert MARKER not in lines.text
    assert lines.of("lanyard.access")[0]["route"] == route
    if status == 500:
        (line,) = lines.of("django.request")
        assert (line["message"], line["route"], line["id"]) == (
            "Internal Server Error",
            route,
            answer.headers["X-Request-ID"],
        )
        assert any("test_logs.py" in place for place in line["trace"])


@pytest.mark.usefixtures("strange_site")
def test_error_behind_an_error_is_named(lines: Lines, alices: Client) -> None:
    alices.get(f"/fails-twice/{MARKER}/")
    assert lines.of("django.request")[0]["error"] == "LookupError from KeyError"


def test_pages_forms_and_refusals_leave_no_word(lines: Lines, person: User, alices: Client) -> None:
    """Titles, slugs, texts, queries, forms, file names and headers, in answers from 200 to 422."""
    conference = a_conference(person, name=MARKER, listed=False)
    Conference.objects.filter(pk=conference.pk).update(slug=MARKER)
    talk = a_talk(Conference.objects.get(pk=conference.pk), title=MARKER)
    entry = an_entry(person, text=MARKER, fields={"title": MARKER})
    heads = {"Referer": f"http://testserver/{MARKER}", "User-Agent": MARKER, "X-Anything": MARKER}
    statuses = {
        alices.get(address, {"next": f"/{MARKER}/", "q": MARKER}, headers=heads).status_code
        for address in (talk.get_absolute_url(), f"/entries/{entry.uid}/", f"/2022/{MARKER}/", f"/speakers/{MARKER}/")
    }
    assert 200 in statuses
    assert 404 in statuses
    picture = SimpleUploadedFile(f"{MARKER}.jpg", MARKER.encode(), "image/jpeg")
    assert alices.post("/add/picture/", {"picture": picture, "caption": MARKER}).status_code == 422
    assert alices.post(f"/entries/{entry.uid}/", {"text": MARKER}).status_code == 405
    assert alices.get(f"/accounts/invitation/{MARKER}/").status_code < 500
    assert alices.get(f"/accounts/password/reset/key/{MARKER}-{MARKER}/").status_code < 500
    assert MARKER not in lines.text
    assert len(lines.of("lanyard.access")) >= 8


def test_refusals_of_a_host_a_form_and_a_size_leave_no_word(lines: Lines, person: User, settings: LazySettings) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    wary = Client(enforce_csrf_checks=True, raise_request_exception=False)
    wary.force_login(person)
    assert wary.get("/years/", headers={"Host": f"{MARKER}.example"}).status_code == 400
    heads = {"Origin": f"https://{MARKER}.example", "Referer": f"https://{MARKER}.example/{MARKER}"}
    assert wary.post(reverse("journal:entry-add", args=["note"]), {"text": MARKER}, headers=heads).status_code == 403
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    large = Client(raise_request_exception=False)
    large.force_login(person)
    assert large.post(reverse("journal:entry-add", args=["note"]), {"text": MARKER * 10}).status_code in {400, 413}
    assert MARKER not in lines.text
    assert lines.of("django.security.DisallowedHost")


@pytest.mark.parametrize("status", [404, 405])
def test_a_method_of_ones_own_making_is_not_repeated(lines: Lines, alices: Client, status: int) -> None:
    alices.generic(MARKER.upper(), "/years/" if status == 405 else "/nothing/")
    assert MARKER.upper() not in lines.text
    assert lines.of("lanyard.access")[0]["method"] == "-"


# Lines of others


@pytest.mark.parametrize(
    ("logger", "template", "values", "said"),
    [
        ("gunicorn.error", f"Invalid request from ip=10.1.2.3: Invalid HTTP header {MARKER}", (), "Invalid request"),
        ("gunicorn.error", "Error handling request %s %s", ("GET", f"/{MARKER}/"), "Error handling request"),
        ("gunicorn.error", "WORKER TIMEOUT (pid:%s)", (7,), "WORKER TIMEOUT (pid:7)"),
        ("django.request", "Not Found: %s", (f"/{MARKER}/",), "Refused"),
        ("journal.actions.pictures", "A picture could not be stored.", (), "A picture could not be stored."),
    ],
)
def test_sentences_of_others_lose_their_values(logger: str, template: str, values: tuple[object], said: str) -> None:
    record = logging.LogRecord(logger, logging.WARNING, __file__, 1, template, values, None)
    assert json.loads(logs.Json(whole_errors=False).format(record))["message"] == said
    assert MARKER not in logs.Plain(whole_errors=False).format(record)


def _record_of(error: BaseException) -> logging.LogRecord:
    try:
        raise error
    except type(error):
        return logging.LogRecord("journal", logging.ERROR, __file__, 1, "It failed.", (), sys.exc_info())


def test_plain_line_names_places_and_kinds_only() -> None:
    text = logs.Plain(whole_errors=False).format(_record_of(OSError(28, "No space left on device", f"/{MARKER}")))
    head, *places = text.splitlines()
    assert head.endswith("ERROR journal: It failed. error=OSError (No space left on device)")
    assert places[-1].strip().startswith("tests/config/test_logs.py:")
    assert MARKER not in text


def test_codes_of_a_database_are_kept() -> None:
    cause = DatabaseError(MARKER)
    cause.sqlstate = "23505"
    error = IntegrityError(MARKER)
    error.__cause__ = cause
    assert "error=IntegrityError from DatabaseError (23505)" in logs.Plain(whole_errors=False).format(_record_of(error))


def test_debug_mode_shows_whole_errors() -> None:
    assert MARKER in logs.Plain(whole_errors=True).format(_record_of(ValueError(MARKER)))


def test_configuration_mails_nobody_and_writes_to_one_place() -> None:
    found = logs.configuration("json", debug=False)
    assert set(found["handlers"]) == {"console", "nowhere"}
    assert found["loggers"]["django"]["handlers"] == []
    assert not logging.getLogger("django").handlers


def test_gunicorn_writes_through_the_same_lines() -> None:
    """It has handlers of its own otherwise, which write addresses and what it could not read of a request."""
    root = logging.getLogger()
    former = root.handlers[:]
    try:
        GunicornLog(Server("127.0.0.1", 8000, greeting=lambda _arbiter: None).cfg)
        own = logging.getLogger("gunicorn.error")
        assert (own.handlers, own.propagate) == ([], True)
        assert [type(handler.formatter) for handler in root.handlers] == [logs.Plain]
    finally:
        root.handlers[:] = former
