"""A sample: what was asked for, the same every time, and rows as saving one by one leaves them."""

from __future__ import annotations

from datetime import date
from io import StringIO
from itertools import pairwise
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Model
from hypothesis import given
from hypothesis import strategies as st

from events.models import Appearance, Conference, Day, Room, Series, Speaker, Talk, Venue
from journal.models import Attendance, DayLog, Encounter, Entry, Mark, Meal, Photo, Revision, Swag
from journal.sample import Sizes, make_sample
from journal.sample.chance import Chance
from journal.sample.prose import drafts, text
from journal.sample.titles import title
from journal.storage import files_of
from tests.factories import an_entry

SMALL = Sizes(conferences=3, talks=40, entries=60, people=2)
UNTIL = date(2026, 11, 23)
WORLD: tuple[type[Model], ...] = (Series, Venue, Speaker, Conference, Day, Room, Talk, Appearance)
BOOK: tuple[type[Model], ...] = (Attendance, DayLog, Mark, Entry, Meal, Swag, Encounter, Photo)


def a_sample(sizes: Sizes = SMALL, *, seed: int = 1) -> list[User]:
    return make_sample(sizes, seed=seed, say=lambda _line: None, until=UNTIL)


def values(row: Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


@pytest.mark.django_db
def test_a_sample_has_as_much_as_was_asked_for() -> None:
    people = a_sample()
    assert [person.get_username() for person in people] == ["sample-1", "sample-2"]
    assert [conference.talks.count() for conference in Conference.objects.all()] == [40, 40, 40]
    assert Entry.objects.count() == 60
    assert set(Entry.objects.values_list("kind", flat=True)) == set(Entry.Kind.values)
    assert Conference.objects.filter(starts_on__lte=UNTIL, ends_on__gte=UNTIL).count() == 1


@pytest.mark.django_db
def test_a_tiny_sample_is_made_too() -> None:
    a_sample(Sizes(conferences=1, talks=3, entries=2, people=1))
    assert (Talk.objects.count(), Entry.objects.count()) == (3, 2)


@pytest.mark.django_db
def test_the_same_seed_gives_the_same_rows() -> None:
    def everything(seed: int) -> list[Any]:
        with transaction.atomic():
            a_sample(seed=seed)
            found = [
                list(Conference.objects.order_by("pk").values_list("name", "slug", "starts_on", "listed")),
                list(
                    Talk.objects.order_by("pk").values_list("uid", "slug", "title", "starts_at", "state", "room__name")
                ),
                list(Appearance.objects.order_by("pk").values_list("speaker__slug", "affiliation", "job_title")),
                list(Mark.objects.order_by("pk").values_list("owner__username", "talk__slug", "state", "rating")),
                list(Revision.objects.order_by("pk").values_list("version", "text", "saved_at")),
                list(Photo.objects.order_by("pk").values_list("uid", "digest", "caption")),
            ]
            transaction.set_rollback(True)
        return found

    assert everything(1) == everything(1)
    assert everything(1) != everything(2)


@pytest.mark.django_db
def test_every_row_is_valid_and_as_saving_it_leaves_it() -> None:
    a_sample()
    for model in (*WORLD, *BOOK):
        for row in model._default_manager.all():
            row.full_clean()
            before = values(row)
            row.save()
            after = values(model._default_manager.get(pk=row.pk))
            for moving in ("modified", "programme_stamp"):
                before.pop(moving, None), after.pop(moving, None)
            assert after == before


@pytest.mark.django_db
def test_every_version_of_every_entry_is_there() -> None:
    a_sample()
    for entry in Entry.objects.all():
        versions = list(Revision.objects.filter(entry=entry).order_by("version"))
        assert [one.version for one in versions] == list(range(1, entry.version + 1))
        assert [one.base_version for one in versions] == list(range(entry.version))
        assert versions[-1].text == entry.text
        assert versions[-1].fields["kind"] == entry.kind


@pytest.mark.django_db
def test_versions_of_long_ago_survive_the_next_start() -> None:
    a_sample()
    before = Revision.objects.count()
    call_command("thin_histories", stdout=StringIO())
    assert Revision.objects.count() == before


@pytest.mark.django_db
def test_pictures_have_files_and_talks_have_clashes() -> None:
    (person, *_others) = a_sample(Sizes(conferences=1, talks=60, entries=80, people=1))
    for photo in Photo.objects.all():
        assert all(default_storage.exists(name) for name in files_of(photo))
    marked = Mark.objects.filter(owner=person, talk__starts_at__isnull=False).values("talk")
    talks = list(Talk.objects.filter(pk__in=marked).order_by("starts_at"))
    assert any(one.ends_at > two.starts_at for one, two in pairwise(talks))


@pytest.mark.django_db
def test_nobody_can_sign_in_until_a_password_is_given() -> None:
    said = StringIO()
    call_command("sample", conferences=1, talks=30, entries=20, people=2, stdout=said)
    assert "./lanyard manage changepassword sample-1" in said.getvalue()
    assert not any(person.has_usable_password() for person in User.objects.all())


@pytest.mark.django_db
def test_a_database_with_a_journal_is_refused_in_words(person: User) -> None:
    an_entry(person)
    with pytest.raises(CommandError, match="Somebody keeps a journal"):
        call_command("sample", stdout=StringIO())
    assert not Conference.objects.exists()


@pytest.mark.django_db
def test_a_second_sample_stands_beside_the_first() -> None:
    a_sample()
    call_command("sample", conferences=3, talks=40, entries=20, people=2, yes=True, stdout=StringIO())
    assert User.objects.filter(username="sample-4").exists()
    assert Talk.objects.count() == 240


@given(seed=st.integers(), korean=st.booleans())
def test_titles_and_texts_are_as_long_as_real_ones(seed: int, korean: bool) -> None:
    chance = Chance(seed)
    assert 3 <= len(title(chance, korean=korean)) <= 200
    written = text(chance, korean=korean, speakers=[("승현준", "sebastian-seung")])
    assert 50 <= len(written) <= 3000
    versions = drafts(chance, written, 4)
    assert versions[-1] == written
    assert all(written.startswith(version) for version in versions)
