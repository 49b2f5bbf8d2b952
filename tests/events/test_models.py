"""Rules that the database itself holds, and what models say about themselves."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import override

from events.models import Appearance, Conference, Day, FormerSlug, Link, Room, Series, Speaker, Talk, Venue
from tests.factories import a_conference, a_talk


def refused_by_the_database(make: object) -> bool:
    try:
        with transaction.atomic():
            make()  # type: ignore[operator]
    except IntegrityError:
        return True
    return False


# Addresses


@pytest.mark.parametrize(
    ("name", "other_name", "slug"),
    [
        ("Samsung AI Forum 2022", "", "samsung-ai-forum"),
        ("삼성 AI 포럼 2022", "Samsung AI Forum 2022", "samsung-ai-forum"),
    ],
)
def test_a_listed_conference_is_addressed_by_its_latin_name(
    person: User, name: str, other_name: str, slug: str
) -> None:
    conference = a_conference(person, name=name, other_name=other_name, listed=True)

    assert conference.slug == slug
    assert conference.get_absolute_url() == f"/2022/{slug}/"


def test_a_conference_without_a_latin_name_has_a_short_id(person: User) -> None:
    assert len(a_conference(person, name="삼성 AI 포럼 2022", listed=True).slug) == 6


def test_an_unlisted_slug_betrays_nothing(person: User, stranger: User) -> None:
    first, second = a_conference(person, name="Hidden forum"), a_conference(stranger, name="Hidden forum")

    assert first.slug.startswith("hidden-forum-")
    assert second.slug.startswith("hidden-forum-")
    assert len(first.slug) == len(second.slug) == len("hidden-forum-") + 6


def test_a_taken_slug_counts_on(person: User) -> None:
    conference = a_conference(person, listed=True)
    slugs = [a_talk(conference, title="Breakfast", listed=True).slug for _count in range(3)]

    assert slugs == ["breakfast", "breakfast-2", "breakfast-3"]


def test_one_slug_may_stand_in_two_conferences_and_two_years(person: User) -> None:
    first = a_conference(person, listed=True)
    second = a_conference(person, listed=True, starts_on=date(2023, 11, 8))

    assert first.slug == second.slug
    assert a_talk(first, listed=True).slug == a_talk(second, listed=True).slug


def test_a_slug_never_changes_by_itself(person: User) -> None:
    talk = a_talk(a_conference(person), title="One", listed=True)
    talk.title = "Another"
    talk.save()

    assert talk.slug == "one"


@pytest.mark.parametrize("kind", [Series, Conference, Talk, Speaker, Venue])
def test_a_slug_changed_by_hand_leaves_a_redirect(person: User, kind: type) -> None:
    conference = a_conference(person, listed=True)
    a_talk(conference, speaker="Ada Kim", listed=True)
    Series.objects.create(name="Forum")
    Venue.objects.create(name="COEX")
    thing = kind.objects.get()
    before = thing.slug

    thing.slug = "first-change"
    thing.save()
    thing.slug = "second-change"
    thing.save()
    thing.slug = before
    thing.save()

    former = FormerSlug.objects.filter(**{kind._meta.model_name: thing})
    assert {row.slug for row in former} == {"first-change", "second-change"}
    assert str(former.first()) in {"first-change", "second-change"}


# Checks and unique rows


def test_a_conference_ends_after_it_starts(person: User) -> None:
    dates = {"name": "Forum", "starts_on": date(2022, 11, 9), "ends_on": date(2022, 11, 8)}

    assert refused_by_the_database(lambda: Conference.objects.create(**dates))
    with pytest.raises(ValidationError):
        Conference(**dates).clean()


def test_a_slug_stands_once_a_year(person: User) -> None:
    conference = a_conference(person)

    assert refused_by_the_database(lambda: a_conference(person, slug=conference.slug))


def test_a_date_stands_once_in_a_conference(person: User) -> None:
    conference = a_conference(person)

    assert refused_by_the_database(lambda: Day.objects.create(conference=conference, date=conference.starts_on))


def test_a_day_lies_within_its_conference(person: User) -> None:
    with pytest.raises(ValidationError) as refused:
        Day(conference=a_conference(person), date=date(2022, 12, 1)).full_clean()

    assert "date" in refused.value.error_dict


@pytest.mark.parametrize(
    ("starts_at", "ends_at"),
    [
        (datetime(2022, 11, 8, 2, tzinfo=UTC), datetime(2022, 11, 8, 1, tzinfo=UTC)),
        (None, datetime(2022, 11, 8, 1, tzinfo=UTC)),
    ],
)
def test_a_talk_ends_after_it_starts(person: User, starts_at: datetime | None, ends_at: datetime) -> None:
    conference = a_conference(person)

    assert refused_by_the_database(lambda: a_talk(conference, starts_at=starts_at, ends_at=ends_at))
    with pytest.raises(ValidationError):
        Talk(conference=conference, starts_at=starts_at, ends_at=ends_at).clean()


def test_a_talk_of_no_length_is_allowed(person: User) -> None:
    moment = datetime(2022, 11, 8, 2, tzinfo=UTC)

    assert a_talk(a_conference(person), starts_at=moment, ends_at=moment).pk


def test_a_talk_keeps_to_the_days_and_rooms_of_its_conference(person: User) -> None:
    here, elsewhere = a_conference(person), a_conference(person, name="Another")
    room = Room.objects.create(conference=elsewhere, name="Hall")

    for wrong in ({"day": elsewhere.days.first()}, {"room": room}):
        with pytest.raises(ValidationError) as refused:
            Talk(conference=here, **wrong).clean()
        assert set(refused.value.error_dict) == set(wrong)


def test_an_appearance_names_somebody_once_a_role(person: User) -> None:
    talk = a_talk(a_conference(person), speaker="Ada Kim")
    speaker = talk.appearances.get().speaker

    assert refused_by_the_database(lambda: Appearance.objects.create(talk=talk, speaker=speaker))
    assert refused_by_the_database(lambda: Appearance.objects.create(talk=talk))
    Appearance.objects.create(talk=talk, speaker=speaker, role=Appearance.Role.MODERATOR)
    Appearance.objects.create(talk=talk, organisation="KAIST")
    Appearance.objects.create(talk=talk, organisation="KAIST")
    with pytest.raises(ValidationError):
        Appearance(talk=talk, organisation=" ").clean()


def test_a_link_is_of_one_thing(person: User) -> None:
    conference = a_conference(person)
    talk = a_talk(conference)

    assert refused_by_the_database(lambda: Link.objects.create(url="https://example.org/"))
    assert refused_by_the_database(
        lambda: Link.objects.create(url="https://example.org/", talk=talk, conference=conference)
    )
    assert str(Link.objects.create(url="https://example.org/", talk=talk)) == "https://example.org/"


def test_a_former_slug_is_of_one_thing(person: User) -> None:
    conference = a_conference(person)

    assert refused_by_the_database(lambda: FormerSlug.objects.create(slug="one"))
    FormerSlug.objects.create(slug="one", year=2022, conference=conference)
    assert refused_by_the_database(lambda: FormerSlug.objects.create(slug="one", year=2022, conference=conference))


def test_a_place_has_both_coordinates_or_none() -> None:
    with pytest.raises(ValidationError):
        Venue(name="COEX", latitude="37.5").clean()


@pytest.mark.django_db
def test_what_stands_in_a_programme_is_not_deleted_under_it() -> None:
    conference = a_conference(None)
    talk = a_talk(conference, speaker="Ada Kim")
    venue = Venue.objects.create(name="COEX")
    Day.objects.filter(pk=talk.day_id).update(venue=venue)

    for thing in (talk.day, talk.appearances.get().speaker, venue):
        with pytest.raises(ProtectedError):
            thing.delete()


# What they say


def test_names_stand_in_the_readers_script() -> None:
    speaker = Speaker(name="Sebastian Seung", other_name="승현준", aka="Seung\n\n승현준")

    with override("ko"):
        assert (speaker.own_name(), speaker.both_names()) == ("승현준", "승현준 (Sebastian Seung)")
    with override("en"):
        assert (speaker.own_name(), speaker.both_names()) == ("Sebastian Seung", "Sebastian Seung (승현준)")
    assert speaker.spellings() == ("Sebastian Seung", "승현준", "Seung")
    assert str(speaker) == "Sebastian Seung"


@pytest.mark.django_db
def test_names_are_stored_in_one_form_with_their_place_in_the_alphabet() -> None:
    Speaker.objects.bulk_create([])
    for name in ("Łódź  Kim", "가나다", "나", "2nd"):
        Speaker.objects.create(name=name)

    assert [speaker.name for speaker in Speaker.objects.all()] == ["2nd", "가나다", "나", "Łódź Kim"]
    speaker = Speaker.objects.get(name="나")
    speaker.name = "ㄱ"
    speaker.save(update_fields=["name"])
    assert speaker.sort_key == Speaker.objects.get(pk=speaker.pk).sort_key


def test_a_talk_looks_whole_whatever_is_known_of_it(person: User) -> None:
    conference = a_conference(person)
    untitled = a_talk(conference, title="", kind="keynote", speaker="Yoshua Bengio")
    nameless = a_talk(conference, title="", kind="break")

    with override("en"):
        assert untitled.display_title() == "Yoshua Bengio · Keynote"
        assert nameless.display_title() == "Break"
        assert str(nameless) == f"Break {nameless.pk}"
    assert str(a_talk(conference, title="One")) == "One"
    assert untitled.get_absolute_url().startswith(f"/2022/{conference.slug}/talks/keynote-")


def test_days_are_counted_from_the_first_date(person: User) -> None:
    conference = a_conference(person, days=3)
    last = conference.days.get(date=date(2022, 11, 10))

    assert last.number == 3
    assert str(last).endswith("2022-11-10")
    assert last.get_absolute_url() == f"/2022/{conference.slug}/days/2022-11-10/"
    assert conference.zone.key == "Asia/Seoul"


def test_an_appearance_says_no_more_than_its_role_as_text(person: User) -> None:
    appearance = a_talk(a_conference(person), speaker="Ada Kim").appearances.get()

    assert str(appearance) == f"Speaker {appearance.pk}"
    assert appearance.display_name() == "Ada Kim"
