"""Passkeys in Chromium at http://localhost, with a device that CDP pretends; and every page of signing in."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import CDPSession, expect

from journal import security
from tests.browser.conftest import OpenTab, Tab
from tests.browser.test_every_page import SCREENS, what_is_wrong

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "alice-has-a-word"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(autouse=True)
def _no_attempts_counted(transactional_db: None) -> None:
    cache.clear()


def plug_in(tab: Tab) -> tuple[CDPSession, str]:
    """A device with a finger on it."""
    wire = tab.page.context.new_cdp_session(tab.page)
    wire.send("WebAuthn.enable")
    device = wire.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return wire, device["authenticatorId"]


def log_in(tab: Tab) -> None:
    tab.open(reverse("account_login"))
    tab.page.locator("[name=login]").fill("alice")
    tab.page.locator("[name=password]").fill(PASSWORD)
    tab.page.get_by_role("button", name="Log in", exact=True).click()


def prove(tab: Tab) -> None:
    tab.page.locator("[name=password]").fill(PASSWORD)
    tab.page.locator("main .button.is-main").click()


def log_out(tab: Tab) -> None:
    tab.open(reverse("account_logout"))
    tab.page.locator("main .button.is-main").click()
    tab.page.wait_for_url("**/accounts/login/")


def test_passkey_is_added_logs_in_is_a_second_step_and_is_removed(open_tab: OpenTab, person: User) -> None:
    tab = open_tab(locale="en-GB")
    wire, device = plug_in(tab)
    page = tab.page
    log_in(tab)
    page.wait_for_url(f"{tab.site}/")
    tab.open(reverse("mfa_index"))
    page.get_by_role("link", name="Add a passkey").click()
    prove(tab)
    page.locator("[name=name]").fill("My laptop")
    page.get_by_role("button", name="Make the passkey").click()
    page.wait_for_url("**/recovery-codes/")
    assert len(wire.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]) == 1

    log_out(tab)
    page.get_by_role("button", name="Log in with a passkey").click()
    page.wait_for_url(f"{tab.site}/")

    log_out(tab)
    log_in(tab)
    page.wait_for_url("**/second-step/")
    page.get_by_role("button", name="Use the passkey").click()
    page.wait_for_url(f"{tab.site}/")

    tab.open(reverse("mfa_index"))
    expect(page.get_by_text("My laptop").first).to_be_visible()
    page.get_by_role("link", name="Remove My laptop").click()
    page.get_by_role("link", name="Use the passkey").click()
    page.get_by_role("button", name="Use the passkey").click()
    page.wait_for_url("**/remove/")
    page.get_by_role("button", name="Remove").click()
    page.wait_for_url("**/security/")
    assert not Authenticator.objects.exists()
    assert not tab.heard()

    log_out(tab)
    page.get_by_role("button", name="Log in with a passkey").click()
    page.wait_for_url("**/accounts/login/")
    expect(page.locator(".message.is-error, [data-passkey-failed]").first).to_be_visible()


def test_passkey_that_is_refused_on_the_device_is_said(open_tab: OpenTab, person: User) -> None:
    tab = open_tab(locale="en-GB")
    wire, device = plug_in(tab)
    wire.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    tab.open(reverse("account_login"))
    tab.page.get_by_role("button", name="Log in with a passkey").click()
    expect(tab.page.locator("[data-passkey-failed]")).to_be_visible()
    assert tab.page.url.endswith(reverse("account_login"))


@SCREENS
def test_pages_of_signing_in_are_clean(screen: dict[str, Any], open_tab: OpenTab, person: User) -> None:
    """Those behind "is it you?" and the second step, which a walk by address does not reach."""
    security.keep_address(person, "alice@example.org")
    tab = open_tab(person, **screen)
    plug_in(tab)
    page, wrong = tab.page, []
    tab.open(reverse("account_reset_password"))
    wrong += what_is_wrong(tab)
    tab.open(reverse("mfa_activate_totp"))
    wrong += what_is_wrong(tab)
    prove(tab)
    page.wait_for_url("**/app/on/")
    wrong += what_is_wrong(tab)
    tab.open(reverse("mfa_add_webauthn"))
    wrong += what_is_wrong(tab)
    page.locator("[data-passkey-ask] button").click()
    page.wait_for_url("**/recovery-codes/")
    wrong += what_is_wrong(tab)
    key = Authenticator.objects.get(type="webauthn").pk
    for name, arguments in (
        ("mfa_index", []),
        ("mfa_edit_webauthn", [key]),
        ("mfa_remove_webauthn", [key]),
        ("mfa_generate_recovery_codes", []),
        ("mfa_reauthenticate", []),
        ("mfa_reauthenticate_webauthn", []),
        ("usersessions_list", []),
        ("account_email", []),
    ):
        tab.open(reverse(name, args=arguments))
        assert page.url.endswith(reverse(name, args=arguments))
        wrong += what_is_wrong(tab)
    log_out(tab)
    page.locator("[name=login]").fill("alice")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form .button.is-main").first.click()
    page.wait_for_url(re.compile("second-step"))
    wrong += what_is_wrong(tab)
    assert not wrong, "\n".join(wrong)
