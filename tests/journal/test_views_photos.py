"""Pictures by their pages: adding, reading, describing, the bin, and whom their bytes are given to."""

from __future__ import annotations

import html
import io
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pytest_django import DjangoAssertNumQueries, Settings

from journal import actions
from journal.models import Photo
from journal.photos import MAX_BYTES
from journal.subjects import Subject
from tests.factories import a_conference, a_photo, a_picture, a_talk, an_entry

ADD = "/add/picture/"
CAPPED = [
    "journal.uploads.CappedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]


def a_file(data: bytes | None = None, name: str = "lunch.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, a_picture() if data is None else data, "image/jpeg")


# Adding


def test_photo_add_keeps_the_picture_and_shows_its_page(persons_browser: Client, person: User) -> None:
    response = persons_browser.post(ADD, {"picture": a_file(), "caption": "Lunch", "alt_text": "A box of food"})
    photo = Photo.objects.get()
    assert response.headers["Location"] == f"/photos/{photo.uid}/"
    assert (photo.owner, photo.caption, photo.alt_text, photo.visibility) == (
        person,
        "Lunch",
        "A box of food",
        "private",
    )
    page = persons_browser.get(response.headers["Location"]).content.decode()
    assert 'alt="A box of food"' in page
    assert f"/photos/{photo.uid}/480.webp 480w" in page


def test_photo_add_is_about_what_the_address_names(persons_browser: Client, person: User) -> None:
    talk = a_talk(a_conference(person))
    address = f"{ADD}?conference={talk.conference.year}/{talk.conference.slug}&talk={talk.slug}"
    assert talk.display_title() in persons_browser.get(address).content.decode()
    persons_browser.post(address, {"picture": a_file()})
    photo = Photo.objects.get()
    assert (photo.talk, photo.conference) == (talk, talk.conference)


def test_photo_add_by_the_selects_of_the_form(persons_browser: Client, person: User) -> None:
    conference = a_conference(person)
    day = conference.days.last()
    persons_browser.post(ADD, {"picture": a_file(), "conference": conference.pk, "day": day.pk})
    photo = Photo.objects.get()
    assert (photo.day, photo.conference) == (day, conference)


def test_photo_add_again_shows_the_days_and_keeps_the_caption(persons_browser: Client, person: User) -> None:
    conference = a_conference(person)
    response = persons_browser.post(ADD, {"again": "1", "caption": "Lunch", "conference": conference.pk})
    page = response.content.decode()
    assert response.status_code == 200
    assert 'value="Lunch"' in page
    assert f'<option value="{conference.days.first().pk}">' in page


def test_photo_add_with_an_entry_stands_with_it(persons_browser: Client, person: User) -> None:
    entry = an_entry(person, conference=a_conference(person))
    assert persons_browser.get(f"{ADD}?entry={entry.uid}").status_code == 200
    persons_browser.post(f"{ADD}?entry={entry.uid}", {"picture": a_file()})
    assert Photo.objects.get().entry == entry


@pytest.mark.parametrize("query", ["entry=nonsense", "conference=2022/nowhere", "conference=x", "talk=y"])
def test_photo_add_about_nothing_that_is_here_is_404(persons_browser: Client, query: str) -> None:
    assert persons_browser.get(f"{ADD}?{query}").status_code == 404


def test_photo_add_to_what_is_another_persons_is_404(strangers_browser: Client, person: User) -> None:
    entry = an_entry(person, conference=a_conference(person))
    conference = entry.conference
    for query in (f"entry={entry.uid}", f"conference={conference.year}/{conference.slug}"):
        assert strangers_browser.post(f"{ADD}?{query}", {"picture": a_file()}).status_code == 404
    assert not Photo.objects.exists()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a picture that can be shown"),
        (b"", "The file is empty"),
        (b"\xff\xd8\xff\xe0broken", "damaged"),
    ],
)
def test_photo_add_refused_says_why_and_keeps_the_caption(persons_browser: Client, data: bytes, sentence: str) -> None:
    response = persons_browser.post(ADD, {"picture": a_file(data), "caption": "Lunch"})
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert 'value="Lunch"' in page
    assert not Photo.objects.exists()


def test_photo_add_without_a_file_asks_for_one(persons_browser: Client) -> None:
    response = persons_browser.post(ADD, {"caption": "Lunch"})
    assert response.status_code == 422
    assert "Choose a picture first" in response.content.decode()


def test_photo_add_above_the_limit_says_so_and_writes_little(
    persons_browser: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.FILE_UPLOAD_HANDLERS = CAPPED
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    huge = a_file(b"\xff\xd8\xff" + bytes(MAX_BYTES + 8 * 1024**2))
    response = persons_browser.post(ADD, {"caption": "Lunch", "picture": huge, "alt_text": "A box"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "too large" in page
    assert 'value="Lunch"' in page
    assert 'value="A box"' in page


def test_photo_add_of_the_same_picture_is_one_and_loses_no_word(persons_browser: Client, person: User) -> None:
    known = a_photo(person, name="lunch.jpg")
    response = persons_browser.post(ADD, {"picture": a_file(), "caption": "Lunch"}, follow=True)
    known.refresh_from_db()
    assert Photo.objects.count() == 1
    assert known.caption == "Lunch"
    response = persons_browser.post(ADD, {"picture": a_file(), "caption": "Another word"}, follow=True)
    assert "You typed: Another word" in response.content.decode()
    assert Photo.objects.get().caption == "Lunch"


def test_photo_add_of_a_visitor_asks_for_the_login(visitor: Client, person: User) -> None:
    assert visitor.get(ADD).status_code == 302
    assert visitor.post(ADD, {"picture": a_file()}).status_code == 302
    assert not Photo.objects.exists()


# Reading, and the bytes


def test_photo_pages_are_the_owners_alone(
    persons_browser: Client, strangers_browser: Client, staff_browser: Client, visitor: Client, person: User
) -> None:
    photo = a_photo(person, caption="xyzzy")
    width = photo.widths[0]
    for path in ("", "edit/", "original/", f"{width}.webp"):
        address = f"/photos/{photo.uid}/{path}"
        assert persons_browser.get(address).status_code == 200, address
        assert visitor.get(address).status_code == 302, address
        for other in (strangers_browser, staff_browser):
            answer = other.get(address)
            assert answer.status_code == 404, address
            assert b"xyzzy" not in answer.content


def test_photo_verbs_are_the_owners_alone(
    strangers_browser: Client, staff_browser: Client, visitor: Client, person: User
) -> None:
    photo = a_photo(person)
    for path in ("edit/", "bin/", "restore/", "delete/"):
        address = f"/photos/{photo.uid}/{path}"
        for other, status in ((strangers_browser, 404), (staff_browser, 404), (visitor, 302)):
            assert other.post(address, {"caption": "mine now"}).status_code == status, address
    photo.refresh_from_db()
    assert (photo.caption, photo.deleted_at) == ("", None)


def test_photo_file_is_webp_and_nothing_else(persons_browser: Client, person: User) -> None:
    photo = a_photo(person)
    answer = persons_browser.get(f"/photos/{photo.uid}/{photo.widths[-1]}.webp")
    data = b"".join(answer.streaming_content)
    assert Image.open(io.BytesIO(data)).format == "WEBP"
    headers = answer.headers
    assert headers["Content-Type"] == "image/webp"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Disposition"].startswith("inline")
    assert headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert "sandbox" in headers["Content-Security-Policy"]
    assert persons_browser.get(f"/photos/{photo.uid}/481.webp").status_code == 404


def test_photo_file_that_is_lost_is_404(persons_browser: Client, person: User) -> None:
    photo = a_photo(person)
    default_storage.delete(f"{photo.file}-{photo.widths[0]}.webp")
    assert persons_browser.get(f"/photos/{photo.uid}/{photo.widths[0]}.webp").status_code == 404


def test_photo_file_from_a_camera_tells_no_place(persons_browser: Client) -> None:
    camera = Path(__file__).parents[3] / "shared/data/photos/jpeg-gps-nikon-p6000.jpg"
    if not camera.exists():
        pytest.skip("the pictures for trying out are not here")
    persons_browser.post(ADD, {"picture": a_file(camera.read_bytes(), camera.name)})
    photo = Photo.objects.get()
    for width in photo.widths:
        data = b"".join(persons_browser.get(f"/photos/{photo.uid}/{width}.webp").streaming_content)
        assert not [word for word in (b"Exif", b"GPS", b"NIKON", b"EXIF", b"XMP") if word in data]


def test_photo_original_is_handed_over_as_it_came(persons_browser: Client, person: User) -> None:
    photo = a_photo(person, name="lunch.jpg")
    answer = persons_browser.get(f"/photos/{photo.uid}/original/")
    assert b"".join(answer.streaming_content) == a_picture()
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="lunch.jpg"'


@pytest.mark.parametrize("subject", ["talk", "day", "none", "entry"])
def test_photo_page_pays_few_queries(
    persons_browser: Client, person: User, subject: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    conference = a_conference(person)
    talk = a_talk(conference, speaker="Yoshua Bengio")
    given = {
        "talk": {"subject": Subject(talk=talk, speaker=talk.appearances.get().speaker)},
        "day": {"subject": Subject(day=conference.days.first())},
        "none": {},
        "entry": {"entry": an_entry(person, talk=talk)},
    }
    photo = a_photo(person, **given[subject])
    with django_assert_max_num_queries(12):
        assert persons_browser.get(f"/photos/{photo.uid}/").status_code == 200
    with django_assert_max_num_queries(12):
        assert persons_browser.get(f"/photos/{photo.uid}/edit/").status_code == 200


# Describing


def test_photo_edit_saves_words_and_a_time_in_the_conferences_zone(persons_browser: Client, person: User) -> None:
    photo = a_photo(person, subject=Subject(conference=a_conference(person)))
    typed = {"caption": "Lunch", "alt_text": "A box", "visibility": "shared", "taken_on": "11/8", "taken_time": "12:10"}
    response = persons_browser.post(f"/photos/{photo.uid}/edit/", {**typed, "conference": photo.conference.pk})
    assert response.headers["Location"] == f"/photos/{photo.uid}/"
    photo.refresh_from_db()
    assert (photo.caption, photo.alt_text, photo.visibility) == ("Lunch", "A box", "shared")
    assert photo.taken_at == datetime(2022, 11, 8, 3, 10, tzinfo=UTC)
    assert photo.taken_from == Photo.Taken.HAND


def test_photo_edit_that_leaves_the_time_alone_keeps_its_seconds(persons_browser: Client, person: User) -> None:
    photo = a_photo(person, name="20221108_093012.jpg", subject=Subject(conference=a_conference(person)))
    typed = {"caption": "Doors", "taken_on": "2022-11-08", "taken_time": "09:30", "conference": photo.conference.pk}
    persons_browser.post(f"/photos/{photo.uid}/edit/", typed)
    photo.refresh_from_db()
    assert photo.taken_at == datetime(2022, 11, 8, 0, 30, 12, tzinfo=UTC)
    assert photo.taken_from == Photo.Taken.FILE_NAME


@pytest.mark.parametrize(
    "typed", [{"taken_time": "12:10"}, {"taken_on": "11/8"}, {"taken_on": "someday", "taken_time": "12:10"}]
)
def test_photo_edit_with_half_a_time_keeps_what_was_typed(
    persons_browser: Client, person: User, typed: dict[str, str]
) -> None:
    photo = a_photo(person)
    response = persons_browser.post(f"/photos/{photo.uid}/edit/", {"caption": "Lunch", **typed})
    page = response.content.decode()
    assert response.status_code == 422
    assert all(f'value="{value}"' in page for value in ("Lunch", *typed.values()))
    photo.refresh_from_db()
    assert photo.caption == ""


def test_photo_edit_files_it_under_a_talk(persons_browser: Client, person: User) -> None:
    talk = a_talk(a_conference(person))
    photo = a_photo(person)
    typed = {"conference": talk.conference.pk, "talk": talk.pk}
    persons_browser.post(f"/photos/{photo.uid}/edit/", typed)
    photo.refresh_from_db()
    assert photo.talk == talk


def test_photo_edit_with_an_entry_leaves_its_subject_to_the_entry(persons_browser: Client, person: User) -> None:
    photo = a_photo(person, entry=an_entry(person, conference=a_conference(person)))
    assert "belongs to an entry" in persons_browser.get(f"/photos/{photo.uid}/edit/").content.decode()
    persons_browser.post(f"/photos/{photo.uid}/edit/", {"caption": "Lunch"})
    photo.refresh_from_db()
    assert (photo.caption, photo.conference) == ("Lunch", None)


# The bin


def test_photo_bin_with_undo(persons_browser: Client, person: User) -> None:
    conference = a_conference(person)
    photo = a_photo(person, subject=Subject(conference=conference))
    response = persons_browser.post(f"/photos/{photo.uid}/bin/")
    assert response.headers["Location"] == conference.get_absolute_url()
    undo = f"/photos/{photo.uid}/restore/"
    assert undo in persons_browser.get("/preferences/").content.decode()
    assert persons_browser.get(f"/photos/{photo.uid}/").status_code == 404
    assert persons_browser.get(f"/photos/{photo.uid}/{photo.widths[0]}.webp").status_code == 200
    assert persons_browser.post(undo).headers["Location"] == f"/photos/{photo.uid}/"
    assert persons_browser.post(undo).status_code == 302
    assert persons_browser.get(f"/photos/{photo.uid}/").status_code == 200


def test_photo_delete_asks_and_only_from_the_bin(persons_browser: Client, person: User) -> None:
    photo = a_photo(person)
    address = f"/photos/{photo.uid}/delete/"
    assert persons_browser.post(address).status_code == 404
    actions.bin_photo(photo=photo)
    assert "for good" in persons_browser.get(address).content.decode()
    assert Photo.objects.exists()
    assert persons_browser.post(address).headers["Location"] == "/bin/"
    assert not Photo.objects.exists()


def test_photo_bin_by_opening_its_address_does_nothing(persons_browser: Client, person: User) -> None:
    photo = a_photo(person)
    for path in ("bin/", "restore/"):
        assert persons_browser.get(f"/photos/{photo.uid}/{path}").status_code == 405
    photo.refresh_from_db()
    assert photo.deleted_at is None


def test_photo_edit_keeps_what_another_device_wrote_meanwhile(persons_browser: Client, person: User) -> None:
    photo = a_photo(person)
    address = f"/photos/{photo.uid}/edit/"
    page = persons_browser.get(address).content.decode()
    shown = html.unescape(re.search('name="shown" value="([^"]*)"', page)[1])
    actions.describe_photo(photo=photo, alt_text="a bowl", subject=Subject(conference=a_conference(person)))
    sent = {"caption": "lunch", "alt_text": "", "visibility": "private", "conference": "", "shown": shown}
    assert persons_browser.post(address, sent).status_code == 302
    photo = Photo.objects.get()
    assert (photo.caption, photo.alt_text, photo.conference is None) == ("lunch", "a bowl", False)
