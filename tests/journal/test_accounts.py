"""Signing in as an attacker tries it: guessing, forged addresses and hosts, planted sessions, sessions of others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import reverse

from journal.models import Preferences
from tests.access_table import SECURITY
from tests.whole_book import a_whole_book

PASSWORD = "alice-has-a-word"
NEW = "a-word-for-the-forum"
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_attempts_counted(db: None) -> None:
    cache.clear()


def log_in(client: Client, name: str = "alice", password: str = PASSWORD, **more: Any) -> Any:
    return client.post("/accounts/login/", {"login": name, "password": password}, **more)


def signed_in(name: str = "alice", password: str = PASSWORD) -> Client:
    client = Client(headers={"user-agent": CHROME})
    assert log_in(client, name, password).status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get("/preferences/").status_code == 200


# Guessing


@pytest.mark.usefixtures("person")
@pytest.mark.parametrize(
    "variant",
    [
        {"headers": {"host": "localhost:{n}"}},  # the host is no part of the count
        {"REMOTE_ADDR": "127.0.0.{n}"},  # the address is one count of two
        {"headers": {"user-agent": "Browser {n}"}},
    ],
    ids=["host", "address", "browser"],
)
def test_guessing_one_account_is_held_back_however_it_is_dressed(variant: dict[str, Any]) -> None:
    def dressed(n: int) -> dict[str, Any]:
        return {
            name: {key: text.format(n=n) for key, text in value.items()}
            if isinstance(value, dict)
            else value.format(n=n)
            for name, value in variant.items()
        }

    for n in range(5):
        assert log_in(Client(), password="wrong", **dressed(n + 2)).status_code == 422
    last = Client()
    assert log_in(last, **dressed(9)).status_code == 422
    assert not is_in(last)


@pytest.mark.usefixtures("person")
@pytest.mark.parametrize("names", [["alice", "ALICE", " alice ", "ａlice", "Alice"]])
def test_guessing_counts_a_name_however_it_is_written(names: list[str]) -> None:
    for name in names:
        log_in(Client(), name, "wrong")
    assert log_in(Client()).status_code == 422


@pytest.mark.usefixtures("person")
def test_guessing_many_accounts_from_one_address_is_held_back() -> None:
    statuses = [log_in(Client(), f"name-{n}", "wrong").status_code for n in range(31)]
    assert (statuses[0], statuses[30]) == (422, 429)
    assert log_in(Client(), REMOTE_ADDR="127.0.0.7").status_code == 302


@pytest.mark.usefixtures("person")
def test_too_many_tries_have_a_page_of_ours() -> None:
    for n in range(30):
        log_in(Client(), f"name-{n}", "wrong")
    answer = log_in(Client())
    assert answer.status_code == 429
    assert "Too many tries" in answer.content.decode()


@pytest.mark.usefixtures("person")
def test_login_does_not_tell_who_has_an_account() -> None:
    pages = [log_in(Client(), name, "wrong").content.decode().replace(name, "NAME") for name in ("alice", "nobody")]
    tokens = "csrfmiddlewaretoken"
    assert [line for line in pages[0].splitlines() if tokens not in line and "X-CSRFToken" not in line] == [
        line for line in pages[1].splitlines() if tokens not in line and "X-CSRFToken" not in line
    ]


def test_password_change_and_reauthentication_cannot_be_used_to_guess(person: User) -> None:
    client = signed_in()
    typed = {"oldpassword": "wrong", "password1": NEW, "password2": NEW}
    assert [client.post("/accounts/password/change/", typed).status_code for _each in range(6)][-1] == 429
    assert [client.post("/accounts/reauthenticate/", {"password": "wrong"}).status_code for _each in range(5)] == [
        422
    ] * 5
    assert client.post("/accounts/reauthenticate/", {"password": PASSWORD}).status_code == 422


# Behind a proxy


@pytest.fixture
def proxied() -> Iterator[dict[str, Any]]:
    """How a request arrives from a proxy that stands before https://lanyard.example.org."""
    names = {"SITE_SCHEME": "https", "SITE_HOST": "lanyard.example.org", "ALLOWED_HOSTS": ["lanyard.example.org"]}
    with override_settings(
        **names,
        ALLAUTH_TRUSTED_PROXY_COUNT=1,
        SECURE_SSL_REDIRECT=True,
        SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https"),
    ):
        yield {"SERVER_NAME": "lanyard.example.org", "HTTP_X_FORWARDED_PROTO": "https"}


@pytest.mark.usefixtures("person")
def test_forged_forwarding_header_starts_no_new_count(proxied: dict[str, Any]) -> None:
    """The proxy adds the true address at the end; whatever stands before it was sent by the guesser."""
    statuses = [
        log_in(Client(**proxied), f"name-{n}", "wrong", HTTP_X_FORWARDED_FOR=f"203.0.113.{n}, 198.51.100.1").status_code
        for n in range(31)
    ]
    assert (statuses[0], statuses[30]) == (422, 429)
    assert log_in(Client(**proxied), HTTP_X_FORWARDED_FOR="198.51.100.1, 198.51.100.2").status_code == 302


@pytest.mark.usefixtures("person")
def test_session_list_names_the_address_that_the_proxy_saw(proxied: dict[str, Any]) -> None:
    log_in(Client(**proxied), HTTP_X_FORWARDED_FOR="203.0.113.9, 198.51.100.1")
    assert [row.ip for row in UserSession.objects.all()] == ["198.51.100.1"]


@pytest.mark.usefixtures("person")
def test_without_a_site_address_a_forwarding_header_is_refused() -> None:
    assert log_in(Client(), HTTP_X_FORWARDED_FOR="203.0.113.9").status_code == 400


# The desk


@pytest.mark.usefixtures("person")
def test_desk_has_no_login_of_its_own(staff: User) -> None:
    visitor = Client()
    typed = {"username": "carol", "password": "carol-has-a-word", "next": "/admin/"}
    assert visitor.post("/admin/login/", typed).headers["Location"].startswith("/accounts/login/")
    assert visitor.get("/admin/").headers["Location"] == "/accounts/login/?next=/admin/"
    assert not is_in(visitor)
    alice = signed_in()
    assert alice.post("/admin/login/", typed).status_code == 403
    assert alice.get("/admin/").status_code == 302
    assert signed_in("carol", "carol-has-a-word").get("/admin/").status_code == 200


def test_desk_leads_to_the_one_page_that_changes_a_password(staff_browser: Client) -> None:
    answer = staff_browser.get("/admin/password_change/")
    assert answer.headers["Location"] == "/accounts/password/change/"


@pytest.mark.parametrize("table", ["mfa/authenticator", "usersessions/usersession", "account/emailaddress"])
def test_desk_shows_no_secret_of_an_account(staff_browser: Client, table: str) -> None:
    assert staff_browser.get(f"/admin/{table}/").status_code == 404


# Where one is led, and by whom


@pytest.mark.usefixtures("person")
@pytest.mark.parametrize(
    "there",
    [
        *("https://evil.example/", "//evil.example/", "/\\evil.example/", "\\\\evil.example", "http:evil.example"),
        *("javascript:alert(1)", "///evil.example", "https://testserver@evil.example/", "https:///evil.example"),
    ],
)
def test_login_and_logout_never_lead_elsewhere(there: str) -> None:
    client = Client()
    typed = {"login": "alice", "password": PASSWORD, "next": there}
    assert client.post("/accounts/login/", typed).headers["Location"] == "/"
    assert client.get("/accounts/login/", {"next": there}).headers["Location"] == "/"
    answer = client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": there})
    assert answer.headers["Location"] == "/"
    assert client.post("/accounts/logout/", {"next": there}).headers["Location"] == "/accounts/login/"


@pytest.mark.parametrize(
    "there", ["login", "logout", "password/change", "security/sessions", "email", "passkeys/login"]
)
def test_nothing_is_done_for_a_page_of_somebody_else(person: User, there: str) -> None:
    client = Client(enforce_csrf_checks=True)
    if there not in {"login", "passkeys/login"}:
        client.force_login(person)
    typed = {"login": "alice", "password": PASSWORD, "credential": "{}"}
    assert client.post(f"/accounts/{there}/", typed).status_code == 403
    assert is_in(client) is (there not in {"login", "passkeys/login"})


@pytest.mark.usefixtures("person")
def test_host_that_is_not_ours_is_not_answered() -> None:
    assert Client().get("/accounts/login/", headers={"host": "evil.example"}).status_code == 400


# Sessions


@pytest.mark.usefixtures("person")
def test_planted_session_is_not_the_one_that_is_signed_in() -> None:
    planted = Client()
    planted.get("/accounts/passkeys/login/", headers={"accept": "application/json"})
    key = planted.session.session_key
    assert key
    log_in(planted)
    assert planted.session.session_key != key
    attacker = Client()
    attacker.cookies["sessionid"] = key
    assert not is_in(attacker)


@pytest.mark.usefixtures("person")
def test_password_change_ends_every_other_session_and_renews_this_one() -> None:
    here, there = signed_in(), signed_in()
    key = here.session.session_key
    typed = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert here.post("/accounts/password/change/", typed).headers["Location"] == "/accounts/security/"
    assert (is_in(here), is_in(there)) == (True, False)
    assert here.session.session_key != key
    assert UserSession.objects.count() == 1


@pytest.mark.usefixtures("person")
def test_session_list_ends_one_and_all_others() -> None:
    here, phone, laptop = signed_in(), signed_in(), signed_in()
    page = here.get(reverse("usersessions_list")).content.decode()
    assert page.count("Chrome, Linux") == 3
    row = UserSession.objects.get(session_key=phone.session.session_key)
    assert here.post(reverse("usersessions_list"), {"session": row.pk}).status_code == 302
    assert (is_in(here), is_in(phone), is_in(laptop)) == (True, False, True)
    here.post(reverse("usersessions_list"))
    assert (is_in(here), is_in(laptop)) == (True, False)


@pytest.mark.usefixtures("person", "stranger")
@pytest.mark.parametrize("named", ["{pk}", "0", "-1", "x", "", "99999999999999999999999", "²"])
def test_session_list_cannot_end_anothers_session(named: str) -> None:
    alice, bob = signed_in(), signed_in("bob", "bob-has-a-word")
    row = UserSession.objects.get(user__username="alice")
    assert bob.post(reverse("usersessions_list"), {"session": named.format(pk=row.pk)}).status_code == 404
    bob.post(reverse("usersessions_list"))
    assert is_in(alice)


def test_session_list_leaves_out_what_a_new_password_has_ended(person: User) -> None:
    """By the command, or on the desk."""
    signed_in()
    person.set_password(NEW)
    person.save()
    here = signed_in(password=NEW)
    assert here.get(reverse("usersessions_list")).content.decode().count("Chrome, Linux") == 1


def test_session_from_before_the_list_comes_into_it(persons_browser: Client) -> None:
    assert "this one" in persons_browser.get(reverse("usersessions_list")).content.decode()


def test_welcome_puts_its_session_into_the_list(visitor: Client) -> None:
    typed = {"username": "alice", "password1": NEW, "password2": NEW}
    assert visitor.post("/welcome/", typed).status_code == 302
    assert UserSession.objects.get().user.username == "alice"


# The demo


@pytest.mark.parametrize("route", SECURITY, ids=lambda route: route.name)
def test_demo_visitor_sees_none_of_it(route: Any, person: User) -> None:
    visitor = User.objects.create_user("demo-1")
    Preferences.objects.create(person=visitor, demo=True)
    client = Client()
    client.force_login(visitor)
    there = reverse(route.name, kwargs=a_whole_book(person).arguments(route.of) if route.of else {})
    assert client.get(there).status_code == 404
    assert client.post(there).status_code in {404, 405}
