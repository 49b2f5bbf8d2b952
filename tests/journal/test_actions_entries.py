"""The verbs that write: every save a version, every version a revision, nothing dropped in silence."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from events.models import Talk
from events.names import clean_prose
from journal import actions
from journal.models import Entry, Photo, Revision
from journal.subjects import Subject
from tests.factories import a_conference, a_photo, a_talk, an_entry

pytestmark = pytest.mark.django_db


def test_write_entry_leaves_its_first_revision(person: User) -> None:
    entry = an_entry(person, text="하나", device="Chrome, Android")
    revision = Revision.objects.get(entry=entry)
    assert (revision.version, revision.base_version, revision.text) == (1, 0, "하나")
    assert revision.device == "Chrome, Android"


def test_write_entry_keeps_inner_and_outer_space_in_one_unicode_form(person: User) -> None:
    entry = an_entry(person, text="    가 \r\n\r\n  b")
    assert entry.text == clean_prose("    가 \r\n\r\n  b") == "    가 \n\n  b"


def test_the_same_uid_twice_is_one_entry(person: User) -> None:
    uid = uuid.uuid4()
    details = {"item": "펜", "quantity": 1}
    first = an_entry(person, kind="swag", text="x", uid=uid, details=details)
    again = an_entry(person, kind="swag", text="x", uid=uid, details=details)
    assert again.pk == first.pk
    assert Revision.objects.filter(entry=first).count() == 1


def test_the_same_price_twice_is_no_conflict(person: User) -> None:
    uid = uuid.uuid4()
    for _turn in range(2):
        an_entry(person, kind="meal", text="", uid=uid, details={"price": Decimal(15000)})
    assert Entry.objects.count() == 1


@pytest.mark.parametrize("change", [{"text": "two"}, {"fields": {"title": "two"}}, {"details": {"item": "two"}}])
def test_the_same_uid_with_other_words_is_a_conflict(person: User, change: dict[str, object]) -> None:
    uid = uuid.uuid4()
    entry = an_entry(person, kind="swag", text="one", uid=uid, details={"item": "one"})
    sent = {"text": "one", "details": {"item": "one"}, **change}
    with pytest.raises(actions.Conflict) as conflict:
        an_entry(person, kind="swag", uid=uid, **sent)
    assert conflict.value.current.pk == entry.pk


def test_the_same_uid_is_another_entry_of_another_person(person: User, stranger: User) -> None:
    uid = uuid.uuid4()
    assert an_entry(person, uid=uid).pk != an_entry(stranger, uid=uid).pk


def test_revise_entry_raises_the_version_and_keeps_the_past(person: User) -> None:
    entry = an_entry(person, text="one")
    actions.revise_entry(entry=entry, base_version=1, text="two")
    assert list(Revision.objects.filter(entry=entry).values_list("version", "text")) == [(2, "two"), (1, "one")]


def test_revise_entry_from_an_old_version_is_a_conflict_and_changes_nothing(person: User) -> None:
    entry = an_entry(person, text="one")
    actions.revise_entry(entry=entry, base_version=1, text="two")
    with pytest.raises(actions.Conflict) as conflict:
        actions.revise_entry(entry=entry, base_version=1, text="three")
    assert (conflict.value.current.text, conflict.value.current.version) == ("two", 2)
    assert not Revision.objects.filter(text="three").exists()


def test_revise_entry_empties_details(person: User) -> None:
    entry = an_entry(person, kind="meal", details={"dishes": "김밥", "price": Decimal(4500)})
    actions.revise_entry(entry=entry, base_version=1, details={"dishes": "", "price": None})
    entry = Entry.objects.with_details().get()
    assert (entry.meal.dishes, entry.meal.price) == ("", None)


def test_revise_entry_with_a_contradiction_changes_nothing(person: User) -> None:
    conference, other = a_conference(person), a_conference(person, name="Another")
    entry = an_entry(person, conference=conference)
    with pytest.raises(ValidationError):
        actions.revise_entry(
            entry=entry, base_version=1, text="new", subject=Subject(conference=other, talk=a_talk(conference))
        )
    entry.refresh_from_db()
    assert (entry.version, entry.text) == (1, "A line worth keeping.")


def test_turning_into_a_meal_and_back_keeps_the_details(person: User) -> None:
    entry = an_entry(person, kind="meal", text="맛있다", details={"dishes": "전복"})
    actions.turn_into(entry=entry, kind="note", base_version=1)
    assert Entry.objects.with_details().get().details is None
    actions.turn_into(entry=entry, kind="meal", base_version=2)
    entry = Entry.objects.with_details().get()
    assert (entry.kind, entry.text, entry.meal.dishes) == ("meal", "맛있다", "전복")


def test_turning_into_an_encounter_makes_it_private(person: User) -> None:
    entry = an_entry(person, fields={"visibility": "shared"})
    assert actions.turn_into(entry=entry, kind="encounter", base_version=1).visibility == "private"


def test_restore_revision_makes_a_new_version_with_kind_and_details(person: User) -> None:
    entry = an_entry(person, kind="swag", text="one", details={"item": "펜", "quantity": 2})
    actions.turn_into(entry=entry, kind="note", base_version=1)
    actions.revise_entry(entry=entry, base_version=2, text="two")
    actions.restore_revision(revision=Revision.objects.get(version=1), base_version=3)
    entry = Entry.objects.with_details().get()
    assert (entry.version, entry.kind, entry.text) == (4, "swag", "one")
    assert (entry.swag.item, entry.swag.quantity) == ("펜", 2)
    assert Revision.objects.count() == 4


def test_my_note_of_a_talk_is_one_row_on_every_device(person: User, stranger: User) -> None:
    talk = a_talk(a_conference(person, listed=True), listed=True)
    mine = actions.write_note_of_talk(owner=person, talk=talk, text="mine", base_version=0)
    theirs = actions.write_note_of_talk(owner=stranger, talk=talk, text="theirs", base_version=0)
    assert mine.uid == uuid.uuid5(talk.uid, str(person.pk)) != theirs.uid
    with pytest.raises(actions.Conflict):
        actions.write_note_of_talk(owner=person, talk=talk, text="from the phone", base_version=0)


@pytest.mark.parametrize("base_version", [0, 1])
def test_writing_the_note_of_a_talk_takes_it_out_of_the_bin(person: User, base_version: int) -> None:
    talk = a_talk(a_conference(person))
    note = actions.write_note_of_talk(owner=person, talk=talk, text="one", base_version=0)
    actions.bin_entry(entry=note)
    actions.write_note_of_talk(owner=person, talk=talk, text="two", base_version=base_version)
    note.refresh_from_db()
    assert (note.is_binned, note.text, note.version) == (False, "two", 2)


def test_a_picture_that_the_text_names_belongs_to_the_entry(person: User, stranger: User) -> None:
    conference = a_conference(person)
    mine = a_photo(person, subject=Subject(conference=conference))
    theirs = a_photo(stranger)
    entry = an_entry(person, text=f"![a](photo:{mine.uid}) ![b](photo:{theirs.uid})")
    assert list(Photo.objects.filter(entry=entry)) == [mine]
    assert Photo.objects.get(pk=mine.pk).conference is None


@given(text=st.text(max_size=200))
def test_whatever_is_typed_is_what_the_revision_has(text: str) -> None:
    person, _made = User.objects.get_or_create(username="hypothesis")
    entry = an_entry(person, text=text)
    entry.refresh_from_db()
    assert entry.text == Revision.objects.get(entry=entry).text == clean_prose(text)


@pytest.mark.parametrize(
    "change",
    [{"fields": {"rating": 4}}, {"fields": {"part": "lunch"}}, {"fields": {"at": datetime(2022, 11, 8, tzinfo=UTC)}}],
)
def test_the_same_uid_with_other_fields_is_a_conflict(person: User, change: dict[str, Any]) -> None:
    same = {"owner": person, "kind": "note", "text": "one", "uid": uuid.uuid4()}
    actions.write_entry(**same)
    with pytest.raises(actions.Conflict):
        actions.write_entry(**same, **change)


def test_the_same_uid_about_something_else_is_a_conflict(person: User) -> None:
    same = {"owner": person, "kind": "note", "text": "one", "uid": uuid.uuid4()}
    actions.write_entry(**same)
    with pytest.raises(actions.Conflict):
        actions.write_entry(**same, subject=Subject(conference=a_conference(person)))


def test_one_tap_of_now_that_arrives_twice_is_no_conflict(person: User) -> None:
    same = {"owner": person, "kind": "note", "text": "one", "uid": uuid.uuid4()}
    first = actions.write_entry(**same, fields={"at": datetime(2022, 11, 8, 3, 0, 1, 5, tzinfo=UTC)})
    assert actions.write_entry(**same, fields={"at": datetime(2022, 11, 8, 3, 0, 9, 7, tzinfo=UTC)}) == first


def test_an_entry_follows_a_talk_that_was_given_a_day_since(person: User) -> None:
    conference = a_conference(person)
    talk = a_talk(conference)
    Talk.objects.filter(pk=talk.pk).update(day=None)
    talk.refresh_from_db()
    first, second = conference.days.order_by("date")
    entry = an_entry(person, talk=talk, day=first)
    Talk.objects.filter(pk=talk.pk).update(day=second)
    revised = actions.revise_entry(entry=entry, base_version=1, text="later")
    assert (revised.text, revised.talk, revised.day) == ("later", talk, None)


def test_restore_revision_of_swag_whose_encounter_is_gone(person: User) -> None:
    met = an_entry(person, kind="encounter")
    swag = an_entry(person, kind="swag", details={"item": "pen", "encounter": met})
    actions.revise_entry(entry=swag, base_version=1, details={"item": "cup"})
    actions.bin_entry(entry=met)
    met.refresh_from_db()
    actions.delete_entry_for_good(entry=met)
    restored = actions.restore_revision(revision=swag.revisions.get(version=1), base_version=2)
    assert (restored.swag.item, restored.swag.encounter) == ("pen", None)
