"""The demo holds every fact of the account, changes nothing twice, and goes away whole."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from PIL import ExifTags, Image

from events.models import Conference, Series, Speaker, Talk, Venue
from journal import actions
from journal.demo import build_demo, remove_demo
from journal.demo.drawings import drawn
from journal.demo.pages import PAGES, PICTURES
from journal.demo.programme import TALKS
from journal.demo.texts import TEXTS
from journal.models import Entry, Photo, Preferences, Revision
from journal.models.ownership import Owned
from journal.removal import OWNED
from journal.storage import files_of
from tests.factories import a_conference, a_picture, a_talk, an_entry
from tests.journal.facts import FACTS, FIRST, Kept

pytestmark = pytest.mark.django_db

OURS = [model for label in ("events", "journal") for model in apps.get_app_config(label).get_models()]


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("demo", *arguments, stdout=out)
    return out.getvalue()


def everything() -> dict[str, list[dict[str, object]]]:
    """Every row of ours, column by column."""
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in OURS}


@pytest.fixture
def visitor_person(db: None) -> User:
    """Somebody who came to look around."""
    visitor = User.objects.create_user("demo-visitor")
    build_demo(person=visitor, listed=False)
    return visitor


# The command


def test_demo_twice_changes_nothing() -> None:
    told = run()
    assert f"entries: {len(PAGES)} made, 0 there already" in told
    assert f"talks: {len(TALKS)} made, 0 there already" in told
    assert f"pictures: {len(PICTURES)} made, 0 there already" in told
    before, files = everything(), sorted(default_storage.listdir(f"photos/{User.objects.get().pk}")[1])
    told = run()
    assert everything() == before
    assert sorted(default_storage.listdir(f"photos/{User.objects.get().pk}")[1]) == files
    assert f"entries: 0 made, {len(PAGES)} there already" in told
    assert set(Revision.objects.values_list("version", flat=True)) == {1}


def test_demo_with_a_password_lets_people_in() -> None:
    run("--password", "a-word-for-the-demo")
    assert User.objects.get().check_password("a-word-for-the-demo")


def test_demo_is_listed_and_its_account_is_nobody_special() -> None:
    run()
    owner = User.objects.get()
    assert (owner.username, owner.is_staff, owner.has_usable_password()) == ("demo", False, False)
    assert (owner.preferences.display_name, owner.preferences.demo) == ("두재", False)
    assert set(Conference.objects.values_list("listed", flat=True)) == {True}
    assert set(Talk.objects.values_list("listed", flat=True)) == {True}
    assert set(Conference.objects.values_list("year", "slug")) == {
        (2022, "samsung-ai-forum"),
        (2021, "samsung-ai-forum"),
        (2021, "naver-forum"),
    }


def test_demo_leaves_alone_what_was_edited() -> None:
    run()
    kept = Kept(User.objects.get())
    entry, binned = kept.note_of("bengio"), kept.one(swag__item="텀블러")
    actions.revise_entry(entry=entry, base_version=1, text="Mine now.")
    actions.bin_entry(entry=binned)
    actions.log_day(owner=kept.person, day=kept.day(FIRST), mood="Mine too.")
    actions.mark_talk(owner=kept.person, talk=kept.talk("bengio"), rating=1)
    actions.bin_photo(photo=kept.photos()[0])
    Conference.objects.filter(pk=kept.forum.pk).update(name="Renamed", slug="renamed")
    Conference.objects.filter(pk=kept.naver.pk).update(name="Renamed too")
    Speaker.objects.filter(name="Yoshua Bengio").update(name="Y. Bengio")
    before = everything()
    run()
    assert everything() == before


def test_demo_completes_what_broke_off() -> None:
    run()
    kept = Kept(User.objects.get())
    photo = kept.photos()[0]
    actions.bin_photo(photo=photo)
    photo.refresh_from_db()
    actions.delete_photo_for_good(photo=photo)
    assert "pictures: 1 made" in run()
    assert kept.photos().count() == len(PICTURES)


def test_demo_for_a_person_uses_the_world_that_is_there(person: User) -> None:
    run()
    world = {model.__name__: model.objects.count() for model in (Conference, Talk, Speaker, Venue, Series)}
    told = run("--person", "alice")
    assert {model.__name__: model.objects.count() for model in (Conference, Talk, Speaker, Venue, Series)} == world
    assert f"talks: 0 made, {len(TALKS)} there already" in told
    assert "It belongs to alice." in told
    assert Entry.objects.of(person).count() == len(PAGES)
    assert not Preferences.objects.filter(person=person).exists()


def test_demo_for_a_person_needs_no_demo_account(person: User) -> None:
    run("--person", "alice")
    assert User.objects.get() == person
    kept = Kept(person)
    missing = [fact.name for fact in FACTS if not fact.rows(kept)]
    assert missing == []


def test_demo_joins_a_listed_conference_of_that_address(person: User) -> None:
    forum = a_conference(person, name="Samsung AI Forum", listed=True)
    assert forum.slug == "samsung-ai-forum"
    run()
    assert Conference.objects.filter(year=2022).get() == forum


def test_demo_leaves_another_persons_unlisted_conference_alone(person: User) -> None:
    forum = a_conference(person, name="Samsung AI Forum")
    run()
    assert forum.talks.count() == 0
    assert Conference.objects.filter(year=2022).count() == 2


def test_demo_for_nobody_says_so() -> None:
    with pytest.raises(CommandError, match="no account called zoe"):
        run("--person", "zoe")
    assert not User.objects.exists()


def test_demo_sets_no_password_of_somebody_else(person: User) -> None:
    with pytest.raises(CommandError, match="--password"):
        run("--person", "alice", "--password", "x")


def test_demo_for_a_visitor_is_refused(visitor_person: User) -> None:
    with pytest.raises(CommandError, match="shared with nobody"):
        run("--person", visitor_person.username)


# Visitors


def test_facts_hold_for_a_visitors_own_copy_too(visitor_person: User) -> None:
    kept = Kept(visitor_person, listed=False)
    assert [fact.name for fact in FACTS if not fact.rows(kept)] == []


def test_visitor_has_a_world_of_their_own(visitor_person: User) -> None:
    run()
    for model in (Conference, Talk, Speaker, Venue):
        own = model.objects.filter(added_by=visitor_person)
        assert own.exists()
        assert own.count() * 2 == model.objects.count()
        assert model.objects.visible_to(User.objects.get(username="demo")).filter(pk__in=own).count() == 0
    assert Preferences.objects.get(person=visitor_person).demo


def test_visitors_addresses_cannot_be_guessed(visitor_person: User) -> None:
    for model in (Conference, Talk, Speaker, Venue, Series):
        for slug in model.objects.values_list("slug", flat=True):
            assert len(slug.rpartition("-")[2]) == 6, slug


def test_two_visitors_do_not_meet(visitor_person: User) -> None:
    other = User.objects.create_user("demo-other")
    build_demo(person=other, listed=False)
    assert Conference.objects.visible_to(other).count() == 3
    assert Entry.objects.of(other).count() == len(PAGES)
    assert Series.objects.visible_to(other).count() == 1


def test_visitors_demo_twice_changes_nothing(visitor_person: User) -> None:
    before = everything()
    build_demo(person=visitor_person, listed=False)
    assert everything() == before


@pytest.mark.parametrize("who", ["staff", "writer"])
def test_nobody_with_a_life_of_their_own_becomes_a_visitor(staff: User, person: User, who: str) -> None:
    an_entry(person)
    with pytest.raises(ValueError, match="new account"):
        build_demo(person={"staff": staff, "writer": person}[who], listed=False)
    assert not Preferences.objects.filter(demo=True).exists()


# Removal


def test_remove_demo_leaves_nothing(visitor_person: User, django_capture_on_commit_callbacks: object) -> None:
    folder = Path(default_storage.path(f"photos/{visitor_person.pk}"))
    assert any(folder.iterdir())
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        remove_demo(visitor_person)
    assert {name: rows for name, rows in everything().items() if rows} == {}
    assert not User.objects.exists()
    assert not folder.exists()


def test_remove_demo_takes_what_the_visitor_added(visitor_person: User, person: User) -> None:
    shared = a_conference(person, name="Everyone's forum", listed=True)
    talk = a_talk(shared, speaker="Somebody", added_by=visitor_person)
    own = a_conference(visitor_person, name="Another")
    an_entry(visitor_person, talk=talk)
    an_entry(visitor_person, conference=own)
    actions.bin_entry(entry=an_entry(visitor_person, conference=shared))
    actions.file_photo(owner=visitor_person, file=io.BytesIO(a_picture()), name="a.jpg")
    remove_demo(visitor_person)
    assert list(User.objects.all()) == [person]
    assert list(Conference.objects.all()) == [shared]
    assert not Talk.objects.exists()
    assert not Entry.objects.exists()
    assert not Photo.objects.exists()


def test_remove_demo_leaves_everyone_elses_rows(visitor_person: User) -> None:
    run()
    remove_demo(visitor_person)
    kept = Kept(User.objects.get())
    assert [fact.name for fact in FACTS if not fact.rows(kept)] == []
    assert all(default_storage.exists(name) for photo in kept.photos() for name in files_of(photo))


def test_remove_demo_leaves_what_others_wrote_about(visitor_person: User, person: User) -> None:
    """Whoever keeps the data may have written about a visitor's conference: that stays, without the visitor."""
    forum = Kept(visitor_person, listed=False).forum
    an_entry(person, conference=forum)
    remove_demo(visitor_person)
    forum.refresh_from_db()
    assert forum.added_by is None
    assert list(User.objects.all()) == [person]


def test_remove_demo_is_only_for_visitors(person: User) -> None:
    run("--person", "alice")
    before = everything()
    with pytest.raises(ValueError, match="visitor"):
        remove_demo(person)
    assert everything() == before


def test_remove_demo_knows_every_kind_of_row() -> None:
    assert set(OWNED) == {model for model in OURS if issubclass(model, Owned)}


# Data


def test_every_page_has_its_text_and_every_text_its_page() -> None:
    assert {page.key for page in PAGES} == set(TEXTS)
    assert len({page.key for page in PAGES}) == len(PAGES)


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.key)
def test_drawing_is_the_same_every_time_and_knows_when_it_was_taken(picture: object) -> None:
    data = drawn(picture.key)  # type: ignore[attr-defined]
    drawn.cache_clear()
    assert drawn(picture.key) == data  # type: ignore[attr-defined]
    with Image.open(io.BytesIO(data)) as image:
        assert sorted(image.size) == [1067, 1600]
        assert image.getexif().get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal].startswith("2022:11:0")
