"""Marks by their pages: one by a tap with undo, several at once."""

from __future__ import annotations

import html
import json
import re
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from events.models import Conference, Talk
from journal import access, actions
from journal.models import Mark
from journal.views.marks import TALKS_A_PAGE
from tests.factories import a_conference, a_talk
from tests.journal.undoing import undo_in


@pytest.fixture
def conference(person: User) -> Conference:
    """Two days in November 2022, listed, so that everyone here sees the world's side of it."""
    return a_conference(person, listed=True)


@pytest.fixture
def talk(conference: Conference) -> Talk:
    """Of the first day, known to everyone."""
    return a_talk(conference, listed=True, speaker="Yoshua Bengio")


def row(talk: Talk, state: str = "", rating: str = "", verdict: str = "") -> dict[str, str]:
    """What the page of several marks sends for one talk."""
    return {f"{talk.pk}-state": state, f"{talk.pk}-rating": rating, f"{talk.pk}-verdict": verdict}


# One mark


def test_mark_is_set_changed_and_taken_away(persons_browser: Client, person: User, talk: Talk) -> None:
    address = f"{talk.get_absolute_url()}mark/"
    assert persons_browser.post(address, {"state": "going"}).headers["Location"] == talk.get_absolute_url()
    persons_browser.post(address, {"rating": "5", "verdict": "something clicked"})
    mark = Mark.objects.get()
    assert (mark.state, mark.rating, mark.verdict, mark.owner) == ("going", 5, "something clicked", person)
    persons_browser.post(address, {"state": "attended"})
    mark.refresh_from_db()
    assert (mark.state, mark.rating, mark.verdict) == ("attended", 5, "something clicked")
    persons_browser.post(address, {"state": ""})
    assert not Mark.objects.exists()
    persons_browser.post(undo_in(persons_browser))
    mark = Mark.objects.get()
    assert (mark.state, mark.rating, mark.verdict) == ("attended", 5, "something clicked")


def test_mark_undo_of_the_first_leaves_none(persons_browser: Client, talk: Talk) -> None:
    persons_browser.post(f"{talk.get_absolute_url()}mark/", {"state": "want"})
    persons_browser.post(undo_in(persons_browser))
    assert not Mark.objects.exists()


def test_mark_undo_keeps_what_was_marked_since(persons_browser: Client, person: User, talk: Talk) -> None:
    persons_browser.post(f"{talk.get_absolute_url()}mark/", {"state": "want"})
    undo = undo_in(persons_browser)
    actions.mark_talk(owner=person, talk=talk, state="attended", verdict="a line from my phone")
    persons_browser.post(undo)
    assert Mark.objects.get().verdict == "a line from my phone"


def test_mark_undo_carries_the_longest_verdict(persons_browser: Client, person: User, talk: Talk) -> None:
    actions.mark_talk(owner=person, talk=talk, verdict="".join(chr(0xAC00 + 37 * step) for step in range(300)))
    persons_browser.post(f"{talk.get_absolute_url()}mark/", {"state": ""})
    undo = undo_in(persons_browser)
    assert len(undo) < 4000
    persons_browser.post(undo)
    assert len(Mark.objects.get().verdict) == 300


def test_mark_says_nothing_where_nothing_is_said(persons_browser: Client, talk: Talk) -> None:
    persons_browser.post(f"{talk.get_absolute_url()}mark/", {"rating": "", "verdict": ""})
    assert not Mark.objects.exists()


def test_mark_by_htmx_answers_with_the_fragment(persons_browser: Client, talk: Talk) -> None:
    headers = {"HX-Request": "true"}
    answer = persons_browser.post(f"{talk.get_absolute_url()}mark/", {"state": "want"}, headers=headers)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" not in page
    assert f'id="mark-{talk.pk}-want" name="state" value="" aria-pressed="true"' in page
    assert 'hx-swap-oob="innerHTML"' in page
    assert "mark/undo/" in page


@pytest.mark.parametrize("htmx", [True, False])
def test_mark_with_a_mistake_keeps_the_verdict(persons_browser: Client, talk: Talk, htmx: bool) -> None:
    typed = {"rating": "9", "verdict": "something clicked"}
    headers = {"HX-Request": "true"} if htmx else {}
    answer = persons_browser.post(f"{talk.get_absolute_url()}mark/", typed, headers=headers)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="something clicked"' in page
    assert ("<html" in page) is not htmx
    assert not Mark.objects.exists()


def test_mark_goes_back_to_where_it_was_pressed_and_never_elsewhere(persons_browser: Client, talk: Talk) -> None:
    address = f"{talk.get_absolute_url()}mark/"
    assert persons_browser.post(address, {"state": "want", "next": "/2022/"}).headers["Location"] == "/2022/"
    away = persons_browser.post(address, {"state": "want", "next": "https://evil.example/"})
    assert away.headers["Location"] == talk.get_absolute_url()


# Several marks


def test_marks_writes_only_what_was_changed(persons_browser: Client, person: User, conference: Conference) -> None:
    heard, missed, left = (a_talk(conference, title=title) for title in ("One", "Two", "Three"))
    actions.mark_talk(owner=person, talk=left, state="going", verdict="as it was")
    address = f"{conference.get_absolute_url()}marks/"
    page = persons_browser.get(address).content.decode()
    shown = html.unescape(re.search(r'name="shown" value="([^"]*)"', page)[1])
    assert json.loads(shown) == {str(left.pk): {"state": "going", "rating": None, "verdict": "as it was"}}
    # The phone writes a verdict meanwhile; this page does not touch that row.
    actions.mark_talk(owner=person, talk=left, verdict="from the phone")
    sent = {
        "shown": shown,
        **row(heard, "attended", "5"),
        **row(missed, "missed"),
        **row(left, "going", "", "as it was"),
    }
    assert persons_browser.post(address, sent).headers["Location"] == address
    marks = {mark.talk_id: (mark.state, mark.rating, mark.verdict) for mark in access.marks(person)}
    assert marks == {
        heard.pk: ("attended", 5, ""),
        missed.pk: ("missed", None, ""),
        left.pk: ("going", None, "from the phone"),
    }


def test_marks_emptied_is_no_mark(persons_browser: Client, person: User, talk: Talk) -> None:
    actions.mark_talk(owner=person, talk=talk, state="going")
    shown = json.dumps({str(talk.pk): {"state": "going", "rating": None, "verdict": ""}})
    persons_browser.post(f"{talk.conference.get_absolute_url()}marks/", {"shown": shown, **row(talk)})
    assert not Mark.objects.exists()


def test_marks_with_a_mistake_saves_none_and_keeps_all(persons_browser: Client, conference: Conference) -> None:
    good, bad = a_talk(conference, title="One"), a_talk(conference, title="Two")
    sent = {**row(good, "attended", "5", "a verdict"), **row(bad, "abducted")}
    response = persons_browser.post(f"{conference.get_absolute_url()}marks/", sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="a verdict"' in page
    assert f'href="#talk-{bad.pk}"' in page
    assert not Mark.objects.exists()


@pytest.mark.parametrize("shown", ["", "nonsense", "[]", '{"1": 2}'])
def test_marks_with_a_broken_memory_is_no_500(persons_browser: Client, talk: Talk, shown: str) -> None:
    sent = {"shown": shown, **row(talk, "attended")}
    assert persons_browser.post(f"{talk.conference.get_absolute_url()}marks/", sent).status_code == 302
    assert Mark.objects.get().state == "attended"


def test_marks_of_one_day(persons_browser: Client, conference: Conference) -> None:
    first, second = conference.days.order_by("date")
    a_talk(conference, day=first, title="On Tuesday")
    a_talk(conference, day=second, title="On Wednesday", starts_at=None, ends_at=None)
    page = persons_browser.get(f"{conference.get_absolute_url()}marks/?day={second.date}").content.decode()
    assert "On Wednesday" in page
    assert "On Tuesday" not in page
    for wrong in ("nonsense", date(1999, 1, 1)):
        assert persons_browser.get(f"{conference.get_absolute_url()}marks/?day={wrong}").status_code == 404


def test_marks_of_many_talks_come_page_by_page_and_pay_few_queries(
    persons_browser: Client,
    person: User,
    conference: Conference,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    day = conference.days.order_by("date")[0]
    talks = [Talk(conference=conference, day=day, title=f"Talk {n}", slug=f"talk-{n}", listed=True) for n in range(301)]
    Talk.objects.bulk_create(talks)
    Mark.objects.bulk_create(Mark(owner=person, talk=talk, state="want") for talk in Talk.objects.all()[:100])
    address = f"{conference.get_absolute_url()}marks/"
    with django_assert_max_num_queries(12):
        page = persons_browser.get(address).content.decode()
    assert page.count("<fieldset") == TALKS_A_PAGE
    assert "page=2" in page
    names = re.findall(r'name="(\d+-(?:state|rating|verdict))"', page)
    sent = {name: "attended" if name.endswith("state") else "" for name in names}
    assert len(sent) == 3 * TALKS_A_PAGE
    assert persons_browser.post(address, {"shown": "{}", **sent}).status_code == 302
    assert Mark.objects.filter(state="attended").count() == TALKS_A_PAGE


def test_mark_keeps_a_verdict_that_another_device_wrote_meanwhile(
    persons_browser: Client, person: User, talk: Talk
) -> None:
    page = persons_browser.get(talk.get_absolute_url()).content.decode()
    shown = html.unescape(re.search('name="shown" value="([^"]*)"', page)[1])
    actions.mark_talk(owner=person, talk=talk, state="going", verdict="a must")
    address = f"{talk.get_absolute_url()}mark/"
    persons_browser.post(address, {"state": "attended", "rating": "", "verdict": "", "shown": shown})
    mark = Mark.objects.get()
    assert (mark.state, mark.verdict) == ("attended", "a must")


def test_mark_refused_leads_back_to_the_talk_afterwards(persons_browser: Client, talk: Talk) -> None:
    page = persons_browser.post(f"{talk.get_absolute_url()}mark/", {"verdict": "x" * 301}).content.decode()
    assert f'name="next" value="{talk.get_absolute_url()}"' in page
