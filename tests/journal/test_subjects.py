"""What an entry is about never contradicts itself, and follows the talk."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from events.models import Room
from journal.models import Entry
from journal.subjects import Subject
from tests.factories import a_conference, a_talk, an_entry

pytestmark = pytest.mark.django_db


def test_the_talk_fills_in_the_conference_and_keeps_the_day_to_itself(person: User) -> None:
    conference = a_conference(person)
    talk = a_talk(conference)
    settled = Subject(talk=talk, day=talk.day, on=date(2022, 11, 8)).settled()
    assert settled == Subject(conference=conference, talk=talk)


def test_a_day_or_a_room_fills_in_the_conference(person: User) -> None:
    conference = a_conference(person)
    day = conference.days.first()
    room = Room.objects.create(conference=conference, name="Grand Ballroom")
    assert Subject(day=day, on=day.date).settled() == Subject(conference=conference, day=day)
    assert Subject(room=room).settled() == Subject(conference=conference, room=room)


def test_nothing_at_all_is_unfiled(person: User) -> None:
    assert Subject().is_empty()
    assert Subject(on=date(2022, 11, 7)).is_empty()
    loose = an_entry(person, on=date(2022, 11, 7))
    an_entry(person, conference=a_conference(person))
    assert list(Entry.objects.unfiled()) == [loose]


@pytest.mark.parametrize(("wrong", "field"), [("conference", "talk"), ("day", "day"), ("on", "on"), ("room", "room")])
def test_a_contradiction_names_the_two_that_disagree(person: User, wrong: str, field: str) -> None:
    conference, other = a_conference(person), a_conference(person, name="Another forum")
    room = Room.objects.create(conference=conference, name="Hall 1")
    talk = a_talk(conference, room=room)
    parts = {
        "conference": other,
        "day": conference.days.order_by("date").last(),
        "on": date(2022, 11, 9),
        "room": Room.objects.create(conference=conference, name="Hall 2"),
    }
    with pytest.raises(ValidationError) as refusal:
        Subject(talk=talk, **{wrong: parts[wrong]}).settled()
    assert list(refusal.value.message_dict) == [field]


def test_a_day_of_another_conference_is_refused_and_nothing_is_written(person: User) -> None:
    conference, other = a_conference(person), a_conference(person, name="Another forum")
    with pytest.raises(ValidationError):
        an_entry(person, conference=conference, day=other.days.first())
    assert not Entry.objects.exists()


def test_the_date_follows_the_talk_when_it_moves(person: User) -> None:
    conference = a_conference(person)
    talk = a_talk(conference)
    an_entry(person, talk=talk)
    talk.day = conference.days.order_by("date").last()
    talk.save()
    assert Entry.objects.counted().get().counted_on == date(2022, 11, 9)


def test_clean_is_the_same_rule(person: User) -> None:
    conference, other = a_conference(person), a_conference(person, name="Another forum")
    entry = Entry(owner=person, kind="note", conference=other, talk=a_talk(conference))
    with pytest.raises(ValidationError):
        entry.full_clean()
