"""Who sees what of the world."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser, User

from events.models import Appearance, Conference, Day, FormerSlug, Link, Room, Series, Speaker, Talk, Venue
from events.querysets import Person
from events.services import AppearanceDraft, DayDraft, LinkDraft, add_conference, add_talk
from tests.factories import a_conference, a_talk

KINDS = [Series, Conference, Day, Room, Venue, Talk, Appearance, Speaker, Link]


def seen(person: Person) -> dict[str, int]:
    """How many rows of each kind the person sees."""
    return {kind.__name__: kind.objects.visible_to(person).count() for kind in KINDS}


def a_whole_conference(person: User, *, listed: bool, talk_listed: bool) -> Conference:
    conference = add_conference(
        person=person,
        name="Forum",
        series="Forum",
        starts_on=date(2022, 11, 8),
        ends_on=date(2022, 11, 8),
        days=[DayDraft(date=date(2022, 11, 8), venue="COEX")],
        links=[LinkDraft(url="https://example.org/")],
        listed=listed,
    )
    add_talk(
        person=person,
        conference=conference,
        title="One",
        room="Hall",
        day=conference.days.get(),
        speakers=[AppearanceDraft(name="Ada Kim")],
        links=[LinkDraft(url="https://example.org/slides")],
        listed=talk_listed,
    )
    return conference


EVERYTHING = {
    "Series": 1,
    "Conference": 1,
    "Day": 1,
    "Room": 1,
    "Venue": 1,
    "Talk": 1,
    "Appearance": 1,
    "Speaker": 1,
    "Link": 2,
}
NOTHING = dict.fromkeys(EVERYTHING, 0)
THE_CONFERENCE_ALONE = {**NOTHING, "Series": 1, "Conference": 1, "Day": 1, "Venue": 1, "Link": 1}


@pytest.mark.parametrize(
    ("listed", "talk_listed", "expected"),
    [(False, False, NOTHING), (False, True, NOTHING), (True, False, THE_CONFERENCE_ALONE), (True, True, EVERYTHING)],
)
def test_visible_to_follows_conference_and_talk(
    person: User, stranger: User, staff: User, listed: bool, talk_listed: bool, expected: dict[str, int]
) -> None:
    a_whole_conference(person, listed=listed, talk_listed=talk_listed)

    assert seen(person) == EVERYTHING
    for other in (stranger, staff, AnonymousUser()):
        assert seen(other) == expected


def test_a_listed_talks_unlisted_sibling_stays_unseen(person: User, stranger: User) -> None:
    conference = a_conference(person, listed=True)
    listed = a_talk(conference, listed=True, speaker="Ada Kim")
    a_talk(conference, title="Hidden", speaker="Hidden Person")

    talks = Talk.objects.visible_to(stranger).with_speakers()
    assert [talk.title for talk in talks] == [listed.title]
    assert [speaker.name for speaker in Speaker.objects.visible_to(stranger)] == ["Ada Kim"]


def test_a_talk_of_ones_own_in_an_unseen_conference_is_unseen(person: User, stranger: User) -> None:
    conference = a_conference(person, listed=True)
    a_talk(conference, added_by=stranger)
    assert Talk.objects.visible_to(stranger).exists()

    Conference.objects.update(listed=False)
    assert not Talk.objects.visible_to(stranger).exists()


def test_the_room_of_an_unseen_talk_is_unseen_and_an_empty_one_is_not(person: User, stranger: User) -> None:
    conference = a_conference(person, listed=True)
    a_talk(conference, room=Room.objects.create(conference=conference, name="Hidden suite"))
    Room.objects.create(conference=conference, name="Hall")

    assert [room.name for room in Room.objects.visible_to(stranger)] == ["Hall"]
    assert Room.objects.visible_to(person).count() == 2


def test_a_venue_shows_through_a_room_too(person: User, stranger: User) -> None:
    conference = a_conference(person, listed=True)
    venue = Venue.objects.create(name="COEX", added_by=person)
    assert not Venue.objects.visible_to(stranger).exists()

    Room.objects.create(conference=conference, name="Hall", venue=venue)
    assert Venue.objects.visible_to(stranger).get() == venue


def test_links_of_a_speaker_follow_the_speaker(person: User, stranger: User) -> None:
    talk = a_talk(a_conference(person, listed=True), speaker="Ada Kim")
    Link.objects.create(url="https://example.org/", speaker=talk.appearances.get().speaker)
    assert not Link.objects.visible_to(stranger).exists()

    Talk.objects.update(listed=True)
    assert Link.objects.visible_to(stranger).count() == 1


def test_a_visitor_owns_nothing(person: User) -> None:
    a_conference(None)

    assert not Conference.objects.visible_to(AnonymousUser()).exists()


def test_talks_stand_in_the_order_of_the_programme(person: User) -> None:
    conference = a_conference(person)
    first, second = conference.days.order_by("date")
    timeless = a_talk(conference, title="timeless", day=first, starts_at=None, ends_at=None)
    late = a_talk(conference, title="late", day=second)
    early = a_talk(conference, title="early", day=first)
    dayless = Talk.objects.create(conference=conference, title="dayless", added_by=person)

    assert list(Talk.objects.in_programme_order()) == [early, timeless, late, dayless]
    assert list(Talk.objects.on(second)) == [late]


def test_talks_of_a_venue_are_in_its_rooms_or_on_its_days(person: User) -> None:
    conference = a_conference(person)
    venue = Venue.objects.create(name="COEX")
    other = Venue.objects.create(name="Elsewhere")
    first, second = conference.days.order_by("date")
    Day.objects.filter(pk=first.pk).update(venue=venue)
    by_day = a_talk(conference, title="by day", day=first)
    by_room = a_talk(
        conference, title="by room", day=second, room=Room.objects.create(conference=conference, venue=venue)
    )
    a_talk(conference, title="not", day=first, room=Room.objects.create(conference=conference, venue=other))

    assert set(Talk.objects.of_venue(venue)) == {by_day, by_room}


def test_conferences_of_a_year(person: User) -> None:
    conference = a_conference(person)

    assert Conference.objects.in_year(2022).get() == conference
    assert not Conference.objects.in_year(2021).exists()


def test_days_come_with_their_venues(person: User, django_assert_num_queries: object) -> None:
    conference = a_conference(person, days=5)

    with django_assert_num_queries(1):  # type: ignore[operator]
        assert [day.venue for day in conference.days.with_venues()] == [None] * 5


def test_former_slugs_follow_what_they_lead_to(person: User, stranger: User) -> None:
    conference = a_conference(person)
    former = conference.former_slugs.create(slug="hidden", year=2022)
    assert list(FormerSlug.objects.visible_to(person)) == [former]
    assert not FormerSlug.objects.visible_to(stranger).exists()
    Conference.objects.update(listed=True)
    assert list(FormerSlug.objects.visible_to(stranger)) == [former]
