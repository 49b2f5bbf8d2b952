"""How people come in, in a real browser: the owner with the setup code, somebody with an invitation, and the pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from pytest_django import Settings

from journal import people
from tests.browser.conftest import DESKTOP, PHONE, OpenTab, Tab
from tests.browser.test_every_page import what_is_wrong

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = "a-word-for-the-forum"


def move_in(tab: Tab, **typed: str) -> None:
    """Fills the form of a new account and sends it."""
    for name, value in {"password1": WORDS, "password2": WORDS, **typed}.items():
        tab.page.fill(f"[name={name}]", value)
    tab.page.click("main .button.is-main")


def test_the_owner_moves_in_and_invites_somebody(open_tab: OpenTab, settings: Settings, tmp_path: Path) -> None:
    """The policy on the invitation hides its address from everybody, and still lets its form through."""
    cache.clear()
    settings.DATA_DIR, settings.SITE_HOST, settings.SITE_SCHEME = tmp_path, "localhost", "http"
    owner = open_tab(**PHONE)
    owner.open("/")
    wrong = what_is_wrong(owner)
    move_in(owner, username="carol", code="wrong")
    owner.page.locator("[aria-invalid=true]").wait_for()
    wrong += what_is_wrong(owner, 422)
    move_in(owner, username="carol", code=people.code_to_print())
    owner.page.wait_for_url(f"{owner.site}/")
    owner.open("/preferences/")
    wrong += what_is_wrong(owner)
    owner.page.locator("a[href='/preferences/invitations/']").click()
    owner.page.fill("[name=note]", "박사과정 도라")
    owner.page.click("main .button.is-main")
    path = owner.page.input_value("#invitation-link").removeprefix("http://localhost")
    wrong += what_is_wrong(owner)

    guest = open_tab(**DESKTOP)
    guest.open(path)
    wrong += what_is_wrong(guest)
    referers: list[str] = []
    guest.page.on("request", lambda request: referers.append(request.headers.get("referer", "")))
    move_in(guest, username="dora")
    guest.page.wait_for_url(f"{guest.site}/")
    assert not [one for one in referers if path in one]
    assert not User.objects.get(username="dora").is_staff

    late = open_tab(**PHONE)
    late.open(path)
    wrong += what_is_wrong(late, 404)
    for there in ("/accounts/signup/", "/accounts/login/"):
        late.open(there)
        wrong += what_is_wrong(late)
    settings.SIGNUP_IS_OPEN = True
    late.open("/accounts/signup/")
    wrong += what_is_wrong(late)
    owner.open("/preferences/invitations/")
    wrong += what_is_wrong(owner)
    assert not wrong, "\n".join(wrong)
