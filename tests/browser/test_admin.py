"""The desk as somebody uses it who keeps the catalogue: found, corrected, merged and split, and nobody's words seen."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db import connection, models
from django.urls import reverse
from playwright.sync_api import expect

from events.models import Appearance, Conference, Speaker, Talk
from journal import actions
from journal.models import Entry, Preferences
from tests.browser.admin_faults import outlived, unlisted
from tests.browser.conftest import DESKTOP, PHONE, OpenTab, Tab
from tests.browser.test_every_page import IS_TOO_WIDE, RULES
from tests.factories import a_conference, a_talk, an_entry
from tests.whole_book import WholeBook, a_whole_book

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SECRET = "quinzamba"
BOXES_ARE_MADE = """[...document.querySelectorAll("select.admin-autocomplete:not([name*=__prefix__])")].every(
    (select) => select.nextElementSibling?.querySelector(".select2-selection__rendered[aria-label]"))"""
LANGUAGES = pytest.mark.parametrize(
    ("locale", "language", "heading"), [("ko-KR", "ko", "연사"), ("en-GB", "en", "speaker")]
)


@pytest.fixture
def dora(transactional_db: None) -> User:
    """Of the group Desk, and no superuser. The group is made as its migration makes it."""
    migration = importlib.import_module("events.migrations.0003_desk")
    migration.open_the_desk(apps, SimpleNamespace(connection=connection))
    keeper = User.objects.create_user("dora", is_staff=True)
    keeper.groups.add(Group.objects.get(name="Desk"))
    return keeper


@pytest.fixture
def forum(stranger: User) -> Conference:
    """Two listed talks of one man in two spellings, and what Alice keeps of them for herself."""
    forum = a_conference(stranger, name="Samsung AI Forum", other_name="삼성 AI 포럼", listed=True)
    seung = Speaker.objects.create(name="Sebastian Seung", other_name="승현준", aka="H. S. Seung\n세바스찬 승")
    for number, speaker in enumerate((seung, Speaker.objects.create(name="Sebastien Seung"))):
        talk = a_talk(forum, title=f"Looking {number}", listed=True)
        Appearance.objects.create(talk=talk, speaker=speaker, affiliation="Prinston")
    alice = User.objects.create_user("alice")
    talk = Talk.objects.get(title="Looking 0")
    actions.mark_talk(owner=alice, talk=talk, verdict=SECRET, rating=5)
    an_entry(alice, talk=talk, text=SECRET, fields={"title": SECRET})
    a_talk(forum, title=SECRET, speaker=SECRET, added_by=alice)
    return forum


def page_of(kind: type[models.Model], name: str, *key: Any) -> str:
    return reverse(f"admin:{kind._meta.app_label}_{kind._meta.model_name}_{name}", args=key)


class Desk:
    """What a person does there, by what it is and not by its words, so that it is the same in every language."""

    def __init__(self, tab: Tab) -> None:
        self.tab, self.page, self.seen = tab, tab.page, ""

    def open(self, there: str) -> None:
        self.tab.open(there)
        self.look()

    def look(self) -> None:
        """Remembers the whole page."""
        self.page.wait_for_load_state("load")
        self.seen += self.page.content().lower()

    def find(self, kind: type[models.Model], words: str) -> list[str]:
        """The names that a list shows for these words."""
        if f"{page_of(kind, 'changelist')}" not in re.sub(r"\?.*", "", self.page.url):
            self.open(page_of(kind, "changelist"))
        self.page.locator("#searchbar").fill(words)
        self.press("#changelist-search [type=submit]")
        return self.page.locator("#result_list tbody th").all_inner_texts()

    def press(self, place: str) -> None:
        """A button or a link that leads to another page."""
        with self.page.expect_navigation():
            self.page.locator(place).first.click()
        self.look()

    def act(self, action: str) -> None:
        """An action on every row that the list shows."""
        self.page.locator("#action-toggle").check()
        self.page.locator("select[name=action]").select_option(action)
        self.press("#changelist-form .actions button")


@LANGUAGES
def test_a_keeper_finds_corrects_merges_and_splits(
    locale: str, language: str, heading: str, open_tab: OpenTab, dora: User, forum: Conference
) -> None:
    desk = Desk(open_tab(dora, **{**DESKTOP, "locale": locale}))
    finds(desk, heading)
    assert desk.page.locator("html").get_attribute("lang") == language
    corrects(desk)
    merges_and_splits(desk)
    changes_together(desk)
    sees_nobodys_words(desk)
    assert desk.tab.heard() == []


def finds(desk: Desk, heading: str) -> None:
    """By either script, and by a further spelling."""
    for words in ("승현준", "Sebastian", "세바스찬"):
        assert desk.find(Speaker, words) == ["Sebastian Seung"]
    expect(desk.page.locator("#content h1")).to_contain_text(heading)


def corrects(desk: Desk) -> None:
    """What he was then, on the talk's page; everyone sees it on the talk's own."""
    assert desk.find(Talk, "승현준") == ["Looking 0"]
    desk.press("#result_list tbody th a")
    desk.page.locator("[name=appearances-0-affiliation]").fill("Princeton University")
    desk.press("[name=_save]")
    desk.open(Talk.objects.get(title="Looking 0").get_absolute_url())
    expect(desk.page.locator("main")).to_contain_text("Princeton University")


def merges_and_splits(desk: Desk) -> None:
    """One man in two spellings: the preview, the merge, the old address; and then they were two after all."""
    kept, lost = Speaker.objects.get(other_name="승현준"), Speaker.objects.get(name="Sebastien Seung")
    former = lost.get_absolute_url()
    assert sorted(desk.find(Speaker, "Seung")) == ["Sebastian Seung", "Sebastien Seung"]
    desk.act("merge_rows")
    desk.page.locator(f"#keep-{kept.pk}").check()
    desk.press("form[method=get] [type=submit]")
    expect(desk.page.locator("#content")).to_contain_text(f"{former} → {kept.get_absolute_url()}")
    desk.press("#content form[method=post] .submit-row [type=submit]")
    expect(desk.page.locator(".messagelist .success")).to_be_visible()
    desk.open(former)
    assert desk.page.url.endswith(kept.get_absolute_url())
    expect(desk.page.locator("main")).to_contain_text("Looking 1")

    desk.open(page_of(Speaker, "change", kept.pk))
    desk.press(".object-tools a[href$='/split/']")
    desk.press("#content form[method=post] .submit-row [type=submit]")
    expect(desk.page.locator(".messagelist .success")).to_be_visible()
    desk.open(former)
    assert desk.page.url.endswith(former)
    expect(desk.page.locator("main")).to_contain_text("Looking 1")


def changes_together(desk: Desk) -> None:
    """Two talks become keynotes."""
    assert len(desk.find(Talk, "Looking")) == 2
    desk.act("change_together")
    desk.page.locator("[name=kind]").select_option("keynote")
    desk.press("#content form[method=post] .submit-row [type=submit]")
    expect(desk.page.locator(".messagelist .success")).to_be_visible()
    assert set(Talk.objects.filter(listed=True).values_list("kind", flat=True)) == {"keynote"}


def sees_nobodys_words(desk: Desk) -> None:
    """Not in what was open, nor among the recent actions, nor offered to who types it. tests/config walks the rest."""
    desk.open(reverse("admin:index"))
    for kind in (Talk, Speaker, Conference, Appearance):
        desk.open(page_of(kind, "changelist"))
    assert SECRET not in desk.seen
    desk.open(page_of(Appearance, "add"))
    for box in desk.page.locator(".select2-selection").all():
        box.click()
        desk.page.keyboard.type(SECRET)
        expect(desk.page.locator(".select2-results__message")).to_be_visible()
        assert desk.page.locator(".select2-results [role=option][id]").count() == 0
        desk.page.keyboard.press("Escape")


# What axe says


def test_axe_finds_nothing_but_the_list(open_tab: OpenTab, staff: User) -> None:
    book = a_whole_book(staff)
    visitor = open_tab(**PHONE)
    found = looked_at(visitor, [f"{reverse('admin:login')}?next=/admin/"])
    tab = open_tab(staff, **{**DESKTOP, "color_scheme": "light"})
    found |= looked_at(tab, every_kind_of_page(book))
    found |= asked_about(tab)
    found |= looked_at(open_tab(staff, **{**PHONE, "color_scheme": "dark"}), some_pages(book))
    assert unlisted(found) == []
    assert outlived(found) == []


def looked_at(tab: Tab, addresses: Iterator[str] | list[str]) -> set[tuple[str, str]]:
    """What axe finds on these pages, and which of them are wider than the screen."""
    found: set[tuple[str, str]] = set()
    for there in addresses:
        tab.open(there)
        found |= faults_of(tab)
    return found


def faults_of(tab: Tab) -> set[tuple[str, str]]:
    """The page that is open, once its boxes are made. The list of kinds beside it is read on a few: it is one."""
    page, there = tab.page, tab.page.url.removeprefix(tab.site)
    page.wait_for_function(BOXES_ARE_MADE)
    wide = {("wider than the screen", there)} if page.evaluate(IS_TOO_WIDE) else set()
    here = None if there.startswith("/admin/events/talk/") else {"exclude": [["#nav-sidebar"]]}
    violations = Axe().run(page, context=here, options={**RULES, "preload": False}).response["violations"]
    return wide | {(str(one["id"]), f"{node['target'][0]} at {there}") for one in violations for node in one["nodes"]}


def asked_about(tab: Tab) -> set[tuple[str, str]]:
    """The pages that an action of a list leads to."""
    desk, found = Desk(tab), set()
    for kind, query, action in (
        (Talk, "", "change_together"),
        (Talk, "", "delete_selected"),
        (Entry, "?bin=in", "delete_for_good"),
    ):
        desk.open(page_of(kind, "changelist") + query)
        desk.act(action)
        found |= faults_of(tab)
    return found


def every_kind_of_page(book: WholeBook) -> Iterator[str]:
    """The index, every list, every form, and each kind of page that asks something."""
    Preferences.objects.get_or_create(person=book.person)
    Appearance.objects.create(talk=book.talk, speaker=Speaker.objects.create(name="Ada L."), role="moderator")
    yield reverse("admin:index")
    for kind, desk in admin.site._registry.items():
        yield page_of(kind, "changelist")
        mine = kind._default_manager.order_by("pk").first()
        if mine is not None:
            yield page_of(kind, "change", mine.pk)
        if type(desk).has_add_permission is admin.ModelAdmin.has_add_permission:
            yield page_of(kind, "add")
    yield from (page_of(type(row), "delete", row.pk) for row in (book.talk, book.note, book.person))
    yield from (page_of(type(row), "history", row.pk) for row in (book.talk, book.note))
    keys = ",".join(map(str, Speaker.objects.values_list("pk", flat=True)))
    yield f"{page_of(Speaker, 'merge')}?rows={keys}"
    yield page_of(Speaker, "split", book.speaker.pk)


def some_pages(book: WholeBook) -> Iterator[str]:
    """Those that look otherwise on a phone and in the dark."""
    yield from (reverse("admin:index"), page_of(Talk, "changelist"), page_of(type(book.note), "changelist"))
    yield from (page_of(type(row), "change", row.pk) for row in (book.talk, book.conference, book.note))
    yield page_of(Speaker, "split", book.speaker.pk)
