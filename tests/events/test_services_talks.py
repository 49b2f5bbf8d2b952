"""The verbs of talks, and talks out of lines."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from events import services
from events.models import Appearance, Room, Speaker, Talk
from events.names import clean_line
from events.services import AppearanceDraft, LinkDraft, LoneWord, Parts
from tests.factories import a_conference


def test_a_talk_known_only_by_its_speaker_has_a_telling_address(person: User) -> None:
    talk = services.add_talk(
        person=person,
        conference=a_conference(person),
        kind=Talk.Kind.KEYNOTE,
        speakers=[
            AppearanceDraft(name="요슈아 벤지오 (Yoshua Bengio)", affiliation="Mila", job_title="Samsung Professor")
        ],
    )

    assert talk.slug.startswith("yoshua-bengio-keynote-")
    assert (talk.listed, talk.added_by) == (False, person)
    appearance = talk.appearances.get()
    assert (appearance.speaker.other_name, appearance.affiliation, appearance.job_title) == (
        "Yoshua Bengio",
        "Mila",
        "Samsung Professor",
    )


def test_a_talk_known_only_by_its_organisation(person: User) -> None:
    talk = services.add_talk(
        person=person,
        conference=a_conference(person),
        kind=Talk.Kind.POSTER,
        speakers=[AppearanceDraft(organisation="서울대학교"), AppearanceDraft(organisation="KAIST")],
    )

    assert talk.slug.startswith("kaist-poster-")
    assert [row.organisation for row in talk.appearances.all()] == ["서울대학교", "KAIST"]


def test_a_talk_without_latin_letters_is_called_by_its_kind(person: User) -> None:
    talk = services.add_talk(person=person, conference=a_conference(person), speakers=[AppearanceDraft(name="승현준")])

    assert talk.slug.startswith("talk-")


def test_add_talk_of_a_programme_is_listed_under_a_plain_address(person: User) -> None:
    talk = services.add_talk(
        person=person,
        conference=a_conference(person, listed=True),
        title="Learning to see",
        speakers=[AppearanceDraft(name="Ada Kim")],
        listed=True,
    )

    assert (talk.listed, talk.slug, talk.appearances.get().speaker.slug) == (True, "learning-to-see", "ada-kim")


def test_add_talk_refused_makes_no_speaker_and_no_room(person: User) -> None:
    conference, other = a_conference(person), a_conference(person, name="Another forum")

    with pytest.raises(ValidationError):
        services.add_talk(
            person=person,
            conference=conference,
            title="One",
            day=other.days.first(),
            room="Hall",
            speakers=[AppearanceDraft(name="Ada Kim")],
        )

    assert not Talk.objects.exists()
    assert not Speaker.objects.exists()
    assert not Room.objects.exists()


def test_one_speaker_twice_in_one_role_is_refused(person: User) -> None:
    services.add_speaker(person=person, name="Sebastian Seung", other_name="승현준")

    with pytest.raises(ValidationError):
        services.add_talk(
            person=person,
            conference=a_conference(person),
            speakers=[AppearanceDraft(name="승현준"), AppearanceDraft(name="Sebastian Seung")],
        )


def test_one_speaker_in_two_roles_is_fine(person: User) -> None:
    talk = services.add_talk(
        person=person,
        conference=a_conference(person),
        speakers=[
            AppearanceDraft(name="Daniel Lee", role=Appearance.Role.MODERATOR),
            AppearanceDraft(name="Daniel Lee", role=Appearance.Role.PANELLIST),
        ],
    )

    assert talk.appearances.count() == 2
    assert Speaker.objects.count() == 1


def test_change_talk_keeps_rows_that_stay_and_their_order(person: User) -> None:
    talk = services.add_talk(
        person=person,
        conference=a_conference(person),
        speakers=[AppearanceDraft(name="Ada Kim", affiliation="Example Lab"), AppearanceDraft(name="Jan de Vries")],
    )
    ada, jan = talk.appearances.select_related("speaker")

    services.change_talk(
        talk=talk,
        person=person,
        title="Now with a title",
        speakers=[
            AppearanceDraft(speaker=jan.speaker, row=jan),
            AppearanceDraft(speaker=ada.speaker, affiliation="Another Lab", row=ada),
        ],
    )

    assert [(row.pk, row.affiliation) for row in talk.appearances.all()] == [(jan.pk, ""), (ada.pk, "Another Lab")]
    assert talk.title == "Now with a title"
    assert talk.slug.startswith("ada-kim-talk-")


def test_two_speakers_may_change_places(person: User) -> None:
    talk = services.add_talk(
        person=person,
        conference=a_conference(person),
        speakers=[AppearanceDraft(name="Ada Kim"), AppearanceDraft(name="Jan de Vries")],
    )
    ada, jan = talk.appearances.select_related("speaker")

    services.change_talk(
        talk=talk,
        person=person,
        speakers=[AppearanceDraft(speaker=jan.speaker, row=ada), AppearanceDraft(speaker=ada.speaker, row=jan)],
    )

    assert [row.speaker.name for row in talk.appearances.all()] == ["Jan de Vries", "Ada Kim"]


def test_a_row_of_another_talk_is_not_taken_over(person: User) -> None:
    conference = a_conference(person)
    first = services.add_talk(person=person, conference=conference, speakers=[AppearanceDraft(name="Ada Kim")])
    second = services.add_talk(person=person, conference=conference, title="Second")
    row = first.appearances.get()

    services.change_talk(talk=second, person=person, speakers=[AppearanceDraft(speaker=row.speaker, row=row)])

    assert first.appearances.get() == row
    assert second.appearances.get() != row


def test_change_talk_leaves_what_is_not_given(person: User) -> None:
    talk = services.add_talk(
        person=person,
        conference=a_conference(person),
        title="One",
        room="Hall",
        speakers=[AppearanceDraft(name="Ada Kim")],
        links=[LinkDraft(url="https://example.org/slides", kind="slides")],
    )

    services.change_talk(talk=talk, person=person, subtitle="And a half")

    assert (talk.title, talk.subtitle, talk.room.name) == ("One", "And a half", "Hall")
    assert (talk.appearances.count(), talk.links.count()) == (1, 1)


def test_change_talk_forgets_an_unlisted_room_left_empty(person: User, stranger: User) -> None:
    conference = a_conference(person, listed=True)
    talk = services.add_talk(person=stranger, conference=conference, title="One", room="Hidden suite")

    services.change_talk(talk=talk, person=stranger, room="Hall")

    assert [room.name for room in Room.objects.all()] == ["Hall"]


# Lines


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("KAIST", Parts("KAIST", "")),
        ("KAIST | Graphs", Parts("KAIST", "Graphs")),
        ("KAIST|Graphs", Parts("KAIST", "Graphs")),
        ("KAIST — Graphs", Parts("KAIST", "Graphs")),
        ("KAIST – Graphs", Parts("KAIST", "Graphs")),
        ("KAIST - Graphs - again", Parts("KAIST", "Graphs - again")),
        ("Max-Planck-Institut", Parts("Max-Planck-Institut", "")),
        ("| Graphs", Parts("", "Graphs")),
        ("— Graphs", Parts("", "Graphs")),
        ("KAIST |", Parts("KAIST", "")),
        ("  서울대학교  ", Parts("서울대학교", "")),
    ],
)
def test_read_lines_knows_the_two_parts(line: str, parts: Parts) -> None:
    assert services.read_lines(line) == [parts]


def test_read_lines_can_take_a_lone_part_as_the_title() -> None:
    assert services.read_lines("Graphs\nKAIST | Trees", lone=LoneWord.TITLE) == [
        Parts("", "Graphs"),
        Parts("KAIST", "Trees"),
    ]


def test_read_lines_skips_what_names_nothing() -> None:
    assert services.read_lines("\n |\n\r\n—\nKAIST\n") == [Parts("KAIST", "")]


def test_read_lines_names_the_line_that_is_too_long() -> None:
    with pytest.raises(ValidationError) as refused:
        services.read_lines("KAIST\n" + "x" * 201)

    assert refused.value.messages == ["Line 2 is too long: shorten it to 200 characters."]


def test_read_lines_refuses_more_than_it_takes_at_once() -> None:
    with pytest.raises(ValidationError):
        services.read_lines("KAIST\n" * 201)


@given(st.text(max_size=150))
def test_read_lines_loses_no_letter(text: str) -> None:
    read = services.read_lines(text)

    kept = "".join(parts.organisation + parts.title for parts in read)
    assert [char for char in kept if char.isalnum()] == [char for char in clean_line(text) if char.isalnum()]
    assert all(parts.organisation or parts.title for parts in read)


def test_add_talks_from_lines_makes_one_of_each(person: User) -> None:
    conference = a_conference(person)
    day = conference.days.get(date=date(2022, 11, 8))

    made = services.add_talks_from_lines(
        person=person, conference=conference, text="서울대학교\nKAIST | Graphs\n| Trees", kind="poster", day=day
    )

    assert [talk.title for talk in made] == ["", "Graphs", "Trees"]
    assert {talk.kind for talk in made} == {"poster"}
    assert {talk.day for talk in made} == {day}
    assert made[0].appearances.get().role == Appearance.Role.PRESENTER
    assert not made[2].appearances.exists()


def test_add_talks_from_lines_is_all_or_nothing(person: User) -> None:
    with pytest.raises(ValidationError):
        services.add_talks_from_lines(
            person=person, conference=a_conference(person), text="KAIST\n" + "x" * 300, kind="poster"
        )

    assert not Talk.objects.exists()


@pytest.mark.parametrize("by_hand", [True, False])
def test_delete_talk_takes_its_room_along_also_in_an_imported_conference(
    person: User, stranger: User, *, by_hand: bool
) -> None:
    conference = a_conference(person if by_hand else None, listed=True)
    talk = services.add_talk(person=stranger, conference=conference, title="One", room="Hidden suite")
    services.delete_talk(talk=talk, person=stranger)
    assert not Room.objects.exists()
