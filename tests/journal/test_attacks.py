"""The doors and the forms, each tried as an attacker would.

What is sent to them as files and bodies: test_attacks_bytes. Rate limits across workers: test_accounts_workers. The
first account: test_first_account. Invitations: test_invitations.
"""

from __future__ import annotations

import copy
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from django.apps import apps
from django.conf import settings as site
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.cache import cache
from django.http import HttpResponse, HttpResponseBase
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from config.middleware import PUBLIC
from journal import invitations
from journal.models import Invitation, Preferences
from tests.access_table import TABLE, Route
from tests.test_access import ask
from tests.whole_book import WholeBook, a_whole_book

pytestmark = pytest.mark.django_db

WORDS = "a-word-for-the-forum"
ACCOUNT = {"username": "mallory", "password1": WORDS, "password2": WORDS}
HOST = "lanyard.example.org"


@pytest.fixture(autouse=True)
def _no_tries_counted(db: None) -> None:
    cache.clear()


@pytest.fixture
def book(person: User) -> WholeBook:
    return a_whole_book(person)


def address(route: Route, book: WholeBook) -> str:
    return reverse(route.name, kwargs=book.arguments(route.of))


def takes_post(route: Route) -> bool:
    return route.post.listed[1] != 405


# Who asks, and from where


@pytest.mark.parametrize(
    "header", ["x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "forwarded", "via"]
)
def test_a_proxy_reaches_no_first_account_while_the_address_is_unset(header: str) -> None:
    proxied = Client(headers={header: "127.0.0.1"})
    for answer in (proxied.get("/welcome/"), proxied.post("/welcome/", ACCOUNT), proxied.post("/welcome/look-around/")):
        assert answer.status_code == 400
        assert "LANYARD_URL" in answer.content.decode()
    assert not User.objects.exists()


@pytest.mark.parametrize("remote", ["192.168.1.7", "203.0.113.7", "fe80::1", "::ffff:10.0.0.1", "", "localhost"])
def test_another_machine_reaches_no_first_account_while_the_address_is_unset(remote: str) -> None:
    """Whoever listens on all interfaces hears `Host: localhost` from everybody."""
    neighbour = Client(REMOTE_ADDR=remote, headers={"host": "localhost:8000"})
    assert neighbour.post("/welcome/", ACCOUNT).status_code == 400
    assert not User.objects.exists()


@pytest.mark.parametrize("remote", ["127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1"])
def test_this_machine_is_answered(remote: str) -> None:
    assert Client(REMOTE_ADDR=remote, headers={"host": "localhost:8000"}).get("/welcome/").status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "localhost.evil.example", "localhost@evil.example", "evil.example:80", "127.0.0.2", "", "a b"],
)
def test_another_host_is_refused(host: str, settings: Settings) -> None:
    for ours in ([HOST], ["localhost", "127.0.0.1", "[::1]"]):
        settings.ALLOWED_HOSTS = ours
        answer = Client(headers={"host": host}).post("/welcome/", ACCOUNT)
        assert answer.status_code == 400
        assert host not in answer.content.decode() or not host
    assert not User.objects.exists()


def test_a_host_named_by_the_client_stands_in_no_link(staff_browser: Client, settings: Settings) -> None:
    settings.SITE_HOST, settings.SITE_SCHEME, settings.ALLOWED_HOSTS = HOST, "https", [HOST, "testserver"]
    page = staff_browser.post("/preferences/invitations/", headers={"x-forwarded-host": "evil.example"})
    assert f"https://{HOST}/accounts/invitation/" in page.content.decode()
    assert "evil.example" not in page.content.decode()


def test_look_around_is_held_back_by_address_and_for_the_server(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is a journal of rows. The pretence of another address is no other address: that is allauth's to read."""
    settings.DEMO = True
    settings.ACCOUNT_RATE_LIMITS = {"look_around": "1/h/ip,2/h/key"}
    monkeypatch.setattr("journal.people.build_demo", lambda **_to: None)

    def knock(remote: str) -> int:
        return Client(REMOTE_ADDR=remote).post("/welcome/look-around/").status_code

    assert [knock("127.0.0.1"), knock("127.0.0.1"), knock("127.0.0.2"), knock("127.0.0.3")] == [302, 429, 302, 429]
    assert User.objects.count() == 2


def test_an_address_that_the_client_made_up_gets_nobody_more_tries(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Behind one proxy the last address of the header is what the proxy saw; without one the header does not count."""
    settings.DEMO, settings.SITE_HOST = True, HOST
    settings.ACCOUNT_RATE_LIMITS = {"look_around": "1/h/ip"}
    monkeypatch.setattr("journal.people.build_demo", lambda **_to: None)
    for proxies in (1, 0):
        cache.clear()
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
        statuses = [
            Client(headers={"x-forwarded-for": f"198.51.100.{n}, 203.0.113.7"})
            .post("/welcome/look-around/")
            .status_code
            for n in range(3)
        ]
        assert statuses == [302, 429, 429]


def test_look_around_by_default_has_an_end(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DEMO = True
    monkeypatch.setattr("journal.people.build_demo", lambda **_to: None)
    answers = [Client().post("/welcome/look-around/") for _visitor in range(11)]
    assert [answer.status_code for answer in answers] == [302] * 10 + [429]
    assert "rests for an hour" in answers[-1].content.decode()


def test_a_session_that_was_planted_is_not_the_one_that_is_signed_in(
    staff: User, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SIGNUP_IS_OPEN = settings.DEMO = True
    monkeypatch.setattr("journal.people.build_demo", lambda **_to: None)
    _invitation, token = invitations.invite(by=staff)
    doors: list[tuple[str, dict[str, str]]] = [
        ("/accounts/signup/", {**ACCOUNT, "username": "eve"}),
        (reverse("invitation", args=[token]), ACCOUNT),
        ("/accounts/login/", {"login": "carol", "password": "carol-has-a-word"}),
        ("/welcome/look-around/", {}),
    ]
    for there, typed in doors:
        victim = Client()
        session = victim.session  # as an attacker who knows its key would have it
        session["planted"] = "1"
        session.save()
        victim.cookies[site.SESSION_COOKIE_NAME] = session.session_key
        assert victim.post(there, typed).status_code == 302, there
        assert victim.session.session_key != session.session_key
        assert "_auth_user_id" in victim.session
        thief = Client()
        thief.cookies[site.SESSION_COOKIE_NAME] = session.session_key
        assert "_auth_user_id" not in thief.session


# What is sent beside the form

RIGHTS = {
    "is_staff": "1",
    "is_superuser": "on",
    "is_active": "1",
    "groups": "1",
    "user_permissions": "1",
    "pk": "1",
    "id": "1",
    "person": "1",
    "user": "1",
    "demo": "on",
    "made_by": "1",
    "used_by": "1",
    "ends_at": "2999-01-01",
    "date_joined": "2000-01-01",
}


def test_no_form_of_an_account_gives_rights(staff: User, settings: Settings) -> None:
    settings.SIGNUP_IS_OPEN = True
    _invitation, token = invitations.invite(by=staff)
    for number, there in enumerate(("/accounts/signup/", reverse("invitation", args=[token]))):
        answer = Client().post(there, {**ACCOUNT, "username": f"mallory{number}", **RIGHTS})
        assert answer.status_code == 302
        made = User.objects.get(username=f"mallory{number}")
        assert (made.is_staff, made.is_superuser) == (False, False)
        assert not list(made.groups.all()) + list(made.user_permissions.all())
        assert made.pk != staff.pk
        assert not made.preferences.demo


def test_no_form_of_a_person_gives_rights(persons_browser: Client, person: User, staff: User) -> None:
    others = Preferences.objects.create(person=staff, display_name="Carol")
    typed = {"display_name": "Mallory", "language": "", "zone": "", **RIGHTS, "person": str(staff.pk)}
    assert persons_browser.post("/preferences/", typed).status_code == 302
    persons_browser.post("/language/", {"language": "ko", **RIGHTS})
    persons_browser.post(
        "/accounts/password/change/",
        {"oldpassword": "alice-has-a-word", "password1": WORDS, "password2": WORDS, **RIGHTS},
    )
    person.refresh_from_db()
    others.refresh_from_db()
    assert person.check_password(WORDS)
    assert (person.is_staff, person.is_superuser) == (False, False)
    assert not Preferences.objects.get(person=person).demo
    assert others.display_name == "Carol"


def test_an_invitation_is_its_makers_and_ends_in_seven_days(staff_browser: Client, staff: User, person: User) -> None:
    staff_browser.post("/preferences/invitations/", {"note": "x", **RIGHTS, "made_by": str(person.pk)})
    made = Invitation.objects.get()
    assert (made.made_by, (made.ends_at - made.made_at).days) == (staff, 7)


def test_welcome_of_a_server_with_an_owner_makes_no_second(person: User, visitor: Client) -> None:
    answer = visitor.post("/welcome/", {**ACCOUNT, **RIGHTS, "code": "x"})
    assert answer.headers["Location"] == "/accounts/login/"
    assert list(User.objects.all()) == [person]


# Where one is led

ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example",
    "https:evil.example",
    "http:///evil.example",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
    "javascript:alert(1)",
    "\tjavascript:alert(1)",
    "data:text/html,x",
    "/%0d%0aSet-Cookie:%20a=b//evil.example",
]


def leads_away(answer: HttpResponseBase) -> bool:
    targets = [answer.headers.get(name, "") for name in ("Location", "HX-Redirect", "HX-Location", "Refresh")]
    parts = [urlsplit(target.replace("\\", "/")) for target in targets if target]
    return any(part.netloc not in {"", "testserver"} or part.scheme not in {"", "http"} for part in parts)


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_no_door_leads_away(elsewhere: str, person: User, settings: Settings) -> None:
    settings.DEMO = settings.SIGNUP_IS_OPEN = True
    typed: list[tuple[str, dict[str, str]]] = [
        ("/accounts/login/", {"login": "alice", "password": "alice-has-a-word"}),
        ("/accounts/signup/", ACCOUNT),
        ("/language/", {"language": "ko"}),
        ("/welcome/", ACCOUNT),
    ]
    for there, data in typed:
        for query, body in (("", {"next": elsewhere}), (f"?next={quote(elsewhere)}", {})):
            User.objects.filter(username="mallory").delete()
            answer = Client().post(there + query, {**data, **body})
            assert answer.status_code == 302, there
            assert not leads_away(answer), f"{there}: {answer.headers['Location']}"


# Forms that others send


def rows() -> dict[str, list[dict[str, Any]]]:
    """Every row of ours and of the accounts."""
    ours = {"events", "journal", "auth", "account", "mfa"}
    models = [model for model in apps.get_models() if model._meta.app_label in ours]
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in models}


def without_token(browser: Client, there: str, data: Any = None, **headers: str) -> HttpResponse:
    """A POST as a page of somebody else would send it: with the cookies, without the token."""
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    strict.cookies = browser.cookies
    return strict.post(there, data or {}, headers=headers)  # type: ignore[return-value]


def test_no_form_is_taken_from_elsewhere(
    visitor: Client, persons_browser: Client, staff_browser: Client, book: WholeBook
) -> None:
    """Every route that takes a POST, by whoever it answers: 403 without the token, and nothing was written."""
    addresses = [(route, address(route, book)) for route in filter(takes_post, TABLE)]
    before, found = rows(), []
    for route, there in addresses:
        for browser, refused in (
            (visitor, 403 if route.name in PUBLIC else 302),
            (persons_browser, 403),
            (staff_browser, 403),
        ):
            status = without_token(browser, there, route.data).status_code
            if status != refused:
                found.append(f"{route.name}: {status}, not {refused}")
    assert not found, "\n".join(found)
    assert rows() == before


def test_no_form_of_the_admin_is_taken_from_elsewhere(staff_browser: Client, staff: User, book: WholeBook) -> None:
    found = []
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        theirs = (reverse(f"{name}_changelist"), reverse(f"{name}_add"), reverse(f"{name}_delete", args=[1]))
        found += [there for there in theirs if without_token(staff_browser, there).status_code != 403]
    assert not found, "\n".join(found)


def test_a_token_of_somebody_else_or_from_another_origin_is_refused(persons_browser: Client) -> None:
    page = persons_browser.get("/preferences/")
    token = page.context["csrf_token"]
    for headers in ({"origin": "https://evil.example"}, {"origin": "null"}, {"x-csrftoken": "a" * 32}):
        body = {} if "x-csrftoken" in headers else {"csrfmiddlewaretoken": str(token)}
        answer = without_token(persons_browser, "/preferences/", {"display_name": "x", **body}, **headers)
        assert answer.status_code == 403, headers
    assert not Preferences.objects.filter(display_name="x").exists()


# Every route, with whatever can be sent to it

EVIL = "//evil.example/"
# Zero bytes, which PostgreSQL takes in no comparison, and pretended methods.
JUNK_QUERY = f"?next={quote(EVIL)}&q=%00&day=%00&page=%00&entry=%00&conference=%00&_method=DELETE"
PRETENCE = {"x-http-method-override": "DELETE", "x-http-method": "POST", "referer": "https://evil.example/"}
TYPED = "login password username password1 password2 note q name title text display_name zone language code email"
JUNK = dict.fromkeys((*TYPED.split(), "caption", "starts_on", "on", "at", "kept", "entry", "talk"), "a\0b")


def what_is_wrong(name: str, answer: HttpResponse) -> list[str]:
    """It broke, leads away, or may be framed."""
    found = []
    if answer.status_code >= 500:
        found.append(f"{name}: {answer.status_code}")
    if leads_away(answer):
        found.append(f"{name} leads to {answer.headers}")
    if answer.headers.get("X-Frame-Options") != "DENY" or answer.headers.get("X-Content-Type-Options") != "nosniff":
        found.append(f"{name} ({answer.status_code}): {answer.headers}")
    return found


def test_opening_any_address_changes_nothing_and_breaks_nothing(
    visitor: Client, persons_browser: Client, staff_browser: Client, book: WholeBook
) -> None:
    """Whatever method it pretends to have: links, pictures and scanners open addresses."""
    addresses = {route.name: address(route, book) for route in TABLE}
    browsers = {
        route.name: [visitor, persons_browser, *[staff_browser] * (route.get.listed[3] != route.get.listed[1])]
        for route in TABLE
    }
    before, found = rows(), []
    for name, there in addresses.items():
        for browser in browsers[name]:
            fresh = Client(raise_request_exception=False)
            fresh.cookies = copy.deepcopy(browser.cookies)
            found += what_is_wrong(name, fresh.get(there + JUNK_QUERY, headers=PRETENCE))  # type: ignore[arg-type]
    assert not found, "\n".join(found)
    assert rows() == before


def test_no_form_leads_away_or_breaks_by_what_is_typed(
    visitor: Client, persons_browser: Client, staff_browser: Client, book: WholeBook
) -> None:
    found = []
    for route in filter(takes_post, TABLE):
        there = address(route, book)
        reached = [persons_browser]
        reached += [visitor] * (route.name in PUBLIC) + [staff_browser] * (route.post.listed[3] != route.post.listed[1])
        for browser in reached:
            found += what_is_wrong(route.name, ask(browser, "post", there, {**JUNK, "next": EVIL}))
        named = {**(route.data or {}), "next": EVIL, "redirect_to": EVIL}
        found += what_is_wrong(route.name, ask(persons_browser, "post", there + JUNK_QUERY, named))
    assert not found, "\n".join(found)
