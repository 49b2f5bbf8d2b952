"""By whose clock a page goes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from events.models import Conference, Speaker, Talk
from events.moments import Elsewhere, clock, clock_range, known_zones, programme_date, zone_name
from journal import actions, people
from journal.middleware import PersonMiddleware
from journal.models import Entry
from journal.zones import COOKIE, zone_of_reader
from tests.factories import a_conference, a_talk, an_entry

pytestmark = pytest.mark.django_db

# The talk of the factory is at 10:00 in Seoul, which is 01:00 in UTC, 20:00 of the evening before in New York.
SEOUL, NEW_YORK = ZoneInfo("Asia/Seoul"), ZoneInfo("America/New_York")
OWN, THEIRS = "Show my own time", "Show the conference's time"


@pytest.fixture
def talk(person: User) -> Talk:
    talk = a_talk(a_conference(person))
    an_entry(person, talk=talk, fields={"at": talk.starts_at}, text="What she said.")
    actions.mark_talk(owner=person, talk=talk, state="attended")
    actions.note_arrival(owner=person, day=talk.day, at=datetime(2022, 11, 8, 0, 30, tzinfo=UTC))
    return talk


def pages(talk: Talk) -> dict[str, str]:
    """Every page of a conference that shows a clock time."""
    of = [talk.conference.year, talk.conference.slug]
    names = ("programme", "journal:timeline", "journal:report", "journal:marks")
    return {
        **{name: reverse(name, args=of) for name in names},
        "day": talk.day.get_absolute_url(),
        "talk": talk.get_absolute_url(),
    }


def read(browser: Client, address: str) -> str:
    return browser.get(address).content.decode()


def reading_in(browser: Client, zone: str) -> Client:
    browser.cookies[COOKIE] = zone
    return browser


def switch(browser: Client, own: str, following: str = "/") -> str:
    return browser.post(reverse("journal:times"), {"own": own, "next": following}).url


@pytest.mark.parametrize("zone", ["", "Asia/Seoul", "Asia/Tokyo", "ROK", "Mars/Olympus", "../../etc/passwd"])
def test_a_page_names_no_zone_where_the_reader_shares_its_clock_or_is_unknown(
    persons_browser: Client, talk: Talk, zone: str
) -> None:
    for name, address in pages(talk).items():
        page = read(reading_in(persons_browser, zone), address)
        assert "zone-note" not in page, name
        assert "Asia/" not in page, name


def test_a_page_names_the_conferences_zone_where_the_readers_clock_differs(persons_browser: Client, talk: Talk) -> None:
    for name, address in pages(talk).items():
        page = read(reading_in(persons_browser, "America/New_York"), address)
        assert "Times: Korean time" in page, name
        assert OWN in page, name
        assert ("09:30" if name == "journal:report" else "10:00") in page, name


def test_times_switches_every_page_to_the_readers_own_and_back(persons_browser: Client, talk: Talk) -> None:
    reading_in(persons_browser, "America/New_York")
    assert switch(persons_browser, "1", talk.get_absolute_url()) == talk.get_absolute_url()
    for name, address in pages(talk).items():
        page = read(persons_browser, address)
        assert "Times: US Eastern time" in page, name
        assert THEIRS in page, name
        assert ("19:30 −1" if name == "journal:report" else "20:00 −1") in page, name
        assert "10:00" not in page, name
    switch(persons_browser, "")
    assert "10:00" in read(persons_browser, talk.get_absolute_url())


def test_times_leads_nowhere_else(persons_browser: Client) -> None:
    assert switch(persons_browser, "1", "https://elsewhere.example/") == reverse("today")


def test_own_times_change_nothing_where_the_clock_is_the_same(persons_browser: Client, talk: Talk) -> None:
    switch(reading_in(persons_browser, "Asia/Tokyo"), "1")
    page = read(persons_browser, talk.get_absolute_url())
    assert "10:00" in page
    assert "zone-note" not in page


def test_the_zone_that_the_person_chose_wins_over_the_browsers(
    persons_browser: Client, person: User, talk: Talk
) -> None:
    reading_in(persons_browser, "Asia/Seoul").post(reverse("journal:preferences"), {"zone": "America/New_York"})
    assert "Times: Korean time" in read(persons_browser, talk.get_absolute_url())
    people.save_preferences(person=person, zone="Asia/Seoul")
    persons_browser.force_login(person)
    assert "Times:" not in read(reading_in(persons_browser, "America/New_York"), talk.get_absolute_url())


@pytest.mark.parametrize("own", ["", "1"])
def test_the_zone_costs_no_query(persons_browser: Client, talk: Talk, own: str) -> None:
    asked = []
    for zone in ("Asia/Seoul", "America/New_York"):
        switch(reading_in(persons_browser, zone), own)
        for address in pages(talk).values():
            persons_browser.get(address)
            with CaptureQueriesContext(connection) as captured:
                persons_browser.get(address)
            asked.append(len(captured))
    assert asked[: len(asked) // 2] == asked[len(asked) // 2 :]


@pytest.mark.parametrize("name", ["journal:day-log", "talk-edit", "journal:entry-edit"])
def test_forms_stay_in_the_conferences_zone_and_say_so_where_it_differs(
    persons_browser: Client, person: User, talk: Talk, name: str
) -> None:
    of = [talk.conference.year, talk.conference.slug]
    entry = an_entry(person, talk=talk, fields={"at": talk.starts_at})
    arguments = {
        "journal:day-log": [*of, talk.day.date],
        "talk-edit": [*of, talk.slug],
        "journal:entry-edit": [entry.uid],
    }
    address = reverse(name, args=arguments[name])
    typed = "09:30" if name == "journal:day-log" else "10:00"
    for own in ("", "1"):
        switch(reading_in(persons_browser, "America/New_York"), own)
        page = read(persons_browser, address)
        assert f'value="{typed}"' in page
        assert "Times: Korean time" in page
    assert "Times:" not in read(reading_in(persons_browser, "Asia/Seoul"), address)


def test_an_entry_among_those_of_many_conferences_names_its_zone_itself(
    persons_browser: Client, person: User, talk: Talk
) -> None:
    speaker = Speaker.objects.create(name="Ada Example", added_by=person)
    an_entry(person, conference=talk.conference, speaker=speaker, fields={"at": talk.starts_at}, text="We spoke.")
    address = speaker.get_absolute_url()
    assert "10:00 · Korean time" in read(reading_in(persons_browser, "America/New_York"), address)
    assert "Korean time" not in read(reading_in(persons_browser, "Asia/Seoul"), address)


def test_now_without_a_conference_is_the_readers_day(persons_browser: Client, person: User) -> None:
    reading_in(persons_browser, "Pacific/Kiritimati")
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        reading_in(persons_browser, zone).post(
            reverse("journal:entry-add", args=["note"]), {"text": "x", "part": "now"}
        )
    dates = list(Entry.objects.of(person).order_by("pk").values_list("on", flat=True))
    now = timezone.now()
    assert dates == [programme_date(now, ZoneInfo(zone)) for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago")]
    assert dates[0] > dates[1]


def test_the_zone_is_active_for_one_request_only(rf: RequestFactory, person: User) -> None:
    seen = []

    def view(_request: object) -> None:
        seen.append(timezone.get_current_timezone_name())

    for cookie in ("Asia/Seoul", "nonsense"):
        request = rf.get("/")
        request.session, request.user = {}, person
        request.COOKIES[COOKIE] = cookie
        PersonMiddleware(view)(request)  # type: ignore[arg-type]
    assert seen == ["Asia/Seoul", "UTC"]
    assert timezone.get_current_timezone_name() == "UTC"


@given(said=st.text() | st.sampled_from(["Asia/Seoul", "Asia/", "/etc/localtime", "Factory", "localtime"]))
def test_zone_of_reader_takes_known_names_only(said: str) -> None:
    request = HttpRequest()
    request.COOKIES[COOKIE] = said
    zone = zone_of_reader(request)
    assert (zone is not None) == (said in known_zones())
    assert zone is None or str(zone) == said


# The world's part


def test_elsewhere_counts_days_at_home() -> None:
    there = Elsewhere(NEW_YORK, home=SEOUL)
    morning, night = datetime(2022, 11, 8, 1, 0, tzinfo=UTC), datetime(2022, 11, 8, 15, 30, tzinfo=UTC)
    assert clock(morning, SEOUL) == "10:00"
    assert clock(morning, there) == "20:00 −1"
    assert clock(night, SEOUL) == "00:30 +1"
    assert clock(night, there) == "10:30"
    assert clock_range(morning, night, there) == "20:00 −1–10:30"
    assert programme_date(morning, there) == date(2022, 11, 8)
    with translation.override("ko"):
        assert zone_name(there) == "미국 동부 시간"


@pytest.mark.parametrize(
    ("home", "reader", "starts_on", "differs"),
    [
        ("Asia/Seoul", "Asia/Tokyo", date(2022, 11, 8), False),
        ("Asia/Seoul", "America/New_York", date(2022, 11, 8), True),
        # One country changes its clocks a week before the other.
        ("Europe/Brussels", "Africa/Lagos", date(2022, 11, 8), False),
        ("Europe/Brussels", "Africa/Lagos", date(2022, 7, 8), True),
        ("Europe/Brussels", "Africa/Lagos", date(2022, 10, 29), True),
    ],
)
def test_a_conference_differs_by_the_clock_on_its_days(home: str, reader: str, starts_on: date, differs: bool) -> None:
    conference = Conference(timezone=home, starts_on=starts_on, ends_on=starts_on.replace(day=starts_on.day + 1))
    assert conference.differs_from(ZoneInfo(reader)) is differs
