"""Dates, times, zones and money as they are shown."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo, available_timezones

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from events.moments import (
    COMMON_ZONES,
    at,
    clock,
    clock_range,
    date_long,
    date_range,
    date_range_long,
    date_short,
    date_typed,
    day_number,
    duration,
    moment,
    money,
    programme_date,
    wall_clock,
    years_ago,
    zone_name,
)

SEOUL = ZoneInfo("Asia/Seoul")
BRUSSELS = "Europe/Brussels"
TUESDAY = date(2022, 11, 8)


def seoul(day, hour, minute=0):
    return datetime(2022, 11, day, hour, minute, tzinfo=SEOUL).astimezone(UTC)


def in_both(show):
    with translation.override("ko"):
        korean = show()
    with translation.override("en"):
        return korean, show()


# Dates


def test_a_date_in_both_languages():
    assert in_both(lambda: date_long(TUESDAY)) == ("2022. 11. 8.(화)", "Tue 8 Nov 2022")
    assert in_both(lambda: date_short(TUESDAY)) == ("11월 8일(화)", "Tue 8 Nov")
    assert in_both(lambda: date_typed(TUESDAY)) == ("2022. 11. 8.", "8 Nov 2022")


@pytest.mark.parametrize(
    ("last", "short", "long"),
    [
        (TUESDAY, ("11월 8일(화)", "Tue 8 Nov"), ("2022. 11. 8.(화)", "Tue 8 Nov 2022")),
        (date(2022, 11, 9), ("11월 8일(화)–9일(수)", "8–9 Nov"), ("2022. 11. 8.(화)–9.(수)", "8–9 Nov 2022")),
        (
            date(2022, 12, 1),
            ("11월 8일(화)–12월 1일(목)", "8 Nov – 1 Dec"),
            ("2022. 11. 8.(화)–12. 1.(목)", "8 Nov – 1 Dec 2022"),
        ),
        (
            date(2023, 1, 2),
            ("2022. 11. 8.(화)–2023. 1. 2.(월)", "8 Nov 2022 – 2 Jan 2023"),
            ("2022. 11. 8.(화)–2023. 1. 2.(월)", "8 Nov 2022 – 2 Jan 2023"),
        ),
        (
            date(2023, 11, 9),
            ("2022. 11. 8.(화)–2023. 11. 9.(목)", "8 Nov 2022 – 9 Nov 2023"),
            ("2022. 11. 8.(화)–2023. 11. 9.(목)", "8 Nov 2022 – 9 Nov 2023"),
        ),
    ],
)
def test_a_range_of_dates_says_nothing_twice(last, short, long):
    assert in_both(lambda: date_range(TUESDAY, last)) == short
    assert in_both(lambda: date_range_long(TUESDAY, last)) == long


def test_numbers_of_days_and_years():
    assert in_both(lambda: day_number(1)) == ("1일차", "Day 1")
    assert in_both(lambda: years_ago(3)) == ("3년 전 오늘", "On this day 3 years ago")
    assert in_both(lambda: years_ago(1)) == ("1년 전 오늘", "On this day 1 year ago")


def test_without_a_language_it_is_english():
    with translation.override(None):
        assert date_short(TUESDAY) == "Tue 8 Nov"


# Times


def test_clock_has_24_hours_and_marks_the_time_after_midnight():
    assert clock(seoul(8, 9, 30), SEOUL) == "09:30"
    assert clock(seoul(8, 14), "Asia/Seoul") == "14:00"
    assert clock(seoul(9, 0, 30), SEOUL) == "00:30 +1"
    assert clock(seoul(9, 9), SEOUL, day=TUESDAY) == "09:00 +1"
    assert clock(seoul(7, 22), SEOUL, day=TUESDAY) == "22:00 −1"
    assert wall_clock(seoul(9, 0, 30), SEOUL) == "00:30"


def test_clock_is_read_in_the_zone_asked_for():
    assert clock(seoul(8, 9, 30), BRUSSELS) == "01:30 +1"
    assert wall_clock(seoul(8, 17), BRUSSELS) == "09:00"


def test_clock_refuses_a_moment_without_a_zone():
    with pytest.raises(ValueError, match="zone"):
        clock(datetime(2022, 11, 8, 9), SEOUL)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        (seoul(8, 9, 30), seoul(8, 10, 30), "09:30–10:30"),
        (seoul(8, 9, 30), None, "09:30"),
        (seoul(8, 9, 30), seoul(8, 9, 30), "09:30"),
        (seoul(8, 23, 30), seoul(9, 0, 30), "23:30–00:30 +1"),
        (seoul(9, 0, 30), seoul(9, 1, 30), "00:30–01:30 +1"),
        (seoul(8, 9), seoul(9, 17), "09:00–17:00 +1"),
    ],
)
def test_clock_range_marks_the_next_day_once(start, end, shown):
    assert clock_range(start, end, SEOUL) == shown


def test_a_moment_has_date_and_time():
    assert in_both(lambda: moment(seoul(9, 0, 30), SEOUL)) == ("2022. 11. 9.(수) 00:30", "Wed 9 Nov 2022, 00:30")


@pytest.mark.parametrize(
    ("length", "korean", "english"),
    [
        (45, "45분", "45 min"),
        (60, "1시간", "1 h"),
        (90, "1시간 30분", "1 h 30 min"),
        (0, "0분", "0 min"),
        (timedelta(hours=2, minutes=5, seconds=59), "2시간 5분", "2 h 5 min"),
    ],
)
def test_duration_in_hours_and_minutes(length, korean, english):
    assert in_both(lambda: duration(length)) == (korean, english)


# Zones


@pytest.mark.parametrize(
    ("zone", "korean", "english"),
    [
        ("Asia/Seoul", "한국 시간", "Korean time"),
        (SEOUL, "한국 시간", "Korean time"),
        ("Europe/Brussels", "중부 유럽 시간", "Central European time"),
        ("America/Los_Angeles", "미국 태평양 시간", "US Pacific time"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires 시간", "Buenos Aires time"),
        ("UTC", "협정 세계시", "UTC"),
        ("Etc/GMT+5", "UTC−05:00", "UTC−05:00"),
    ],
)
def test_zone_name_is_what_people_call_it(zone, korean, english):
    assert in_both(lambda: zone_name(zone)) == (korean, english)


def test_zone_name_is_never_the_id():
    with translation.override("en"):
        for zone in available_timezones() - {"UTC"}:
            name = zone_name(zone)
            assert name
            assert name != zone
            assert not {"/", "_"} & set(name)


def test_common_zones_exist_and_have_names_of_their_own():
    assert set(COMMON_ZONES) <= available_timezones()
    for names in zip(*(in_both(lambda zone=zone: zone_name(zone)) for zone in COMMON_ZONES), strict=True):
        assert len(set(names)) == len(COMMON_ZONES)


def test_zones_that_share_a_name_share_their_clock():
    """One name for two clocks would be a lie on a page."""
    with translation.override("en"):
        by_name = {zone_name(zone): zone for zone in COMMON_ZONES}
        for zone in available_timezones():
            if first := by_name.get(zone_name(zone)):
                for month in range(1, 13):
                    noon = datetime(2026, month, 15, 12, tzinfo=UTC)
                    assert wall_clock(noon, zone) == wall_clock(noon, first), (zone, first)


# Money


@pytest.mark.parametrize(
    ("amount", "currency", "korean", "english"),
    [
        ("15000", "KRW", "15,000원", "₩15,000"),
        ("15000.00", "krw", "15,000원", "₩15,000"),
        ("0", "KRW", "0원", "₩0"),
        ("0.5", "KRW", "0.50원", "₩0.50"),
        ("12.5", "EUR", "€12.50", "€12.50"),
        ("1234.5", "USD", "$1,234.50", "$1,234.50"),
        ("-3", "GBP", "−£3.00", "−£3.00"),
        ("12.5", "CHF", "12.50 CHF", "12.50 CHF"),
        ("1500", "JPY", "1,500 JPY", "1,500 JPY"),
    ],
)
def test_money_as_people_write_it(amount, currency, korean, english):
    assert in_both(lambda: money(Decimal(amount), currency)) == (korean, english)


# The programme's day


def test_after_midnight_belongs_to_the_evening_before():
    assert programme_date(seoul(9, 0, 30), SEOUL) == TUESDAY
    assert programme_date(seoul(9, 3, 59), SEOUL) == TUESDAY
    assert programme_date(seoul(9, 4), SEOUL) == date(2022, 11, 9)
    assert programme_date(seoul(9, 0, 30), SEOUL, day_change=time(0)) == date(2022, 11, 9)


def test_a_reading_after_midnight_is_the_next_morning():
    assert at(TUESDAY, time(9, 30), SEOUL) == seoul(8, 9, 30)
    assert at(TUESDAY, time(0, 30), SEOUL) == seoul(9, 0, 30)
    assert at(TUESDAY, time(0, 30), SEOUL, day_change=time(0)) == seoul(8, 0, 30)
    assert at(TUESDAY, time(9, 30), SEOUL).tzinfo is UTC


def test_a_reading_that_occurs_twice_is_the_first_one():
    """In Brussels 02:30 of 30 October 2022 came twice; summer time first."""
    first = at(date(2022, 10, 29), time(2, 30, fold=1), BRUSSELS)
    assert first == datetime(2022, 10, 30, 0, 30, tzinfo=UTC)


def test_a_reading_that_never_occurs_is_as_long_after_the_change():
    """In Brussels the clocks went from 02:00 to 03:00 on 27 March 2022."""
    skipped = at(date(2022, 3, 26), time(2, 30), BRUSSELS)
    assert skipped == datetime(2022, 3, 27, 1, 30, tzinfo=UTC)
    assert wall_clock(skipped, BRUSSELS) == "03:30"


@given(
    st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    st.times().map(lambda reading: reading.replace(second=0, microsecond=0)),
    st.sampled_from(["Asia/Seoul", "Asia/Kolkata", "Asia/Tokyo", "America/New_York", "Europe/Brussels"]),
)
def test_a_reading_belongs_to_its_day(day, reading, zone):
    found = at(day, reading, zone)
    assert programme_date(found, zone) == day
    assert wall_clock(found, zone) == f"{reading:%H:%M}" or reading.hour in {2, 3}
