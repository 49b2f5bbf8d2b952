"""The bench forgets no page and no save, counts truly, and finds what is lost."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import resolve, reverse
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.live_server_helper import LiveServer

from journal.bench import pages as bench_pages
from journal.bench import saves as bench_saves
from journal.bench.browser import HttpBrowser, form_on
from journal.bench.forms import forms_of
from journal.bench.pages import ALL_DAYS, pages
from journal.bench.picks import NothingToMeasure, Picks, measured_person
from journal.bench.plan import Counter, make_plan, put_back
from journal.bench.routes import routes
from journal.bench.table import line, signs
from journal.bench.timing import Door, Measured, time_pages, time_saves
from journal.bench.writers import Saved, lost_saves, write_at_once
from journal.models import Entry
from journal.sample import Sizes, make_sample
from tests.access_table import TABLE, resolved_routes
from tests.factories import an_entry


@pytest.fixture
def sample(db: None) -> list[User]:
    return make_sample(Sizes(conferences=3, talks=40, entries=90, people=2), seed=1, say=lambda _line: None)


# Nothing is forgotten


def test_every_route_of_the_resolver_is_known() -> None:
    admins_own = {name for name in resolved_routes() if "<" in name or "^" in name or "(" in name}
    assert set(resolved_routes()) - admins_own <= {route.name for route in routes()}


@pytest.mark.django_db
def test_every_page_is_measured_or_left_out_for_a_reason(sample: list[User]) -> None:
    _found, left_out = pages(Picks(sample[0]), desk=False)
    assert not set(left_out) - set(bench_pages.LEFT_OUT) - {"journal:photo-delete"}


@pytest.mark.django_db
def test_no_reason_stands_for_a_route_that_is_no_more() -> None:
    known = {route.name for route in routes()}
    assert set(bench_pages.LEFT_OUT) | set(bench_saves.LEFT_OUT) <= known


@pytest.mark.django_db
def test_every_save_is_measured_or_left_out_for_a_reason(sample: list[User]) -> None:
    measured = set()
    for save in bench_saves.saves(Picks(sample[0])):
        for action in save.actions or [save.page]:
            path = action if action.startswith("/") else f"{save.page}{action.partition('/')[2]}"
            measured.add(resolve(path.partition("?")[0]).view_name)
    saving = {route.name for route in TABLE if route.post.listed[1] < 500 and route.post.listed[1] != 405}
    doors = {name for name in saving if name.startswith(bench_saves.DOORS)}
    assert not saving - doors - measured - set(bench_saves.LEFT_OUT)


@pytest.mark.django_db
def test_every_page_and_save_of_a_sample_answers(sample: list[User]) -> None:
    plan = make_plan(desk=False)
    assert {page["name"] for page in plan.pages} >= {"today", "journal:timeline", "account_login", ALL_DAYS}
    assert not [page for page in plan.pages if page["status"] >= 500]
    wrong = {save["name"]: save for save in plan.saves if save["status"] not in save["answers"]}
    assert not wrong
    assert all(page["queries"] > 0 for page in plan.pages)


@pytest.mark.django_db
def test_lists_and_change_pages_of_the_admin_have_addresses(sample: list[User]) -> None:
    names = {page.name for page in pages(Picks(sample[0]), desk=True)[0]}
    assert names >= {"admin:events_talk_changelist", "admin:journal_entry_changelist, searched"}
    assert names >= {"admin:events_conference_change", "admin:journal_entry_change", "admin:auth_user_change"}


@pytest.mark.django_db
def test_the_measured_person_is_an_ordinary_one_afterwards(sample: list[User]) -> None:
    User.objects.update(is_staff=True, is_superuser=True)
    put_back()
    assert not User.objects.get(username="sample-1").is_superuser


@pytest.mark.django_db
def test_a_real_journal_is_not_measured(person: User) -> None:
    an_entry(person)
    with pytest.raises(NothingToMeasure, match="neither a sample nor the demo"):
        measured_person()


# Through a server


@pytest.mark.django_db(transaction=True)
def test_pages_and_saves_are_timed_through_the_server(live_server: LiveServer) -> None:
    make_sample(Sizes(conferences=1, talks=20, entries=30, people=1), seed=1, say=lambda _line: None)
    counter = Counter(measured_person())
    writing = [save for save in bench_saves.saves(Picks(measured_person())) if save.name == "write a note"]
    plan = {
        "pages": [
            {"name": "today", "path": "/", "queries": 3, "visitor": False},
            {"name": "account_login", "path": reverse("account_login"), "queries": 3, "visitor": True},
            {"name": "nowhere", "path": "/no/", "queries": 0, "visitor": False},
        ],
        "saves": [save.plain() | {"queries": 5, "status": 302} for save in writing],
    }
    port = live_server.thread.port
    door = Door("sample", plan, HttpBrowser(port, counter.cookies), HttpBrowser(port, {}))
    timed = dict(time_pages([door], requests=2))
    assert len(timed["today"]["sample"].times) == 2
    assert timed["today"]["sample"].packed < timed["today"]["sample"].raw
    assert not timed["account_login"]["sample"].trouble
    assert timed["nowhere"]["sample"].trouble == "answered 404"
    saved = dict(time_saves([door], requests=1))
    assert not saved["write a note"]["sample"].trouble
    assert Entry.objects.filter(text__contains="A line worth keeping, number").exists()


@pytest.mark.django_db(transaction=True)
def test_writers_lose_nothing_and_are_told_apart(live_server: LiveServer) -> None:
    people = make_sample(Sizes(conferences=1, talks=10, entries=4, people=1), seed=1, say=lambda _line: None)
    writers = write_at_once(people, live_server.thread.port, count=3, seconds=1.5)
    saved = [one for writer in writers for one in writer.saved]
    assert [writer.failures for writer in writers] == [[], [], []]
    assert len({one.note for one in saved}) >= 4
    assert not lost_saves(saved)


@pytest.mark.django_db
def test_what_is_lost_is_found(person: User) -> None:
    from journal.actions import revise_entry

    entry = revise_entry(entry=an_entry(person, text="one"), base_version=1, text="two")
    note = str(entry.uid)
    fine = [Saved(note, 1, "one", 1.0), Saved(note, 2, "two", 1.0)]
    assert not lost_saves(fine)
    assert lost_saves([*fine, Saved(note, 2, "other", 1.0)])
    assert lost_saves([Saved(note, 3, "three", 1.0)])
    assert lost_saves([Saved(str(uuid.uuid4()), 1, "gone", 1.0)])
    entry.revisions.filter(version=1).delete()
    assert lost_saves(fine[1:]) == [f"the versions of {note} have a gap"]


# Forms


PAGE = """
<form method="post" action="/language/"><input type="hidden" name="csrfmiddlewaretoken" value="abc"></form>
<form method="post" action=""><input name="csrfmiddlewaretoken" value="abc"><input name="title" value="A &amp; B">
<input type="checkbox" name="a" value="1"><input type="checkbox" name="b" checked>
<input type="radio" name="c" value="x">
<input type="radio" name="c" value="y" checked><input type="file" name="picture"><button name="go" value="1">Go</button>
<select name="d"><option value="">–</option><option value="2" selected>two</option></select>
<select name="e"><option value="first">1</option><option value="second">2</option></select>
<textarea name="text">
one
two</textarea><input name="off" value="1" disabled></form>
"""


def test_a_form_is_read_as_a_browser_reads_it() -> None:
    form = forms_of(PAGE)[1]
    assert form.fields == [
        ("csrfmiddlewaretoken", "abc"), ("title", "A & B"), ("b", "on"), ("c", "y"), ("d", "2"), ("e", "first"),
        ("text", "one\ntwo"),
    ]  # fmt: skip
    assert dict(form.filled({"title": "New", "*ext": "typed", "more": "1"})) == dict(form.fields) | {
        "title": "New",
        "text": "typed",
        "more": "1",
    }


@given(st.text(alphabet="abc<>\"'=/ \n", max_size=200))
def test_any_page_can_be_read(text: str) -> None:
    assert all(form.method for form in forms_of(f"<form>{text}"))


@pytest.mark.django_db
def test_a_verb_without_a_form_gets_the_token_of_the_page(sample: list[User]) -> None:
    form = form_on(Counter(sample[0]), "/bin/", "/entries/x/bin/")
    assert (form.action, [name for name, _value in form.fields]) == ("/entries/x/bin/", ["csrfmiddlewaretoken"])


# Limits


def measured(p50: float = 10.0, **given: Any) -> Measured:
    return Measured(**{"queries": 5, "raw": 1000, "packed": 400, "times": [p50, p50], **given})


@pytest.mark.parametrize(
    ("name", "ours", "demo", "sign"),
    [
        ("talk", measured(), measured(), ""),
        ("talk", measured(queries=13), measured(), "q"),
        ("talk", measured(151.0), measured(140.0), "t"),
        (ALL_DAYS, measured(299.0), measured(290.0), ""),
        (ALL_DAYS, measured(301.0), measured(290.0), "t"),
        ("talk", measured(31.0), measured(20.0), "r"),
        ("talk", measured(31.0, raw=2000), measured(20.0), ""),
        ("talk", measured(4.0), measured(1.0), ""),
        ("talk", measured(trouble="answered 500"), measured(), "!"),
        ("admin:events_talk_changelist", measured(400.0, queries=13), measured(390.0), "q"),
        ("admin:events_talk_change", measured(400.0, queries=40), measured(390.0), ""),
    ],
)
def test_a_row_above_a_limit_has_its_sign(name: str, ours: Measured, demo: Measured, sign: str) -> None:
    assert signs(name, {"sample": ours, "demo": demo}) == sign
    assert line(name, {"sample": ours, "demo": demo}).startswith(name)


def test_a_save_has_no_limit_but_to_answer() -> None:
    assert signs("add a picture", {"sample": measured(900.0, queries=40)}, save=True) == ""
    assert signs("add a picture", {"sample": measured(trouble="answered 403")}, save=True) == "!"
