"""A reader far away: the browser says where it is, the page says whose clock it goes by, a button changes that."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import expect

from journal import actions
from journal.zones import COOKIE
from tests.browser.conftest import PHONE, OpenTab
from tests.browser.test_every_page import what_is_wrong
from tests.factories import a_conference, a_talk, an_entry

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_reader_far_away_switches_to_their_own_times_and_back(open_tab: OpenTab, person: User) -> None:
    talk = a_talk(a_conference(person))
    tab = open_tab(person, **{**PHONE, "locale": "en-GB", "timezone_id": "America/New_York"})
    tab.open("/")
    told = [(one["value"], one["sameSite"]) for one in tab.page.context.cookies() if one["name"] == COOKIE]
    assert told == [("America/New_York", "Lax")]
    tab.open(talk.get_absolute_url())
    expect(tab.page.locator(".page-head")).to_contain_text("10:00–11:00")
    tab.page.get_by_role("button", name="Show my own time").click()
    expect(tab.page.locator(".page-head")).to_contain_text("20:00–21:00 −1")
    expect(tab.page.locator(".zone-note")).to_contain_text("US Eastern time")
    tab.page.get_by_role("button", name="Show the conference's time").click()
    expect(tab.page.locator(".page-head")).to_contain_text("10:00–11:00")
    assert what_is_wrong(tab) == []


def test_the_history_of_a_far_away_reader_is_sound(open_tab: OpenTab, person: User) -> None:
    entry = an_entry(person, talk=a_talk(a_conference(person)))
    actions.revise_entry(entry=entry, base_version=1, text="Another line.", device="Firefox, Linux")
    tab = open_tab(person, **{**PHONE, "timezone_id": "America/New_York"})
    for _visit in range(2):
        tab.open(reverse("journal:entry-history", args=[entry.uid]))
    expect(tab.page.locator(".zone-note")).to_have_count(1)
    expect(tab.page.locator("details.sitting")).to_have_count(2)
    tab.page.locator("details.sitting > summary").last.click()
    assert what_is_wrong(tab) == []


def test_a_reader_in_korea_is_told_nothing(open_tab: OpenTab, person: User) -> None:
    talk = a_talk(a_conference(person))
    tab = open_tab(person, **{**PHONE, "locale": "en-GB", "timezone_id": "Asia/Seoul"})
    for _visit in range(2):
        tab.open(talk.get_absolute_url())
    expect(tab.page.locator(".zone-note")).to_have_count(0)
