"""The order in which things happened."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import User

from journal import actions
from journal.book import open_book
from journal.models import Entry
from journal.timeline import orders_after_move, timeline, timeline_of
from tests.factories import a_conference, a_photo, a_talk, an_entry

pytestmark = pytest.mark.django_db


def _titles(day: object) -> list[str]:
    items = day.items  # type: ignore[attr-defined]
    return [item.entry.title if item.entry else item.talk.title if item.talk else item.kind for item in items]


def _entry(person: User, title: str, **given: object) -> Entry:
    fields = {"title": title, **given.pop("fields", {})}  # type: ignore[dict-item]
    return an_entry(person, fields=fields, **given)  # type: ignore[arg-type]


def test_things_stand_by_order_else_time_else_part_of_the_day(person: User) -> None:
    conference = a_conference(person)
    day = conference.days.get(date=date(2022, 11, 8))
    _entry(person, "evening", day=day, fields={"part": "evening"})
    _entry(person, "at two", day=day, fields={"at": datetime(2022, 11, 8, 5, 0, tzinfo=UTC)})
    _entry(person, "lunch", day=day, kind="meal", details={"occasion": "lunch"})
    first = _entry(person, "first of all", day=day, fields={"at": datetime(2022, 11, 8, 14, 0, tzinfo=UTC)})
    actions.set_order(entry=first, order=60)
    actions.note_arrival(owner=person, day=day, at=datetime(2022, 11, 8, 0, 0, tzinfo=UTC), about=True)

    found = timeline_of(open_book(person, conference), day)

    assert _titles(found) == ["first of all", "arrival", "lunch", "at two", "evening"]


def test_what_is_written_at_night_about_the_morning_stands_in_the_morning(person: User) -> None:
    conference = a_conference(person)
    day = conference.days.first()
    _entry(person, "about 9:30", day=day, fields={"at": datetime(2022, 11, 8, 0, 30, tzinfo=UTC), "about": True})
    _entry(person, "no time at all", day=day)

    assert _titles(timeline_of(open_book(person, conference), day)) == ["about 9:30", "no time at all"]


def test_the_night_before_and_the_conference_as_a_whole_have_their_places(person: User) -> None:
    conference = a_conference(person)
    _entry(person, "the night before", conference=conference, on=date(2022, 11, 7))
    _entry(person, "the essay", conference=conference)

    days = timeline(open_book(person, conference))

    assert [day.on for day in days] == [date(2022, 11, 7), date(2022, 11, 8), date(2022, 11, 9), None]
    assert _titles(days[0]) == ["the night before"]
    assert _titles(days[-1]) == ["the essay"]


def test_what_is_about_a_talk_hangs_below_it_and_moves_with_it(person: User) -> None:
    conference = a_conference(person)
    first, second = conference.days.order_by("date")
    talk = a_talk(conference, title="Bayesian nets")
    _entry(person, "my note", talk=talk)
    a_photo(person, subject=actions.entries.Subject(talk=talk))

    (item,) = timeline_of(open_book(person, conference), first).items
    assert item.talk == talk
    assert [below.entry.title for below in item.below if below.entry] == ["my note"]
    assert len(item.photos) == 1

    talk.day = second
    talk.save()
    book = open_book(person, conference)
    assert timeline_of(book, first).items == []
    assert _titles(timeline_of(book, second)) == ["Bayesian nets"]


def test_a_talk_only_wanted_stands_in_no_timeline_and_one_heard_does(person: User) -> None:
    conference = a_conference(person)
    actions.mark_talk(owner=person, talk=a_talk(conference, title="wanted"), state="want")
    actions.mark_talk(owner=person, talk=a_talk(conference, title="heard"), state="attended")

    assert _titles(timeline_of(open_book(person, conference), conference.days.first())) == ["heard"]


def test_a_talk_after_midnight_stands_at_the_end_of_its_day(person: User) -> None:
    conference = a_conference(person)
    day = conference.days.first()
    late = a_talk(
        conference,
        title="after midnight",
        starts_at=datetime(2022, 11, 8, 15, 30, tzinfo=UTC),
        ends_at=datetime(2022, 11, 8, 16, 0, tzinfo=UTC),
    )
    evening = a_talk(
        conference,
        title="evening",
        starts_at=datetime(2022, 11, 8, 11, 0, tzinfo=UTC),
        ends_at=datetime(2022, 11, 8, 12, 0, tzinfo=UTC),
    )
    for talk in (late, evening):
        actions.mark_talk(owner=person, talk=talk, state="attended")

    assert _titles(timeline_of(open_book(person, conference), day)) == ["evening", "after midnight"]


def test_moving_by_hand_changes_places_with_the_neighbour_even_where_they_tie(person: User) -> None:
    conference = a_conference(person)
    day = conference.days.first()
    entries = [_entry(person, title, day=day, fields={"part": "morning"}) for title in "abcd"]

    for _ in range(2):
        found = timeline_of(open_book(person, conference), day)
        moved = next(item.entry for item in found.items if item.entry and item.entry.pk == entries[3].pk)
        for key, order in orders_after_move(found, moved, up=True).items():
            actions.set_order(entry=Entry.objects.get(pk=key), order=order)

    assert _titles(timeline_of(open_book(person, conference), day)) == ["a", "d", "b", "c"]
    last = timeline_of(open_book(person, conference), day)
    assert orders_after_move(last, last.items[0].entry, up=True) == {}


def test_binned_entries_and_those_of_others_are_not_in_my_book(person: User, stranger: User) -> None:
    conference = a_conference(person, listed=True)
    day = conference.days.first()
    _entry(stranger, "of a stranger", day=day)
    binned = _entry(person, "binned", day=day)
    actions.bin_entry(entry=binned)
    _entry(person, "mine", day=day)

    assert _titles(timeline_of(open_book(person, conference), day)) == ["mine"]


@pytest.mark.parametrize("rows", [1, 30])
def test_a_book_costs_eight_queries_whatever_stands_in_it(
    person: User, rows: int, django_assert_num_queries: object
) -> None:
    conference = a_conference(person)
    for number in range(rows):
        talk = a_talk(conference, title=f"Talk {number}", speaker=f"Speaker {number}")
        actions.mark_talk(owner=person, talk=talk, state="attended")
        _entry(person, f"Note {number}", talk=talk)
    with django_assert_num_queries(8):  # type: ignore[operator]
        book = open_book(person, conference)
        assert [item.talk.display_title() for day in timeline(book) for item in day.items if item.talk]
