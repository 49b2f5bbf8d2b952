"""The desk of the world: whoever keeps the catalogue finds, sees and changes it, by the rules of the pages."""

from __future__ import annotations

import importlib
import json
import re
import unicodedata
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.models import Appearance, Conference, Day, FormerSlug, Link, Room, Series, Speaker, Talk, Venue
from journal import actions
from tests.factories import a_conference, a_talk

pytestmark = pytest.mark.django_db


@pytest.fixture
def dora(db: None) -> User:
    """Dora keeps the catalogue and is no superuser: all she has is the group."""
    keeper = User.objects.create_user("dora", is_staff=True)
    keeper.groups.add(Group.objects.get(name="Desk"))
    return keeper


@pytest.fixture
def desk(dora: User) -> Client:
    """Dora's browser."""
    browser = Client()
    browser.force_login(dora)
    return browser


@pytest.fixture
def forum(person: User) -> Conference:
    """Two listed days in Seoul with a room each."""
    conference = a_conference(person, name="Samsung AI Forum", other_name="삼성 AI 포럼", listed=True)
    for name in ("Grand Ballroom", "Hall B"):
        Room.objects.create(conference=conference, name=name)
    return conference


@pytest.fixture
def seung() -> Speaker:
    """Known by three spellings."""
    return Speaker.objects.create(name="Sebastian Seung", other_name="승현준", aka="H. S. Seung\n세바스찬 승")


@pytest.fixture
def talk(forum: Conference, seung: Speaker) -> Talk:
    """A listed talk of his."""
    given = a_talk(forum, listed=True, title="Unsupervised learning", room=forum.rooms.earliest("pk"))
    Appearance.objects.create(talk=given, speaker=seung, affiliation="Princeton", job_title="Professor")
    return given


def page(row: Any, name: str = "change") -> str:
    """The address of a row's page at the desk, or with a model of a page of its kind."""
    arguments = [row.pk] if row.pk else []
    return reverse(f"admin:events_{row._meta.model_name}_{name}", args=arguments)


def a_list(model: Any, **query: Any) -> str:
    there = reverse(f"admin:events_{model._meta.model_name}_changelist")
    return there + "?" + "&".join(f"{name}={value}" for name, value in query.items())


def rows(answer: HttpResponse) -> list[Any]:
    """What a list shows."""
    return list(answer.context["cl"].result_list)  # type: ignore[attr-defined]


def filled(browser: Client, there: str) -> dict[str, Any]:
    """What a browser would send from the page as it stands."""
    context = browser.get(there).context
    forms = [context["adminform"].form]
    formsets = [inline.formset for inline in context["inline_admin_formsets"]]
    forms += [form for formset in formsets for form in (formset.management_form, *formset.forms)]
    found: dict[str, Any] = {}
    for form in forms:
        for bound in form:
            value = bound.value()
            if hasattr(bound.field.widget, "decompress"):
                with timezone.override("Asia/Seoul"):
                    parts = bound.field.widget.decompress(value)
                found |= {f"{bound.html_name}_{index}": part or "" for index, part in enumerate(parts)}
            elif value is not None and value is not False:
                found[bound.html_name] = value
    return found


def saved(browser: Client, there: str, **given: Any) -> HttpResponse:
    """The answer to the page sent back with this changed."""
    data = {name: value for name, value in (filled(browser, there) | given).items() if value is not None}
    return browser.post(there, data)


def errors(answer: HttpResponse) -> str:
    """What a refused form says."""
    context: Any = answer.context  # type: ignore[attr-defined]
    assert answer.status_code == 200, answer.status_code
    return " ".join(str(error) for error in context["errors"])


# The group


def test_the_group_holds_every_permission_of_the_catalogue() -> None:
    kinds = ["series", "conference", "day", "venue", "room", "talk", "appearance", "speaker", "link", "formerslug"]
    wanted = {f"{verb}_{kind}" for verb in ("add", "change", "delete", "view") for kind in kinds}
    held = Group.objects.get(name="Desk").permissions.filter(content_type__app_label="events")
    assert set(held.values_list("codename", flat=True)) >= wanted
    assert Permission.objects.filter(codename="change_talk").count() == 1


@pytest.mark.parametrize("model", [Series, Conference, Day, Venue, Room, Talk, Appearance, Speaker, Link, FormerSlug])
def test_the_keeper_opens_every_list_and_every_form(model: Any, desk: Client, talk: Talk) -> None:
    assert desk.get(a_list(model)).status_code == 200
    assert desk.get(page(model(), "add")).status_code == 200


def test_staff_without_the_group_see_nothing_of_it(talk: Talk) -> None:
    User.objects.create_user("erik", is_staff=True)
    browser = Client()
    browser.force_login(User.objects.get(username="erik"))
    assert [browser.get(there).status_code for there in (a_list(Talk), page(talk))] == [403, 403]


# Finding


@pytest.mark.parametrize("typed", ["승현준", "Sebastian", "seung", "세바스찬", "H. S. Seung"])
def test_a_speaker_and_his_talks_are_found_by_every_spelling(
    typed: str, desk: Client, seung: Speaker, talk: Talk
) -> None:
    a_talk(talk.conference, listed=True, title="Another", speaker="Daniel Lee")
    assert rows(desk.get(a_list(Speaker, q=typed))) == [seung]
    assert rows(desk.get(a_list(Talk, q=typed))) == [talk]
    assert rows(desk.get(a_list(Appearance, q=typed))) == [talk.appearances.get()]


def test_hangul_in_another_unicode_form_is_found(desk: Client, seung: Speaker, talk: Talk) -> None:
    assert rows(desk.get(a_list(Speaker, q=unicodedata.normalize("NFD", "승현준")))) == [seung]


@pytest.mark.parametrize("typed", ["unsupervised princeton", "'Unsupervised learning'", "seung professor", '"'])
def test_every_word_has_to_be_somewhere_in_the_talk(typed: str, desk: Client, talk: Talk) -> None:
    expected = [] if typed in {"seung professor", '"'} else [talk]
    assert rows(desk.get(a_list(Talk, q=typed))) == expected


def test_a_talk_without_title_is_found_by_its_organisation(desk: Client, forum: Conference) -> None:
    poster = a_talk(forum, listed=True, title="", kind=Talk.Kind.POSTER)
    Appearance.objects.create(talk=poster, organisation="KIAS")
    answer = desk.get(a_list(Talk, q="kias"))
    assert rows(answer) == [poster]
    assert "KIAS · Poster" in answer.content.decode()


def complete(browser: Client, model: str, field: str, typed: str, **more: Any) -> list[str]:
    data = {"app_label": "events", "model_name": model, "field_name": field, "term": typed, **more}
    return [row["text"] for row in json.loads(browser.get(reverse("admin:autocomplete"), data).content)["results"]]


def test_completion_names_both_scripts_and_the_conference(desk: Client, forum: Conference, talk: Talk) -> None:
    assert complete(desk, "appearance", "speaker", "세바스찬") == ["Sebastian Seung (승현준)"]
    assert complete(desk, "talk", "room", "Ballroom") == ["Grand Ballroom · Samsung AI Forum (삼성 AI 포럼) · 2022"]
    assert complete(desk, "appearance", "talk", "승현준")[0].startswith("Unsupervised learning · Samsung AI Forum")


def test_a_talks_day_and_room_are_completed_within_its_conference(desk: Client, person: User, talk: Talk) -> None:
    other = a_conference(person, name="Other", listed=True, starts_on=date(2021, 5, 1), days=1)
    Room.objects.create(conference=other, name="Ballroom")
    here = talk.conference
    assert len(complete(desk, "talk", "room", "Ballroom")) == 2
    assert len(complete(desk, "talk", "room", "Ballroom", conference=other.pk)) == 1
    assert len(complete(desk, "talk", "day", "", conference=here.pk)) == 2
    assert complete(desk, "talk", "day", "", conference="x") == []
    assert f"?conference={here.pk}" in desk.get(page(talk)).content.decode()


# What is not hers to see


def test_what_others_have_not_shared_is_in_no_filter_and_no_search(desk: Client, person: User, talk: Talk) -> None:
    hidden = a_conference(person, name="Secret meeting", starts_on=date(2013, 1, 1))
    quiet = a_talk(talk.conference, title="Whispered", speaker="Nobody Known", listed=False)
    Room.objects.create(conference=talk.conference, name="Back room").talks.add(quiet)
    pages = [a_list(Talk), a_list(Conference), a_list(Day), a_list(Room), a_list(Talk, of=talk.conference_id)]
    shown = "".join(desk.get(there).content.decode() for there in pages)
    assert not [word for word in ("Secret", "2013", "Whispered", "Back room") if word in shown]
    assert rows(desk.get(a_list(Talk, of=hidden.pk))) == []
    assert rows(desk.get(a_list(Talk, q="Nobody Known"))) == []
    assert "Secret" not in desk.get(a_list(Talk, of=hidden.pk)).content.decode()


@pytest.mark.parametrize("query", [{"of": "x"}, {"in": "x"}, {"of": "9" * 30}, {"on": "1"}, {"where": "-1"}])
def test_a_filter_with_nonsense_finds_nothing_or_is_left(query: dict[str, str], desk: Client, talk: Talk) -> None:
    assert desk.get(a_list(Talk, **query)).status_code in {200, 302}


def test_a_day_that_something_hangs_on_stays_and_hidden_talks_are_not_named(
    desk: Client, forum: Conference, talk: Talk
) -> None:
    a_talk(forum, title="Whispered", listed=False)
    there = page(forum)
    data = filled(desk, there)
    answer = desk.post(there, data | {"days-0-DELETE": "on"})
    told = errors(answer)
    assert "This stays, because something hangs on it." in told
    assert "Talk: Unsupervised learning" in told
    assert "Whispered" not in answer.content.decode()
    assert forum.days.count() == 2


def test_history_names_only_what_everyone_sees(desk: Client, dora: User, forum: Conference, talk: Talk) -> None:
    own = a_talk(a_conference(dora, name="Dora’s own"), title="Dora’s secret")
    for row in (talk, own):
        assert saved(desk, page(row), track="A").status_code == 302
    names = list(LogEntry.objects.order_by("pk").values_list("object_repr", flat=True))
    assert names == ["Unsupervised learning", f"Talk {own.pk}"]


def test_history_of_a_conference_tells_of_rows_by_number(
    desk: Client, staff_browser: Client, forum: Conference
) -> None:
    there = page(forum)
    room = forum.rooms.earliest("pk")
    saved(desk, there, **{"rooms-0-name": "Whisper room"})
    message = json.loads(LogEntry.objects.get().change_message)
    assert message == [{"changed": {"name": "room", "object": str(room.pk), "fields": ["Name"]}}]
    assert "Whisper" not in staff_browser.get(page(forum, "history")).content.decode()


def test_deleting_is_kept_by_name_where_everyone_saw_it(desk: Client, talk: Talk, dora: User) -> None:
    own = Speaker.objects.create(name="Only Dora", added_by=dora)
    for row in (talk, own):
        assert desk.post(page(row, "delete"), {"post": "yes"}).status_code == 302
    names = list(LogEntry.objects.order_by("pk").values_list("object_repr", flat=True))
    assert names == ["Unsupervised learning", f"Speaker {own.pk}"]


def test_somebodys_mark_stands_in_the_way_of_deleting_and_is_not_read(desk: Client, talk: Talk, person: User) -> None:
    actions.mark_talk(owner=person, talk=talk, verdict="whispered verdict")
    answer = desk.get(page(talk, "delete"))
    assert "whispered" not in answer.content.decode()
    desk.post(page(talk, "delete"), {"post": "yes"})
    assert Talk.objects.filter(pk=talk.pk).exists()


# Changing


def test_an_affiliation_is_mended_on_the_talk_and_on_the_speaker(desk: Client, talk: Talk, seung: Speaker) -> None:
    assert saved(desk, page(talk), **{"appearances-0-affiliation": "Samsung Research"}).status_code == 302
    assert saved(desk, page(seung), **{"appearances-0-job_title": "President"}).status_code == 302
    row = talk.appearances.get()
    assert (row.affiliation, row.job_title) == ("Samsung Research", "President")


def test_clock_times_are_the_conferences(desk: Client, talk: Talk) -> None:
    shown = re.search(r'name="starts_at_1" value="([^"]*)"', desk.get(page(talk)).content.decode())
    assert shown
    assert shown[1].startswith("10:00")
    answer = saved(desk, page(talk), starts_at_0="2022-11-08", starts_at_1="09:30", ends_at_0="2022-11-08")
    assert answer.status_code == 302
    talk.refresh_from_db()
    assert talk.starts_at == datetime(2022, 11, 8, 0, 30, tzinfo=UTC)


def test_a_talk_of_another_conferences_day_is_refused_in_words(desk: Client, person: User, talk: Talk) -> None:
    other = a_conference(person, name="Other", listed=True, starts_on=date(2021, 5, 1), days=1)
    answer = saved(desk, page(talk), day=other.days.get().pk)
    assert "This day belongs to another conference." in errors(answer)


def test_a_talk_keeps_its_conference(desk: Client, person: User, talk: Talk) -> None:
    other = a_conference(person, name="Other", listed=True, starts_on=date(2021, 5, 1), days=1)
    before = talk.conference_id
    saved(desk, page(talk), conference=other.pk)
    talk.refresh_from_db()
    assert talk.conference_id == before


def test_a_new_talk_is_its_makers_and_typed_by_the_conferences_clock(desk: Client, dora: User, person: User) -> None:
    new_york = a_conference(person, name="NY", timezone="America/New_York", listed=True)
    made = saved(
        desk, page(Talk(), "add"), conference=new_york.pk, title="New", starts_at_0="2022-11-08", starts_at_1="09:00"
    )
    assert made.status_code == 302
    row = Talk.objects.get()
    assert (row.added_by, row.listed) == (dora, False)
    assert row.starts_at == datetime(2022, 11, 8, 14, 0, tzinfo=UTC)
    assert row.slug


def test_a_taken_address_is_refused_and_a_free_one_leads_on(desk: Client, talk: Talk) -> None:
    other = a_talk(talk.conference, listed=True, title="Other")
    before = talk.slug
    assert "This address is taken." in errors(saved(desk, page(talk), slug=other.slug))
    assert "This address is taken." in errors(saved(desk, page(talk), slug="edit"))
    assert saved(desk, page(talk), slug="hebbian").status_code == 302
    assert FormerSlug.objects.get(slug=before).talk == talk


def test_two_conferences_of_a_year_do_not_share_an_address(desk: Client, person: User, forum: Conference) -> None:
    other = a_conference(person, name="Other", listed=True)
    assert "This address is taken." in errors(saved(desk, page(forum), slug=other.slug))


def test_sharing_follows_the_conference(desk: Client, dora: User) -> None:
    own = a_conference(dora, name="Own")
    talk = a_talk(own)
    assert "Share the conference first" in errors(saved(desk, page(talk), listed="on"))


def test_what_nobody_added_stays_shared(desk: Client) -> None:
    imported = a_conference(None, listed=True)
    assert "It stays shared." in errors(saved(desk, page(imported), listed=None))


def test_texts_are_kept_in_one_unicode_form(desk: Client, forum: Conference, talk: Talk) -> None:
    saved(desk, page(talk), abstract=unicodedata.normalize("NFD", "승현준"), track=" A  track ")
    talk.refresh_from_db()
    assert (talk.abstract, talk.track) == ("승현준", "A track")


def test_a_conference_made_here_has_its_days(desk: Client, dora: User) -> None:
    answer = saved(
        desk,
        page(Conference(), "add"),
        name="Naver Deview",
        starts_on="2021-11-24",
        ends_on="2021-11-26",
        timezone="Asia/Seoul",
        mode="online",
    )
    assert answer.status_code == 302
    made = Conference.objects.get()
    assert [day.date.day for day in made.days.order_by("date")] == [24, 25, 26]
    assert (made.year, made.added_by) == (2021, dora)


def test_dates_are_changed_on_the_page_that_asks(desk: Client, forum: Conference) -> None:
    shown = desk.get(page(forum)).content.decode()
    assert reverse("conference-edit", args=[forum.year, forum.slug]) in shown
    saved(desk, page(forum), starts_on="2022-11-01")
    forum.refresh_from_db()
    assert forum.starts_on == date(2022, 11, 8)


def test_days_and_rooms_of_a_conference_are_kept_on_its_page(desk: Client, forum: Conference) -> None:
    venue = Venue.objects.create(name="COEX")
    Room.objects.create(conference=forum, name="Lobby", venue=venue)
    assert saved(desk, page(forum), **{"days-0-host": "SAIT", "days-0-venue": venue.pk}).status_code == 302
    day = forum.days.earliest("date")
    assert (day.host, day.venue) == ("SAIT", venue)
    told = errors(saved(desk, page(forum), **{"days-0-date": "2022-12-24"}))
    assert "This day is outside the conference" in told


def test_two_days_of_one_date_are_refused_in_words(desk: Client, forum: Conference) -> None:
    answer = saved(desk, page(forum), **{"days-0-date": "2022-11-09"})
    assert errors(answer)


def test_a_speaker_twice_in_one_role_is_refused_in_words(desk: Client, talk: Talk, seung: Speaker) -> None:
    more = {"appearances-TOTAL_FORMS": 2, "appearances-1-speaker": seung.pk, "appearances-1-role": "speaker"}
    answer = saved(desk, page(talk), **more, **{"appearances-1-order": 1, "appearances-1-talk": talk.pk})
    assert errors(answer)
    assert talk.appearances.count() == 1


def test_two_speakers_change_places(desk: Client, talk: Talk, seung: Speaker) -> None:
    lee = Speaker.objects.create(name="Daniel Lee")
    Appearance.objects.create(talk=talk, speaker=lee, affiliation="Cornell", order=1)
    there = page(talk)
    answer = saved(desk, there, **{"appearances-0-speaker": lee.pk, "appearances-1-speaker": seung.pk})
    assert answer.status_code == 302
    found = [(row.speaker, row.organisation, row.affiliation) for row in talk.appearances.all()]
    assert found == [(lee, "", "Princeton"), (seung, "", "Cornell")]


def test_a_row_takes_the_place_of_one_that_goes(desk: Client, talk: Talk, forum: Conference) -> None:
    lee = Speaker.objects.create(name="Daniel Lee")
    Appearance.objects.create(talk=talk, speaker=lee, order=1)
    answer = saved(desk, page(talk), **{"appearances-0-speaker": lee.pk, "appearances-1-DELETE": "on"})
    assert answer.status_code == 302
    assert [row.speaker for row in talk.appearances.all()] == [lee]
    dates = {"days-0-date": "2022-11-09", "days-1-date": "2022-11-08"}
    assert saved(desk, page(forum), **dates).status_code == 302
    assert forum.days.count() == 2


def test_a_series_just_added_can_be_chosen(desk: Client, forum: Conference) -> None:
    assert saved(desk, page(Series(), "add"), name="Samsung AI Forum").status_code == 302
    series = Series.objects.get()
    assert desk.get(page(series)).status_code == 200
    assert complete(desk, "conference", "series", "samsung") == ["Samsung AI Forum"]
    assert saved(desk, page(forum), series=series.pk).status_code == 302


def test_pages_of_the_desk_lead_to_the_pages(desk: Client, talk: Talk) -> None:
    for there in (page(talk), a_list(Talk)):
        assert f'href="{talk.get_absolute_url()}"' in desk.get(there).content.decode()


# Several talks at once


def together(browser: Client, talks: list[Talk], **given: Any) -> HttpResponse:
    """The page that asks, and with something given its answer."""
    keys = [talk.pk for talk in talks]
    first = browser.post(a_list(Talk), {"action": "change_together", "_selected_action": keys, "index": "0"})
    if not given:
        return first
    context: Any = first.context  # type: ignore[attr-defined]
    data = {"action": "change_together", "select_across": "1", "_selected_action": keys[0], "rows": context["rows"]}
    return browser.post(a_list(Talk), data | given)


@pytest.fixture
def three(forum: Conference) -> list[Talk]:
    """Talks of one conference, shared."""
    return [a_talk(forum, listed=True, title=f"Talk {letter}", track="Old") for letter in "abc"]


def test_several_talks_get_kind_track_and_room(desk: Client, forum: Conference, three: list[Talk]) -> None:
    asked = together(desk, three[:2])
    assert "2 talks" in asked.content.decode()
    assert "Hall B" in asked.content.decode()
    room = forum.rooms.get(name="Hall B")
    answer = together(desk, three[:2], kind="keynote", track="Vision", room=str(room.pk))
    assert answer.status_code == 302
    found = [(talk.kind, talk.track, talk.room) for talk in Talk.objects.order_by("title")]
    assert found == [("keynote", "Vision", room)] * 2 + [("talk", "Old", None)]
    assert LogEntry.objects.count() == 2


def test_a_room_and_a_track_are_taken_away(desk: Client, forum: Conference, three: list[Talk]) -> None:
    room = forum.rooms.get(name="Hall B")
    together(desk, three, room=str(room.pk))
    together(desk, three, room="none", no_track="on")
    assert set(Talk.objects.values_list("room", "track")) == {(None, "")}


def test_several_talks_are_shared_and_taken_back(desk: Client, dora: User) -> None:
    own = a_conference(dora, name="Own", listed=True)
    talks = [a_talk(own, title=f"Own {letter}") for letter in "ab"]
    together(desk, talks, listed="yes")
    assert set(Talk.objects.values_list("listed", flat=True)) == {True}
    together(desk, talks, listed="no")
    assert set(Talk.objects.values_list("listed", flat=True)) == {False}


def test_talks_of_an_unshared_conference_are_not_shared(desk: Client, dora: User) -> None:
    talk = a_talk(a_conference(dora, name="Own"), track="Old")
    answer = together(desk, [talk], listed="yes", track="New")
    assert answer.status_code == 422
    assert "Share the conference first" in answer.content.decode()
    talk.refresh_from_db()
    assert (talk.listed, talk.track) == (False, "Old")


def test_talks_of_several_conferences_get_no_room(desk: Client, person: User, three: list[Talk]) -> None:
    other = a_talk(a_conference(person, name="Other", listed=True), listed=True)
    room = three[0].conference.rooms.earliest("pk")
    assert "These talks are of several conferences." in together(desk, [*three, other]).content.decode()
    answer = together(desk, [*three, other], room=str(room.pk))
    assert answer.status_code == 422
    assert together(desk, [*three, other], kind="panel").status_code == 302
    assert set(Talk.objects.values_list("kind", "room")) == {("panel", None)}


@pytest.mark.parametrize("given", [{"kind": ""}, {"kind": "opera"}, {"room": "x"}, {"listed": "perhaps"}])
def test_nothing_or_nonsense_changes_nothing(given: dict[str, str], desk: Client, three: list[Talk]) -> None:
    assert together(desk, three, **given).status_code == 422
    assert set(Talk.objects.values_list("kind", "track")) == {("talk", "Old")}


def test_imported_talks_are_not_taken_from_everyone(desk: Client, forum: Conference) -> None:
    talk = a_talk(forum, listed=True, added_by=None)
    answer = together(desk, [talk], listed="no")
    assert "It stays shared." in answer.content.decode()
    talk.refresh_from_db()
    assert talk.listed


def test_rows_that_are_not_hers_to_see_are_not_changed(desk: Client, forum: Conference, three: list[Talk]) -> None:
    hidden = a_talk(forum, title="Whispered", track="Old")
    data = {"action": "change_together", "select_across": "1", "_selected_action": hidden.pk, "track": "New"}
    desk.post(a_list(Talk), data | {"rows": f"{hidden.pk},{three[0].pk}"})
    assert set(Talk.objects.filter(track="New")) == {three[0]}


def test_somebody_who_may_only_look_has_no_such_action(three: list[Talk]) -> None:
    viewer = User.objects.create_user("vera", is_staff=True)
    viewer.user_permissions.add(Permission.objects.get(codename="view_talk"))
    browser = Client()
    browser.force_login(viewer)
    assert "change_together" not in browser.get(a_list(Talk)).content.decode()
    browser.post(a_list(Talk), {"action": "change_together", "_selected_action": three[0].pk, "rows": three[0].pk})
    assert set(Talk.objects.values_list("track", flat=True)) == {"Old"}


def test_talks_are_dated_within_a_year(desk: Client, talk: Talk) -> None:
    assert "day__date__month=11" not in desk.get(a_list(Talk)).content.decode()
    assert "day__date__" in desk.get(a_list(Talk, **{"in": 2022})).content.decode()
    assert rows(desk.get(a_list(Talk, day__date__year=2022, day__date__month=11))) == [talk]
    assert rows(desk.get(a_list(Talk, day__date__year=2021))) == []


def test_too_many_at_once_are_refused_in_words(
    desk: Client, three: list[Talk], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("events.admin.together.MOST_TALKS", 2)
    data = {"action": "change_together", "_selected_action": three[0].pk, "select_across": "1", "index": "0"}
    answer = desk.post(a_list(Talk), data, follow=True)
    assert "Choose at most 2 talks." in answer.content.decode()


def test_the_group_comes_and_goes_with_its_migration(db: None) -> None:
    migration = importlib.import_module("events.migrations.0003_desk")
    editor = SimpleNamespace(connection=connection)
    migration.close_the_desk(apps, editor)
    assert not Group.objects.filter(name="Desk").exists()
    Permission.objects.filter(content_type__app_label="events").delete()
    migration.open_the_desk(apps, editor)
    assert Group.objects.get(name="Desk").permissions.filter(codename="change_talk").count() == 1
