"""The book after two talks have become one: the note is found, nothing is written twice, old versions lead on."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from events.models import Conference, Speaker, Talk
from events.services.merging import merge
from journal import access, actions
from journal.actions.entries import Conflict
from journal.models import Entry, Mark, Revision
from tests.factories import a_conference, a_talk, an_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference(person: User) -> Conference:
    """Listed, so that staff can merge in it."""
    return a_conference(person, listed=True)


@pytest.fixture
def talks(conference: Conference) -> tuple[Talk, Talk]:
    """One talk, twice in the programme."""
    return (
        a_talk(conference, listed=True, title="Learning to look"),
        a_talk(conference, listed=True, title="Learning to see"),
    )


def note_of(person: User, talk: Talk, text: str) -> Entry:
    return actions.write_note_of_talk(owner=person, talk=talk, text=text, base_version=0)


def test_a_note_of_the_lost_talk_alone_is_my_note_of_the_kept_one(
    talks: tuple[Talk, Talk], person: User, staff: User, persons_browser: Client
) -> None:
    kept, lost = talks
    note = note_of(person, lost, "From the other one.")
    merge(keep=kept, lose=[lost], by=staff)

    page = persons_browser.get(kept.get_absolute_url())

    assert page.context["note"] == note
    assert "From the other one." in page.content.decode()


def test_a_note_goes_along_through_two_merges(
    talks: tuple[Talk, Talk], person: User, staff: User, conference: Conference
) -> None:
    middle, first = talks
    last = a_talk(conference, listed=True, title="Looking")
    note = note_of(person, first, "From the first one.")
    merge(keep=middle, lose=[first], by=staff)
    merge(keep=last, lose=[middle], by=staff)

    assert access.my_note(person, last) == note


def test_writing_on_after_the_merge_makes_no_second_note(
    talks: tuple[Talk, Talk], person: User, staff: User, persons_browser: Client
) -> None:
    kept, lost = talks
    note = note_of(person, lost, "one")
    sent = {"text": "two", "base_version": "1", "uid": str(note.uid)}
    address = reverse("journal:talk-note", args=[kept.conference.year, kept.conference.slug, lost.slug])
    merge(keep=kept, lose=[lost], by=staff)

    answer = persons_browser.post(address, sent, follow=True)

    assert answer.status_code == 200
    note = Entry.objects.get()
    assert (note.text, note.version, note.talk) == ("two", 2, kept)


def test_a_note_begun_on_the_lost_talk_goes_on_in_its_own_place(
    talks: tuple[Talk, Talk], person: User, staff: User
) -> None:
    """Both are open on a screen at version 1 when the talks become one: each text stays in its own note."""
    kept, lost = talks
    mine, other = note_of(person, kept, "mine"), note_of(person, lost, "other")
    merge(keep=kept, lose=[lost], by=staff)

    actions.write_note_of_talk(owner=person, talk=kept, text="other, more", base_version=1, begun_from=other.uid)

    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.text, other.text) == ("mine", "other, more")
    assert access.my_note(person, kept) == mine


def test_a_writer_who_saw_no_note_is_told_of_the_one_that_came(
    talks: tuple[Talk, Talk], person: User, staff: User
) -> None:
    kept, lost = talks
    note_of(person, lost, "was there")
    merge(keep=kept, lose=[lost], by=staff)

    with pytest.raises(Conflict) as conflict:
        note_of(person, kept, "begun meanwhile")

    assert conflict.value.current.text == "was there"


def test_a_note_in_the_bin_stands_behind_one_that_is_kept(talks: tuple[Talk, Talk], person: User, staff: User) -> None:
    kept, lost = talks
    binned, other = note_of(person, kept, "binned"), note_of(person, lost, "kept")
    actions.bin_entry(entry=binned)
    merge(keep=kept, lose=[lost], by=staff)

    assert access.my_note(person, kept) == other


def test_a_further_note_does_not_become_my_note(talks: tuple[Talk, Talk], person: User, staff: User) -> None:
    kept, lost = talks
    an_entry(person, talk=lost, text="a further one")
    merge(keep=kept, lose=[lost], by=staff)

    assert access.my_note(person, kept) is None
    assert Entry.objects.get().talk == kept


def test_an_old_version_is_restored_to_what_stands_for_its_talk_and_speaker(
    talks: tuple[Talk, Talk], person: User, staff: User, conference: Conference
) -> None:
    kept, lost = talks
    one = Speaker.objects.create(name="Ada", added_by=staff)
    other = Speaker.objects.create(name="Ada L.", added_by=staff)
    note = an_entry(person, talk=lost, speaker=other, text="one")
    actions.revise_entry(entry=note, base_version=1, text="two")
    merge(keep=kept, lose=[lost], by=staff)
    merge(keep=one, lose=[other], by=staff)

    first = Revision.objects.get(entry=note, version=1)
    restored = actions.restore_revision(revision=first, base_version=2)

    assert (restored.text, restored.talk, restored.speaker, restored.conference) == ("one", kept, one, conference)


def test_of_two_marks_what_was_done_holds_and_both_verdicts_stay(
    talks: tuple[Talk, Talk], person: User, staff: User
) -> None:
    kept, lost = talks
    actions.mark_talk(owner=person, talk=kept, state=Mark.State.WANT, verdict="I hope so.")
    actions.mark_talk(owner=person, talk=lost, state=Mark.State.ATTENDED, rating=5, verdict="It clicked.")

    report = merge(keep=kept, lose=[lost], by=staff)

    mark = Mark.objects.get()
    assert (mark.talk, mark.state, mark.rating) == (kept, Mark.State.ATTENDED, 5)
    assert mark.verdict == "It clicked. / I hope so."
    assert sum(report.joined.values()) == 1
    assert not Entry.objects.exists()


def test_what_two_marks_cannot_hold_becomes_a_note(talks: tuple[Talk, Talk], person: User, staff: User) -> None:
    kept, lost = talks
    actions.mark_talk(owner=person, talk=kept, rating=4, verdict="a" * 200)
    actions.mark_talk(owner=person, talk=lost, rating=2, verdict="b" * 200)

    merge(keep=kept, lose=[lost], by=staff)

    mark, note = Mark.objects.get(), Entry.objects.get()
    assert (mark.rating, mark.verdict) == (4, "a" * 200)
    assert (note.owner, note.talk, note.text) == (person, kept, f"★★☆☆☆\n\n{'b' * 200}")


def test_references_in_texts_lead_on(
    talks: tuple[Talk, Talk], staff: User, persons_browser: Client, person: User
) -> None:
    kept, lost = talks
    year, slug = kept.conference.year, kept.conference.slug
    note = an_entry(person, text=f"@[that talk](talk:{year}/{slug}/{lost.slug})")
    there = lost.get_absolute_url()
    merge(keep=kept, lose=[lost], by=staff)

    page = persons_browser.get(reverse("journal:entry", args=[note.uid]))

    assert f'href="{there}"' in page.content.decode()
    assert persons_browser.get(there).headers["Location"] == kept.get_absolute_url()


def test_the_day_is_read_from_the_kept_talk(
    talks: tuple[Talk, Talk], person: User, staff: User, conference: Conference
) -> None:
    kept, lost = talks
    second = conference.days.order_by("date").last()
    Talk.objects.filter(pk=lost.pk).update(day=None, starts_at=None, ends_at=None)
    note = an_entry(person, talk=Talk.objects.get(pk=lost.pk), day=second)
    merge(keep=kept, lose=[lost], by=staff)

    found = access.entries(person).get(pk=note.pk)
    assert found.counted_on == kept.day.date
    assert actions.revise_entry(entry=found, base_version=1, text="more").day is None
