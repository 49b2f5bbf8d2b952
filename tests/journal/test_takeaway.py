"""What a person takes away: everything of theirs, nothing of anybody else's, in names that every system takes."""

from __future__ import annotations

import io
import json
import random
import re
import tracemalloc
import unicodedata
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

import pytest
from django.apps import apps
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from events.models import Speaker, Talk
from journal import actions
from journal.models import Entry, Mark, Photo, Preferences, Revision
from journal.storage import files_of, original, rendition
from journal.subjects import Subject
from journal.takeaway import Member, stream_takeaway, write_takeaway, zipped
from journal.takeaway.naming import LONGEST, Folders, link_to, safe_name
from journal.takeaway.words import front_matter, stands_inline
from tests.factories import a_conference, a_photo, a_talk, an_entry
from tests.whole_book import WholeBook, a_whole_book


def taken(person: User) -> zipfile.ZipFile:
    """The person's zip, whole and sound."""
    out = io.BytesIO()
    write_takeaway(person, out)
    archive = zipfile.ZipFile(out)
    assert archive.testzip() is None
    return archive


def texts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Everything in it that is text."""
    return {
        name: archive.read(name).decode()
        for name in archive.namelist()
        if name.endswith((".md", ".json", ".jsonl", ".txt"))
    }


def whole_text(person: User) -> str:
    return "\n".join(f"{name}\n{text}" for name, text in texts(taken(person)).items())


def links_of(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """(page, file it links to) of every link within the zip."""
    for page, text in texts(archive).items():
        for target in re.findall(r"\]\(([^)\s]+)\)", text) if page.endswith(".md") else []:
            if not re.match(r"[a-z]+:", target):
                parts: list[str] = []
                for part in [*PurePosixPath(page).parent.parts, *unquote(target).split("/")]:
                    parts = parts[:-1] if part == ".." else [*parts, part]
                yield page, "/".join(parts)


@pytest.fixture
def book(person: User) -> WholeBook:
    return a_whole_book(person)


# What is in it


def test_whole_book_is_laid_out_by_year_conference_and_day(book: WholeBook) -> None:
    names = taken(book.person).namelist()
    year, slug = book.conference.year, book.conference.slug
    assert names[0] == "README.md"
    assert {
        f"{year}/{slug}/conference.md",
        f"{year}/{slug}/2022-11-08/2022-11-08.md",
        f"{year}/{slug}/2022-11-08/10-00 Learning to look.md",
        f"{year}/{slug}/pictures/lunch.jpg",
        "bin/bin.md",
        "bin/Thrown away.md",
        "bin/pictures/lunch.jpg",
        "journal.json",
    } <= set(names)
    assert "missing.txt" not in names


def test_every_link_leads_to_a_file(book: WholeBook) -> None:
    an_entry(book.person, text=f"![far away](photo:{book.photo.uid}) of another day")
    archive = taken(book.person)
    found = list(links_of(archive))
    assert len(found) > 8
    assert [(page, target) for page, target in found if target not in archive.namelist()] == []


def test_conference_page_tells_how_it_was(book: WholeBook) -> None:
    page = texts(taken(book.person))[f"2022/{book.conference.slug}/conference.md"]
    for told in ("Friends", "Near by", "> Little", "Attended · ★★★★★ · It clicked.", "House of looking", "In person"):
        assert told in page


def test_day_tells_log_meal_and_talk_in_order(book: WholeBook) -> None:
    page = texts(taken(book.person))[f"2022/{book.conference.slug}/2022-11-08/2022-11-08.md"]
    places = [page.index(told) for told in ("By train", "Astonished", "Arrived", "Learning to look", "Abalone")]
    assert places[3] < places[4]
    assert "- Speaker: Ada, Professor, A university" in page
    assert "₩15,000" in page
    assert "A ball pen" in page


def test_off_record_passages_are_the_owners_own(person: User) -> None:
    an_entry(person, text="Said aloud.\n\n::: private\nNot for others.\n:::")
    found = texts(taken(person))
    assert any("Not for others." in text for name, text in found.items() if name.startswith("unfiled/"))
    assert "Off-record passages are in this copy" in found["README.md"]


def test_every_version_is_in_the_history(book: WholeBook) -> None:
    lines = [json.loads(line) for name, text in texts(taken(book.person)).items() if name.startswith("history/")
             for line in text.splitlines()]  # fmt: skip
    kept = Revision.objects.of(book.person)
    assert {(line["entry_id"], line["version"], line["text"]) for line in lines} == set(
        kept.values_list("entry_id", "version", "text")
    )


def test_json_holds_every_row_of_every_kind(book: WholeBook) -> None:
    content = json.loads(taken(book.person).read("journal.json"))
    assert (content["format"], content["version"]) == ("lanyard-journal", 1)
    assert content["person"]["username"] == "alice"
    by_uid = {row["uid"]: row for row in content["entries"]}
    assert set(by_uid) == {str(uid) for uid in Entry.objects.of(book.person).values_list("uid", flat=True)}
    assert by_uid[str(book.note.uid)]["text"] == book.note.text
    counts = {name: len(content[name]) for name in ("attendances", "day_logs", "marks", "meals", "swag", "encounters")}
    assert set(counts.values()) == {1}
    assert content["meals"][0]["price"] == "15000.00"
    assert {row["path"] for row in content["photos"]} <= set(taken(book.person).namelist())
    assert [row["name"] for row in content["speakers"]] == [book.speaker.name]


# A table of the book that is made later has to be thought of here.
NOT_THE_PERSONS_OWN = {"Invitation"}
IN_THE_FILE = {
    "Attendance", "DayLog", "Encounter", "Entry", "Mark", "Meal", "Photo", "Preferences", "Revision", "Swag",
}  # fmt: skip


def test_every_table_of_the_book_was_thought_of() -> None:
    tables = {model.__name__ for model in apps.get_app_config("journal").get_models()}
    assert tables == IN_THE_FILE | NOT_THE_PERSONS_OWN


def test_pictures_are_the_originals_byte_for_byte(book: WholeBook) -> None:
    archive = taken(book.person)
    with default_storage.open(original(book.photo)) as file:
        assert archive.read(f"2022/{book.conference.slug}/pictures/lunch.jpg") == file.read()


def test_largest_size_is_taken_where_no_original_was_kept(person: User) -> None:
    Preferences.objects.create(person=person, keep_originals=False)
    photo = a_photo(person, name="점심.jpg")
    with default_storage.open(rendition(photo, max(photo.widths))) as file:
        assert taken(person).read("unfiled/pictures/점심.webp") == file.read()


def test_korean_reader_gets_korean_headings(book: WholeBook) -> None:
    Preferences.objects.create(person=book.person, language="ko")
    with translation.override("en"):
        page = texts(taken(book.person))[f"2022/{book.conference.slug}/2022-11-08/2022-11-08.md"]
        assert translation.get_language() == "en"
    assert "# 2022. 11. 8.(화) · 1일차" in page
    assert "들었어요 ★★★★★" in page


# The same rows make the same bytes


def test_two_copies_are_equal(person: User) -> None:
    a_whole_book(person)
    copies = [b"".join(stream_takeaway(person)) for _copy in range(2)]
    assert copies[0] == copies[1]


def test_an_empty_journal_is_a_zip_too(person: User) -> None:
    assert taken(person).namelist() == ["README.md", "journal.json"]


# Nothing of anybody else's


def test_nothing_of_another_person_is_in_it(person: User, stranger: User) -> None:
    theirs = a_whole_book(stranger, listed=False, word="Zebra")
    listed = a_whole_book(stranger, listed=True, word="Listed", starts_on=date(2021, 3, 1))
    actions.attend(owner=person, conference=listed.conference)
    own = an_entry(person, talk=listed.talk, text="Mine.")
    found = whole_text(person)
    assert "Zebra" not in found
    assert "Listed" in found
    for secret in (str(theirs.note.uid), str(listed.note.uid), "It clicked.", "Abalone", "Astonished", "bob"):
        assert secret not in found
    assert str(own.uid) in found


def test_talk_that_is_hidden_by_now_is_not_named(person: User, stranger: User) -> None:
    conference = a_conference(stranger, listed=True)
    talk = a_talk(conference, speaker="Grace", title="Hidden title", listed=True)
    an_entry(person, talk=talk, text="Still mine.")
    actions.mark_talk(owner=person, talk=talk, state=Mark.State.WANT)
    Talk.objects.update(listed=False)
    found = whole_text(person)
    assert "Still mine." in found
    assert "Hidden title" not in found
    assert "Grace" not in found


def test_entry_of_a_conference_that_is_hidden_by_now_is_kept(person: User, stranger: User) -> None:
    conference = a_conference(stranger, name="Vanished", listed=True)
    speaker = Speaker.objects.create(name="Unseen", added_by=stranger)
    a_talk(conference, listed=True).appearances.create(speaker=speaker)
    an_entry(person, conference=conference, speaker=speaker, text="Still mine.")
    photo = a_photo(person, subject=Subject(conference=conference))
    conference.__class__.objects.update(listed=False)
    archive = taken(person)
    assert "unfiled/note.md" in {name.lower() for name in archive.namelist()}
    assert "unfiled/pictures/lunch.jpg" in archive.namelist()
    found = whole_text(person)
    assert "Still mine." in found
    assert str(photo.uid) in found
    assert "Vanished" not in found
    assert "Unseen" not in found


# What is broken


def test_missing_file_of_a_picture_stops_nothing(book: WholeBook) -> None:
    for photo in (book.photo, book.binned_photo):
        for name in files_of(photo):
            default_storage.delete(name)
    found = texts(taken(book.person))
    assert str(book.photo.uid) in found["missing.txt"]
    assert "The file of this picture is missing: lunch.jpg" in "".join(found.values())
    assert json.loads(found["journal.json"])["photos"][0]["path"] is None


def test_smaller_size_takes_the_place_of_a_lost_original(book: WholeBook) -> None:
    default_storage.delete(original(book.photo))
    archive = taken(book.person)
    assert f"2022/{book.conference.slug}/pictures/lunch.webp" in archive.namelist()
    assert str(book.photo.uid) in texts(archive)["missing.txt"]
    assert all(target in archive.namelist() for _page, target in links_of(archive))


# Sent


def test_download_is_a_zip_under_the_persons_name(persons_browser: Client, book: WholeBook) -> None:
    answer = persons_browser.get("/preferences/journal.zip")
    assert answer.streaming
    assert answer["Content-Type"] == "application/zip"
    assert answer["Cache-Control"] == "private, no-store"
    assert "Content-Encoding" not in answer
    assert re.fullmatch(r'attachment; filename="lanyard-alice-\d{4}-\d\d-\d\d.zip"', answer["Content-Disposition"])
    content = b"".join(answer.streaming_content)  # type: ignore[arg-type]
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None


def test_download_names_a_korean_person(person: User, persons_browser: Client) -> None:
    User.objects.update(username="두재")
    header = persons_browser.head("/preferences/journal.zip")["Content-Disposition"]
    assert "filename*=utf-8''lanyard-%EB%91%90%EC%9E%AC-" in header


def test_head_makes_no_zip(persons_browser: Client, book: WholeBook) -> None:
    assert b"".join(persons_browser.head("/preferences/journal.zip").streaming_content) == b""  # type: ignore[arg-type]


def test_memory_stays_bounded_with_many_pictures(person: User, settings: LazySettings, tmp_path: Path) -> None:
    """120 MB of pictures and 6 MB of texts, of which no copy is made."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path}},
    }
    first = a_photo(person)
    block = random.Random(1).randbytes(1_000_000)
    for number in range(30):
        stem = f"photos/{person.pk}/many{number}"
        default_storage.save(f"{stem}-original.jpeg", ContentFile(block * 4))
        values = {field.attname: getattr(first, field.attname) for field in Photo._meta.concrete_fields}
        fresh = {"id": None, "uid": f"{number:032x}", "file": stem, "digest": f"{number:064x}"}
        Photo.objects.create(**{**values, **fresh})
    for _number in range(30):
        an_entry(person, text="A long text. " * 15_000)
    tracemalloc.start()
    try:
        total = sum(map(len, stream_takeaway(person)))
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    print(f"{total / 1e6:.0f} MB sent, {peak / 1e6:.1f} MB at most in memory")  # noqa: T201 -- a figure to be read
    assert total > 120_000_000
    assert peak < 25_000_000


def test_a_zip_beyond_the_old_limits_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the limits of a zip of the first kind are passed, ZIP64 takes over."""
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 10)
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 1000)
    content = b"".join(zipped(Member(f"{number}.txt", [b"x"]) for number in range(40)))
    assert b"PK\x06\x06" in content
    monkeypatch.undo()
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert len(archive.namelist()) == 40
    assert archive.read("39.txt") == b"x"


# Names


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Learning to look", "Learning to look"),
        ("점심 도시락", "점심 도시락"),
        (unicodedata.normalize("NFD", "점심"), "점심"),
        ("a/b\\c: d?", "a b c d"),
        ("../../etc/passwd", "etc passwd"),
        ("CON", "_CON"),
        ("nul.md", "_nul.md"),
        ("COM1", "_COM1"),
        ("Console", "Console"),
        ("ends with a dot. ", "ends with a dot"),
        ("line\nbreak\ttab", "line break tab"),
        ("\u202eevil", "evil"),
        ("C# [draft] ^1", "C draft 1"),
        ("", "note"),
        ("...", "note"),
        ("가" * 200, "가" * LONGEST),
    ],
)
def test_name_of_a_file(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text(max_size=100))
def test_any_name_is_safe_on_every_system(name: str) -> None:
    safe = safe_name(name)
    assert safe == unicodedata.normalize("NFC", safe)
    assert 0 < len(safe) <= LONGEST + 1
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f]', safe)
    assert safe[-1] not in ". "
    assert safe[0] not in ". "
    assert safe.split(".")[0].strip().upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT9"}
    assert len(safe.encode()) < 250


def test_names_that_differ_only_in_case_are_two_files() -> None:
    folders = Folders()
    assert [folders.place("a", name, ".md") for name in ("Lunch", "LUNCH", "lunch (2)")] == [
        "a/Lunch.md", "a/LUNCH (2).md", "a/lunch (2) (2).md",
    ]  # fmt: skip
    assert folders.place("b", "Lunch", ".md") == "b/Lunch.md"


def test_link_survives_spaces_and_brackets() -> None:
    assert (
        link_to("2022/f/pictures/a (1) 100%.jpg", page="2022/f/2022-11-08/d.md")
        == "../pictures/a%20%281%29%20100%25.jpg"
    )


# Texts


@pytest.mark.parametrize(
    "text",
    ["# Heading", "a\n```\ncode", "see[^1]\n\n[^1]: there", "::: private\nx", "[a]: https://example.org", "Title\n===",
     "> ::: private", "<!-- hidden", "：：： 비밀", "x" * 2000],
)  # fmt: skip
def test_text_that_reaches_out_has_a_file_of_its_own(text: str) -> None:
    assert not stands_inline(text)


@pytest.mark.parametrize("text", ["A pen.", "**점심**은 전복", "- one\n- two", "> It seems time.", "#learning here"])
def test_short_text_stands_on_the_page_of_its_day(text: str) -> None:
    assert stands_inline(text) is not text.startswith("#")


def test_front_matter_stands_for_itself() -> None:
    assert front_matter({"title": 'a: "b"\n---', "none": None}) == ["---", 'title: "a: \\"b\\"\\n---"', "---"]


def test_date_of_a_member_is_within_what_a_zip_can_say() -> None:
    old = Member("a", [b""], at=datetime(1970, 1, 1, tzinfo=UTC))
    late = Member("b", [b""], at=datetime(2200, 1, 1, tzinfo=UTC))
    archive = zipfile.ZipFile(io.BytesIO(b"".join(zipped([old, late]))))
    assert [info.date_time[0] for info in archive.infolist()] == [1980, 2107]
