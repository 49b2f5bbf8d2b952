"""The table of tests/access_table.py, held against the resolver and walked by four people."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from config.middleware import PUBLIC
from tests.access_table import (
    ADMIN_DESK,
    ADMIN_LEFT_OUT,
    PEOPLE,
    TABLE,
    Route,
    Rule,
    admin_routes,
    resolved_routes,
)
from tests.whole_book import WholeBook, a_whole_book, nowhere

pytestmark = pytest.mark.django_db

WORLDS = ("listed", "unlisted")


@pytest.fixture
def books(person: User) -> dict[str, WholeBook]:
    """Alice's book over a world that everyone sees, and over one that only she sees."""
    return {world: a_whole_book(person, listed=world == "listed") for world in WORLDS}


@pytest.fixture
def browsers(
    visitor: Client, persons_browser: Client, strangers_browser: Client, staff_browser: Client
) -> list[Client]:
    """In the order of PEOPLE."""
    return [visitor, persons_browser, strangers_browser, staff_browser]


@contextmanager
def undone() -> Iterator[None]:
    """Whatever the request wrote is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def ask(browser: Client, method: str, address: str, data: Any = None) -> HttpResponse:
    """The answer to one request that leaves nothing behind, neither rows nor cookies."""
    fresh = Client(raise_request_exception=False)
    fresh.cookies = copy.deepcopy(browser.cookies)
    with undone():
        return getattr(fresh, method)(address, data or {})


def address(route: Route, book: WholeBook) -> str:
    """Where the route leads in this book."""
    return reverse(route.name, kwargs=book.arguments(route.of))


# The table is whole


def test_every_route_stands_in_the_table_and_the_table_names_no_other() -> None:
    routes = list(resolved_routes())
    named = [route.name for route in TABLE]
    assert len(named) == len(set(named))
    assert set(routes) == {*named, *ADMIN_DESK, *ADMIN_LEFT_OUT, *admin_routes()}


def test_public_routes_of_the_table_are_those_of_the_middleware() -> None:
    open_to_visitors = {route.name for route in TABLE if {route.get.listed[0], route.post.listed[0]} != {302}}
    # Open doors that lead a visitor to the login, or to the next page.
    redirected = {"account_logout", "welcome", "mfa_authenticate", "mfa_login_webauthn"}
    redirected |= {"account_reset_password_from_key"}
    there = set(resolved_routes())
    assert open_to_visitors | redirected == {name for name in PUBLIC if name in there}


# The table is true


def wrong_answers(browsers: list[Client], books: dict[str, WholeBook], method: str) -> list[str]:
    """Every answer that is not the table's."""
    found = []
    for route in TABLE:
        rule: Rule = getattr(route, method)
        for world in WORLDS:
            there = address(route, books[world])
            for who, browser, expected in zip(PEOPLE, browsers, getattr(rule, world), strict=True):
                answer = ask(browser, method, there, route.data if method == "post" else None)
                if answer.status_code != expected:
                    found.append(f"{method} {route.name} ({world}) as {who}: {answer.status_code}, not {expected}")
    return found


@pytest.mark.parametrize("method", ["get", "post"])
def test_every_route_answers_as_the_table_says(
    method: str, browsers: list[Client], books: dict[str, WholeBook]
) -> None:
    wrong = wrong_answers(browsers, books, method)
    assert not wrong, "\n".join(wrong)


# Visitors learn nothing


def led_to_login(answer: HttpResponse, there: str) -> bool:
    """A redirect to the login that leads back, and nothing else."""
    back = f"?next={quote(there)}" if answer.wsgi_request.method == "GET" else "?next=/"  # type: ignore[attr-defined]
    return answer.status_code == 302 and answer.headers["Location"] == reverse("account_login") + back


@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
def test_a_visitor_cannot_tell_what_exists(method: str, visitor: Client, books: dict[str, WholeBook]) -> None:
    found = []
    for route in (route for route in TABLE if route.name not in PUBLIC):
        arguments = books["listed"].arguments(route.of)
        for kwargs in (arguments, nowhere(arguments)):
            there = reverse(route.name, kwargs=kwargs)
            if not led_to_login(ask(visitor, method, there), there):
                found.append(there)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("there", ["/no/such/page/", "/2022/nothing/", "/admin/no/such/", "/media/photos/1.webp", "/x"])
def test_a_visitor_at_an_unknown_address_is_led_to_the_login(method: str, there: str, visitor: Client) -> None:
    assert led_to_login(ask(visitor, method, there), there)


# Whoever is signed in


def test_what_does_not_exist_is_404(persons_browser: Client, books: dict[str, WholeBook]) -> None:
    found = []
    for route in TABLE:
        arguments = books["listed"].arguments(route.of)
        if nowhere(arguments) == arguments:
            continue
        there = reverse(route.name, kwargs=nowhere(arguments))
        method = "post" if route.get.listed[1] == 405 else "get"
        status = ask(persons_browser, method, there).status_code
        if status != 404:
            found.append(f"{method} {there}: {status}")
    assert not found, "\n".join(found)


def test_a_wrong_method_is_405_with_a_designed_page(persons_browser: Client, books: dict[str, WholeBook]) -> None:
    found = []
    for route in TABLE:
        there = address(route, books["listed"])
        methods = ["put", "delete", "patch"]
        methods += [method for method in ("get", "post") if getattr(route, method).listed[1] == 405]
        for method in methods:
            answer = ask(persons_browser, method, there)
            designed = b'id="main"' in answer.content and answer.headers.get("Allow")
            if answer.status_code != 405 or not designed:
                found.append(f"{method} {route.name}: {answer.status_code}")
    assert not found, "\n".join(found)


def test_pictures_in_the_bin_are_still_their_owners_only(browsers: list[Client], books: dict[str, WholeBook]) -> None:
    photo = books["listed"].binned_photo
    for there in (
        reverse("journal:photo-file", args=[photo.uid, photo.widths[0]]),
        reverse("journal:photo-original", args=[photo.uid]),
    ):
        assert [ask(browser, "get", there).status_code for browser in browsers] == [302, 200, 404, 404]


@pytest.mark.parametrize("there", ["/media/", "/media/{file}-640.webp", "/static/../media/{file}", "/photos/{file}"])
def test_no_address_leads_to_a_picture_file(there: str, books: dict[str, WholeBook], persons_browser: Client) -> None:
    assert persons_browser.get(there.format(file=books["listed"].photo.file)).status_code == 404


# The admin


def admin_addresses(keys: dict[type, list[int]]) -> Iterator[tuple[str, str]]:
    """(page, address) of every registered model, for the rows named by `keys`."""
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield from ((page, reverse(f"{name}_{page}")) for page in ("changelist", "add"))
        for key in keys.get(model, [1]):
            yield from ((page, reverse(f"{name}_{page}", args=[key])) for page in ("change", "delete", "history"))


def rows_of_the_book() -> dict[type, list[int]]:
    """Every row of ours that there is, by model."""
    return {model: list(model._default_manager.values_list("pk", flat=True)) for model in admin.site._registry}


def test_the_admin_is_for_staff(
    visitor: Client, persons_browser: Client, strangers_browser: Client, books: dict[str, WholeBook]
) -> None:
    pages = [there for _page, there in admin_addresses(rows_of_the_book())]
    pages += [reverse(name) for name in ADMIN_DESK if name != "admin:jsi18n"]
    for browser in (visitor, persons_browser, strangers_browser):
        let_in = [there for there in pages if browser.get(there).status_code not in {302, 404}]
        assert not let_in, "\n".join(let_in)


def test_the_admin_shows_staff_the_world_they_see_and_no_book_of_others(
    staff_browser: Client, books: dict[str, WholeBook], staff: User
) -> None:
    listed, unlisted = books["listed"], books["unlisted"]
    shown = {type(row): [row.pk] for row in (listed.conference, listed.day, listed.talk, listed.room, listed.venue)}
    hidden = {type(row): [row.pk] for row in (unlisted.conference, unlisted.day, unlisted.talk, unlisted.room)}
    hidden |= {type(row): [row.pk] for row in (listed.note, listed.photo, unlisted.venue, unlisted.speaker)}
    found = []
    for keys, expected in ((shown, 200), (hidden, 302)):
        for page, there in admin_addresses(keys):
            model_is_meant = page not in {"changelist", "add"} and any(f"/{key}/" in there for key in _flat(keys))
            if model_is_meant and _is_of(there, keys) and (status := staff_browser.get(there).status_code) != expected:
                found.append(f"{there}: {status}, not {expected}")
    assert not found, "\n".join(found)


def _flat(keys: dict[type, list[int]]) -> set[int]:
    return {key for some in keys.values() for key in some}


def _is_of(there: str, keys: dict[type, list[int]]) -> bool:
    return any(f"/{model._meta.model_name}/" in there for model in keys)  # type: ignore[attr-defined]


@pytest.mark.parametrize(("name", "expected"), ADMIN_DESK.items())
def test_the_desk_of_the_admin(name: str, expected: int, staff_browser: Client) -> None:
    assert staff_browser.get(reverse(name)).status_code == expected


# Script answers


@pytest.mark.parametrize("headers", [{"accept": "application/json"}, {"sec-fetch-dest": "empty"}])
def test_a_script_without_login_gets_401_as_json(headers: dict[str, str], visitor: Client) -> None:
    answer = visitor.post(reverse("journal:markdown-preview"), headers=headers)
    assert answer.status_code == 401
    assert answer.json()["login"].startswith(reverse("account_login"))


def test_htmx_without_login_is_led_there(visitor: Client, books: dict[str, WholeBook]) -> None:
    answer = visitor.post(
        address(next(r for r in TABLE if r.name == "journal:mark"), books["listed"]), headers={"hx-request": "true"}
    )
    assert answer.headers["HX-Redirect"].startswith(reverse("account_login"))
