"""Nobody's text is anywhere at the desk but on its owner's pages: the admin's own list of addresses is walked.

A page that is added to the admin is walked too, or fails here for an argument that nobody knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation

from events.models import Appearance, Conference, FormerSlug, Link, Room, Speaker, Talk, Venue
from journal import actions
from journal.models import Entry, Invitation, Preferences
from journal.subjects import Subject
from tests.factories import a_conference, a_photo, a_talk, an_entry
from tests.whole_book import a_whole_book

pytestmark = pytest.mark.django_db

SECRET, ALSO = "quinzamba", "velorixo"
TEXT = f"{SECRET} {ALSO}"


@pytest.fixture
def alice(person: User) -> User:
    """Alice is at the desk too, and has written and added what is hers alone."""
    person.is_staff = person.is_superuser = True
    person.save()
    return person


@pytest.fixture
def planted(alice: User, stranger: User) -> Conference:
    """Alice's words in every text of her book, about things of everyone's too, and in her unlisted things."""
    shared = a_conference(stranger, name="Everyone's forum", listed=True)
    shared.days.update(venue=Venue.objects.create(name="House", added_by=stranger))
    Room.objects.create(conference=shared, name="Hall")
    listed = a_talk(shared, listed=True, title="Looking", speaker="Ada")
    her_book(alice, shared, listed)
    her_world(alice, shared)
    a_whole_book(alice, listed=False, word=TEXT, starts_on=shared.starts_on)
    her_hours_at_the_desk(alice, shared)
    return shared


def her_book(alice: User, shared: Conference, talk: Talk) -> None:
    day = shared.days.earliest("date")
    Preferences.objects.get_or_create(person=alice)
    actions.attend(owner=alice, conference=shared, companions=TEXT, lodging=TEXT, expectation=TEXT)
    actions.mark_talk(owner=alice, talk=talk, rating=5, verdict=TEXT)
    note = an_entry(alice, talk=talk, text=TEXT, fields={"title": TEXT})
    details: dict[str, dict[str, Any]] = {
        "meal": {"dishes": TEXT, "provider": TEXT, "place": TEXT, "companions": TEXT},
        "swag": {"item": TEXT, "variant": TEXT, "from_whom": TEXT},
        "encounter": {"person": TEXT, "affiliation": TEXT, "where": TEXT, "contact": TEXT},
    }
    for kind, said in details.items():
        an_entry(alice, kind=kind, day=day, text=TEXT, details=said)
    actions.log_day(owner=alice, day=day, travel=TEXT, mood=TEXT, highlight_entry=note)
    a_photo(alice, name=f"{SECRET}.jpg", subject=Subject(day=day), caption=TEXT, alt_text=TEXT)
    actions.bin_entry(entry=an_entry(alice, day=day, text=TEXT, fields={"title": TEXT}))


def her_world(alice: User, shared: Conference) -> None:
    """A talk of hers in a conference of everyone's, with a speaker that only it names."""
    talk = a_talk(shared, title=TEXT, track=TEXT, added_by=alice, room=shared.rooms.earliest("pk"))
    Appearance.objects.create(talk=talk, speaker=Speaker.objects.create(name=TEXT, added_by=alice), affiliation=TEXT)
    Appearance.objects.create(talk=talk, speaker=Speaker.objects.get(name="Ada"), role="host", job_title=TEXT)
    Link.objects.create(url=f"https://example.org/{SECRET}", title=TEXT, talk=talk)
    a_talk(a_conference(shared.added_by, name="Bare", listed=True), title=TEXT, added_by=alice)
    Venue.objects.create(name=TEXT, address=TEXT, added_by=alice)
    FormerSlug.objects.create(scope=shared, slug=SECRET, talk=talk)
    unlisted = Conference.objects.create(
        name=TEXT, starts_on=shared.starts_on, ends_on=shared.ends_on, added_by=alice, timezone="Asia/Seoul"
    )
    for changed in (talk, unlisted):
        changed.slug = f"{SECRET}-{changed.pk}"
        changed.save()


def her_hours_at_the_desk(alice: User, shared: Conference) -> None:
    """What she saved and deleted there is in a history."""
    browser = signed_in(alice)
    talk = Talk.objects.get(conference=shared, track=TEXT)
    for row in (talk, Conference.objects.get(name=TEXT), Entry.objects.filter(title=TEXT).earliest("pk")):
        there = page(row, "change")
        form = browser.get(there).context["adminform"].form
        sent = {bound.html_name: bound.value() or "" for bound in form if not isinstance(bound.value(), bool)}
        formsets = browser.get(there).context["inline_admin_formsets"]
        for inline in formsets:
            for one in (inline.formset.management_form, *inline.formset.forms):
                sent |= {bound.html_name: bound.value() or "" for bound in one}
        browser.post(there, sent)
    gone = a_talk(shared, title=TEXT, added_by=alice)
    assert browser.post(page(gone, "delete"), {"post": "yes"}).status_code == 302
    kept = list(LogEntry.objects.filter(user=alice).values_list("object_repr", "change_message"))
    assert len(kept) >= 2
    assert SECRET not in str(kept).lower()


def signed_in(who: User) -> Client:
    browser = Client()
    browser.force_login(who)
    return browser


def page(row: models.Model, name: str) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{name}", args=[row.pk])


def patterns(found: list[Any], kept: tuple[str, ...] = ()) -> Iterator[tuple[str, set[str]]]:
    """Every name of the admin with the arguments that it wants."""
    for one in found:
        wanted = (*kept, *re.findall(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>", str(one.pattern)))
        names = tuple(name for pair in wanted for name in (pair if isinstance(pair, tuple) else (pair,)) if name)
        if isinstance(one, URLResolver):
            yield from patterns(one.url_patterns, names)
        elif isinstance(one, URLPattern) and one.name:
            yield one.name, set(names)


def _admins() -> list[Any]:
    """As it is mounted: what stands before it in the list of addresses is not there."""
    found = (one for one in get_resolver().url_patterns if isinstance(one, URLResolver) and one.namespace == "admin")
    return next(found).url_patterns


def everything() -> Iterator[str]:
    """Every address of the admin, for every row there is."""
    kinds = {f"{kind._meta.app_label}_{kind._meta.model_name}": kind for kind in admin.site._registry}
    keys = {kind: list(kind._default_manager.order_by("pk").values_list("pk", flat=True)) for kind in kinds.values()}
    for name, wanted in patterns(_admins()):
        if not wanted:
            yield from [] if name == "logout" else [reverse(f"admin:{name}")]
        elif wanted == {"app_label"}:
            yield from (reverse(f"admin:{name}", args=[app]) for app in ("events", "journal", "auth"))
        elif wanted == {"content_type_id", "object_id"}:
            for kind, there in keys.items():
                of = ContentType.objects.get_for_model(kind).pk
                yield from (reverse(f"admin:{name}", args=[of, key]) for key in there)
        elif len(wanted) == 1 and wanted <= {"object_id", "key", "id"}:
            kind = kinds[name.rpartition("_")[0] if name != "auth_user_password_change" else "auth_user"]
            yield from (reverse(f"admin:{name}", args=[key]) for key in keys[kind])
        else:
            assert wanted == {"url"}, f"{name} wants {wanted}: say here what it is asked for"


def asked_of_lists(browser: Client, alices: dict[type, list[int]]) -> Iterator[str]:
    """Every list searched for her word, by a choice of each filter and by her own keys; every action's addresses."""
    for kind, desk in admin.site._registry.items():
        there = reverse(f"admin:{kind._meta.app_label}_{kind._meta.model_name}_changelist")
        yield f"{there}?q={ALSO}"
        answer = browser.get(there)
        if answer.status_code != 200:
            continue
        offered = re.findall(r'href="(\?[^"]+)"', answer.content.decode())
        last_of_each = {query.partition("=")[0]: query for query in offered if not query.startswith("?o=")}
        yield from (there + unescape(query) for query in last_of_each.values())
        asked = {name for spec in answer.context["cl"].filter_specs for name in spec.expected_parameters()}
        hers = {key for keys in alices.values() for key in keys[:1]}
        yield from (f"{there}?{name}={key}" for name in asked for key in hers)
        if desk.has_add_permission(answer.wsgi_request):
            chosen = {
                field.name: alices[field.related_model][0]
                for field in kind._meta.fields
                if field.related_model in alices
            }
            yield there + "add/?" + "&".join(f"{name}={key}" for name, key in chosen.items())


def completions() -> Iterator[str]:
    """Every select that completes what is typed, with nothing and with her word."""
    there = reverse("admin:autocomplete")
    for kind in admin.site._registry:
        for field in kind._meta.fields:
            if field.related_model:
                of = f"app_label={kind._meta.app_label}&model_name={kind._meta.model_name}&field_name={field.name}"
                yield from (f"{there}?{of}&term={term}" for term in ("", ALSO))


def answers(browser: Client, addresses: Iterator[str]) -> Iterator[tuple[str, int, str]]:
    """Each address with its status, and what it says in its body and in where it leads."""
    for there in dict.fromkeys(addresses):
        answer = browser.get(there)
        body = b"".join(answer) if answer.streaming else answer.content
        yield there, answer.status_code, body.decode() + answer.get("Location", "")


def acted(browser: Client) -> Iterator[tuple[str, int, str]]:
    """Every action of every list, on every row there is: what it asks, shows and says."""
    for kind in admin.site._registry:
        there = reverse(f"admin:{kind._meta.app_label}_{kind._meta.model_name}_changelist")
        answer = browser.get(there)
        form = answer.context.get("action_form") if answer.status_code == 200 else None
        keys = list(kind._default_manager.values_list("pk", flat=True))
        for name, _label in form.fields["action"].choices if form else []:
            sent = {"action": name, "_selected_action": keys}
            told = browser.post(there, sent, follow=True) if name else answer
            yield f"{there} {name}", told.status_code, told.content.decode()


def hers_alone() -> dict[type, list[int]]:
    """Keys of what only Alice sees, by kind."""
    named: dict[type, Any] = {Conference: {"name": TEXT}, Talk: {"title": TEXT}, Speaker: {"name": TEXT}}
    named |= {Venue: {"name": TEXT}, Entry: {"title": TEXT}}
    return {kind: list(kind._default_manager.filter(**of).values_list("pk", flat=True)) for kind, of in named.items()}


def keeper_of(rank: str) -> User:
    """Dora of the group, or Carol who may do everything; each with a little of her own, so that lists are not empty."""
    if rank == "superuser":
        return User.objects.create_superuser("carol")
    dora = User.objects.create_user("dora", is_staff=True)
    dora.groups.add(Group.objects.get(name="Desk"))
    return dora


@pytest.mark.parametrize("rank", ["Desk", "superuser"])
def test_nothing_of_somebody_elses_is_anywhere(rank: str, planted: Conference) -> None:
    keeper = keeper_of(rank)
    Preferences.objects.get_or_create(person=keeper)
    Invitation.objects.create(made_by=keeper, digest="0" * 64)
    actions.attend(owner=keeper, conference=planted)
    for kind in ("note", "meal", "swag", "encounter"):
        an_entry(keeper, kind=kind, day=planted.days.earliest("date"))
    browser = signed_in(keeper)
    asked = [*everything(), *asked_of_lists(browser, hers_alone()), *completions()]
    told = [*answers(browser, iter(asked)), *acted(browser)]
    statuses = [status for _there, status, _said in told]
    assert max(statuses) < 500
    assert statuses.count(200) > 150
    assert [there for there, _status, said in told if SECRET in said.lower()] == []


def test_she_sees_it_herself(planted: Conference, alice: User) -> None:
    """Else the test above would look for nothing."""
    kinds = [kind for kind in admin.site._registry if kind._meta.app_label in {"events", "journal"}]
    lists = (reverse(f"admin:{kind._meta.app_label}_{kind._meta.model_name}_changelist") for kind in kinds)
    found = [there for there, _status, said in answers(signed_in(alice), lists) if SECRET in said.lower()]
    told = {there.split("/")[3] for there in found}
    assert told >= {"talk", "speaker", "venue", "conference", "entry", "meal", "swag", "encounter", "photo", "mark"}


def test_every_kind_of_the_desk_has_a_korean_name() -> None:
    with translation.override("ko"):
        names = {str(name) for kind in admin.site._registry for name in _names(kind)}
    assert [name for name in names if not re.search("[가-힣]", name)] == []


def _names(kind: type[models.Model]) -> tuple[Any, Any]:
    return kind._meta.verbose_name, kind._meta.verbose_name_plural
