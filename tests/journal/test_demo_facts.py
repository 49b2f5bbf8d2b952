"""Every fact of the attendee's account stands in a row. One demo serves all tests here, which only read."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils.html import strip_tags
from pytest_django import DjangoDbBlocker

from journal.markdown import Audience, gather, plain
from journal.models import Photo
from tests.journal.facts import FACTS, FIRST, SECOND, Fact, Kept, address_of

pytestmark = pytest.mark.django_db

ALT_TEXT = re.compile(r'alt="([^"]*)"')


@pytest.fixture(scope="module")
def listed_demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Kept]:
    """The demo of the plain command."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("demo", stdout=io.StringIO())
        yield Kept(User.objects.get(username="demo"))
        transaction.set_rollback(True)


@pytest.mark.parametrize("fact", FACTS, ids=str)
def test_fact_stands_in_rows(listed_demo: Kept, fact: Fact) -> None:
    assert fact.rows(listed_demo)


@pytest.fixture(scope="module")
def words_of_pages(listed_demo: Kept) -> dict[str, str]:
    """What the attendee reads on each page that carries a fact: the words, and those that stand for pictures."""
    browser = Client()
    browser.force_login(listed_demo.person)
    addresses = {address_of(fact.page, listed_demo) for fact in FACTS}
    answers = {address: browser.get(address, headers={"accept-language": "ko"}) for address in addresses}
    assert {answer.status_code for answer in answers.values()} == {200}
    pages = {address: answer.content.decode() for address, answer in answers.items()}
    return {address: unescape(" ".join([strip_tags(page), *ALT_TEXT.findall(page)])) for address, page in pages.items()}


@pytest.mark.parametrize("fact", FACTS, ids=str)
def test_fact_is_seen_on_its_page(listed_demo: Kept, words_of_pages: dict[str, str], fact: Fact) -> None:
    assert fact.is_seen_in(words_of_pages[address_of(fact.page, listed_demo)])


def test_the_two_days_have_two_hosts_and_two_venues(listed_demo: Kept) -> None:
    first, second = listed_demo.day(FIRST), listed_demo.day(SECOND)
    assert "종합기술원" in first.host
    assert "삼성 리서치" in second.host
    assert first.venue.name == "COEX Grand Ballroom"
    assert second.venue.name == "삼성 양재 R&D 센터"
    assert first.venue != second.venue
    assert listed_demo.log(FIRST).mood != listed_demo.log(SECOND).mood


def test_moods_are_in_the_book_and_not_in_the_world(listed_demo: Kept) -> None:
    for on in (FIRST, SECOND):
        assert listed_demo.log(on).mood not in listed_demo.day(on).about


def test_only_what_the_account_names_has_a_title(listed_demo: Kept) -> None:
    assert set(listed_demo.forum.talks.exclude(title="").values_list("title", flat=True)) == {
        "프로그램 시작",
        "채용 부스",
    }


def test_off_record_blocks_name_nothing(listed_demo: Kept) -> None:
    """What is withheld is not in the demo either: the block says that, and is gone for others."""
    for entry in listed_demo.entries(text__contains=":::"):
        said = entry.text.split("::: 비밀")[1].split(":::")[0].strip()
        assert said in {"구체적인 이야기는 적지 않는다.", "대외비라 내용은 적지 않는다."}
        assert said not in plain(entry.text, audience=Audience.OTHERS)
    assert listed_demo.entries(text__contains=":::").count() == 2


def test_references_and_pictures_in_texts_lead_somewhere(listed_demo: Kept) -> None:
    found = [gather(entry.text, audience=Audience.OWNER) for entry in listed_demo.entries()]
    pictures = {uid for text in found for uid in text.pictures}
    assert pictures <= {str(photo.uid) for photo in listed_demo.photos()}
    assert len(pictures) == 5
    assert {reference.kind for text in found for reference in text.references} == {"speaker", "conference"}


def test_nothing_is_shared_with_other_people(listed_demo: Kept) -> None:
    assert set(listed_demo.entries().values_list("visibility", flat=True)) == {"private"}


def test_pictures_are_dated_by_their_camera(listed_demo: Kept) -> None:
    assert set(listed_demo.photos().values_list("taken_from", flat=True)) == {Photo.Taken.EXIF_OFFSET}
    assert all(photo.alt_text for photo in listed_demo.photos())


def test_docs_name_the_same_facts() -> None:
    lines = (Path(__file__).parents[2] / "docs" / "facts.md").read_text().splitlines()
    table = lines[: lines.index("## Beside the table")]
    named = [line.split(" | ")[0].removeprefix("| ") for line in table if line.startswith("| ")]
    assert [name for name in named if name not in {"fact", "---"}] == [fact.name for fact in FACTS]
