"""The pages that add things of the world, in a real browser: rows appear while one types, and names are offered."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from events.models import Conference, Talk
from events.services import add_speaker, add_venue
from tests.factories import a_conference

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser_context_args(timezone_id="Europe/Brussels", locale="en-GB"),
]

# Playwright's loop runs in this thread, and Django takes it for an asynchronous context.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture
def alices(page: Page, live_server: LiveServer, person: User) -> Iterator[Page]:
    """Alice's browser, on the site; its console must stay clean."""
    client = Client()
    client.force_login(person)
    host = live_server.url.replace("127.0.0.1", "localhost")
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": host}])
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{host}/add/conference/")
    yield page
    assert [line for line in said if "422" not in line] == []


def test_day_rows_appear_with_both_dates_and_keep_what_was_typed(alices: Page) -> None:
    alices.get_by_label("Name", exact=True).fill("Samsung AI Forum")
    alices.get_by_label("First day").fill("8 Nov 2022")
    alices.get_by_label("Last day").fill("9 Nov")
    alices.keyboard.press("Tab")
    expect(alices.locator("[data-day-rows] [role=group]")).to_have_count(2)
    alices.get_by_label("Host").first.fill("SAIT")

    alices.get_by_label("Last day").fill("10 Nov")
    alices.keyboard.press("Tab")
    expect(alices.locator("[data-day-rows] [role=group]")).to_have_count(3)
    expect(alices.get_by_label("Host").first).to_have_value("SAIT")

    # Half a date takes no row away.
    alices.get_by_label("Last day").fill("10 N")
    alices.keyboard.press("Tab")
    alices.wait_for_timeout(300)
    expect(alices.get_by_label("Host").first).to_have_value("SAIT")

    alices.get_by_label("Last day").fill("9 Nov")
    alices.get_by_role("button", name="Save").click()
    alices.wait_for_url("**/2022/samsung-ai-forum-*/")
    conference = Conference.objects.get()
    assert [day.host for day in conference.days.order_by("date")] == ["SAIT", ""]


def test_a_new_conference_is_in_the_zone_of_the_browser(alices: Page) -> None:
    expect(alices.locator("#id_timezone")).to_have_value("Europe/Brussels")


def test_enter_saves_and_does_not_ask_for_a_row(alices: Page) -> None:
    alices.get_by_label("Name", exact=True).press("Enter")

    expect(alices.locator("#id_starts_on")).to_be_visible()
    assert alices.locator("#id_name:invalid").count() == 1
    assert not Conference.objects.exists()


def test_known_names_are_offered_while_typing(alices: Page, person: User) -> None:
    add_venue(person=person, name="COEX Grand Ballroom", aka="코엑스")
    conference = a_conference(person)
    alices.goto(alices.url.replace("/add/conference/", f"{conference.get_absolute_url()}edit/"))

    alices.get_by_label("Venue").first.press_sequentially("코엑")

    expect(alices.locator("datalist option")).to_have_count(1)
    assert alices.locator("datalist option").get_attribute("value") == "코엑스"


def test_another_speaker_without_a_round_trip(alices: Page, person: User) -> None:
    add_speaker(person=person, name="Sebastian Seung", other_name="승현준")
    conference = a_conference(person)
    alices.goto(alices.url.replace("/add/conference/", f"{conference.get_absolute_url()}add/talk/"))
    address = alices.url

    alices.get_by_label("Speaker", exact=True).first.fill("Daniel Lee")
    alices.get_by_role("button", name="Another speaker").click()
    expect(alices.locator("#id_speakers-1-name")).to_be_focused()
    alices.keyboard.type("승현준")
    expect(alices.locator("datalist:not(#rooms) option")).to_have_count(1)
    assert alices.url == address

    alices.get_by_role("button", name="Save").click()
    alices.wait_for_url("**/talks/**")
    names = [row.speaker.name for row in Talk.objects.get().appearances.select_related("speaker")]
    assert names == ["Daniel Lee", "Sebastian Seung"]
