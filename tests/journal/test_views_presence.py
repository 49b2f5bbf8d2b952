"""Being there by its pages: attendance, the log of a day, one tap with undo."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from events.models import Conference, Day, Talk
from events.moments import programme_date
from journal import access, actions
from journal.models import Attendance, DayLog, Mark
from tests.factories import a_conference, a_talk, an_entry
from tests.journal.undoing import undo_in


@pytest.fixture
def conference(person: User) -> Conference:
    """Two days in November 2022, listed, so that everyone here sees the world's side of it."""
    return a_conference(person, listed=True)


@pytest.fixture
def day(conference: Conference) -> Day:
    return conference.days.order_by("date")[0]


@pytest.fixture
def talk(conference: Conference) -> Talk:
    return a_talk(conference, listed=True, speaker="Yoshua Bengio")


@pytest.fixture
def today(person: User) -> Day:
    """The first day of a conference that runs today, whatever day it is."""
    starts_on = programme_date(timezone.now(), a_conference(person).zone)
    return a_conference(person, starts_on=starts_on, listed=True).days.order_by("date")[0]


# Attendance


def test_attendance_by_the_form(persons_browser: Client, person: User, conference: Conference) -> None:
    address = f"{conference.get_absolute_url()}attendance/"
    assert 'class="hue-210"' in persons_browser.get(address).content.decode()
    typed = {"mode": "in_person", "role": "attendee", "ribbon": "210", "companions": "친구들", "lodging": "삼성동"}
    assert persons_browser.post(address, typed).headers["Location"] == conference.get_absolute_url()
    kept = access.attendance(person, conference)
    assert kept is not None
    assert (kept.ribbon, kept.companions, kept.lodging) == (210, "친구들", "삼성동")


def test_attendance_with_a_mistake_keeps_what_was_typed(persons_browser: Client, conference: Conference) -> None:
    typed = {"mode": "by_balloon", "role": "attendee", "ribbon": "211", "companions": "친구들"}
    response = persons_browser.post(f"{conference.get_absolute_url()}attendance/", typed)
    assert response.status_code == 422
    assert "친구들" in response.content.decode()
    assert not Attendance.objects.exists()


def test_attend_by_one_tap_with_undo(persons_browser: Client, conference: Conference) -> None:
    address = f"{conference.get_absolute_url()}attend/"
    assert persons_browser.post(address).headers["Location"] == conference.get_absolute_url()
    assert Attendance.objects.count() == 1
    undo = undo_in(persons_browser)
    persons_browser.post(address)
    assert persons_browser.post(undo).status_code == 302
    assert not Attendance.objects.exists()


def test_attend_at_an_online_conference_is_online(persons_browser: Client, person: User) -> None:
    online = a_conference(person, mode=Conference.Mode.ONLINE)
    persons_browser.post(f"{online.get_absolute_url()}attend/")
    assert Attendance.objects.get().mode == Attendance.Mode.ONLINE


def test_attendance_withdraw_and_its_undo_lose_no_word(
    persons_browser: Client, person: User, conference: Conference
) -> None:
    actions.attend(owner=person, conference=conference, expectation="little\nor nothing" * 500, ribbon=40)
    entry = an_entry(person, conference=conference)
    persons_browser.post(f"{conference.get_absolute_url()}attendance/withdraw/")
    assert not Attendance.objects.exists()
    persons_browser.post(undo_in(persons_browser))
    kept = Attendance.objects.get()
    assert (kept.expectation, kept.ribbon) == ("little\nor nothing" * 500, 40)
    assert access.entry(person, entry.uid)


def test_attendance_withdraw_of_none_is_404(persons_browser: Client, conference: Conference) -> None:
    assert persons_browser.post(f"{conference.get_absolute_url()}attendance/withdraw/").status_code == 404
    assert persons_browser.post(f"{conference.get_absolute_url()}attendance/restore/").status_code == 302
    assert not Attendance.objects.exists()


# The log of a day


def test_day_log_by_the_form(persons_browser: Client, person: User, day: Day, talk: Talk) -> None:
    address = f"{day.get_absolute_url()}log/"
    assert talk.display_title() in persons_browser.get(address).content.decode()
    typed = {
        "mood": "luxurious, a bit stiff",
        "rating": "4",
        "arrived": "9시쯤",
        "left": "17:40",
        "travel": "KTX",
        "mode": "in_person",
        "highlight": f"talk:{talk.pk}",
    }
    assert persons_browser.post(address, typed).headers["Location"] == day.get_absolute_url()
    log = DayLog.objects.get()
    assert (log.mood, log.rating, log.travel, log.mode) == ("luxurious, a bit stiff", 4, "KTX", "in_person")
    assert (log.arrived, log.arrived_about) == (datetime(2022, 11, 8, 0, 0, tzinfo=UTC), True)
    assert (log.left, log.left_about) == (datetime(2022, 11, 8, 8, 40, tzinfo=UTC), False)
    assert log.highlight_talk == talk
    assert access.attendance(person, day.conference) is not None


def test_day_log_with_a_highlight_that_was_written(persons_browser: Client, person: User, day: Day) -> None:
    entry = an_entry(person, conference=day.conference, day=day, text="전복과 새우")
    elsewhere = an_entry(person, text="not of this day")
    page = persons_browser.get(f"{day.get_absolute_url()}log/").content.decode()
    assert "전복과 새우" in page
    assert "not of this day" not in page
    address = f"{day.get_absolute_url()}log/"
    assert persons_browser.post(address, {"highlight": f"entry:{elsewhere.uid}"}).status_code == 422
    persons_browser.post(address, {"highlight": f"entry:{entry.uid}"})
    assert DayLog.objects.get().highlight_entry == entry


def test_day_log_offers_texts_as_highlights_without_their_markup(
    persons_browser: Client, person: User, day: Day
) -> None:
    an_entry(person, text="# **Waving** at [robots](https://example.com)", conference=day.conference, day=day)
    page = persons_browser.get(f"{day.get_absolute_url()}log/").content.decode()
    assert "Note: Waving at robots</option>" in page


def test_day_log_that_leaves_the_times_alone_keeps_their_seconds(
    persons_browser: Client, person: User, day: Day
) -> None:
    moment = datetime(2022, 11, 8, 0, 3, 27, tzinfo=UTC)
    actions.note_arrival(owner=person, day=day, at=moment)
    persons_browser.post(f"{day.get_absolute_url()}log/", {"arrived": "09:03", "mood": "quiet"})
    log = DayLog.objects.get()
    assert (log.arrived, log.mood) == (moment, "quiet")
    persons_browser.post(f"{day.get_absolute_url()}log/", {"arrived": "", "mood": "quiet"})
    assert DayLog.objects.get().arrived is None


@pytest.mark.parametrize(
    "typed",
    [{"arrived": "10:00", "left": "9:00"}, {"arrived": "soonish"}, {"rating": "9"}, {"mood": "x" * 301}],
)
def test_day_log_with_a_mistake_keeps_what_was_typed(persons_browser: Client, day: Day, typed: dict[str, str]) -> None:
    response = persons_browser.post(f"{day.get_absolute_url()}log/", {"travel": "KTX", **typed})
    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="KTX"' in page
    assert not DayLog.objects.exists()


def test_day_log_after_midnight_is_the_next_morning(persons_browser: Client, day: Day) -> None:
    persons_browser.post(f"{day.get_absolute_url()}log/", {"arrived": "18:00", "left": "00:30"})
    assert DayLog.objects.get().left == datetime(2022, 11, 8, 15, 30, tzinfo=UTC)


def shown_in(response: Any) -> str:
    """What the page says that it showed."""
    return html.unescape(re.search('name="shown" value="([^"]*)"', response.content.decode())[1])


def test_attendance_keeps_what_another_device_wrote_meanwhile(
    persons_browser: Client, person: User, conference: Conference
) -> None:
    actions.attend(owner=person, conference=conference, expectation="one\ntwo")
    address = f"{conference.get_absolute_url()}attendance/"
    shown = shown_in(persons_browser.get(address))
    actions.attend(owner=person, conference=conference, lodging="hotel", role="speaker")
    typed = {"mode": "in_person", "role": "attendee", "ribbon": "0", "expectation": "one\r\ntwo", "companions": "Kim"}
    persons_browser.post(address, {**typed, "lodging": "", "shown": shown})
    mine = Attendance.objects.get()
    assert (mine.companions, mine.lodging, mine.role, mine.expectation) == ("Kim", "hotel", "speaker", "one\ntwo")


def test_day_log_keeps_what_another_device_wrote_meanwhile(persons_browser: Client, person: User, day: Day) -> None:
    address = f"{day.get_absolute_url()}log/"
    shown = shown_in(persons_browser.get(address))
    moment = datetime(2022, 11, 8, 0, 3, 27, tzinfo=UTC)
    actions.log_day(owner=person, day=day, mood="quiet", arrived=moment)
    refused = persons_browser.post(address, {"mood": "", "arrived": "", "rating": "9", "shown": shown})
    assert shown_in(refused) == shown
    persons_browser.post(address, {"mood": "", "arrived": "", "rating": "4", "shown": shown})
    log = DayLog.objects.get()
    assert (log.mood, log.arrived, log.rating) == ("quiet", moment, 4)
    shown = shown_in(persons_browser.get(address))
    persons_browser.post(address, {"mood": "", "arrived": "", "rating": "4", "shown": shown})
    log = DayLog.objects.get()
    assert (log.mood, log.arrived, log.rating) == ("", None, 4)


# Arriving and leaving


def test_arrive_and_leave_by_one_tap_with_undo(persons_browser: Client, today: Day) -> None:
    for verb, column in (("arrive", "arrived"), ("leave", "left")):
        before = timezone.now()
        assert persons_browser.post(f"{today.get_absolute_url()}{verb}/").status_code == 302
        assert before <= getattr(DayLog.objects.get(), column) <= timezone.now()
        undo = undo_in(persons_browser)
        assert persons_browser.post(undo).status_code == 302
        assert getattr(DayLog.objects.get(), column) is None
    assert not Attendance.objects.exists()


def test_arrive_undo_restores_the_time_of_before(persons_browser: Client, person: User, today: Day) -> None:
    moment = timezone.now() - timedelta(hours=3)
    actions.note_arrival(owner=person, day=today, at=moment, about=True)
    persons_browser.post(f"{today.get_absolute_url()}arrive/")
    persons_browser.post(undo_in(persons_browser))
    log = DayLog.objects.get()
    assert (log.arrived, log.arrived_about) == (moment, True)
    assert Attendance.objects.exists()


def test_arrive_undo_keeps_what_was_written_since(persons_browser: Client, person: User, today: Day) -> None:
    persons_browser.post(f"{today.get_absolute_url()}arrive/")
    undo = undo_in(persons_browser)
    later = timezone.now() + timedelta(minutes=1)
    actions.note_arrival(owner=person, day=today, at=later)
    persons_browser.post(undo)
    assert DayLog.objects.get().arrived == later


def test_arrive_on_another_day_leads_to_the_form(persons_browser: Client, day: Day) -> None:
    response = persons_browser.post(f"{day.get_absolute_url()}arrive/", follow=True)
    assert response.redirect_chain[-1][0] == f"{day.get_absolute_url()}log/"
    assert "not today" in response.content.decode()
    assert not DayLog.objects.exists()


def test_undo_of_another_person_or_verb_is_404(persons_browser: Client, strangers_browser: Client, today: Day) -> None:
    persons_browser.post(f"{today.get_absolute_url()}arrive/")
    undo = undo_in(persons_browser)
    assert strangers_browser.post(undo).status_code == 404
    assert persons_browser.post(undo.replace("/arrive/", "/leave/")).status_code == 404
    assert persons_browser.post(f"{today.get_absolute_url()}arrive/undo/nonsense/").status_code == 404


# Whose it is


@pytest.mark.parametrize(
    "path", ["attend/", "attendance/", "attendance/withdraw/", "attendance/restore/", "marks/", "days/2022-11-08/log/"]
)
def test_presence_is_each_persons_own(
    strangers_browser: Client, staff_browser: Client, visitor: Client, person: User, conference: Conference, path: str
) -> None:
    actions.attend(owner=person, conference=conference, companions="xyzzy")
    actions.log_day(owner=person, day=conference.days.order_by("date")[0], mood="xyzzy")
    actions.mark_talk(owner=person, talk=a_talk(conference, listed=True), state="attended", verdict="xyzzy")
    address = f"{conference.get_absolute_url()}{path}"
    assert visitor.get(address).status_code == visitor.post(address).status_code == 302
    for other in (strangers_browser, staff_browser):
        assert b"xyzzy" not in other.get(address).content
        other.post(address, {"companions": "mine now", "mood": "mine now"})
    assert access.attendance(person, conference).companions == "xyzzy"
    assert DayLog.objects.of(person).get().mood == "xyzzy"
    assert Mark.objects.of(person).get().verdict == "xyzzy"


@pytest.mark.parametrize(
    "path",
    [
        "attend/",
        "attendance/",
        "attendance/withdraw/",
        "marks/",
        "days/2022-11-08/log/",
        "days/2022-11-08/arrive/",
        "days/2022-11-08/leave/",
        "talks/{slug}/mark/",
    ],
)
def test_presence_at_a_conference_one_may_not_see_is_404(
    strangers_browser: Client, staff_browser: Client, visitor: Client, person: User, path: str
) -> None:
    talk = a_talk(a_conference(person))
    address = talk.conference.get_absolute_url() + path.format(slug=talk.slug)
    for other, status in ((strangers_browser, 404), (staff_browser, 404), (visitor, 302)):
        assert other.post(address, {"state": "want"}).status_code == status
    assert not Mark.objects.exists()
    assert not Attendance.objects.exists()
