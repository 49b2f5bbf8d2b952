"""What the report tells, and what it leaves out."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from journal import actions
from journal.book import open_book
from journal.report import Choices, is_bare, report_of
from tests.factories import a_conference, a_photo, a_talk, an_entry

pytestmark = pytest.mark.django_db


def _kinds(person: User, choices: Choices | None = None) -> list[str]:
    from events.models import Conference

    report = report_of(open_book(person, Conference.objects.get()), choices or Choices())
    return [item.kind for day in report.days for item in day.items]


def test_encounters_are_told_only_on_request_and_counted_otherwise(person: User) -> None:
    conference = a_conference(person)
    an_entry(person, kind="encounter", conference=conference)
    assert _kinds(person) == []
    assert report_of(open_book(person, conference), Choices()).encounters == 1
    assert _kinds(person, Choices(encounters=True)) == ["encounter"]


def test_an_entry_begun_and_never_filled_is_no_heading(person: User) -> None:
    day = a_conference(person).days.first()
    bare = an_entry(person, kind="meal", text="", day=day)
    assert is_bare(bare)
    assert _kinds(person) == []
    told = an_entry(person, kind="meal", text="", day=day, details={"dishes": "김밥"})
    assert not is_bare(told)
    an_entry(person, kind="swag", text="", day=day, details={"item": "pen"})
    with_picture = an_entry(person, kind="swag", text="", day=day)
    a_photo(person, entry=with_picture)
    assert sorted(_kinds(person)) == ["meal", "swag", "swag"]


def test_a_talk_only_wanted_is_not_told_even_with_a_verdict(person: User) -> None:
    conference = a_conference(person)
    actions.mark_talk(owner=person, talk=a_talk(conference), state="want", verdict="looks good")
    assert _kinds(person) == []


def test_a_picture_of_an_off_record_passage_is_not_told(person: User) -> None:
    conference = a_conference(person)
    day = conference.days.first()
    photo = a_photo(person, subject=actions.entries.Subject(day=day))
    assert _kinds(person) == ["photo"]
    an_entry(person, day=day, text=f"open\n\n::: private\n![secret](photo:{photo.uid})\n:::\n")
    assert _kinds(person) == ["note"]
