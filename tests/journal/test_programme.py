"""The programme's page: laid out once for everybody, with each person's own in it and nobody else's."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.test.signals import template_rendered
from django.urls import reverse
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from events.models import Appearance, Conference, Room, Speaker, Talk
from journal import actions
from journal.models import Mark
from journal.programme import faces, layout
from journal.programme import page as programme_page
from journal.programme.faces import Face, RoomFace
from journal.programme.table import Table, table_of
from journal.shelf import Shelf
from tests.factories import a_conference, a_talk

MORNING = datetime(2022, 11, 8, 1, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _empty_shelves() -> None:
    """Every test begins as a process does."""
    for kept in (faces._kept, layout._kept, programme_page._kept_forms):
        kept.clear()


@pytest.fixture
def published(person: User) -> Conference:
    """A listed conference of two days, two rooms, four talks at two times."""
    conference = a_conference(person, listed=True)
    rooms = [
        Room.objects.create(conference=conference, name=f"Room {name}", position=at) for at, name in enumerate("AB")
    ]
    for hour in range(2):
        for room in rooms:
            begins = MORNING + timedelta(hours=hour)
            a_talk(
                conference,
                title=f"{room.name} at {hour}",
                room=room,
                listed=True,
                starts_at=begins,
                ends_at=begins + timedelta(hours=1),
                speaker=f"Speaker {room.name} {hour}",
            )
    return conference


def page_of(browser: Client, conference: Conference, **query: str) -> str:
    """The programme as this browser is shown it."""
    answer = browser.get(reverse("programme", args=[conference.year, conference.slug]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def main_part(page: str) -> str:
    """Without what changes with every answer."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page[page.index("<main") :])


def rendered_for(browser: Client, conference: Conference, **query: str) -> list[str]:
    """The names of the templates that were rendered for one look."""
    names: list[str] = []

    def note(template: object, **_signal: object) -> None:
        names.append(str(getattr(template, "name", "")))

    template_rendered.connect(note)
    try:
        page_of(browser, conference, **query)
    finally:
        template_rendered.disconnect(note)
    return names


CATALOGUE = {
    "events/_talk_face.html",
    "journal/_programme_table.html",
    "journal/_programme_list.html",
    "journal/_programme_filters.html",
}


def test_catalogue_is_rendered_for_the_first_visitor_alone(
    published: Conference, persons_browser: Client, strangers_browser: Client, stranger: User
) -> None:
    assert CATALOGUE & set(rendered_for(persons_browser, published))
    actions.mark_talk(owner=stranger, talk=published.talks.all()[0], state=Mark.State.WANT)

    assert not CATALOGUE & set(rendered_for(strangers_browser, published))
    assert not CATALOGUE & set(rendered_for(persons_browser, published))


def test_a_page_from_what_is_kept_is_the_page_rendered_anew(
    published: Conference, person: User, persons_browser: Client, strangers_browser: Client
) -> None:
    for talk, state in zip(published.talks.all(), Mark.State.values, strict=False):
        actions.mark_talk(owner=person, talk=talk, state=state, verdict="Worth <it> & more", rating=4)
    page_of(strangers_browser, published)
    from_kept = main_part(page_of(persons_browser, published))
    for kept in (faces._kept, layout._kept, programme_page._kept_forms):
        kept.clear()

    assert from_kept == main_part(page_of(persons_browser, published))
    assert "Worth &lt;it&gt; &amp; more" in from_kept


def test_each_person_sees_their_own_marks_and_clashes_alone(
    published: Conference, person: User, stranger: User, persons_browser: Client, strangers_browser: Client
) -> None:
    first, beside = published.talks.filter(starts_at=MORNING)
    for talk in (first, beside):
        actions.mark_talk(owner=person, talk=talk, state=Mark.State.GOING, verdict="only alice")
    actions.mark_talk(owner=stranger, talk=first, state=Mark.State.MISSED, verdict="only bob")

    for _turn in range(2):
        alices, bobs = page_of(persons_browser, published), page_of(strangers_browser, published)
        assert (alices.count("only alice"), alices.count("only bob")) == (2, 0)
        assert (bobs.count("only alice"), bobs.count("only bob")) == (0, 1)
        assert (alices.count("is-mine"), bobs.count("is-mine")) == (2, 0)
        assert ("Clash" in alices, "Clash" in bobs) == (True, False)


def test_nothing_that_is_somebodys_own_is_kept(
    published: Conference, person: User, stranger: User, persons_browser: Client, strangers_browser: Client
) -> None:
    for owner in (person, stranger):
        mine = a_talk(published, title=f"private-{owner}", added_by=owner, speaker=f"private-speaker-{owner}")
        for talk in (*published.talks.filter(listed=True), mine):
            actions.mark_talk(owner=owner, talk=talk, state=Mark.State.GOING, verdict=f"private-verdict-{owner}")
    hidden = a_conference(person, name="private conference")
    a_talk(hidden, title="private talk of it")
    page_of(persons_browser, hidden)
    for browser in (persons_browser, strangers_browser):
        for query in ({}, {"day": "all"}, {"mine": "1"}, {"track": "private"}):
            assert "private-" in page_of(browser, published, **query) or query == {"track": "private"}

    kept = "".join(repr(kept.values()) for kept in (faces._kept, layout._kept, programme_page._kept_forms))

    assert "Room A at 0" in kept
    assert "private" not in kept
    assert str(Mark.State.GOING.label) not in kept


def test_an_unlisted_talk_stands_in_its_makers_programme_alone(
    published: Conference, person: User, persons_browser: Client, strangers_browser: Client
) -> None:
    page_of(strangers_browser, published)
    room = published.rooms.get(name="Room B")
    begins = MORNING + timedelta(hours=2)
    a_talk(published, title="Found by chance", room=room, starts_at=begins, ends_at=begins + timedelta(hours=1))

    page = page_of(persons_browser, published)
    assert page.count("Found by chance") == 1
    assert "Only you see these" in page
    assert 'class="grid rooms-2"' in page
    assert "Found by chance" not in page_of(strangers_browser, published)
    assert "Only you see these" not in page_of(strangers_browser, published)
    assert not {"journal/_programme_table.html"} & set(rendered_for(persons_browser, published))


def test_a_change_shows_at_once(published: Conference, strangers_browser: Client) -> None:
    page_of(strangers_browser, published)
    talk = published.talks.get(title="Room A at 0")
    talk.title = "A new title"
    talk.save()
    assert "A new title" in page_of(strangers_browser, published)

    Speaker.objects.filter(name="Speaker Room B 0").update(name="Married Name")
    assert "Married Name" in page_of(strangers_browser, published)

    Room.objects.filter(name="Room B").update(name="The Great Hall")
    assert "The Great Hall" in page_of(strangers_browser, published)

    Appearance.objects.filter(talk=talk).update(affiliation="A New Place")
    assert "A New Place" in page_of(strangers_browser, published)

    talk.delete()
    assert "A new title" not in page_of(strangers_browser, published)


def test_language_and_zone_of_the_next_reader_are_their_own(
    published: Conference, persons_browser: Client, strangers_browser: Client
) -> None:
    Talk.objects.filter(title="Room A at 0").update(kind=Talk.Kind.KEYNOTE)
    assert "Keynote" in page_of(persons_browser, published)
    assert "10:00" in page_of(persons_browser, published)
    session = strangers_browser.session
    session.update({"zone": "America/New_York", "own_times": True})
    session.save()

    page = page_of(strangers_browser, published)

    assert "20:00" in page
    assert 'datetime="2022-11-07T20:00:00-05:00"' in page
    assert 'datetime="2022-11-08T10:00:00+09:00"' in page_of(persons_browser, published)


def test_a_running_talk_is_marked_without_rendering_the_rest(
    published: Conference, persons_browser: Client, strangers_browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page_of(persons_browser, published)
    monkeypatch.setattr("journal.programme.page.timezone.now", lambda: MORNING + timedelta(minutes=30))

    page = page_of(strangers_browser, published)

    assert page.count("is-now") == 2


def test_only_my_picks_are_left_by_that_filter(published: Conference, person: User, persons_browser: Client) -> None:
    actions.mark_talk(owner=person, talk=published.talks.get(title="Room A at 0"), state=Mark.State.WANT)

    page = main_part(page_of(persons_browser, published, mine="1"))

    assert "Room A at 0" in page
    assert "Room B at 0" not in page


# The table


def a_face(key: int, room: int, begins: int, minutes: int | None) -> Face:
    """A talk so many minutes after ten."""
    starts_at = MORNING + timedelta(minutes=begins)
    return Face(
        pk=key,
        day_id=1,
        place=(MORNING.date(), False, starts_at.timestamp(), room, key),
        room=RoomFace(room, f"Room {room}", room),
        track="",
        kind="talk",
        starts_at=starts_at,
        ends_at=None if minutes is None else starts_at + timedelta(minutes=minutes),
        is_quiet=False,
        is_cancelled=False,
        display_title=str(key),
        get_absolute_url="/",
        html=SafeString(""),
    )


def test_a_last_talk_without_an_end_stands_in_the_table() -> None:
    table = table_of([a_face(1, 1, 0, 60), a_face(2, 2, 60, None)])

    assert table is not None
    assert [cell.talk.pk for row in table.rows for cell in row.cells] == [1, 2]


@given(
    st.lists(
        st.tuples(st.integers(1, 4), st.integers(0, 12), st.one_of(st.none(), st.integers(0, 6))),
        min_size=1,
        max_size=30,
    )
)
def test_every_talk_stands_once_in_a_table_without_holes(drawn: list[tuple[int, int, int | None]]) -> None:
    talks = [
        a_face(key, room, begins * 10, None if length is None else length * 10)
        for key, (room, begins, length) in enumerate(drawn, 1)
    ]
    talks.sort(key=lambda talk: talk.place)

    table = table_of(talks)

    if table is None:
        assert len({talk.room for talk in talks}) < 2
        return
    assert sorted(cell.talk.pk for row in table.rows for cell in row.cells) == sorted(talk.pk for talk in talks)
    assert [row.at for row in table.rows for cell in row.cells if cell.talk.starts_at != row.at] == []
    assert set(_widths(table)) == {len(table.rooms)}


def _widths(table: Table) -> list[int]:
    """How many columns each row fills, those reached from above included."""
    reaching = [0] * len(table.rows)
    for index, row in enumerate(table.rows):
        for cell in row.cells:
            for below in range(index + 1, index + cell.rows):
                reaching[below] += 1
    gaps = [sum(cell.gap.count("<td>") for cell in row.cells) + row.rest.count("<td>") for row in table.rows]
    return [len(row.cells) + gap + reach for row, gap, reach in zip(table.rows, gaps, reaching, strict=True)]


# The shelf


def test_the_least_recently_used_makes_room() -> None:
    shelf: Shelf[int] = Shelf(2)
    made: list[str] = []

    def make(key: str) -> int:
        return shelf.get(key, lambda: made.append(key) or len(made))  # type: ignore[func-returns-value]

    for key in "ababcab":
        make(key)

    assert made == ["a", "b", "c", "a", "b"]
