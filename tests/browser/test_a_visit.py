"""A visit from beginning to end, as a person lives it; and the same pages without scripts."""

from __future__ import annotations

import base64
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from events.models import Conference, Talk
from events.moments import programme_date
from journal.models import DayLog, Entry, Photo
from tests.access_table import TABLE
from tests.browser.conftest import DESKTOP, PHONE, OpenTab, Tab
from tests.factories import a_picture
from tests.whole_book import a_whole_book

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SEOUL = ZoneInfo("Asia/Seoul")
ENGLISH_PHONE = {**PHONE, "locale": "en-GB", "timezone_id": "Asia/Seoul"}
PASTE = """([data]) => {
  const bytes = Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
  const clipboardData = new DataTransfer();
  clipboardData.items.add(new File([bytes], "lunch.png", { type: "image/png" }));
  const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
  document.querySelector("#id_text").dispatchEvent(event);
}"""


@pytest.fixture
def tab(open_tab: OpenTab, person: User) -> Tab:
    """Alice on her phone, signed in through the form."""
    tab = open_tab(**ENGLISH_PHONE)
    tab.open("/")
    tab.page.locator("[name=login]").fill("alice")
    tab.page.locator("[name=password]").fill("alice-has-a-word")
    tab.page.get_by_role("button", name="Log in", exact=True).click()
    tab.page.wait_for_url(f"{tab.site}/")
    return tab


def save(page: Page) -> None:
    """The main button of the form on the page."""
    page.locator("main form .button.is-main").first.click()
    page.wait_for_load_state()


def add_conference(tab: Tab) -> Conference:
    """Two days from today, each with a host and a venue of its own."""
    page, today = tab.page, programme_date(timezone.now(), SEOUL)
    tab.open(reverse("conference-add"))
    page.get_by_label("Name", exact=True).fill("Forum of two worlds")
    page.get_by_label("First day").fill(today.isoformat())
    page.get_by_label("Last day").fill((today + timedelta(days=1)).isoformat())
    page.keyboard.press("Tab")
    expect(page.get_by_label("Host")).to_have_count(2)
    for number, (host, venue) in enumerate((("The institute", "Grand Ballroom"), ("The lab", "R&D centre"))):
        page.get_by_label("Host").nth(number).fill(host)
        page.get_by_label("Venue", exact=True).nth(number).fill(venue)
    save(page)
    conference = Conference.objects.get()
    days = list(conference.days.order_by("date").values_list("host", "venue__name"))
    assert days == [("The institute", "Grand Ballroom"), ("The lab", "R&D centre")]
    return conference


def add_talk(tab: Tab, conference: Conference) -> Talk:
    """Known only by who gives it."""
    tab.open(reverse("talk-add", args=[conference.year, conference.slug]))
    tab.page.get_by_label("Speaker", exact=True).first.fill("Yoshua Bengio")
    day = tab.page.get_by_label("Day", exact=True)
    day.select_option(index=1)
    save(tab.page)
    expect(tab.page.locator("h1")).to_contain_text("Yoshua Bengio")
    return Talk.objects.get()


def write_note(tab: Tab, talk: Talk) -> None:
    """On the page of the talk: words, a pasted picture, undo, and out again by Tab."""
    page = tab.page
    editor = page.locator("#id_text")
    editor.focus()
    page.keyboard.type("> It is time to study it. [1]\n\n")
    page.evaluate(PASTE, [base64.b64encode(a_picture(image_format="PNG")).decode()])
    expect(page.locator("[data-editor-status]")).to_have_text("The picture is in the text.")
    written = editor.input_value()
    assert written.startswith("> It is time to study it. [1]")
    assert f"photo:{Photo.objects.get().uid}" in written
    page.keyboard.type("One word too many")
    for _step in range(len(" One word too many")):
        if editor.input_value() != written:
            page.keyboard.press("Control+z")
    assert editor.input_value() == written
    assert f"photo:{Photo.objects.get().uid}" in editor.input_value()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") != "id_text"
    page.locator("#note button.is-main").click()
    expect(page.locator("#note")).to_contain_text("Saved")
    assert Entry.objects.get(talk=talk).uid == Entry.note_uid(talk, talk.added_by_id or 0)


def write_entry(tab: Tab, conference: Conference, kind: str, label: str, value: str) -> None:
    """Through the page's own add buttons, which know what it is about."""
    day = conference.days.order_by("date").first()
    assert day is not None
    tab.open(day.get_absolute_url())
    tab.page.locator(f"main a[href*='/write/{kind}/']").first.click()
    if label:
        tab.page.get_by_label(label, exact=True).fill(value)
    tab.page.locator("#id_text").fill(f"About the {kind}.")
    save(tab.page)
    assert Entry.objects.get(kind=kind).day == day


def arrive_by_one_tap(tab: Tab, conference: Conference) -> None:
    """And take it back, and arrive again."""
    page, day = tab.page, conference.days.order_by("date").first()
    assert day is not None
    tab.open(day.get_absolute_url())
    page.get_by_role("button", name="I have arrived").click()
    expect(page.locator("main .chip").first).to_contain_text("Arrived")
    page.locator("#messages").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="I have arrived")).to_be_visible()
    assert DayLog.objects.get().arrived is None
    page.get_by_role("button", name="I have arrived").click()
    expect(page.locator("main .chip").first).to_contain_text("Arrived")


def log_the_day(tab: Tab, conference: Conference) -> None:
    """A mood in a line."""
    tab.page.get_by_role("link", name="Mood and more").click()
    tab.page.locator("[name=mood]").fill("Luxurious, a bit stiff")
    save(tab.page)
    log = DayLog.objects.get()
    assert log.mood == "Luxurious, a bit stiff"
    assert log.arrived is not None


def bin_and_undo(tab: Tab, conference: Conference) -> None:
    """What was thrown away is back by one tap."""
    swag = Entry.objects.get(kind=Entry.Kind.SWAG)
    tab.open(reverse("journal:entry", args=[swag.uid]))
    menu = tab.page.locator("main details.menu summary")
    if menu.count():
        menu.first.click()
    tab.page.locator("form[action$='/bin/'] button").first.click()
    tab.page.wait_for_load_state()
    assert Entry.objects.get(pk=swag.pk).is_binned
    tab.page.locator("#messages").get_by_role("button", name="Undo").click()
    tab.page.wait_for_load_state()
    assert not Entry.objects.get(pk=swag.pk).is_binned


def test_a_visit_is_kept_from_beginning_to_end(tab: Tab) -> None:
    conference = add_conference(tab)
    talk = add_talk(tab, conference)
    write_note(tab, talk)
    write_entry(tab, conference, "meal", "Dishes", "Abalone, eel and a macaron")
    write_entry(tab, conference, "swag", "What it is", "A ball pen")
    write_entry(tab, conference, "encounter", "", "")
    arrive_by_one_tap(tab, conference)
    log_the_day(tab, conference)
    bin_and_undo(tab, conference)
    kept = ["Yoshua Bengio", "It is time to study it.", "Abalone", "A ball pen", "Luxurious, a bit stiff"]
    for name in ("journal:timeline", "journal:report"):
        tab.open(reverse(name, args=[conference.year, conference.slug]))
        for words in kept:
            expect(tab.page.locator("main")).to_contain_text(words)
        picture = tab.page.locator(f"main img[src*='{Photo.objects.get().uid}']").first
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", value=True)
        assert picture.evaluate("image => image.naturalWidth") > 0
    tab.open("/")
    expect(tab.page.locator("main")).to_contain_text("Forum of two worlds")
    assert tab.heard() == []


def test_every_page_can_be_read_without_scripts(open_tab: OpenTab, person: User) -> None:
    tab = open_tab(person, **DESKTOP, java_script_enabled=False)
    book = a_whole_book(person)
    wrong = []
    for route in TABLE:
        if not route.has_page:
            continue
        tab.open(reverse(route.name, kwargs=book.arguments(route.of)))
        if not tab.page.locator("h1").first.is_visible() or not tab.page.locator("main").inner_text().strip():
            wrong.append(route.name)
    assert not wrong, "\n".join(wrong)


def test_notes_can_be_written_without_scripts(open_tab: OpenTab, person: User) -> None:
    tab = open_tab(person, **ENGLISH_PHONE, java_script_enabled=False)
    book = a_whole_book(person)
    tab.open(f"{reverse('journal:entry-add', args=['note'])}?conference={book.conference.year}/{book.conference.slug}")
    tab.page.locator("#id_text").fill("Without scripts.")
    save(tab.page)
    expect(tab.page.locator("main")).to_contain_text("Without scripts.")
    assert Entry.objects.get(text="Without scripts.").conference == book.conference
    tab.open(book.talk.get_absolute_url())
    tab.page.locator("#id_text").fill("What was said, and more.")
    tab.page.locator("#note button.is-main").click()
    tab.page.wait_for_load_state()
    book.talk_note.refresh_from_db()
    assert book.talk_note.text == "What was said, and more."
    tab.page.locator(".marks button").first.click()
    tab.page.wait_for_load_state()
    assert tab.page.locator(".marks [aria-pressed=true]").count() == 1
