"""What the environment says, and what follows from it. A fresh process reads the real settings, as a start does."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import settings as real

ROOT = Path(real.__file__).parent.parent
PROGRAM = """
import json, os, config.settings
found = {name: value for name, value in vars(config.settings).items() if name.isupper()}
print(json.dumps(found, default=lambda value: str(value) if isinstance(value, os.PathLike) else None))
"""


def read(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A new Python that reads the settings with nothing in its environment but what is given."""
    given = {"PATH": os.environ["PATH"], "LANYARD_DATA": str(folder), **environment}
    return subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, env=given, capture_output=True, text=True, check=False
    )


def values(folder: Path, **environment: str) -> dict[str, Any]:
    done = read(folder, **environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("nonsense", ["maybe", "ja", "2", "on off"])
def test_on_or_off_refuses_nonsense(monkeypatch: pytest.MonkeyPatch, nonsense: str) -> None:
    monkeypatch.setenv("LANYARD_DEMO", nonsense)
    with pytest.raises(ImproperlyConfigured, match="write on or off"):
        real.on_or_off("LANYARD_DEMO", default=True)


@pytest.mark.parametrize(
    ("value", "expected"), [("on", True), ("TRUE", True), ("0", False), (" off ", False), ("", True)]
)
def test_on_or_off_reads_switches(monkeypatch: pytest.MonkeyPatch, value: str, *, expected: bool) -> None:
    monkeypatch.setenv("LANYARD_DEMO", value)
    assert real.on_or_off("LANYARD_DEMO", default=True) is expected


def test_sign_up_is_closed_unless_somebody_says_open(tmp_path: Path) -> None:
    given = {"": False, "closed": False, " Open ": True}
    assert {word: values(tmp_path, LANYARD_SIGNUP=word)["SIGNUP_IS_OPEN"] for word in given} == given
    assert "write closed or open" in read(tmp_path, LANYARD_SIGNUP="yes").stderr


@pytest.mark.parametrize(
    "nonsense",
    [
        *("lanyard.example.org", "ftp://a.example", "https://", "https://a.example/path", "https://a.example/?q"),
        *("https://a.example/#top", "https://a.example:none", "http://[::1"),
    ],
)
def test_site_address_refuses_nonsense(monkeypatch: pytest.MonkeyPatch, nonsense: str) -> None:
    monkeypatch.setenv("LANYARD_URL", nonsense)
    with pytest.raises(ImproperlyConfigured, match="scheme and host"):
        real.site_address("LANYARD_URL")


def test_unset_url_answers_this_machine_only(tmp_path: Path) -> None:
    found = values(tmp_path)
    assert found["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert (found["DEMO"], found["DEBUG"], "SECURE_PROXY_SSL_HEADER" in found) == (True, False, False)


def test_https_url_sets_hosts_cookies_and_transport(tmp_path: Path) -> None:
    found = values(tmp_path, LANYARD_URL="https://lanyard.example.org:8443")
    assert found["ALLOWED_HOSTS"] == ["lanyard.example.org"]
    assert found["CSRF_TRUSTED_ORIGINS"] == ["https://lanyard.example.org:8443"]
    assert found["SESSION_COOKIE_SECURE"]
    assert found["SECURE_SSL_REDIRECT"]
    assert found["SECURE_HSTS_SECONDS"] >= 365 * 24 * 3600
    assert found["DEMO"] is False


def test_http_url_sets_no_https_rule(tmp_path: Path) -> None:
    found = values(tmp_path, LANYARD_URL="http://192.168.0.7:8000")
    assert found["ALLOWED_HOSTS"] == ["192.168.0.7"]
    assert not {"SECURE_SSL_REDIRECT", "SECURE_PROXY_SSL_HEADER", "SESSION_COOKIE_SECURE"} & found.keys()


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("http://[2001:db8::1]:8000", "[2001:db8::1]"),
        ("https://Lanyard.Example.org", "lanyard.example.org"),
        ("https://학회.한국", "xn--3q8b0v.xn--3e0b707e"),
    ],
)
def test_hosts_are_named_as_browsers_name_them(tmp_path: Path, address: str, host: str) -> None:
    assert values(tmp_path, LANYARD_URL=address)["ALLOWED_HOSTS"] == [host]


@pytest.mark.parametrize("name", ["plain", "with space", "per%20cent", "plus+plus", "ques?tion#hash", "여행"])
def test_database_lies_in_the_data_folder_whatever_its_name(tmp_path: Path, name: str) -> None:
    found = values(tmp_path / name)
    assert found["DATA_DIR"] == str(tmp_path / name)
    assert found["DATABASES"]["default"]["NAME"] == str(tmp_path / name / "lanyard.sqlite3")
    assert (tmp_path / name).stat().st_mode & 0o077 == 0


def test_database_url_may_carry_a_quoted_password(tmp_path: Path) -> None:
    found = values(tmp_path, DATABASE_URL="postgres://ann:p%40ss%2Fword@db.example:5433/book")
    database = found["DATABASES"]["default"]
    assert (database["USER"], database["PASSWORD"], database["PORT"]) == ("ann", "p@ss/word", 5433)


def test_database_url_of_another_kind_is_refused(tmp_path: Path) -> None:
    done = read(tmp_path, DATABASE_URL="mysql://a:b@c/d")
    assert "SQLite or PostgreSQL" in done.stderr


def test_kept_secret_is_one_for_two_first_starts(tmp_path: Path) -> None:
    for attempt in range(20):
        path = tmp_path / f"key-{attempt}"
        with ThreadPoolExecutor(8) as pool:
            found = set(pool.map(real.kept_secret, [path] * 8))
        assert found == {path.read_text()}
        assert path.stat().st_mode & 0o777 == 0o600


def test_kept_secret_left_empty_by_a_crash_is_made_again(tmp_path: Path) -> None:
    (tmp_path / "key").touch()
    assert len(real.kept_secret(tmp_path / "key")) > 50


def test_kept_secret_too_short_is_refused(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("short")
    with pytest.raises(ImproperlyConfigured, match="too short"):
        real.kept_secret(tmp_path / "key")


MAIL = {"LANYARD_MAIL": "smtp+tls://ann:p%40ss@mail.example.org", "LANYARD_MAIL_FROM": "Lanyard <l@example.org>"}
SITE = {"LANYARD_URL": "https://lanyard.example.org"}


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("smtp://localhost", ("localhost", 25, "", "", False, False)),
        ("smtp+tls://ann:p%40s%3As@mail.example.org", ("mail.example.org", 587, "ann", "p@s:s", True, False)),
        ("smtps://ann:word@mail.example.org:4650", ("mail.example.org", 4650, "ann", "word", False, True)),
        ("", ("", 25, "", "", False, False)),
    ],
)
def test_mail_server_is_read(monkeypatch: pytest.MonkeyPatch, address: str, expected: tuple[Any, ...]) -> None:
    monkeypatch.setenv("LANYARD_MAIL", address)
    assert tuple(real.mail_server("LANYARD_MAIL")) == expected


@pytest.mark.parametrize(
    "nonsense",
    [
        *("mail.example.org", "https://mail.example.org", "smtp://", "smtp+tls://a:secret@h/path", "smtp://h:none"),
        *("smtp://secret@h", "smtp://:secret@h", "smtp://h?tls=secret", "smtp://[::1", "on"),
    ],
)
def test_mail_server_refuses_nonsense_without_repeating_the_password(
    monkeypatch: pytest.MonkeyPatch, nonsense: str
) -> None:
    monkeypatch.setenv("LANYARD_MAIL", nonsense)
    with pytest.raises(ImproperlyConfigured, match="no mail server") as refused:
        real.mail_server("LANYARD_MAIL")
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("nonsense", ["Lanyard", "a@", "Lanyard <>", "a@b.example\nBcc: c@d.example", "a b@c"])
def test_mail_sender_refuses_nonsense(monkeypatch: pytest.MonkeyPatch, nonsense: str) -> None:
    monkeypatch.setenv("LANYARD_MAIL_FROM", nonsense)
    with pytest.raises(ImproperlyConfigured, match="write an address"):
        real.mail_sender("LANYARD_MAIL_FROM")


def test_mail_is_sent_where_it_is_set(tmp_path: Path) -> None:
    found = values(tmp_path, **SITE, **MAIL)
    assert (found["SENDS_MAIL"], found["EMAIL_HOST"], found["EMAIL_PORT"]) == (True, "mail.example.org", 587)
    assert (found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (True, False)
    assert (found["EMAIL_HOST_PASSWORD"], found["DEFAULT_FROM_EMAIL"]) == ("p@ss", "Lanyard <l@example.org>")
    nowhere = values(tmp_path)
    assert (nowhere["SENDS_MAIL"], nowhere["EMAIL_BACKEND"]) == (False, "django.core.mail.backends.dummy.EmailBackend")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (MAIL, "LANYARD_MAIL needs LANYARD_URL"),
        ({**SITE, "LANYARD_MAIL": MAIL["LANYARD_MAIL"]}, "set both"),
        ({**SITE, "LANYARD_MAIL_FROM": MAIL["LANYARD_MAIL_FROM"]}, "set both"),
    ],
)
def test_half_a_mail_server_is_refused(tmp_path: Path, given: dict[str, str], sentence: str) -> None:
    assert sentence in read(tmp_path, **given).stderr


@pytest.mark.parametrize(("url", "proxies"), [("", 0), ("http://192.168.0.7:8000", 0), ("https://a.example", 1)])
def test_forwarding_header_is_believed_only_from_a_proxy_that_must_be_there(
    tmp_path: Path, url: str, proxies: int
) -> None:
    assert values(tmp_path, LANYARD_URL=url)["ALLAUTH_TRUSTED_PROXY_COUNT"] == proxies
