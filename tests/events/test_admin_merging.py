"""Merge and split at the desk: as a visitor, as staff of the Desk, as staff without, and as somebody too late."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.models import Appearance, Conference, Merge, Speaker, Talk, Venue
from events.services.merging import merge
from journal import actions
from tests.factories import a_conference, a_talk, an_entry

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


@pytest.fixture
def keeper(db: None) -> User:
    """Dora, staff of the Desk and no superuser."""
    dora = User.objects.create_user("dora", password="dora-has-a-word", is_staff=True)
    dora.groups.add(Group.objects.get(name="Desk"))
    return dora


@pytest.fixture
def desk(keeper: User) -> Client:
    return signed_in(keeper)


@pytest.fixture
def conference(person: User) -> Conference:
    return a_conference(person, listed=True)


@pytest.fixture
def talks(conference: Conference, person: User) -> list[Talk]:
    """Three of one conference, listed; Alice has written on two."""
    made = [a_talk(conference, listed=True, title=f"Looking {n}", speaker=f"Ada {n}") for n in range(3)]
    for talk in made[:2]:
        actions.mark_talk(owner=person, talk=talk, rating=4, verdict="Velorixo")
        an_entry(person, talk=talk, text="velorixo")
    return made


@pytest.fixture
def speakers(talks: list[Talk]) -> list[Speaker]:
    return [talk.appearances.get().speaker for talk in talks]


@pytest.fixture
def venues(conference: Conference, person: User) -> list[Venue]:
    made = [Venue.objects.create(name=f"House {n}", added_by=person) for n in range(2)]
    for day, venue in zip(conference.days.all(), made, strict=True):
        day.venue = venue
        day.save()
    return made


def page_of(kind: type[Any], *rows: Any, keep: Any = None) -> str:
    address = reverse(f"admin:events_{kind._meta.model_name}_merge")
    return f"{address}?rows={','.join(str(row.pk) for row in rows)}" + (f"&keep={keep.pk}" if keep else "")


def confirm(browser: Client, page: HttpResponse, **changed: str) -> HttpResponse:
    """Presses the button of the page."""
    plan = page.context["plan"]
    sent = {"rows": page.context["rows"], "keep": plan.kept.pk, "seen": plan.fingerprint, **changed}
    return browser.post(reverse(f"admin:events_{plan.kept._meta.model_name}_merge"), sent, follow=True)


def begin(browser: Client, kind: type[Any], action: str, *rows: Any) -> HttpResponse:
    there = reverse(f"admin:events_{kind._meta.model_name}_changelist")
    return browser.post(there, {"action": action, "_selected_action": [row.pk for row in rows]}, follow=True)


def said(answer: HttpResponse) -> str:
    return " ".join(str(message) for message in answer.context["messages"])


# The whole way


def test_the_action_leads_to_the_page_and_the_page_to_the_merge(desk: Client, talks: list[Talk], person: User) -> None:
    kept, lost = talks[:2]
    page = begin(desk, Talk, "merge_rows", kept, lost)
    assert page.redirect_chain[0][0] == page_of(Talk, kept, lost)

    answer = confirm(desk, page)

    assert answer.status_code == 200
    assert not Talk.objects.filter(pk=lost.pk).exists()
    assert "Marks 1" in said(answer)
    assert f'href="{kept.get_absolute_url()}"' in said(answer)
    assert kept.appearances.count() == 2


@pytest.mark.parametrize("kind", [Speaker, Venue])
def test_speakers_and_venues_merge_too(
    kind: type[Any], desk: Client, speakers: list[Speaker], venues: list[Venue]
) -> None:
    rows = {Speaker: speakers[:2], Venue: venues}[kind]
    page = desk.get(page_of(kind, *rows, keep=rows[1]))
    assert page.context["plan"].kept == rows[1]

    confirm(desk, page)

    assert not kind.objects.filter(pk=rows[0].pk).exists()


def test_the_page_counts_what_it_does_not_show(desk: Client, talks: list[Talk]) -> None:
    page = desk.get(page_of(Talk, *talks[:2]))

    counts = {count.label: count.number for count in page.context["plan"].moving}
    assert (counts["Marks"], counts["Entries"], counts["Appearances"]) == (1, 1, 1)
    assert [tuple(count) for count in page.context["plan"].joining] == [("Marks", 1)]
    assert "velorixo" not in page.content.decode().lower()


def test_the_page_asks_as_much_of_the_database_for_more_rows(desk: Client, talks: list[Talk], person: User) -> None:
    there = page_of(Talk, *talks)
    desk.get(there)
    counted = []
    for _turn in range(2):
        with CaptureQueriesContext(connection) as queries:
            desk.get(there)
        counted.append(len(queries))
        for _again in range(5):
            an_entry(person, talk=talks[1])
            Appearance.objects.create(talk=talks[2], organisation="A university")
    assert counted[0] == counted[1] <= 15


# Refusals


def test_one_row_is_not_merged(desk: Client, talks: list[Talk]) -> None:
    assert "from two to" in said(begin(desk, Talk, "merge_rows", talks[0]))


def test_talks_of_two_conferences_come_back_to_the_list_with_a_sentence(
    desk: Client, talks: list[Talk], person: User
) -> None:
    other = a_talk(a_conference(person, listed=True, name="Elsewhere"), listed=True)
    answer = desk.get(page_of(Talk, talks[0], other), follow=True)
    assert answer.redirect_chain[0][0] == reverse("admin:events_talk_changelist")
    assert "two conferences" in said(answer)


def test_a_row_of_somebody_else_is_as_one_that_never_was(desk: Client, talks: list[Talk], person: User) -> None:
    hidden = a_talk(talks[0].conference, title="Velorixo")
    answer = desk.get(page_of(Talk, talks[0], hidden), follow=True)
    nothing = desk.get(page_of(Talk, talks[0], Talk(pk=hidden.pk + 1000)), follow=True)
    assert said(answer) == said(nothing) != ""
    assert "Velorixo" not in answer.content.decode()


def test_what_changed_since_the_page_is_noticed(desk: Client, talks: list[Talk]) -> None:
    page = desk.get(page_of(Talk, *talks[:2]))
    Talk.objects.filter(pk=talks[1].pk).update(title="Corrected meanwhile")

    answer = confirm(desk, page)

    assert answer.status_code == 422
    assert "changed since" in answer.content.decode()
    assert Talk.objects.count() == 3
    assert confirm(desk, answer).status_code == 200
    assert Talk.objects.count() == 2


def test_whoever_comes_second_gets_a_sentence(desk: Client, talks: list[Talk], staff: User) -> None:
    page = desk.get(page_of(Talk, *talks[:2]))
    merge(keep=talks[1], lose=[talks[0]], by=staff)

    answer = confirm(desk, page)

    assert "still there" in said(answer)
    assert Talk.objects.count() == 2


def test_who_may_not_delete_may_not_merge(keeper: User, talks: list[Talk]) -> None:
    keeper.groups.clear()
    for page in ("view", "change"):
        keeper.user_permissions.add(*Group.objects.get(name="Desk").permissions.filter(codename=f"{page}_talk"))
    browser = signed_in(keeper)
    assert "merge_rows" not in browser.get(reverse("admin:events_talk_changelist")).content.decode()
    for answer in (browser.get(page_of(Talk, *talks[:2])), browser.post(page_of(Talk, *talks[:2]))):
        assert answer.status_code == 403
    assert begin(browser, Talk, "merge_rows", *talks[:2]).status_code in {200, 403}
    assert Talk.objects.count() == 3


def test_visitors_and_people_who_are_no_staff_are_sent_away(
    visitor: Client, persons_browser: Client, talks: list[Talk], speakers: list[Speaker]
) -> None:
    split_page = reverse("admin:events_speaker_split", args=[speakers[0].pk])
    for browser in (visitor, persons_browser):
        for there in (page_of(Talk, *talks[:2]), split_page):
            for answer in (browser.get(there), browser.post(there)):
                assert answer.status_code == 302
    assert Talk.objects.count() == 3


# Splitting


def test_a_wrong_merge_is_taken_back_on_the_page(desk: Client, speakers: list[Speaker], staff: User) -> None:
    kept, lost = speakers[:2]
    merge(keep=kept, lose=[lost], by=staff)
    page = begin(desk, Speaker, "split_row", kept)
    plan = page.context["plan"]
    assert plan.chosen == {plan.record.moved["events.Appearance"]["speaker"][0]}

    sent = {"record": plan.record.pk, "appearance": list(plan.chosen), "seen": plan.fingerprint}
    answer = desk.post(page.redirect_chain[0][0], sent, follow=True)

    assert answer.status_code == 200
    assert Speaker.objects.get(slug=lost.slug).appearances.count() == 1
    assert "Appearances 1" in said(answer)
    assert desk.post(page.redirect_chain[0][0], sent).status_code == 422


def test_somebody_new_is_made_on_the_page(desk: Client, speakers: list[Speaker], talks: list[Talk]) -> None:
    extra = Appearance.objects.create(talk=talks[2], speaker=speakers[0])
    there = reverse("admin:events_speaker_split", args=[speakers[0].pk])
    page = desk.get(there)
    sent = {"record": "new", "appearance": [extra.pk], "seen": page.context["plan"].fingerprint}

    refused = desk.post(there, sent)
    assert (refused.status_code, refused.context["rows"][0][1] or refused.context["rows"][1][1]) == (422, True)
    desk.post(there, {**sent, "name": "Ada the younger"})

    assert Speaker.objects.get(name="Ada the younger").appearances.get() == extra


def test_a_speaker_whom_staff_do_not_see_is_404(desk: Client, person: User) -> None:
    hidden = Speaker.objects.create(name="Nobody", added_by=person)
    assert desk.get(reverse("admin:events_speaker_split", args=[hidden.pk])).status_code == 404


def test_the_button_stands_on_the_page_of_a_speaker_for_who_may(
    desk: Client, keeper: User, speakers: list[Speaker]
) -> None:
    there = reverse("admin:events_speaker_change", args=[speakers[0].pk])
    button = reverse("admin:events_speaker_split", args=[speakers[0].pk])
    assert button in desk.get(there).content.decode()
    keeper.groups.clear()
    keeper.user_permissions.add(*Group.objects.get(name="Desk").permissions.filter(codename="view_speaker"))
    assert button not in desk.get(there).content.decode()
    assert desk.get(button).status_code == 403


def test_the_record_of_a_merge_stands_nowhere_at_the_desk(staff: User, speakers: list[Speaker]) -> None:
    merge(keep=speakers[0], lose=[speakers[1]], by=staff)
    from django.contrib import admin

    assert Merge not in admin.site._registry
