"""The editor: its widget, the preview, pictures on their way into a text."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from markdownx.fields import MarkdownxFormField
from markdownx.widgets import MarkdownxWidget

from journal.devices import device_of
from journal.forms.entries import FORMS, TalkNoteForm
from journal.models import Photo
from journal.views.editor import MOST_CHARACTERS
from journal.widgets import AdminEditorWidget, EditorWidget
from tests.factories import a_conference, a_photo, a_picture, an_entry

PREVIEW = "/markdown/preview/"
UPLOAD = "/markdown/upload/"


def an_upload(data: bytes | None = None, name: str = "lunch.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, a_picture() if data is None else data, "image/jpeg")


# The widget


@pytest.mark.parametrize("widget", [EditorWidget, AdminEditorWidget])
def test_our_scripts_stand_before_markdownx(widget: type[EditorWidget]) -> None:
    scripts = [str(script) for script in widget().media._js]
    assert scripts[:2] == ["js/editor.js", "js/editor-pictures.js"]
    assert scripts[2].startswith("markdownx/js/markdownx")
    assert len(scripts) == 3


def test_the_texts_of_every_kind_are_written_in_the_editor() -> None:
    for form in (*FORMS.values(), TalkNoteForm):
        field = form.base_fields["text"]
        assert isinstance(field, MarkdownxFormField)
        assert isinstance(field.widget, MarkdownxWidget)
        assert not field.strip


@pytest.mark.parametrize(("language", "fence"), [("ko", "비밀"), ("en", "private")])
def test_the_widget_names_our_views_and_has_no_inline_script(language: str, fence: str) -> None:
    with translation.override(language):
        html = EditorWidget().render("text", "<b>", {"id": "id_text"})
    assert f'data-markdownx-urls-path="{PREVIEW}"' in html
    assert f'data-markdownx-upload-urls-path="{UPLOAD}"' in html
    assert f'data-private="{fence}"' in html
    assert "&lt;b&gt;" in html
    for forbidden in ("<script", "style=", "onclick"):
        assert forbidden not in html


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Linux; Android 14) SamsungBrowser/25.0 Chrome/121 Safari/537.36", "Samsung Internet, Android"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox, Linux"),
        ("curl/8.0", ""),
    ],
)
def test_a_device_is_named_by_browser_and_system(rf: Any, agent: str, device: str) -> None:
    assert device_of(rf.get("/", headers={"User-Agent": agent})) == device


# The preview


@pytest.mark.django_db
def test_preview_shows_what_its_owner_will_read(persons_browser: Client, person: User, stranger: User) -> None:
    mine, theirs = a_photo(person, alt_text="도시락"), a_photo(stranger)
    text = f"**강조**는\n\n::: 비밀\n그 말\n:::\n\n![](photo:{mine.uid})\n\n![x](photo:{theirs.uid})"
    response = persons_browser.post(PREVIEW, {"content": text})
    page = response.content.decode()
    assert response.status_code == 200
    assert "<strong>강조</strong>는" in page
    assert "그 말" in page
    assert 'alt="도시락"' in page
    assert reverse("journal:photo-file", args=[mine.uid, 640]) in page
    assert f"/photos/{theirs.uid}" not in page


@pytest.mark.django_db
def test_preview_is_clean(persons_browser: Client) -> None:
    page = persons_browser.post(
        PREVIEW, {"content": '<script>alert(1)</script><img src=x onerror="x">'}
    ).content.decode()
    assert "<script" not in page
    assert "<img" not in page


@pytest.mark.django_db
def test_preview_of_a_huge_text_says_so(persons_browser: Client) -> None:
    response = persons_browser.post(PREVIEW, {"content": "x" * (MOST_CHARACTERS + 1)})
    assert response.status_code == 413
    assert "too long" in response.json()["error"]


# Pictures


@pytest.mark.django_db
def test_upload_answers_with_what_to_write(persons_browser: Client, person: User) -> None:
    response = persons_browser.post(UPLOAD, {"image": an_upload()})
    photo = Photo.objects.get()
    assert response.json() == {
        "image_code": f"![](photo:{photo.uid})",
        "uid": str(photo.uid),
        "alt_url": reverse("journal:photo-edit", args=[photo.uid]),
    }
    assert (photo.owner, photo.entry, photo.visibility) == (person, None, "private")


@pytest.mark.django_db
def test_upload_stands_with_an_entry_or_a_conference(persons_browser: Client, person: User) -> None:
    entry, conference = an_entry(person), a_conference(person)
    persons_browser.post(UPLOAD, {"image": an_upload(), "entry": str(entry.uid)})
    persons_browser.post(UPLOAD, {"image": an_upload(a_picture("blue")), "conference": str(conference.pk)})
    assert Photo.objects.filter(entry=entry).count() == Photo.objects.filter(conference=conference).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("data", [b"", b"no picture", a_picture()[:100], b"<svg xmlns='http://www.w3.org/2000/svg'/>"])
def test_upload_of_what_is_no_picture_is_refused_with_a_sentence(persons_browser: Client, data: bytes) -> None:
    response = persons_browser.post(UPLOAD, {"image": an_upload(data)})
    assert response.status_code == 422
    assert response.json()["error"].endswith(".")
    assert not Photo.objects.exists()


@pytest.mark.django_db
def test_upload_without_a_picture_is_refused(persons_browser: Client) -> None:
    response = persons_browser.post(UPLOAD, {})
    assert (response.status_code, response.json()) == (422, {"error": "No picture arrived. Choose it again."})


@pytest.mark.django_db
def test_upload_to_what_is_somebody_elses_is_refused(strangers_browser: Client, person: User) -> None:
    entry, conference = an_entry(person), a_conference(person)
    assert strangers_browser.post(UPLOAD, {"image": an_upload(), "entry": str(entry.uid)}).status_code == 404
    assert strangers_browser.post(UPLOAD, {"image": an_upload(), "conference": conference.pk}).status_code == 422
    assert not Photo.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("address", [PREVIEW, UPLOAD])
def test_the_editors_views_answer_a_visitors_script_in_json(visitor: Client, address: str) -> None:
    response = visitor.post(address, {"content": "x"}, headers={"X-Requested-With": "XMLHttpRequest"})
    assert response.status_code == 401
    assert {"error", "login"} <= response.json().keys()


@pytest.mark.django_db
@pytest.mark.parametrize("address", [PREVIEW, UPLOAD])
def test_the_editors_views_refuse_get_and_a_missing_token(person: User, address: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person)
    assert strict.get(address).status_code == 405
    response = strict.post(address, {"content": "x"}, headers={"Accept": "application/json"})
    assert response.status_code == 403
    assert response.json()["error"]
