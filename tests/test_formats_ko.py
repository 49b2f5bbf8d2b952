"""Dates, times, money and words as pages show them: Korean pages are Korean, English ones English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.access_table import TABLE
from tests.factories import an_entry
from tests.test_locale import CATALOGUE, read
from tests.whole_book import WholeBook, a_whole_book, the_demo

pytestmark = pytest.mark.django_db

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
# What a person typed, or what is the same in every language.
THEIRS = {"script", "style", "svg", "textarea"}
HALF_DAY_LAST = re.compile(r"\d\s*(?:오전|오후)|\b\d{1,2}(?::\d\d)?\s?[ap]\.?m\b", re.IGNORECASE)
STIFF = re.compile(r"[가-힣](?:습|합|입|됩)니다|십시오")
HANGUL = re.compile(r"[가-힣]+")
# Hangul that English pages show on purpose: a language's own name, examples of names and of times.
EXAMPLES = {"한국어", "승현준", "비밀"}


class Reader(HTMLParser):
    """What stands on a page to be read: texts, and the names of what has no text."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.texts: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.texts += [value for name in ("aria-label", "title", "placeholder") if (value := given.get(name))]
        if href := given.get("href"):
            self.links.append(href)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if text and not THEIRS & set(self.open):
            self.texts.append(text)


def read_page(browser: Client, there: str, language: str) -> Reader:
    """The page as somebody sees it whose browser wishes for `language`."""
    reader = Reader()
    reader.feed(browser.get(there, headers={"accept-language": language}).content.decode())
    return reader


def pages(book: WholeBook) -> Iterator[str]:
    """Every page of ours by GET."""
    for route in TABLE:
        if route.has_page:
            yield reverse(route.name, kwargs=book.arguments(route.of))


@pytest.fixture
def korean_pages(person: User, persons_browser: Client) -> dict[str, Reader]:
    """The demo's, by address."""
    return {there: read_page(persons_browser, there, "ko") for there in pages(the_demo(person))}


def found_in(read: dict[str, Reader], pattern: re.Pattern[str]) -> list[str]:
    """Where a text holds the pattern."""
    return [f"{there}: {text}" for there, reader in read.items() for text in reader.texts if pattern.search(text)]


def test_korean_pages_are_korean(korean_pages: dict[str, Reader]) -> None:
    """No clock with 오전 behind it, no zone by its key, no ISO date, no sentence of ours left in English."""
    wrong = found_in(korean_pages, HALF_DAY_LAST)
    wrong += found_in(korean_pages, re.compile(r"\bAsia/"))
    wrong += found_in(korean_pages, re.compile(r"\b20\d\d-\d\d-\d\d\b"))
    english = {message.text for message in read(CATALOGUE) if message.korean != message.text}
    english.discard("English")  # the way to the other language says its own name
    wrong += [f"{there}: {text}" for there, page in korean_pages.items() for text in page.texts if text in english]
    assert not wrong, "\n".join(wrong)


def test_korean_pages_write_dates_the_korean_way(korean_pages: dict[str, Reader]) -> None:
    assert found_in(korean_pages, re.compile(r"11월 8일\(화\)"))
    assert found_in(korean_pages, re.compile(r"2022\. ?11\. ?8\.|2022년 11월 8일"))


def test_addresses_have_no_percent_signs(korean_pages: dict[str, Reader]) -> None:
    """A slug is Latin or a short id: an address that is passed on stays readable."""
    paths = {link.partition("?")[0] for page in korean_pages.values() for link in page.links if link.startswith("/")}
    assert not [path for path in paths if "%" in path]


def test_pages_speak_to_people_politely_and_informally(person: User, persons_browser: Client) -> None:
    """Also where a sentence is Django's or allauth's; the rows of this book are in English."""
    book = a_whole_book(person)
    read_pages = {there: read_page(persons_browser, there, "ko") for there in pages(book)}
    wrong = found_in(read_pages, STIFF)
    assert not wrong, "\n".join(wrong)


def test_money_in_won_has_no_decimals(person: User, persons_browser: Client) -> None:
    entry = an_entry(person, kind="meal", details={"dishes": "Gimbap", "price": 15000, "currency": "KRW"})
    page = read_page(persons_browser, reverse("journal:entry", args=[entry.uid]), "ko")
    assert [text for text in page.texts if "15,000원" in text]
    assert not [text for text in page.texts if "15000" in text or "15,000.00" in text]


def test_english_pages_show_no_hangul(person: User, persons_browser: Client) -> None:
    book = a_whole_book(person)
    wrong = []
    for there in pages(book):
        texts = read_page(persons_browser, there, "en").texts
        wrong += [f"{there}: {text}" for text in texts if set(HANGUL.findall(text)) - EXAMPLES]
    assert not wrong, "\n".join(wrong)
