"""Dates and times as people type them."""

import unicodedata
from datetime import UTC, date, datetime, time

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from events.moments import (
    NotUnderstood,
    Reading,
    clock,
    date_examples,
    date_long,
    date_short,
    date_typed,
    moment,
    read_date,
    read_time,
    time_examples,
    time_typed,
    wall_clock,
)

TODAY = date(2026, 3, 1)
NEAR = date(2022, 11, 8)
any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.text(
    "0123456789:./- 년월일시분반오전후쯤약apmnovdec~,()화", max_size=14
)
days = st.dates(date(1900, 1, 1), date(2199, 12, 31))
minutes = st.builds(time, st.integers(0, 23), st.integers(0, 59))
languages = st.sampled_from(["ko", "en"])


# Dates


@pytest.mark.parametrize(
    "typed",
    [
        "11/8",
        "11.8",
        "11-8",
        "11. 8.",
        "2022. 11. 8.",
        "2022.11.8",
        "2022-11-08",
        "2022/11/08",
        "20221108",
        "11월 8일",
        "11월8일",
        "11월 8일(화)",
        "11월 8일 화요일",
        "2022년 11월 8일",
        "2022. 11. 8.(화)",
        "8 Nov 2022",
        "8 Nov",
        "Nov 8",
        "nov. 8th",
        "8 November",
        "8th of November 2022",
        "Tue 8 Nov 2022",
        "Tuesday, 8 November 2022",
        "Nov 8 (Tue)",
        "November 8, 2022",
        "NOVEMBER 8 2022",
        "  11/8  ",
        "１１／８",
        "２０２２．１１．８",
        "11–8",
        unicodedata.normalize("NFD", "11월 8일"),
    ],
)
def test_read_date_understands_what_people_type(typed):
    assert read_date(typed, today=TODAY, near=NEAR) == NEAR


def test_read_date_takes_the_year_of_what_it_is_near():
    assert read_date("3/1", today=TODAY, near=NEAR) == date(2022, 3, 1)
    assert read_date("11/7", today=TODAY, near=NEAR) == date(2022, 11, 7)
    assert read_date("2021. 11. 7.", today=TODAY, near=NEAR) == date(2021, 11, 7)


def test_read_date_steps_over_new_year_beside_a_conference():
    assert read_date("1/2", today=TODAY, near=date(2022, 12, 30)) == date(2023, 1, 2)
    assert read_date("12/30", today=TODAY, near=date(2023, 1, 2)) == date(2022, 12, 30)


def test_read_date_without_a_year_is_nearest_to_today():
    assert read_date("12/30", today=date(2026, 1, 5)) == date(2025, 12, 30)
    assert read_date("1/5", today=date(2025, 12, 30)) == date(2026, 1, 5)
    assert read_date("2/28", today=TODAY) == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("typed", "day"), [("오늘", TODAY), ("Yesterday", date(2026, 2, 28)), ("내일", date(2026, 3, 2))]
)
def test_read_date_knows_today_and_its_neighbours(typed, day):
    assert read_date(typed, today=TODAY, near=NEAR) == day


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "11/31",
        "13/1",
        "2/29",
        "0/1",
        "8 Foo",
        "11",
        "1108",
        "8/11/2022",
        "22.11.8",
        "tomorrow?",
        "11월",
        "0001-01-01",
    ],
)
def test_read_date_refuses_what_is_no_day_or_could_be_two(typed):
    with pytest.raises(NotUnderstood):
        read_date(typed, today=TODAY, near=NEAR)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_not_understood_names_what_was_typed_and_what_may_be(language):
    with translation.override(language):
        with pytest.raises(NotUnderstood) as day:
            read_date("11/31", today=TODAY)
        with pytest.raises(NotUnderstood) as reading:
            read_time("x" * 500)
        assert "11/31" in str(day.value)
        assert date_examples() in str(day.value)
        assert time_examples() in str(reading.value)
        assert len(str(reading.value)) < 200


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_example_is_understood(language):
    with translation.override(language):
        for example in date_examples().replace(" (month/day)", "").split(", "):
            assert read_date(example, today=TODAY, near=NEAR) == NEAR
        for example in time_examples().split(", "):
            assert read_time(example)


@given(any_text, st.none() | days)
def test_read_date_of_anything_is_a_day_or_a_sentence(text, near):
    try:
        found = read_date(text, today=TODAY, near=near)
    except NotUnderstood:
        return
    assert 1900 <= found.year <= 2199


@given(days, languages)
def test_every_form_of_a_date_is_read_back(day, language):
    with translation.override(language):
        assert read_date(date_long(day), today=TODAY) == day
        assert read_date(date_typed(day), today=TODAY) == day
        assert read_date(date_short(day), today=TODAY, near=day) == day
    assert read_date(day.isoformat(), today=TODAY) == day


# Times


@pytest.mark.parametrize(
    ("typed", "reading"),
    [
        ("9:30", time(9, 30)),
        ("09:30", time(9, 30)),
        ("9.30", time(9, 30)),
        ("9:30:00", time(9, 30)),
        ("９：３０", time(9, 30)),
        ("9", time(9)),
        ("9시", time(9)),
        ("9시 반", time(9, 30)),
        ("9시반", time(9, 30)),
        ("9시 30분", time(9, 30)),
        ("14시5분", time(14, 5)),
        ("오전 9시", time(9)),
        ("오후 2시", time(14)),
        ("오후2시 반", time(14, 30)),
        ("오후 2:30", time(14, 30)),
        ("오후 14시", time(14)),
        ("오전 12시", time(0)),
        ("오후 12시", time(12)),
        ("새벽 1시", time(1)),
        ("저녁 7시", time(19)),
        ("밤 9시", time(21)),
        ("밤 12시", time(0)),
        ("밤 1시", time(1)),
        ("14:00", time(14)),
        ("1400", time(14)),
        ("930", time(9, 30)),
        ("2pm", time(14)),
        ("2 pm", time(14)),
        ("2:30 PM", time(14, 30)),
        ("2:30 p.m.", time(14, 30)),
        ("12am", time(0)),
        ("12 pm", time(12)),
        ("noon", time(12)),
        ("정오", time(12)),
        ("자정", time(0)),
        ("midnight", time(0)),
        ("24:00", time(0)),
        ("00:30 +1", time(0, 30)),
    ],
)
def test_read_time_understands_what_people_type(typed, reading):
    assert read_time(typed) == Reading(reading, about=False)


@pytest.mark.parametrize(
    "typed",
    [
        "9시쯤",
        "9시 쯤",
        "약 9시",
        "대략 9시",
        "오전 9시경",
        "about 9",
        "around 9am",
        "~9:00",
        "〜9:00",
        "9ish",
        "9:00쯤",
    ],
)
def test_read_time_keeps_that_it_was_about(typed):
    assert read_time(typed) == Reading(time(9), about=True)


@pytest.mark.parametrize(
    "typed", ["", "25:00", "9:60", "24:01", "13 시 am", "오전 14시", "soon", "9:3", "12345", "쯤", "~"]
)
def test_read_time_refuses_what_is_no_time(typed):
    with pytest.raises(NotUnderstood):
        read_time(typed)


@given(any_text)
def test_read_time_of_anything_is_a_time_or_a_sentence(text):
    try:
        found = read_time(text)
    except NotUnderstood:
        return
    assert isinstance(found.time, time)


@given(minutes, languages, st.booleans())
def test_every_form_of_a_time_is_read_back(reading, language, about):
    shown_at = datetime.combine(NEAR, reading, tzinfo=UTC)
    with translation.override(language):
        assert read_time(time_typed(reading, about=about)) == Reading(reading, about=about)
        assert read_time(clock(shown_at, "UTC")).time == reading
        assert read_time(wall_clock(shown_at, "UTC")).time == reading
        assert moment(shown_at, "UTC").endswith(wall_clock(shown_at, "UTC"))
