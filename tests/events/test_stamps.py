"""Every way to change what a programme shows sets another stamp, and nothing else does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from model_bakery import baker

from events.models import Appearance, Conference, Day, Room, Speaker, Talk, Venue
from events.stamps import PATHS

pytestmark = pytest.mark.django_db


class World:
    """A conference with one row of everything, and another conference."""

    def __init__(self) -> None:
        self.conference = _conference("Forum")
        self.other = _conference("Elsewhere")
        self.day = baker.make(Day, conference=self.conference, date="2022-11-08")
        self.room = baker.make(Room, conference=self.conference, name="Hall")
        self.talk = baker.make(Talk, conference=self.conference, day=self.day, room=self.room, title="Keynote")
        self.speaker = baker.make(Speaker, name="Sebastian Seung")
        self.appearance = baker.make(Appearance, talk=self.talk, speaker=self.speaker)

    def row(self, name: str) -> Conference | Day | Room | Talk | Appearance | Speaker:
        """The one of this kind."""
        return getattr(self, name.lower())


def _conference(name: str) -> Conference:
    return baker.make(Conference, name=name, starts_on="2022-11-08", ends_on="2022-11-09", listed=True)


@pytest.fixture
def world(db: None) -> World:
    return World()


def stamp_of(conference: Conference) -> str:
    """As it stands in the database."""
    return Conference.objects.values_list("programme_stamp", flat=True).get(pk=conference.pk)


@pytest.mark.parametrize("kind", PATHS)
def test_a_saved_row_sets_another_stamp_on_its_conference_alone(world: World, kind: str) -> None:
    before, other = stamp_of(world.conference), stamp_of(world.other)

    world.row(kind).save()

    assert stamp_of(world.conference) != before
    assert stamp_of(world.other) == other


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("Conference", {"timezone": "UTC"}),
        ("Day", {"title": "First"}),
        ("Room", {"name": "Auditorium"}),
        ("Talk", {"title": "Opening"}),
        ("Appearance", {"affiliation": "MILA"}),
        ("Speaker", {"name": "승현준"}),
    ],
)
@pytest.mark.parametrize("how", ["update", "bulk_update"])
def test_rows_changed_at_once_set_another_stamp(world: World, kind: str, change: dict[str, str], how: str) -> None:
    row, before, other = world.row(kind), stamp_of(world.conference), stamp_of(world.other)
    rows = type(row).objects.filter(pk=row.pk)

    if how == "update":
        rows.update(**change)
    else:
        for name, value in change.items():
            setattr(row, name, value)
        rows.bulk_update([row], list(change))

    assert stamp_of(world.conference) != before
    assert stamp_of(world.other) == other


@pytest.mark.parametrize("kind", ["Appearance", "Talk", "Room"])
def test_a_deleted_row_sets_another_stamp(world: World, kind: str) -> None:
    world.talk.room = None
    world.talk.save()
    before = stamp_of(world.conference)

    world.row(kind).delete()

    assert stamp_of(world.conference) != before


def test_rows_made_at_once_set_another_stamp(world: World) -> None:
    before = stamp_of(world.conference)

    Talk.objects.bulk_create([Talk(conference=world.conference, title="One", slug="one")])

    assert stamp_of(world.conference) != before


@pytest.mark.parametrize(
    "move",
    [
        lambda world: Talk.objects.filter(pk=world.talk.pk).update(conference=world.other, day=None, room=None),
        lambda world: _given_to(world.talk, world.other),
    ],
)
def test_a_talk_given_to_another_conference_changes_both_programmes(
    world: World, move: Callable[[World], object]
) -> None:
    before, other = stamp_of(world.conference), stamp_of(world.other)

    move(world)

    assert stamp_of(world.conference) != before
    assert stamp_of(world.other) != other


def test_an_old_copy_of_the_conference_that_is_saved_does_not_bring_an_old_stamp_back(world: World) -> None:
    old_copy, first = Conference.objects.get(pk=world.conference.pk), stamp_of(world.conference)
    world.talk.save()
    second = stamp_of(world.conference)

    old_copy.save()

    assert stamp_of(world.conference) not in {first, second}


def test_what_no_programme_shows_leaves_the_stamp_alone(world: World, person: User) -> None:
    before = stamp_of(world.conference)

    baker.make(Venue, name="COEX").save()
    baker.make(Speaker, name="Nobody yet").save()
    person.save()

    assert stamp_of(world.conference) == before


def _given_to(talk: Talk, conference: Conference) -> None:
    talk.conference, talk.day, talk.room = conference, None, None
    talk.save()
