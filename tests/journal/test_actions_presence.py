"""The verbs of being there: attendance, the log of a day, marks; each does all it says or nothing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from journal import access, actions
from journal.actions.presence import suggested_ribbon
from journal.models import Attendance, DayLog, Mark
from tests.factories import a_conference, a_talk, an_entry

NINE = datetime(2022, 11, 8, 0, 0, tzinfo=UTC)


def test_attend_is_once_and_changes_only_what_is_given(person: User) -> None:
    conference = a_conference(person)
    actions.attend(owner=person, conference=conference, companions="friends", ribbon=120)
    actions.attend(owner=person, conference=conference, lodging="Airbnb in Samseong-dong")
    kept = Attendance.objects.get()
    assert (kept.companions, kept.lodging, kept.ribbon) == ("friends", "Airbnb in Samseong-dong", 120)


def test_suggested_ribbon_is_the_same_for_every_edition_and_a_hue_of_the_stylesheet(person: User) -> None:
    ribbon = suggested_ribbon(a_conference(person))
    assert ribbon == suggested_ribbon(a_conference(person))
    assert ribbon % 10 == 0
    assert 0 <= ribbon < 360


def test_log_day_says_that_one_was_there(person: User) -> None:
    conference = a_conference(person)
    actions.log_day(owner=person, day=conference.days.first(), mood="luxurious, a bit stiff")
    assert access.attendance(person, conference) is not None
    assert DayLog.objects.get().mood == "luxurious, a bit stiff"


def test_log_day_with_two_highlights_is_refused_whole(person: User) -> None:
    conference = a_conference(person)
    talk, entry = a_talk(conference), an_entry(person, conference=conference)
    with pytest.raises(ValidationError):
        actions.log_day(owner=person, day=conference.days.first(), mood="x", highlight_talk=talk, highlight_entry=entry)
    assert not DayLog.objects.exists()
    assert not Attendance.objects.exists()


def test_note_and_clear_arrival_leave_the_rest_alone(person: User) -> None:
    day = a_conference(person).days.first()
    actions.log_day(owner=person, day=day, mood="astonished", left=NINE)
    actions.note_arrival(owner=person, day=day, at=NINE, about=True)
    log = actions.clear_arrival(owner=person, day=day)
    assert (log.arrived, log.arrived_about, log.left, log.mood) == (None, False, NINE, "astonished")


def test_mark_talk_by_stars_alone_means_that_it_was_heard(person: User) -> None:
    talk = a_talk(a_conference(person))
    assert actions.mark_talk(owner=person, talk=talk, rating=5).state == Mark.State.ATTENDED
    assert actions.mark_talk(owner=person, talk=talk, verdict="it clicked").rating == 5
    actions.clear_mark(owner=person, talk=talk)
    assert not Mark.objects.exists()


def test_mark_talk_with_six_stars_is_refused(person: User) -> None:
    with pytest.raises(ValidationError):
        actions.mark_talk(owner=person, talk=a_talk(a_conference(person)), rating=6)
    assert not Mark.objects.exists()


def test_marks_of_two_people_are_two(person: User, stranger: User) -> None:
    talk = a_talk(a_conference(person, listed=True), listed=True)
    actions.mark_talk(owner=person, talk=talk, state=Mark.State.WANT)
    actions.mark_talk(owner=stranger, talk=talk, state=Mark.State.MISSED)
    actions.clear_mark(owner=stranger, talk=talk)
    assert Mark.objects.get().owner == person
