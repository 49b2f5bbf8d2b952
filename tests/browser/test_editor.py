"""The editor in a real browser: the keyboard is free, undo is kept, pictures arrive or say why not."""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from journal import actions
from journal.models import Entry, Photo
from tests.factories import a_conference, a_picture, a_talk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Playwright's loop runs in this thread, and Django takes it for an asynchronous context.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

PASTE = """([editor, data, text]) => {
  const bytes = Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
  const transfer = new DataTransfer();
  transfer.items.add(new File([bytes], "KakaoTalk_20221108_093012345.png", { type: "image/png" }));
  if (text) transfer.setData("text/plain", text);
  const event = new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true, cancelable: true });
  document.querySelector(editor).dispatchEvent(event);
}"""
DROP = (
    PASTE.replace("ClipboardEvent", "DragEvent").replace('"paste"', '"drop"').replace("clipboardData", "dataTransfer")
)
EDITOR = "#id_text"


@pytest.fixture
def writing(page: Page, live_server: LiveServer, person: User) -> Iterator[Page]:
    """The form of a new note, opened by Alice; its console must stay clean."""
    client = Client()
    client.force_login(person)
    host = live_server.url.replace("127.0.0.1", "localhost")
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": host}])
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{host}/write/note/")
    yield page
    assert [line for line in said if "401" not in line and "422" not in line and "ERR_" not in line] == []


def picture() -> str:
    return base64.b64encode(a_picture(image_format="PNG")).decode()


def text_of(page: Page) -> str:
    return page.locator(EDITOR).input_value()


def test_tab_leaves_the_editor(writing: Page) -> None:
    writing.locator(EDITOR).focus()
    writing.keyboard.press("Tab")
    assert writing.evaluate("document.activeElement.id") != "id_text"
    assert text_of(writing) == ""


def test_keys_that_markdownx_steals_type_or_do_nothing(writing: Page) -> None:
    writing.locator(EDITOR).focus()
    writing.keyboard.type("[x] one")
    for keys in ("Control+d", "Control+[", "Control+]"):
        writing.keyboard.press(keys)
    assert text_of(writing) == "[x] one"
    writing.keyboard.press("Control+z")
    assert text_of(writing) != "[x] one"


@pytest.mark.parametrize(
    ("tool", "made"),
    [
        ("bold", "one\n**two**"),
        ("quote", "one\n> two"),
        ("follow-up", "one\n- [ ] two"),
        ("off-record", "one\n::: private\ntwo\n:::\n"),
    ],
)
def test_a_tool_marks_what_is_selected_and_undo_takes_it_back(writing: Page, tool: str, made: str) -> None:
    writing.locator(EDITOR).focus()
    writing.keyboard.insert_text("one\ntwo")
    writing.evaluate(f"document.querySelector('{EDITOR}').setSelectionRange(4, 7)")
    writing.locator(f"[data-tool={tool}]").click()
    assert text_of(writing) == made
    writing.keyboard.press("Control+z")
    assert text_of(writing) == "one\ntwo"


@pytest.mark.parametrize("script", [PASTE, DROP])
def test_a_picture_pasted_or_dropped_lands_at_the_cursor(writing: Page, script: str) -> None:
    writing.locator(EDITOR).focus()
    writing.keyboard.type("before  after")
    writing.evaluate(f"document.querySelector('{EDITOR}').setSelectionRange(7, 7)")
    writing.evaluate(script, [EDITOR, picture(), ""])
    expect(writing.locator("[data-editor-status]")).to_have_text("The picture is in the text.")
    photo = Photo.objects.get()
    assert text_of(writing) == f"before \n\n![](photo:{photo.uid})\n after"
    writing.locator("form.form button.is-main").click()
    writing.wait_for_url("**/entries/**")
    assert Photo.objects.get().entry == Entry.objects.get()


def test_pasted_text_with_a_picture_beside_it_stays_text(writing: Page) -> None:
    writing.locator(EDITOR).focus()
    writing.evaluate(PASTE, [EDITOR, picture(), "words from a spreadsheet"])
    writing.wait_for_timeout(200)
    assert "photo:" not in text_of(writing)
    assert not Photo.objects.exists()


def test_a_file_that_is_no_picture_is_explained_and_the_text_stays(writing: Page) -> None:
    writing.locator(EDITOR).focus()
    writing.keyboard.type("my words")
    writing.locator("[data-editor-files]").set_input_files(
        {"name": "x.jpg", "mimeType": "image/jpeg", "buffer": b"no picture"}
    )
    expect(writing.locator("[data-editor-status]")).to_contain_text("not a picture")
    assert text_of(writing) == "my words"


def test_without_a_connection_the_picture_can_be_sent_again(writing: Page) -> None:
    writing.route("**/markdown/upload/", lambda route: route.abort())
    writing.locator(EDITOR).focus()
    writing.evaluate(PASTE, [EDITOR, picture(), ""])
    again = writing.locator("[data-editor-status] button")
    expect(again).to_be_visible()
    assert text_of(writing) == ""
    writing.unroute("**/markdown/upload/")
    again.click()
    expect(writing.locator("[data-editor-status]")).to_have_text("The picture is in the text.")
    assert f"photo:{Photo.objects.get().uid}" in text_of(writing)


def test_after_the_login_expired_a_picture_says_how_to_log_in(writing: Page) -> None:
    writing.context.clear_cookies(name="sessionid")
    writing.locator(EDITOR).focus()
    writing.keyboard.type("kept")
    writing.evaluate(PASTE, [EDITOR, picture(), ""])
    expect(writing.locator("[data-editor-status] a")).to_have_attribute("target", "_blank")
    assert text_of(writing) == "kept"


def test_saving_waits_for_a_picture_on_its_way(writing: Page) -> None:
    def slowly(route: object) -> None:
        writing.wait_for_timeout(600)
        route.continue_()  # type: ignore[attr-defined]

    writing.route("**/markdown/upload/", slowly)
    writing.locator(EDITOR).focus()
    writing.evaluate(PASTE, [EDITOR, picture(), ""])
    writing.locator("form.form button.is-main").click()
    writing.wait_for_url("**/entries/**")
    assert Entry.objects.get().text == f"![](photo:{Photo.objects.get().uid})\n"


def test_the_preview_is_hidden_until_wanted_and_follows_the_text(writing: Page) -> None:
    expect(writing.locator(".markdownx-preview")).to_be_hidden()
    writing.locator("[data-editor-preview] summary").click()
    writing.locator(EDITOR).focus()
    writing.keyboard.type("**loud**")
    expect(writing.locator(".markdownx-preview strong")).to_have_text("loud")
    assert writing.evaluate("document.activeElement.id") == "id_text"


def test_a_conflict_of_my_note_of_a_talk_arrives_in_the_page(writing: Page, person: User) -> None:
    """Saved by htmx twice; then the laptop saves first, and both texts stand on the page with a clean console."""
    talk = a_talk(a_conference(person))
    writing.goto(writing.url.replace("/write/note/", talk.get_absolute_url()))
    save = writing.locator("#talk-note button.is-main")
    for version, text in (("1", "one"), ("2", "two")):
        writing.locator(EDITOR).fill(text)
        save.click()
        expect(writing.locator("#id_base_version")).to_have_value(version)
        expect(writing.locator("#talk-note-saved")).to_contain_text("Saved")
    actions.revise_entry(entry=Entry.objects.get(), base_version=2, text="from the laptop")
    writing.locator(EDITOR).fill("from the phone")
    save.click()
    expect(writing.locator("#other-text")).to_have_value("from the laptop")
    expect(writing.locator("#id_base_version")).to_have_value("3")
    assert text_of(writing) == "from the phone"
    save.click()
    expect(writing.locator("#id_base_version")).to_have_value("4")
    expect(writing.locator("#other-text")).to_have_count(0)
    assert Entry.objects.get().text == "from the phone"


def test_choosing_a_conference_offers_its_talks_and_keeps_the_text(writing: Page, person: User) -> None:
    conference = a_conference(person)
    a_talk(conference)
    actions.attend(owner=person, conference=conference)
    writing.reload()
    writing.locator(EDITOR).fill("half a thought")
    writing.locator("#subject > summary").click()
    writing.locator("#id_conference").select_option(str(conference.pk))
    expect(writing.locator("#id_talk")).to_contain_text("Learning to look")
    assert text_of(writing) == "half a thought"
