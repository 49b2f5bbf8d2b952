"""How a page obtains a thing of the world."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.http import Http404

from events import access
from events.access import Moved
from events.models import Conference, Series, Speaker, Talk, Venue
from tests.factories import a_conference, a_talk


def test_each_thing_is_found_by_its_address(person: User) -> None:
    conference = a_conference(person)
    talk = a_talk(conference, speaker="Ada Kim")
    speaker = talk.appearances.get().speaker
    venue = Venue.objects.create(name="COEX", added_by=person)
    series = Series.objects.create(name="Forum")
    Conference.objects.update(series=series)

    assert access.conference(person, 2022, conference.slug) == conference
    assert access.day(person, 2022, conference.slug, date(2022, 11, 8)).conference == conference
    assert access.talk(person, 2022, conference.slug, talk.slug) == talk
    assert access.speaker(person, speaker.slug) == speaker
    assert access.venue(person, venue.slug) == venue
    assert access.series(person, series.slug) == series


@pytest.mark.parametrize("other", ["stranger", "staff", "visitor"])
def test_what_one_may_not_see_is_404(person: User, stranger: User, staff: User, other: str) -> None:
    who = {"stranger": stranger, "staff": staff, "visitor": AnonymousUser()}[other]
    conference = a_conference(person)
    talk = a_talk(conference, speaker="Ada Kim")
    speaker = talk.appearances.get().speaker

    for find in (
        lambda: access.conference(who, 2022, conference.slug),
        lambda: access.day(who, 2022, conference.slug, date(2022, 11, 8)),
        lambda: access.talk(who, 2022, conference.slug, talk.slug),
        lambda: access.speaker(who, speaker.slug),
    ):
        with pytest.raises(Http404):
            find()


def test_a_date_or_year_that_is_not_there_is_404(person: User) -> None:
    conference = a_conference(person)

    with pytest.raises(Http404):
        access.day(person, 2022, conference.slug, date(2022, 11, 10))
    with pytest.raises(Http404):
        access.conference(person, 2021, conference.slug)


def test_a_former_slug_raises_moved_for_those_who_may_see(person: User, stranger: User) -> None:
    slug = a_conference(person).slug
    conference = Conference.objects.get()
    conference.slug = "better"
    conference.save()

    with pytest.raises(Moved) as moved:
        access.conference(person, 2022, slug)
    assert moved.value.kwargs == {"slug": "better", "year": 2022}
    with pytest.raises(Http404):
        access.conference(stranger, 2022, slug)


def test_a_former_slug_of_a_talk_is_one_of_its_conference(person: User) -> None:
    conference, other = a_conference(person), a_conference(person, name="Another")
    slug = a_talk(conference).slug
    talk = Talk.objects.get()
    talk.slug = "better"
    talk.save()

    with pytest.raises(Moved) as moved:
        access.talk(person, 2022, conference.slug, slug)
    assert moved.value.kwargs == {"talk_slug": "better"}
    with pytest.raises(Http404):
        access.talk(person, 2022, other.slug, slug)


def test_who_may_change(person: User, stranger: User, staff: User) -> None:
    conference = a_conference(person, listed=True)
    talk = a_talk(conference, added_by=stranger, listed=True)
    speaker = Speaker.objects.create(name="Ada Kim", added_by=stranger)
    series = Series.objects.create(name="Forum")

    assert [access.may_change(who, conference) for who in (person, stranger, staff)] == [True, False, True]
    assert [access.may_change(who, talk.day) for who in (person, stranger, staff)] == [True, False, True]
    assert [access.may_change(who, talk) for who in (person, stranger, staff)] == [True, True, True]
    assert [access.may_change(who, speaker) for who in (person, stranger, staff)] == [False, True, True]
    assert [access.may_change(who, series) for who in (person, stranger, staff)] == [False, False, True]


@pytest.mark.parametrize("make", ["conference", "talk", "speaker", "venue"])
def test_what_nobody_added_is_changed_by_staff_only(person: User, staff: User, make: str) -> None:
    conference = a_conference(None, listed=True)
    things = {
        "conference": lambda: conference,
        "talk": lambda: a_talk(conference, listed=True),
        "speaker": lambda: Speaker.objects.create(name="Ada Kim"),
        "venue": lambda: Venue.objects.create(name="COEX"),
    }
    thing = things[make]()

    for who in (person, AnonymousUser()):
        with pytest.raises(PermissionDenied):
            access.to_change(who, thing)
    assert access.to_change(staff, thing) == thing
