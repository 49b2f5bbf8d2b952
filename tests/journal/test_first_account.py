"""The first account of a server that others reach too: the setup code, its tries, and two who want to be the owner."""

from __future__ import annotations

import stat
import threading
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import connection
from django.test import Client
from pytest_django import Settings

from journal import people, setup_code
from journal.management.commands.serve import Command

WORDS = "a-word-for-the-forum"
FIRST = {"username": "alice", "password1": WORDS, "password2": WORDS}
HOST = "lanyard.example.org"


@pytest.fixture(autouse=True)
def _no_tries_counted(db: None) -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    """The data folder of a server that others reach."""
    settings.DATA_DIR = tmp_path
    settings.SITE_HOST, settings.SITE_SCHEME = HOST, "https"
    settings.ALLOWED_HOSTS = [HOST]
    return tmp_path


@pytest.fixture
def far_away(folder: Path) -> Client:
    """A browser that comes through the proxy."""
    return Client(headers={"host": HOST, "x-forwarded-for": "203.0.113.7", "x-forwarded-proto": "https"})


def test_welcome_asks_for_the_code_where_others_reach_the_server(far_away: Client, visitor: Client) -> None:
    page = far_away.get("/welcome/").content.decode()
    assert 'name="code"' in page
    assert setup_code.the_code() not in page


def test_welcome_of_this_machine_alone_asks_for_no_code(visitor: Client) -> None:
    assert 'name="code"' not in visitor.get("/welcome/").content.decode()
    assert visitor.post("/welcome/", FIRST).headers["Location"] == "/"


@pytest.mark.parametrize("code", ["", "wrong", "2222-2222-2222-2222", "코드", "\0"])
def test_welcome_without_the_right_code_makes_nobody(code: str, far_away: Client) -> None:
    answer = far_away.post("/welcome/", {**FIRST, "code": code})
    assert answer.status_code == 422
    assert 'value="alice"' in answer.content.decode()
    assert far_away.post("/welcome/", FIRST).status_code == 422
    assert not User.objects.exists()


@pytest.mark.parametrize("typed", ["{}", " {} ", "{upper}", "{bare}", "{spaced}"])
def test_welcome_with_the_code_however_it_is_typed_makes_the_owner(typed: str, far_away: Client) -> None:
    code = people.code_to_print()
    forms = {"upper": code.upper(), "bare": code.replace("-", ""), "spaced": code.replace("-", " ")}
    answer = far_away.post("/welcome/", {**FIRST, "code": typed.format(code, **forms)})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert User.objects.get().is_superuser


def test_the_code_is_for_its_owner_only_and_stays_the_same(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    code = people.code_to_print()
    kept = folder / "setup-code"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert people.code_to_print() == code == kept.read_text()
    assert [record.getMessage().endswith(code) for record in caplog.records if record.name == "journal.setup"] == [True]
    assert len(code) == 19


@pytest.mark.django_db(transaction=True)
def test_the_code_goes_with_the_first_account(folder: Path, far_away: Client) -> None:
    code = people.code_to_print()
    assert far_away.post("/welcome/", {**FIRST, "code": code}).status_code == 302
    assert not (folder / "setup-code").exists()
    assert people.code_to_print() == ""
    fresh = Client(headers={"host": HOST, "x-forwarded-proto": "https"})
    answer = fresh.post("/welcome/", {**FIRST, "username": "mallory", "code": code})
    assert answer.headers["Location"] == "/accounts/login/"
    assert User.objects.count() == 1


def test_a_start_prints_the_code(folder: Path) -> None:
    for code in (people.code_to_print(), ""):
        said = StringIO()
        Command(stdout=said).greet("127.0.0.1", 8000, code)
        assert ("Setup code:" in said.getvalue(), code in said.getvalue()) == (bool(code), True)


def test_the_code_goes_at_a_start_where_somebody_lives(folder: Path) -> None:
    people.code_to_print()
    User.objects.create_superuser("alice", password=WORDS)
    assert people.code_to_print() == ""
    assert not (folder / "setup-code").exists()


def test_no_code_is_made_where_only_this_machine_is_answered(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    assert people.code_to_print() == ""
    assert not list(tmp_path.iterdir())


def test_wrong_codes_are_ten_an_hour_for_everybody_together(far_away: Client) -> None:
    code = people.code_to_print()
    answers = [
        Client(headers={"host": HOST, "x-forwarded-for": f"203.0.113.{n}"}).post("/welcome/", {**FIRST, "code": "no"})
        for n in range(11)
    ]
    assert [answer.status_code for answer in answers] == [422] * 10 + [429]
    late = far_away.post("/welcome/", {**FIRST, "code": code})
    assert late.status_code == 429
    assert "wait an hour" in late.content.decode()
    assert 'value="alice"' in late.content.decode()
    assert not User.objects.exists()
    assert people.code_to_print() == code  # a new start
    assert far_away.post("/welcome/", {**FIRST, "code": code}).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_of_many_wrong_codes_at_one_moment_no_more_than_ten_are_compared(folder: Path) -> None:
    people.code_to_print()
    outcomes = at_once([lambda: setup_code.check("wrong")] * 14)
    assert set(outcomes) == {"WrongCode", "TooManyTries"}
    assert outcomes["WrongCode"] <= 10


@pytest.mark.django_db(transaction=True)
def test_first_account_of_two_at_one_moment_has_one_owner(folder: Path) -> None:
    code = people.code_to_print()

    def move_in(name: str) -> None:
        headers = {"host": HOST, "x-forwarded-proto": "https"}
        answer = Client(headers=headers).post("/welcome/", {**FIRST, "username": name, "code": code})
        raise LookupError(answer.headers["Location"])

    outcomes = at_once([lambda name=name: move_in(name) for name in ("alice", "bob", "carol")], of=str)
    assert outcomes == {"/": 1, "/accounts/login/": 2}
    assert User.objects.count() == User.objects.filter(is_superuser=True).count() == 1


def at_once(jobs: list, *, of: type = type) -> Counter[str]:
    """How each job ended: the name of what it raised, or its words."""
    outcomes: Counter[str] = Counter()
    start = threading.Barrier(len(jobs))

    def work(job: object) -> None:
        start.wait(timeout=60)
        try:
            job()  # type: ignore[operator]
        except Exception as error:  # noqa: BLE001 -- counted
            outcomes[str(error) if of is str else type(error).__name__] += 1
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return outcomes
