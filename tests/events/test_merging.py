"""Merge and split of what is one thing, or two: nothing is lost, whatever the order."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, models, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.models import Appearance, Conference, FormerSlug, Link, Merge, Room, Speaker, Talk, Venue
from events.services.merging import Reference, merge, merges_of, plan_merge, plan_split, references_to, split
from journal.models import DayLog, Entry, Mark, Photo
from tests.factories import a_conference, a_photo, a_talk, an_entry

pytestmark = pytest.mark.django_db
KINDS = (Speaker, Venue, Talk)


@contextmanager
def undone() -> Iterator[None]:
    """Takes back what a generated example wrote."""
    with transaction.atomic():
        yield
        connection.check_constraints()
        transaction.set_rollback(True)


# Every foreign key


@pytest.mark.parametrize("kind", KINDS)
def test_every_foreign_key_to_what_can_be_merged_moves(kind: type[models.Model]) -> None:
    """Found here in another way than there: by the columns of every model there is."""
    named = {
        (model, column.name)
        for model in apps.get_models(include_auto_created=True)
        for column in model._meta.concrete_fields
        if column.remote_field is not None and column.remote_field.model is kind
    }
    assert named
    assert {(one.model, one.column) for one in references_to(kind)} == named


@pytest.mark.parametrize("kind", KINDS)
def test_what_points_at_it_can_be_moved_by_key(kind: type[models.Model]) -> None:
    """By primary key; every rule of what is there once names its columns; the manager hides no row."""
    for reference in references_to(kind):
        column = reference.model._meta.get_field(reference.column)
        assert column.target_field.primary_key
        for constraint in reference.model._meta.constraints:
            assert not getattr(constraint, "expressions", ()), constraint.name
        manager = reference.model._default_manager
        assert type(manager).get_queryset in {models.Manager.get_queryset, type(manager).__mro__[1].get_queryset}
        assert not manager.all().query.where


# Random worlds


@dataclass
class World:
    """Rows, and what has to become of them: keys by key, followed through every merge and split."""

    conference: Conference
    staff: User
    owners: list[User]
    stands_for: dict[tuple[type, int], int] = field(default_factory=dict)
    slugs: dict[tuple[type, str], int] = field(default_factory=dict)
    of_speaker: dict[tuple[type, int], int] = field(default_factory=dict)
    records: list[Record] = field(default_factory=list)
    words: list[tuple[Callable[[Any], set[str]], Any, str]] = field(default_factory=list)

    def add(self, row: Any) -> Any:
        self.stands_for[type(row), row.pk] = row.pk
        self.slugs[type(row), row.slug] = row.pk
        return row

    def standing(self, kind: type, key: int) -> int:
        while self.stands_for[kind, key] != key:
            key = self.stands_for[kind, key]
        return key

    def alive(self, kind: type) -> list[Any]:
        keys = sorted(key for (of, key), there in self.stands_for.items() if of is kind and key == there)
        found = kind._default_manager.in_bulk(keys)
        return [found[key] for key in keys]


@dataclass
class Record:
    """The model of a record of a merge of speakers."""

    kept: int
    lost: int
    rows: set[tuple[type, int]]
    came: list[Record]


def merged(world: World, keep: Any, lose: list[Any]) -> None:
    kind = type(keep)
    merge(keep=keep, lose=lose, by=world.staff)
    for lost in lose:
        world.stands_for[kind, lost.pk] = keep.pk
        if kind is Speaker:
            rows = {row for row, key in world.of_speaker.items() if key == lost.pk}
            came = [record for record in world.records if record.kept == lost.pk]
            world.of_speaker |= dict.fromkeys(rows, keep.pk)
            for record in came:
                record.kept = keep.pk
            world.records.append(Record(keep.pk, lost.pk, rows, came))


def taken_apart(world: World, speaker: Speaker, record: Merge) -> None:
    known = next(one for one in world.records if (one.kept, one.lost) == (speaker.pk, record.lost_key))
    plan = plan_split(speaker=speaker, by=world.staff, record=record)
    report = split(speaker=speaker, by=world.staff, record=record, appearances=plan.chosen, seen=plan.fingerprint)
    assert report.made.pk == known.lost
    world.stands_for[Speaker, known.lost] = known.lost
    world.of_speaker |= {row: known.lost for row in known.rows if world.of_speaker[row] == known.kept}
    for other in known.came:
        if other.kept == known.kept:
            other.kept = known.lost
            world.stands_for[Speaker, other.lost] = known.lost
    world.records.remove(known)


def a_world(data: st.DataObject, staff: User, owners: list[User]) -> World:
    """Four of each kind, and rows of every kind that point at them; small pools, so that rows meet."""
    conference = a_conference(staff, listed=True)
    world = World(conference, staff, owners)
    at = datetime(2022, 11, 8, 1, tzinfo=UTC)
    talks = [world.add(a_talk(conference, title=f"Talk {n}", listed=bool(n % 2), starts_at=at)) for n in range(4)]
    speakers = [world.add(Speaker.objects.create(name=f"Speaker {n}", added_by=staff, about="x" * n)) for n in range(4)]
    venues = [world.add(Venue.objects.create(name=f"Venue {n}", added_by=staff)) for n in range(3)]
    for made in (talks[0], talks[1], speakers[0], speakers[1], venues[0]):
        row = type(made).objects.get(pk=made.pk)
        row.slug = f"moved-{uuid.uuid4().hex[:8]}"
        row.save()
        world.add(row)
    days = list(conference.days.order_by("date"))
    Room.objects.bulk_create(Room(conference=conference, venue=venue, name="Hall") for venue in venues)
    for day, venue in zip(days, venues, strict=False):
        day.venue = venue
        day.save()

    _people_and_links(data, world, talks, speakers)
    _book(data, world, talks, speakers, venues)
    return world


def _people_and_links(data: st.DataObject, world: World, talks: list[Talk], speakers: list[Speaker]) -> None:
    for number in range(data.draw(st.integers(4, 8))):
        talk, speaker, role = _drawn(data, talks), _drawn(data, speakers), _drawn(data, ["speaker", "host"])
        given = {"affiliation": f"affiliation-{number}-", "job_title": _drawn(data, ["", "Dean"])}
        _row, made = Appearance.objects.get_or_create(talk=talk, speaker=speaker, role=role, defaults=given)
        if made:
            world.words.append((_affiliations(role), talk.pk, given["affiliation"]))
    for number in range(6):
        thing = _drawn(data, [{"talk": _drawn(data, talks)}, {"speaker": _drawn(data, speakers)}])
        Link.objects.create(url=f"https://example.org/{_drawn(data, [1, 2])}", title=f"title-{number}-", **thing)


def _book(data: st.DataObject, world: World, talks: list[Talk], speakers: list[Speaker], venues: list[Venue]) -> None:
    pools = {"talk": talks, "speaker": speakers, "venue": venues}
    for number in range(data.draw(st.integers(2, 8))):
        about = {name: _drawn(data, [None, *rows]) for name, rows in pools.items()}
        own = {"owner": _drawn(data, world.owners), "conference": world.conference, **about}
        file = {"file": "f", "format": "WEBP", "width": 1, "height": 1, "digest": uuid.uuid4().hex}
        kind, more = _drawn(data, [(Entry, {"text": f"text {number}"}), (Photo, file)])
        row = kind.objects.create(**own, **more)
        world.of_speaker |= {(kind, row.pk): about["speaker"].pk} if about["speaker"] else {}
    for number in range(data.draw(st.integers(2, 6))):
        owner, talk, verdict = _drawn(data, world.owners), _drawn(data, talks), f"verdict-{number}-"
        said = {"state": _drawn(data, list(Mark.State)), "rating": _drawn(data, [None, 3, 5])}
        said["verdict"] = verdict * _drawn(data, [1, 15])
        _row, made = Mark.objects.get_or_create(owner=owner, talk=talk, defaults=said)
        if made:
            world.words.append((_verdicts(owner), talk.pk, verdict))
    for owner in world.owners:
        DayLog.objects.create(owner=owner, day=world.conference.days.first(), highlight_talk=_drawn(data, talks))


def _drawn(data: st.DataObject, rows: list[Any]) -> Any:
    return data.draw(st.sampled_from(rows))


def _affiliations(role: str) -> Callable[[int], set[str]]:
    return lambda talk: set(Appearance.objects.filter(talk=talk, role=role).values_list("affiliation", flat=True))


def _verdicts(owner: User) -> Callable[[int], set[str]]:
    def said(talk: int) -> set[str]:
        marks = Mark.objects.filter(owner=owner, talk=talk).values_list("verdict", flat=True)
        return {*marks, *Entry.objects.filter(owner=owner, talk=talk).values_list("text", flat=True)}

    return said


@dataclass
class Before:
    """What there was, to compare with."""

    world: World
    subjects: dict[tuple[type, int], tuple[int | None, int | None, str]]
    highlights: dict[int, int | None]
    marks: set[tuple[int, int]]
    links: set[tuple[str, str, int]]
    titles: set[str]

    @classmethod
    def of(cls, world: World) -> Before:
        subjects = {
            (kind, row.pk): (row.talk_id, row.venue_id, getattr(row, "text", ""))
            for kind in (Entry, Photo)
            for row in kind.objects.all()
        }
        return cls(
            world,
            subjects,
            dict(DayLog.objects.values_list("pk", "highlight_talk")),
            set(Mark.objects.values_list("owner", "talk")),
            _links(),
            set(Link.objects.values_list("title", flat=True)),
        )

    def holds(self) -> None:
        """Every row is there, about what stands for what it was about; every word, every address."""
        world = self.world
        rows = {kind: kind.objects.in_bulk() for kind in (Entry, Photo)}
        for (kind, key), (talk, venue, text) in self.subjects.items():
            row = rows[kind][key]
            assert row.talk_id == (talk and world.standing(Talk, talk))
            assert row.venue_id == (venue and world.standing(Venue, venue))
            assert row.speaker_id == world.of_speaker.get((kind, key))
            assert getattr(row, "text", "") == text
        highlights = {key: talk and world.standing(Talk, talk) for key, talk in self.highlights.items()}
        assert dict(DayLog.objects.values_list("pk", "highlight_talk")) == highlights
        expected = {(owner, world.standing(Talk, talk)) for owner, talk in self.marks}
        assert sorted(Mark.objects.values_list("owner", "talk")) == sorted(expected)
        for found, talk, word in world.words:
            assert any(word in text for text in found(world.standing(Talk, talk))), word
        titles = " ".join(Link.objects.values_list("title", flat=True))
        assert all(title in titles for title in self.titles)
        of_talks = {("talk", url, world.standing(Talk, key)) for column, url, key in self.links if column == "talk"}
        assert of_talks <= _links()
        self._addresses_lead_on()

    def _addresses_lead_on(self) -> None:
        there: dict[tuple[type, str], int] = {}
        for kind in KINDS:
            name = str(kind._meta.model_name)
            of_kind = FormerSlug.objects.filter(**{f"{name}__isnull": False})
            if kind is Talk:
                of_kind = of_kind.filter(scope=self.world.conference)
            there |= {(kind, slug): key for slug, key in of_kind.values_list("slug", name)}
            there |= {(kind, slug): key for slug, key in kind._default_manager.values_list("slug", "pk")}
        for (kind, slug), key in self.world.slugs.items():
            assert there[kind, slug] == self.world.standing(kind, key), f"{kind.__name__} {slug}"


def _links() -> set[tuple[str, str, int]]:
    rows = Link.objects.values_list("url", "talk", "speaker")
    return {("talk" if talk else "speaker", url, talk or speaker) for url, talk, speaker in rows}


def no_duplicates() -> None:
    """What a constraint would refuse cannot be; lines of names and dead redirects could."""
    for speaker in Speaker.objects.all():
        lines = [speaker.name, speaker.other_name, *speaker.aka.splitlines()]
        assert len(set(lines)) == len(lines)
    for kind in KINDS:
        name = kind._meta.model_name
        own = models.Q(slug=models.F(f"{name}__slug"))
        assert not FormerSlug.objects.filter(own, **{f"{name}__isnull": False}).exists()


@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_whatever_is_merged_and_split_nothing_is_lost(
    data: st.DataObject, staff: User, person: User, stranger: User
) -> None:
    with undone():
        world = a_world(data, staff, [person, stranger])
        before = Before.of(world)
        for _turn in range(data.draw(st.integers(1, 6))):
            _a_turn(data, world)
            before.holds()
            no_duplicates()


def _a_turn(data: st.DataObject, world: World) -> None:
    kind = data.draw(st.sampled_from([Talk, Venue, Speaker, Speaker, "split"]))
    if kind == "split":
        there = [(speaker, record) for speaker in world.alive(Speaker) for record in merges_of(speaker)]
        if there:
            taken_apart(world, *data.draw(st.sampled_from(there)))
        return
    rows = data.draw(st.permutations(world.alive(kind)))
    count = data.draw(st.integers(2, 3))
    if len(rows) > count:
        merged(world, rows[0], rows[1:count])


# Names, facts, addresses


def a_speaker(staff: User, name: str, **given: Any) -> Speaker:
    return Speaker.objects.create(name=name, added_by=staff, **given)


def test_names_of_the_lost_speaker_stay_findable_without_repeating(staff: User) -> None:
    kept = a_speaker(staff, "Sebastian Seung", aka="H. Seung")
    lost = a_speaker(staff, "승현준", other_name="Sebastian Seung", aka="H. Seung\n세바스천 승")

    merge(keep=kept, lose=[lost], by=staff)

    kept.refresh_from_db()
    assert (kept.name, kept.other_name) == ("Sebastian Seung", "승현준")
    assert kept.aka.splitlines() == ["H. Seung", "세바스천 승"]


def test_empty_facts_are_filled_and_differing_ones_stand(staff: User) -> None:
    kept = Venue.objects.create(name="COEX", added_by=staff, city="Seoul")
    lost = Venue.objects.create(
        name="Coex Mall",
        added_by=staff,
        city="서울",
        address="513 Yeongdong-daero",
        latitude="37.5",
        longitude="127.06",
    )

    plan = plan_merge(keep=kept, lose=[lost], by=staff)
    merge(keep=kept, lose=[lost], by=staff, seen=plan.fingerprint)

    kept.refresh_from_db()
    assert (kept.city, kept.address, float(kept.latitude or 0)) == ("Seoul", "513 Yeongdong-daero", 37.5)
    assert [(fact.label, fact.kept, fact.other) for fact in plan.differing] == [("City", "Seoul", "서울")]
    assert {fact.label for fact in plan.filled} == {"Street address", "Latitude", "Longitude"}


def test_a_talk_takes_day_time_and_room_as_they_belong_together(staff: User) -> None:
    conference = a_conference(staff, listed=True)
    first, second = conference.days.order_by("date")
    room = Room.objects.create(conference=conference, name="Hall")
    kept = a_talk(conference, title="By hand", day=first, starts_at=None, ends_at=None, listed=True)
    moved = a_talk(
        conference, title="Next day", day=second, starts_at=datetime(2022, 11, 9, 1, tzinfo=UTC), ends_at=None
    )
    full = a_talk(conference, title="Imported", day=first, room=room)

    merge(keep=kept, lose=[moved, full], by=staff)

    kept.refresh_from_db()
    assert (kept.day, kept.starts_at, kept.ends_at, kept.room) == (first, full.starts_at, full.ends_at, room)
    assert kept.title == "By hand"


def test_a_shared_talk_makes_the_kept_one_shared_and_the_preview_says_so(staff: User) -> None:
    conference = a_conference(staff, listed=True)
    own, shared = a_talk(conference), a_talk(conference, listed=True)

    assert plan_merge(keep=own, lose=[shared], by=staff).becomes_listed
    assert plan_merge(keep=shared, lose=[own], by=staff).shows_more
    merge(keep=own, lose=[shared], by=staff)

    own.refresh_from_db()
    assert own.listed


def test_links_of_one_address_become_one_that_says_more(staff: User) -> None:
    kept, lost = a_speaker(staff, "Ada"), a_speaker(staff, "Ada L.")
    Link.objects.create(speaker=kept, url="https://example.org/1")
    Link.objects.create(speaker=lost, url="https://example.org/1", title="Slides", kind=Link.Kind.SLIDES)
    Link.objects.create(speaker=lost, url="https://example.org/2")

    merge(keep=kept, lose=[lost], by=staff)

    links = list(kept.links.values_list("url", "title", "kind"))
    assert links == [("https://example.org/1", "Slides", "slides"), ("https://example.org/2", "", "other")]


def test_an_address_of_the_lost_one_no_longer_leads_where_it_once_did(staff: User) -> None:
    """The slug had been somebody else's before the lost one took it."""
    kept, lost, other = a_speaker(staff, "Ada"), a_speaker(staff, "Bea"), a_speaker(staff, "Cleo")
    FormerSlug.objects.create(speaker=other, slug=lost.slug)
    FormerSlug.objects.create(speaker=lost, slug=kept.slug)

    merge(keep=kept, lose=[lost], by=staff)

    assert list(FormerSlug.objects.values_list("slug", "speaker")) == [("bea", kept.pk)]


# Refusals


def test_nothing_is_merged_with_itself(staff: User) -> None:
    speaker = a_speaker(staff, "Ada")
    with pytest.raises(ValidationError, match="itself"):
        merge(keep=speaker, lose=[speaker], by=staff)


def test_talks_of_two_conferences_are_refused_in_words(staff: User) -> None:
    one, other = (a_talk(a_conference(staff, listed=True, name=name)) for name in ("One", "Other"))
    with pytest.raises(ValidationError, match="two conferences"):
        merge(keep=one, lose=[other], by=staff)


def test_what_a_person_does_not_see_is_not_there_for_them(staff: User, person: User) -> None:
    mine, hidden = a_speaker(staff, "Ada"), a_speaker(person, "Bea")
    with pytest.raises(ValidationError, match="not there any more"):
        merge(keep=mine, lose=[hidden], by=staff)


def test_who_may_not_change_them_may_not_merge_them(staff: User, person: User) -> None:
    conference = a_conference(staff, listed=True)
    one, other = (a_talk(conference, listed=True, speaker=name).appearances.get().speaker for name in ("Ada", "Bea"))
    with pytest.raises(PermissionDenied):
        merge(keep=one, lose=[other], by=person)


def test_a_change_since_the_preview_is_noticed_and_nothing_happens(staff: User) -> None:
    kept, lost = a_speaker(staff, "Ada"), a_speaker(staff, "Bea")
    plan = plan_merge(keep=kept, lose=[lost], by=staff)
    Speaker.objects.filter(pk=lost.pk).update(about="Written just now.")

    with pytest.raises(ValidationError, match="changed since"):
        merge(keep=kept, lose=[lost], by=staff, seen=plan.fingerprint)

    assert Speaker.objects.count() == 2


def test_text_that_nobody_can_keep_makes_the_merge_fail(staff: User) -> None:
    """An appearance's affiliations are facts of the world: nobody's book could take one."""
    conference = a_conference(staff, listed=True)
    talk, kept, lost = a_talk(conference), a_speaker(staff, "Ada"), a_speaker(staff, "Bea")
    for speaker, letter in ((kept, "a"), (lost, "b")):
        Appearance.objects.create(talk=talk, speaker=speaker, affiliation=letter * 200)

    with pytest.raises(ValidationError, match="too long"):
        merge(keep=kept, lose=[lost], by=staff)

    assert Appearance.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_who_merge_at_once_the_second_gets_a_sentence(staff: User) -> None:
    kept, lost = a_speaker(staff, "Ada"), a_speaker(staff, "Bea")
    start_line, told = threading.Barrier(2), []

    def run(keep: Speaker, lose: Speaker) -> None:
        try:
            start_line.wait(timeout=30)
            merge(keep=keep, lose=[lose], by=staff)
            told.append("merged")
        except ValidationError as refused:
            told.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in ((kept, lost), (lost, kept))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert sorted(told) == ["gone", "merged"]
    assert Speaker.objects.count() == 1


# Splitting


@pytest.fixture
def wrong(staff: User, person: User) -> dict[str, Any]:
    """Two speakers of one panel, merged by mistake, with what somebody wrote before and after."""
    conference = a_conference(staff, listed=True)
    panel, own_talk = a_talk(conference, listed=True), a_talk(conference, listed=True, title="Own talk")
    kept, lost = a_speaker(staff, "Ada"), a_speaker(staff, "Bea", about="A person.", website="https://example.org/bea")
    for speaker in (kept, lost):
        Appearance.objects.create(talk=panel, speaker=speaker, affiliation=f"House of {speaker.name}")
    Appearance.objects.create(talk=own_talk, speaker=lost)
    Link.objects.create(speaker=kept, url="https://example.org/1")
    Link.objects.create(speaker=lost, url="https://example.org/1", title="Same")
    before = an_entry(person, speaker=lost, text="before")
    photo = a_photo(person, entry=before)
    merge(keep=kept, lose=[lost], by=staff)
    after = an_entry(person, speaker=Speaker.objects.get(), text="after")
    return {"kept": Speaker.objects.get(), "lost": lost, "before": before, "after": after, "photo": photo}


def test_a_split_by_the_record_gives_back_what_was(wrong: dict[str, Any], staff: User) -> None:
    kept, lost = wrong["kept"], wrong["lost"]
    assert (kept.aka, kept.about) == ("Bea", "A person.")
    [record] = merges_of(kept)
    plan = plan_split(speaker=kept, by=staff, record=record)

    report = split(speaker=kept, by=staff, record=record, appearances=plan.chosen, seen=plan.fingerprint)

    kept.refresh_from_db()
    made = Speaker.objects.get(slug="bea")
    assert report.made == made == lost
    assert (made.name, made.about, made.website) == ("Bea", "A person.", "https://example.org/bea")
    assert (kept.aka, kept.about, kept.website) == ("", "", "")
    assert not FormerSlug.objects.exists()
    assert [row.affiliation for row in kept.appearances.all()] == ["House of Ada"]
    assert sorted(row.affiliation for row in made.appearances.all()) == ["", "House of Bea"]
    assert [(link.title, link.speaker.name) for link in Link.objects.order_by("pk")] == [("", "Ada"), ("Same", "Bea")]
    for name, speaker in (("before", made), ("after", kept)):
        wrong[name].refresh_from_db()
        assert wrong[name].speaker == speaker
    assert not Merge.objects.exists()


def test_an_appearance_that_is_not_chosen_stays(wrong: dict[str, Any], staff: User) -> None:
    [record] = merges_of(wrong["kept"])

    report = split(speaker=wrong["kept"], by=staff, record=record, appearances=[])

    assert [row.affiliation for row in report.made.appearances.all()] == ["House of Bea"]
    assert wrong["kept"].appearances.filter(talk__title="Own talk").exists()


def test_a_split_without_a_record_makes_somebody_new_of_the_appearances(staff: User, person: User) -> None:
    conference = a_conference(staff, listed=True)
    speaker = a_talk(conference, listed=True, speaker="Ada").appearances.get().speaker
    other = Appearance.objects.create(talk=a_talk(conference, listed=True), speaker=speaker)
    note = an_entry(person, speaker=speaker)

    made = split(speaker=speaker, by=staff, appearances=[other.pk], name="Ada the younger").made

    note.refresh_from_db()
    assert (list(made.appearances.all()), made.name, made.slug) == ([other], "Ada the younger", "ada-the-younger")
    assert note.speaker == speaker


def test_a_split_without_a_name_or_with_rows_of_others_is_refused(wrong: dict[str, Any], staff: User) -> None:
    mine = wrong["kept"].appearances.first().pk
    with pytest.raises(ValidationError, match="name"):
        split(speaker=wrong["kept"], by=staff, appearances=[mine])
    with pytest.raises(ValidationError, match="changed since"):
        split(speaker=wrong["kept"], by=staff, appearances=[mine + 1000], name="Ada")


def test_a_split_twice_is_refused(wrong: dict[str, Any], staff: User) -> None:
    [record] = merges_of(wrong["kept"])
    split(speaker=wrong["kept"], by=staff, record=record)
    with pytest.raises(ValidationError, match="taken back"):
        split(speaker=wrong["kept"], by=staff, record=Merge(pk=record.pk or 1))


def test_the_record_holds_no_word_of_the_book(wrong: dict[str, Any]) -> None:
    record = Merge.objects.get()
    kept_keys = record.moved["journal.Entry"]["speaker"]
    assert kept_keys == [wrong["before"].pk]
    assert {drop["model"] for drop in record.dropped} <= {"events.Appearance", "events.Link"}
    assert "before" not in str([record.facts, record.took, record.dropped])


def test_a_merge_of_a_merge_comes_apart_in_either_order(staff: User) -> None:
    one, two, three = (a_speaker(staff, name) for name in ("Ada", "Bea", "Cleo"))
    merge(keep=two, lose=[three], by=staff)
    merge(keep=one, lose=[two], by=staff)
    one.refresh_from_db()
    assert one.aka.splitlines() == ["Bea", "Cleo"]

    for key, aka in ((three.pk, "Bea"), (two.pk, "")):
        split(speaker=one, by=staff, record=Merge.objects.get(lost_key=key))
        one.refresh_from_db()
        assert one.aka == aka

    assert Speaker.objects.get(pk=two.pk).aka == ""
    assert {speaker.slug for speaker in Speaker.objects.all()} == {"ada", "bea", "cleo"}


def test_a_reference_says_what_it_is_of() -> None:
    assert Reference(Appearance, "speaker").label == "appearances"
