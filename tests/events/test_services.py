"""The verbs of conferences, days and names."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import ValidationError

from events import services
from events.models import Appearance, Conference, Day, FormerSlug, Room, Series, Speaker, Venue
from events.services import AppearanceDraft, ClockChange, DateChange, DayDraft, LinkDraft
from tests.factories import a_conference, a_talk

FIRST, LAST = date(2022, 11, 8), date(2022, 11, 9)


def added(person: User, **given: object) -> Conference:
    values = {"name": "Samsung AI Forum", "starts_on": FIRST, "ends_on": LAST, **given}
    return services.add_conference(person=person, **values)


# Conferences


def test_add_conference_makes_a_day_for_every_date(person: User) -> None:
    conference = added(person)

    assert [day.date for day in conference.days.all()] == [FIRST, LAST]
    assert (conference.year, conference.listed, conference.added_by) == (2022, False, person)


def test_add_conference_has_a_secret_address_unless_listed(person: User) -> None:
    assert added(person).slug.startswith("samsung-ai-forum-")
    assert added(person, listed=True).slug == "samsung-ai-forum"


def test_add_conference_takes_two_days_with_two_hosts_and_venues(person: User) -> None:
    drafts = [
        DayDraft(date=FIRST, host="SAIT", venue="COEX"),
        DayDraft(date=LAST, host="Samsung Research", venue="서울R&D캠퍼스"),
    ]

    conference = added(person, days=drafts, series="Samsung AI Forum", links=[LinkDraft(url="https://example.org/")])

    days = conference.days.order_by("date")
    assert [(day.host, day.venue.name) for day in days] == [("SAIT", "COEX"), ("Samsung Research", "서울R&D캠퍼스")]
    assert conference.series.name == "Samsung AI Forum"
    assert [link.url for link in conference.links.all()] == ["https://example.org/"]


def test_add_conference_skips_a_day_that_is_not_held(person: User) -> None:
    conference = added(person, ends_on=date(2022, 11, 10), days=[DayDraft(date=LAST, held=False)])

    assert [day.date.day for day in conference.days.all()] == [8, 10]


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends_on": date(2022, 11, 7)},
        {"ends_on": date(2024, 11, 7)},
        {"timezone": "KST"},
        {"name": "  "},
        {"website": "nonsense"},
        {"days": [DayDraft(date=date(2022, 11, 20))]},
        {"days": [DayDraft(date=FIRST, venue="x" * 201)]},
    ],
)
def test_add_conference_that_is_refused_leaves_nothing(person: User, wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        added(person, **{"series": "Forum", **wrong})

    assert not Conference.objects.exists()
    assert not Series.objects.exists()
    assert not Venue.objects.exists()


def test_texts_are_kept_in_one_unicode_form(person: User) -> None:
    conference = added(person, name="삼성\u200b  AI 포럼", days=[DayDraft(date=FIRST, host="종합기술원 ")])

    assert conference.name == "삼성 AI 포럼"
    assert conference.days.first().host == "종합기술원"


@pytest.mark.django_db
def test_add_conference_of_an_import_is_nobodys() -> None:
    conference = added(AnonymousUser(), listed=True, days=[DayDraft(date=FIRST, venue="COEX")])

    assert conference.added_by is None
    assert conference.days.first().venue.added_by is None
    assert conference.days.first().venue.slug == "coex"


def test_change_conference_sets_only_what_is_given(person: User) -> None:
    conference = added(person, about="Since 2017.")
    slug = conference.slug

    services.change_conference(conference=conference, person=person, name="삼성 AI 포럼", series="Samsung AI Forum")

    assert (conference.name, conference.about, conference.slug) == ("삼성 AI 포럼", "Since 2017.", slug)
    assert conference.series.name == "Samsung AI Forum"


def test_change_conference_keeps_the_series_that_is_called_so(person: User) -> None:
    conference = added(person, series="Samsung AI Forum")
    series = conference.series

    services.change_conference(conference=conference, person=person, series="samsung ai forum")
    assert conference.series == series

    services.change_conference(conference=conference, person=person, series="")
    assert conference.series is None


def test_change_conference_adds_and_removes_days_at_the_ends(person: User) -> None:
    conference = added(person, days=[DayDraft(date=LAST, host="Samsung Research")])

    services.change_conference(
        conference=conference, person=person, starts_on=LAST, ends_on=date(2022, 11, 10), dates=DateChange.ENDS
    )

    assert [(day.date.day, day.host) for day in conference.days.all()] == [(9, "Samsung Research"), (10, "")]
    assert (conference.starts_on, conference.ends_on) == (LAST, date(2022, 11, 10))


def test_change_conference_does_not_put_back_a_day_off_in_between(person: User) -> None:
    conference = added(person, ends_on=date(2022, 11, 10), days=[DayDraft(date=LAST, held=False)])

    services.change_conference(conference=conference, person=person, ends_on=date(2022, 11, 11))

    assert [day.date.day for day in conference.days.all()] == [8, 10, 11]


def test_change_conference_never_removes_a_day_with_a_talk(person: User) -> None:
    conference = added(person)
    a_talk(conference, day=conference.days.get(date=FIRST))

    with pytest.raises(ValidationError) as refused:
        services.change_conference(
            conference=conference,
            person=person,
            name="Another name",
            starts_on=LAST,
            days=[DayDraft(date=LAST, host="Somebody")],
        )

    assert "8 Nov 2022" in refused.value.messages[0]
    conference.refresh_from_db()
    assert (conference.name, conference.starts_on) == ("Samsung AI Forum", FIRST)
    assert [day.host for day in conference.days.all()] == ["", ""]


@pytest.mark.parametrize("by", [1, -1, 30])
def test_move_days_takes_talks_along_on_the_same_clock(person: User, by: int) -> None:
    conference = a_conference(person, days=3)
    talk = a_talk(conference)

    services.move_days(conference=conference, by=by)

    talk.refresh_from_db()
    assert [day.date for day in conference.days.order_by("date")] == conference.dates()
    assert talk.starts_at.astimezone(conference.zone).replace(tzinfo=None).toordinal() == (
        conference.starts_on.toordinal()
    )
    assert f"{talk.starts_at.astimezone(conference.zone):%H:%M}" == "10:00"


def test_move_days_keeps_the_clock_over_a_clock_change(person: User) -> None:
    conference = a_conference(person, timezone="Europe/Brussels", starts_on=date(2025, 3, 29), days=1)
    day = conference.days.get()
    talk = a_talk(conference, day=day, starts_at=datetime(2025, 3, 29, 9, 0, tzinfo=UTC), ends_at=None)

    services.move_days(conference=conference, by=1)

    talk.refresh_from_db()
    assert talk.starts_at == datetime(2025, 3, 30, 8, 0, tzinfo=UTC)
    assert talk.ends_at is None


def test_move_days_onto_the_repeated_hour_keeps_the_length(person: User) -> None:
    conference = a_conference(person, timezone="Europe/Brussels", starts_on=date(2025, 10, 26), days=1)
    # 02:50 before the change until 02:10 after it: twenty minutes.
    talk = a_talk(
        conference,
        starts_at=datetime(2025, 10, 26, 0, 50, tzinfo=UTC),
        ends_at=datetime(2025, 10, 26, 1, 10, tzinfo=UTC),
    )

    services.move_days(conference=conference, by=1)

    talk.refresh_from_db()
    assert talk.starts_at == datetime(2025, 10, 27, 1, 50, tzinfo=UTC)
    assert (talk.ends_at - talk.starts_at).total_seconds() == 20 * 60


def test_change_conference_can_move_and_grow_at_once(person: User) -> None:
    conference = added(person, days=[DayDraft(date=FIRST, host="SAIT")])

    services.change_conference(
        conference=conference,
        person=person,
        starts_on=date(2022, 12, 1),
        ends_on=date(2022, 12, 3),
        dates=DateChange.MOVE,
    )

    days = conference.days.order_by("date")
    assert [(day.date, day.host) for day in days] == [
        (date(2022, 12, 1), "SAIT"),
        (date(2022, 12, 2), ""),
        (date(2022, 12, 3), ""),
    ]


def test_a_conference_moved_to_another_year_leads_on(person: User) -> None:
    conference = added(person, listed=True)
    added(person, listed=True, starts_on=date(2023, 11, 8), ends_on=date(2023, 11, 9))

    services.change_conference(
        conference=conference,
        person=person,
        starts_on=date(2023, 11, 7),
        ends_on=date(2023, 11, 8),
        dates=DateChange.MOVE,
    )

    assert (conference.year, conference.slug) == (2023, "samsung-ai-forum-2")
    assert FormerSlug.objects.get(year=2022, slug="samsung-ai-forum").conference == conference


def test_change_zone_keeps_clock_times_over_a_clock_change(person: User) -> None:
    conference = a_conference(person, starts_on=date(2025, 10, 25), days=2)
    summer = a_talk(conference, starts_at=datetime(2025, 10, 25, 0, 30, tzinfo=UTC), ends_at=None)
    winter = a_talk(conference, starts_at=datetime(2025, 10, 26, 0, 30, tzinfo=UTC), ends_at=None)

    services.change_zone(conference=conference, timezone="Europe/Brussels", clocks=ClockChange.CLOCK)

    for talk in (summer, winter):
        talk.refresh_from_db()
    # 09:30 in Seoul is 09:30 in Brussels, in summer time and after it.
    assert summer.starts_at == datetime(2025, 10, 25, 7, 30, tzinfo=UTC)
    assert winter.starts_at == datetime(2025, 10, 26, 8, 30, tzinfo=UTC)


def test_change_zone_can_keep_the_moments(person: User) -> None:
    conference = a_conference(person)
    talk = a_talk(conference)
    before = talk.starts_at

    services.change_zone(conference=conference, timezone="Europe/Brussels", clocks=ClockChange.MOMENTS)

    talk.refresh_from_db()
    conference.refresh_from_db()
    assert (talk.starts_at, conference.timezone) == (before, "Europe/Brussels")


def test_change_zone_refuses_what_is_no_zone(person: User) -> None:
    conference = a_conference(person)

    with pytest.raises(ValidationError):
        services.change_zone(conference=conference, timezone="KST")


def test_change_day_sets_the_venue_by_typing(person: User) -> None:
    day = a_conference(person).days.first()

    services.change_day(day=day, person=person, draft=DayDraft(date=day.date, host="SAIT", venue="COEX"))
    venue = day.venue
    services.change_day(day=day, person=person, draft=DayDraft(date=day.date, venue="coex", title="Opening"))

    assert (day.host, day.title, day.venue) == ("SAIT", "Opening", venue)

    services.change_day(day=day, person=person, draft=DayDraft(date=day.date, venue=""))
    assert day.venue is None


# Finding or making


def test_find_speaker_by_any_spelling(person: User) -> None:
    seung = services.add_speaker(
        person=person, name="Sebastian Seung", other_name="승현준", aka="H. Sebastian Seung\nSeung, Sebastian"
    )

    typed = [
        "sebastian  SEUNG",
        "승현준",
        "h. sebastian seung",
        "Seung, Sebastian",
        "Sebastian Seung (승현준)",
        "승현준 (Sebastian Seung)",
    ]
    assert [services.find_speaker(person=person, name=name) for name in typed] == [seung] * len(typed)
    assert services.find_speaker(person=person, name="Sebastian") is None


def test_a_speaker_nobody_may_see_is_neither_found_nor_betrayed(person: User, stranger: User) -> None:
    services.add_speaker(person=stranger, name="Sebastian Seung")

    made = services.find_or_make_speaker(person=person, name="Sebastian Seung")

    assert made.added_by == person
    assert made.slug not in {"sebastian-seung", "sebastian-seung-2"}


def test_a_speaker_of_a_visible_talk_is_found(person: User, stranger: User) -> None:
    shared = a_conference(stranger, listed=True)
    a_talk(shared, speaker="Yoshua Bengio", listed=True)
    a_talk(shared, speaker="Daniel Lee", listed=False)

    assert services.find_speaker(person=person, name="Yoshua Bengio") is not None
    assert services.find_speaker(person=person, name="Daniel Lee") is None


def test_both_names_typed_at_once_are_kept_as_two(person: User) -> None:
    made = services.find_or_make_speaker(person=person, name="승현준 (Sebastian Seung)")

    assert (made.name, made.other_name) == ("승현준", "Sebastian Seung")
    assert made.slug.startswith("sebastian-seung-")


def test_a_bracket_in_one_script_is_part_of_the_name(person: User) -> None:
    made = services.find_or_make_venue(person=person, name="Hall A (East)")

    assert (made.name, made.other_name) == ("Hall A (East)", "")


def test_speakers_of_one_name_are_told_apart(person: User) -> None:
    here = a_conference(person)
    elsewhere = a_conference(person, name="Another forum")
    a_talk(here, speaker="Daniel Lee")
    a_talk(elsewhere, speaker="Daniel Lee")
    Appearance.objects.filter(talk__conference=elsewhere).update(affiliation="Cornell University")
    first = Speaker.objects.get(appearances__talk__conference=here)
    second = Speaker.objects.get(appearances__talk__conference=elsewhere)

    assert services.find_speaker(person=person, name="Daniel Lee", conference=here) == first
    assert services.find_speaker(person=person, name="Daniel Lee", affiliation="cornell university") == second
    assert services.find_speaker(person=person, name="Daniel Lee") is None


def test_find_or_make_venue_makes_no_second_one(person: User) -> None:
    venue = services.find_or_make_venue(person=person, name="카이스트")
    services.change_named(thing=venue, other_name="KAIST", aka="한국과학기술원")

    for typed in ("카이스트", "kaist", "한국과학기술원"):
        assert services.find_or_make_venue(person=person, name=typed) == venue


def test_two_venues_of_one_name_are_not_guessed_at(person: User) -> None:
    first = services.add_venue(person=person, name="Hall A")
    services.add_venue(person=person, name="Hall A")

    assert services.find_or_make_venue(person=person, name="Hall A", current=first) == first
    services.find_or_make_venue(person=person, name="Hall A")
    assert Venue.objects.filter(name="Hall A").count() == 3


def test_find_or_make_room_within_the_conference(person: User) -> None:
    conference = a_conference(person)
    other = a_conference(person, name="Another forum")

    room = services.find_or_make_room(person=person, conference=conference, name="Grand Ballroom")
    again = services.find_or_make_room(person=person, conference=conference, name="grand ballroom")
    second = services.find_or_make_room(person=person, conference=conference, name="Lobby")
    elsewhere = services.find_or_make_room(person=person, conference=other, name="Grand Ballroom")

    assert again == room != elsewhere
    assert (room.position, second.position) == (0, 1)


def test_the_room_of_an_unseen_talk_is_not_matched(person: User, stranger: User) -> None:
    shared = a_conference(stranger, listed=True)
    services.add_talk(person=person, conference=shared, title="Mine", room="Hidden suite")

    room = services.find_or_make_room(person=stranger, conference=shared, name="Hidden suite")

    assert Room.objects.filter(name="Hidden suite").count() == 2
    assert room not in Room.objects.visible_to(person).filter(talks__isnull=False)


def test_change_named_refuses_half_a_coordinate(person: User) -> None:
    venue = services.add_venue(person=person, name="COEX")

    with pytest.raises(ValidationError):
        services.change_named(thing=venue, latitude="37.5")

    assert Venue.objects.get().latitude is None


def test_links_of_a_speaker_are_replaced_by_address(person: User) -> None:
    speaker = services.add_speaker(
        person=person,
        name="Yoshua Bengio",
        links=[LinkDraft(url="https://a.example/"), LinkDraft(url="https://b.example/")],
    )
    kept = speaker.links.get(url="https://a.example/")

    services.change_named(thing=speaker, links=[LinkDraft(url="https://a.example/", title="Home")])

    assert [(link.pk, link.title) for link in speaker.links.all()] == [(kept.pk, "Home")]


# Sharing and deleting


def test_share_conference_with_ones_own_talks_only(person: User, stranger: User) -> None:
    conference = a_conference(person)
    mine, theirs = a_talk(conference), a_talk(conference, title="Theirs", added_by=stranger)

    shared = services.share_conference(conference=conference, person=person, with_talks=True)

    for talk in (mine, theirs):
        talk.refresh_from_db()
    assert (shared, mine.listed, theirs.listed) == (1, True, False)
    assert Conference.objects.visible_to(stranger).get() == conference


def test_share_talk_waits_for_its_conference(person: User) -> None:
    talk = a_talk(a_conference(person))

    with pytest.raises(ValidationError):
        services.share_talk(talk=talk)

    services.share_conference(conference=talk.conference, person=person)
    services.share_talk(talk=talk)
    talk.refresh_from_db()
    assert talk.listed


def test_delete_conference_takes_its_days_rooms_and_talks(person: User) -> None:
    conference = a_conference(person)
    services.add_talk(person=person, conference=conference, title="One", room="Hall", day=conference.days.first())

    services.delete_conference(conference=conference, person=person)

    assert not Conference.objects.exists()
    assert not Room.objects.exists()
    assert not Day.objects.exists()


def test_delete_conference_with_talks_of_others_is_refused(person: User, stranger: User, staff: User) -> None:
    conference = a_conference(person, listed=True)
    services.add_talk(person=stranger, conference=conference, title="Theirs")

    with pytest.raises(ValidationError):
        services.delete_conference(conference=conference, person=person)
    assert Conference.objects.exists()

    services.delete_conference(conference=conference, person=staff)
    assert not Conference.objects.exists()


def test_delete_day_with_a_talk_is_refused(person: User) -> None:
    conference = a_conference(person)
    a_talk(conference)

    with pytest.raises(ValidationError):
        services.delete_day(day=conference.days.get(date=FIRST))
    services.delete_day(day=conference.days.get(date=LAST))

    assert [day.date for day in conference.days.all()] == [FIRST]


def test_delete_talk_of_an_unlisted_one_takes_its_room_along(person: User, stranger: User) -> None:
    conference = a_conference(person, listed=True)
    talk = services.add_talk(
        person=stranger, conference=conference, room="Hidden suite", speakers=[AppearanceDraft(name="Daniel Lee")]
    )

    services.delete_talk(talk=talk, person=stranger)

    assert not Room.objects.exists()
    assert Speaker.objects.filter(name="Daniel Lee").exists()
