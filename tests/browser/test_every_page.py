"""Every page of ours in a real browser: axe finds nothing, the console is clean, nothing is wider than the screen."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.template.loader import render_to_string
from django.urls import reverse

from journal.models import Entry
from tests.access_table import TABLE
from tests.browser.conftest import DESKTOP, PHONE, OpenTab, Tab
from tests.factories import a_conference
from tests.whole_book import WholeBook, the_demo

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
NARROWEST = 320
IS_TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
LANGUAGE = {"ko-KR": "ko", "en-GB": "en"}
SCREENS = pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone-light-ko", "desktop-dark-en"])


def what_is_wrong(tab: Tab, status: int = 200) -> list[str]:
    """Everything that is to be mended on the page that is open; an error page's own status is no news."""
    page = tab.page
    name = page.url.removeprefix(tab.site)
    page.wait_for_load_state("load")
    found = [f"console: {said}" for said in tab.heard() if f"status of {status}" not in said]
    if page.evaluate(IS_TOO_WIDE):
        found.append("wider than the screen")
    found += axe_findings(tab)
    size = page.viewport_size
    assert size is not None
    if size["width"] < 600:
        page.set_viewport_size({"width": NARROWEST, "height": size["height"]})
        if page.evaluate(IS_TOO_WIDE):
            found.append(f"wider than {NARROWEST} px")
        page.set_viewport_size(size)
    return [f"{name}: {one}" for one in found]


def axe_findings(tab: Tab) -> list[str]:
    """What axe has against it, with the first places."""
    found = []
    for violation in Axe().run(tab.page, options=RULES).response["violations"]:
        places = "; ".join(str(node["target"][0]) for node in violation["nodes"][:3])
        found.append(f"{violation['id']} ({len(violation['nodes'])}): {places}")
    return found


def addresses_of(book: WholeBook) -> list[str]:
    """Every page of ours by GET, with every kind of entry."""
    found = [reverse(route.name, kwargs=book.arguments(route.of)) for route in TABLE if route.has_page]
    found += [reverse("journal:entry-add", args=[kind]) for kind in Entry.Kind.values]
    for entry in (book.meal, book.swag, book.encounter):
        found += [reverse(name, args=[entry.uid]) for name in ("journal:entry", "journal:entry-edit")]
    programme = reverse("programme", kwargs=book.arguments("conference"))
    return [*dict.fromkeys(found), f"{programme}?day=all"]


@SCREENS
def test_every_page_of_the_demo_is_clean(screen: dict[str, Any], open_tab: OpenTab, person: User) -> None:
    book = the_demo(person)
    tab = open_tab(person, **screen)
    wrong = []
    for there in addresses_of(book):
        tab.open(there)
        wrong += what_is_wrong(tab)
        language = tab.page.locator("html").get_attribute("lang")
        if language != LANGUAGE[screen["locale"]]:
            wrong.append(f"{there}: in {language}")
    assert not wrong, "\n".join(wrong)


@SCREENS
def test_pages_without_anything_and_pages_that_refuse_are_clean(
    screen: dict[str, Any], open_tab: OpenTab, person: User, stranger: User
) -> None:
    """An empty journal, forms sent back, 403, 404, 405, 500."""
    conference = a_conference(stranger, listed=True)
    here = conference.get_absolute_url()
    tab = open_tab(person, **screen)
    wrong = []
    for there in (
        reverse("today"),
        reverse("years"),
        reverse("journal:bin"),
        here,
        f"{here}journal/",
        f"{here}programme/",
    ):
        tab.open(there)
        wrong += what_is_wrong(tab)
    for there, status in ((f"{here}edit/", 403), ("/no/such/page/", 404), (f"{here}attend/", 405)):
        tab.open(there)
        wrong += what_is_wrong(tab, status)
    tab.page.route(
        "**/broken/",
        lambda route: route.fulfill(status=500, body=render_to_string("500.html"), content_type="text/html"),
    )
    tab.open("/broken/")
    wrong += what_is_wrong(tab, 500)
    for there in (reverse("conference-add"), f"{here}add/talk/", reverse("journal:entry-add", args=["note"])):
        tab.open(there)
        tab.page.evaluate("document.querySelector('main form').noValidate = true")
        tab.page.locator("main form .button.is-main").click()
        tab.page.locator(".error, [aria-invalid=true]").first.wait_for()
        wrong += what_is_wrong(tab, 422)
    assert not wrong, "\n".join(wrong)


@SCREENS
def test_pages_for_visitors_are_clean(screen: dict[str, Any], open_tab: OpenTab) -> None:
    """Welcome while nobody lives here, afterwards the login, also with a wrong password."""
    tab = open_tab(**screen)
    tab.open("/")
    assert tab.page.url.endswith(reverse("welcome"))
    wrong = what_is_wrong(tab)
    User.objects.create_user("alice", password="alice-has-a-word")
    tab.open("/")
    wrong += what_is_wrong(tab)
    tab.page.locator("[name=login]").fill("alice")
    tab.page.locator("[name=password]").fill("another-word")
    tab.page.locator("main form .button").first.click()
    tab.page.wait_for_load_state()
    wrong += what_is_wrong(tab, 422)
    tab.open(reverse("account_inactive"))
    wrong += what_is_wrong(tab)
    assert not wrong, "\n".join(wrong)
