"""Forms by themselves: what they clean, and what they ask."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.contrib.auth.models import User
from django.http import QueryDict
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from events.forms import ConferenceSheet, TalkSheet
from events.forms.sheets import Sheet
from events.forms.talks import moments_of
from events.forms.typed import LineField, ParagraphsField
from events.models import Conference, Day
from tests.factories import a_conference


def sent(**values: str) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update(values)
    return data


@given(st.text(max_size=80))
def test_a_line_is_one_line_in_one_form(text: str) -> None:
    cleaned = LineField(required=False).clean(text)

    assert cleaned == LineField(required=False).clean(cleaned)
    assert "\n" not in cleaned


def test_paragraphs_keep_their_lines() -> None:
    assert ParagraphsField().clean(" one\r\n\r\ntwo ") == "one\n\ntwo"


@given(st.times(), st.times() | st.none(), st.sampled_from(["Asia/Seoul", "Europe/Brussels", "America/New_York"]))
def test_an_end_is_never_before_its_beginning(start: time, end: time | None, zone: str) -> None:
    # The night in which Brussels sets its clocks back.
    on = date(2025, 10, 25)
    starts_at, ends_at = moments_of(Day(date=on), start, end, Conference(timezone=zone))

    assert starts_at is not None
    assert ends_at is None or timedelta(0) <= ends_at - starts_at < timedelta(hours=26)


def test_without_a_day_or_a_beginning_there_is_no_moment() -> None:
    conference = Conference(timezone="Asia/Seoul")

    assert moments_of(None, time(10), time(11), conference) == (None, None)
    assert moments_of(Day(date=date(2022, 11, 8)), None, None, conference) == (None, None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("starts_on", "ends_on"), [("2022-11-08", "11/9"), ("8 Nov 2022", "9 Nov"), ("2022년 11월 8일", "11월 9일(수)")]
)
def test_a_last_day_without_a_year_is_near_the_first(starts_on: str, ends_on: str) -> None:
    sheet = ConferenceSheet(
        sent(name="Forum", starts_on=starts_on, ends_on=ends_on, timezone="Asia/Seoul", mode="online")
    )

    assert sheet.is_valid()
    assert (sheet.values()["starts_on"], sheet.values()["ends_on"]) == (date(2022, 11, 8), date(2022, 11, 9))


def test_a_form_never_touches_the_row_it_shows(person: User) -> None:
    conference = a_conference(person)
    sheet = ConferenceSheet(sent(name="Another", starts_on="", ends_on=""), conference)

    assert not sheet.is_valid()
    assert conference.name == "Example AI Forum"


def test_problems_speak_the_persons_language_and_name_the_field(person: User) -> None:
    sheet = TalkSheet(sent(kind="talk", start="nonsense"), person=person, conference=a_conference(person))

    assert not sheet.is_valid()
    with override("en"):
        (problem,) = sheet.problems
    assert (problem.field, problem.label) == ("id_start", "Starts")
    assert "“nonsense”" in problem.sentence


def test_an_unbound_sheet_has_no_problems(person: User) -> None:
    sheet = TalkSheet(None, person=person, conference=a_conference(person))

    assert sheet.problems == []
    assert not sheet.more_is_open


def test_a_sheet_does_not_know_what_it_saves_as() -> None:
    with pytest.raises(NotImplementedError):
        Sheet(None).values()


def test_two_rows_of_one_date_are_one_day(person: User) -> None:
    rows = {"days-TOTAL_FORMS": "2", "days-0-date": "2022-11-08", "days-0-held": "on"}
    rows |= {"days-1-date": "2022-11-08", "days-1-held": "on", "days-1-host": "SAIT"}
    basic = {"name": "Forum", "starts_on": "2022-11-08", "ends_on": "2022-11-08"}
    sheet = ConferenceSheet(sent(**basic, timezone="Asia/Seoul", mode="online", **rows))

    assert sheet.is_valid()
    assert [draft.host for draft in sheet.values()["days"]] == ["SAIT"]


def test_days_are_named_by_number_and_date(person: User) -> None:
    sheet = TalkSheet(None, person=person, conference=a_conference(person))

    with override("ko"):
        labels = [str(label) for _value, label in sheet.form.fields["day"].choices]
    assert labels[1:] == ["1일차 · 11월 8일(화)", "2일차 · 11월 9일(수)"]
