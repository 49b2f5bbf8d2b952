"""What a browser is allowed to do on our pages: nothing inline, nothing from elsewhere, on every page of the site."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from events.models import Conference
from tests.access_table import ADMIN_DESK, TABLE, admin_routes
from tests.whole_book import WholeBook, a_whole_book

pytestmark = pytest.mark.django_db


@pytest.fixture
def book(person: User) -> WholeBook:
    return a_whole_book(person)


def is_strict(answer: HttpResponse) -> bool:
    """The header is there, forbids what it does not name, and makes no exception for inline code."""
    policy = answer.headers.get("Content-Security-Policy", "")
    return "default-src 'none'" in policy and "unsafe-" not in policy and "*" not in policy and "http" not in policy


def has_inline_code(answer: HttpResponse) -> bool:
    """What such a policy would break: a script or style in the page itself."""
    if not answer.headers.get("Content-Type", "").startswith("text/html"):
        return False
    page = answer.content.decode()
    scripts = [tag for tag in re.findall(r"<script[^>]*>", page) if "src=" not in tag and "json" not in tag]
    return bool(scripts or re.search(r"<style|<[^>]+\s(?:style|on[a-z]+)=[\"']", page))


def test_every_answer_has_a_strict_policy(visitor: Client, persons_browser: Client, book: WholeBook) -> None:
    found = []
    for browser in (visitor, persons_browser):
        for route in TABLE:
            answer = browser.get(reverse(route.name, kwargs=book.arguments(route.of)))
            if not is_strict(answer) or has_inline_code(answer):
                found.append(f"{route.name}: {answer.status_code}")
    assert not found, "\n".join(found)


def test_every_page_of_the_admin_has_a_strict_policy(staff_browser: Client, book: WholeBook, staff: User) -> None:
    Conference.objects.update(added_by=staff)
    keys = {"conference": book.conference.pk, "talk": book.talk.pk, "speaker": book.speaker.pk, "user": staff.pk}
    addresses = [reverse(name) for name in ADMIN_DESK]
    for name in admin_routes():
        _admin, model, page = re.split(r":\w+?_|_", name, maxsplit=2)
        if page in {"changelist", "add"}:
            addresses.append(reverse(name))
        elif model in keys:
            addresses.append(reverse(name, args=[keys[model]]))
    found = [there for there in addresses if not is_strict(staff_browser.get(there))]
    assert not found, "\n".join(found)


def test_error_pages_have_a_strict_policy(persons_browser: Client, strangers_browser: Client, book: WholeBook) -> None:
    asked = {
        404: persons_browser.get("/no/such/page/"),
        405: persons_browser.put("/"),
        403: strangers_browser.get(reverse("conference-edit", kwargs=book.arguments("conference"))),
        422: persons_browser.post(reverse("conference-add")),
    }
    assert {status: answer.status_code for status, answer in asked.items()} == {status: status for status in asked}
    assert all(is_strict(answer) for answer in asked.values())


def test_nothing_of_ours_may_be_framed_or_guessed(persons_browser: Client) -> None:
    answer = persons_browser.get(reverse("today"))
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_pages_are_not_kept_by_anything_between(persons_browser: Client, book: WholeBook) -> None:
    """What is one person's own is stored by no shared cache."""
    found = []
    for route in TABLE:
        if route.get.listed[1] != 200 or route.name.startswith("account_"):
            continue
        answer = persons_browser.get(reverse(route.name, kwargs=book.arguments(route.of)))
        if "Cookie" not in answer.headers.get("Vary", "") and "private" not in answer.headers.get("Cache-Control", ""):
            found.append(f"{route.name}: {answer.headers.get('Cache-Control')}")
    assert not found, "\n".join(found)
