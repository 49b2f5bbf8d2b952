"""What the database itself refuses, what deletion may not touch, and what `str()` never says."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from journal import actions
from journal.models import Attendance, DayLog, Entry, Mark, Meal, Photo, Revision
from tests.factories import a_conference, a_photo, a_talk, an_entry

pytestmark = pytest.mark.django_db

SECRET = "zanzibar"


def _refused(make: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


@pytest.mark.parametrize("rating", [0, 6])
def test_a_rating_outside_one_to_five_is_refused_by_the_database(person: User, rating: int) -> None:
    conference = a_conference(person)
    talk = a_talk(conference)
    _refused(lambda: Entry.objects.create(owner=person, rating=rating))
    _refused(lambda: Mark.objects.create(owner=person, talk=talk, state="attended", rating=rating))
    _refused(lambda: DayLog.objects.create(owner=person, day=conference.days.first(), rating=rating))


def test_an_encounter_cannot_be_shared_even_in_the_database(person: User) -> None:
    _refused(lambda: Entry.objects.create(owner=person, kind="encounter", visibility="shared"))


def test_a_shared_note_that_becomes_an_encounter_becomes_private(person: User) -> None:
    note = an_entry(person, fields={"visibility": "shared"})
    met = actions.turn_into(entry=note, kind="encounter", base_version=1)
    assert met.visibility == "private"
    assert actions.turn_into(entry=met, kind="note", base_version=2).visibility == "private"


def test_one_attendance_one_log_one_mark_a_person(person: User) -> None:
    conference = a_conference(person)
    talk = a_talk(conference)
    day = conference.days.first()
    for model, given in ((Attendance, {"conference": conference}), (DayLog, {"day": day}), (Mark, {"talk": talk})):
        model.objects.create(owner=person, **given)
        _refused(lambda model=model, given=given: model.objects.create(owner=person, **given))


def test_a_day_has_one_highlight(person: User) -> None:
    conference = a_conference(person)
    talk, entry, day = a_talk(conference), an_entry(person), conference.days.first()
    _refused(
        lambda: DayLog.objects.create(owner=person, day=day, highlight_talk=talk, highlight_entry=entry),
    )


def test_a_price_below_zero_is_refused(person: User) -> None:
    meal = an_entry(person, kind="meal")
    _refused(lambda: Meal.objects.filter(entry=meal).update(price=-1))


def test_an_uid_is_once_a_person_and_may_be_anothers_too(person: User, stranger: User) -> None:
    uid = uuid.uuid4()
    Entry.objects.create(owner=person, uid=uid)
    Entry.objects.create(owner=stranger, uid=uid)
    _refused(lambda: Entry.objects.create(owner=person, uid=uid))


def test_my_note_of_a_talk_has_the_same_uid_everywhere_and_another_for_another_person(
    person: User, stranger: User
) -> None:
    talk = a_talk(a_conference(person))
    assert Entry.note_uid(talk, person.pk) == uuid.uuid5(talk.uid, str(person.pk))
    assert Entry.note_uid(talk, person.pk) != Entry.note_uid(talk, stranger.pk)


@pytest.mark.parametrize("what", ["talk", "day", "venue", "speaker", "conference"])
def test_nothing_of_the_world_is_deleted_from_under_an_entry(person: User, what: str) -> None:
    from events.models import Speaker, Venue

    conference = a_conference(person)
    day = conference.days.first()
    subjects = {
        "conference": conference,
        "day": day,
        "talk": a_talk(conference),
        "speaker": Speaker.objects.create(name="Yoshua Bengio"),
        "venue": Venue.objects.create(name="COEX"),
    }
    an_entry(person, **{what: subjects[what]})
    with pytest.raises(ProtectedError), transaction.atomic():
        subjects[what].delete()


def test_a_person_with_a_journal_is_not_deleted(person: User) -> None:
    an_entry(person)
    with pytest.raises(ProtectedError), transaction.atomic():
        person.delete()


def test_str_of_a_private_row_is_its_kind_and_number(person: User) -> None:
    conference = a_conference(person)
    talk, day = a_talk(conference), conference.days.first()
    for kind in Entry.Kind.values:
        an_entry(person, kind=kind, text=SECRET, fields={"title": SECRET})
    a_photo(person, name=f"{SECRET}.jpg", caption=SECRET)
    actions.mark_talk(owner=person, talk=talk, verdict=SECRET)
    actions.log_day(owner=person, day=day, mood=SECRET)
    actions.attend(owner=person, conference=conference, companions=SECRET)
    actions.attend(owner=person, conference=conference)
    rows = [
        row
        for model in (Entry, Photo, Mark, DayLog, Attendance, Revision)
        for row in model.objects.all()  # type: ignore[attr-defined]
    ]
    rows += [entry.details for entry in Entry.objects.exclude(kind="note")]
    assert len(rows) == 4 + 1 + 1 + 1 + 1 + 4 + 3
    for row in rows:
        assert SECRET not in str(row)
        assert str(row.pk) in str(row)


def test_a_picture_is_as_shared_as_its_entry_allows(person: User) -> None:
    entry = an_entry(person)
    photo = a_photo(person, entry=entry, visibility="shared")
    assert not photo.is_shared
    actions.revise_entry(entry=entry, base_version=1, fields={"visibility": "shared"})
    assert Photo.objects.get().is_shared
