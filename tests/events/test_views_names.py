"""Pages of speakers and venues, and known names while one types."""

from __future__ import annotations

import unicodedata

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from events.models import Speaker, Venue
from events.services import AppearanceDraft, DayDraft, add_conference, add_speaker, add_talk, add_venue
from tests.factories import a_conference, a_talk


def test_speaker_add_and_edit(persons_browser: Client, person: User) -> None:
    assert persons_browser.get(reverse("speaker-add")).status_code == 200

    response = persons_browser.post(reverse("speaker-add"), {"name": "Sebastian Seung", "other_name": "승현준"})
    speaker = Speaker.objects.get()
    assert response.headers["Location"] == speaker.get_absolute_url()
    assert speaker.added_by == person

    page = reverse("speaker-edit", args=[speaker.slug])
    assert "승현준" in persons_browser.get(page).content.decode()
    sent = {
        "name": "H. Sebastian Seung",
        "other_name": "승현준",
        "aka": "Seung\r\n세바스찬 승",
        "links-TOTAL_FORMS": "1",
        "links-0-url": "https://example.org/",
        "links-0-kind": "other",
    }
    persons_browser.post(page, sent)

    slug = speaker.slug
    speaker.refresh_from_db()
    assert (speaker.name, speaker.slug) == ("H. Sebastian Seung", slug)
    assert speaker.spellings() == ("H. Sebastian Seung", "승현준", "Seung", "세바스찬 승")
    assert speaker.links.get().url == "https://example.org/"


def test_speaker_forms_grow_by_a_row(persons_browser: Client, person: User) -> None:
    speaker = add_speaker(person=person, name="Ada Kim")
    sent = {"name": "Ada", "links-TOTAL_FORMS": "1", "another": "links"}

    for page in (reverse("speaker-add"), reverse("speaker-edit", args=[speaker.slug])):
        response = persons_browser.post(page, sent)
        assert response.status_code == 200
        assert 'name="links-1-url"' in response.content.decode()

    assert [speaker.name for speaker in Speaker.objects.all()] == ["Ada Kim"]


@pytest.mark.parametrize("wrong", [{"name": ""}, {"website": "nonsense"}, {"name": "x" * 201}])
def test_speaker_forms_keep_everything_typed(persons_browser: Client, person: User, wrong: dict[str, str]) -> None:
    speaker = add_speaker(person=person, name="Ada Kim")

    for page in (reverse("speaker-add"), reverse("speaker-edit", args=[speaker.slug])):
        response = persons_browser.post(page, {"name": "Somebody", "about": "뇌과학자", **wrong})
        text = response.content.decode()
        assert response.status_code == 422
        assert f'href="#id_{next(iter(wrong))}"' in text
        assert "뇌과학자" in text

    assert [speaker.name for speaker in Speaker.objects.all()] == ["Ada Kim"]


def test_venue_add_and_edit(persons_browser: Client, person: User) -> None:
    assert persons_browser.get(reverse("venue-add")).status_code == 200

    response = persons_browser.post(reverse("venue-add"), {"name": "COEX", "city": "Seoul"})
    venue = Venue.objects.get()
    assert response.headers["Location"] == venue.get_absolute_url()
    assert (venue.city, venue.added_by) == ("Seoul", person)

    page = reverse("venue-edit", args=[venue.slug])
    sent = {"name": "COEX", "other_name": "코엑스", "latitude": "37.5125", "longitude": "127.0588"}
    assert persons_browser.get(page).status_code == 200
    persons_browser.post(page, sent)
    venue.refresh_from_db()
    assert (venue.other_name, str(venue.latitude)) == ("코엑스", "37.512500")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "id_name"),
        ({"latitude": "37.5"}, "id_longitude"),
        ({"latitude": "91", "longitude": "0"}, "id_latitude"),
    ],
)
def test_venue_forms_keep_everything_typed(
    persons_browser: Client, person: User, wrong: dict[str, str], field: str
) -> None:
    venue = add_venue(person=person, name="COEX")

    for page in (reverse("venue-add"), reverse("venue-edit", args=[venue.slug])):
        response = persons_browser.post(page, {"name": "Hall", "address": "영동대로 513", **wrong})
        text = response.content.decode()
        assert response.status_code == 422
        assert f'href="#{field}"' in text
        assert "영동대로 513" in text
        assert '<details class="more" open>' in text or field == "id_name"

    assert [venue.name for venue in Venue.objects.all()] == ["COEX"]


@pytest.mark.parametrize("name", ["speaker-edit", "venue-edit"])
def test_a_name_one_may_not_see_is_404_and_one_not_to_change_403(
    strangers_browser: Client, staff_browser: Client, visitor: Client, person: User, name: str
) -> None:
    add = add_speaker if name == "speaker-edit" else add_venue
    thing = add(person=person, name="Somebody or something")
    page = reverse(name, args=[thing.slug])

    assert visitor.get(page).headers["Location"].startswith("/accounts/login/")
    assert strangers_browser.get(page).status_code == 404
    assert strangers_browser.post(page, {"name": "Changed"}).status_code == 404
    assert staff_browser.get(page).status_code == 404

    days = [DayDraft(date=a_conference(None).starts_on, venue=thing)] if isinstance(thing, Venue) else []
    shared = add_conference(
        person=person, name="Forum", starts_on=a_conference(None).starts_on, ends_on=a_conference(None).ends_on,
        days=days, listed=True,
    )  # fmt: skip
    if isinstance(thing, Speaker):
        add_talk(person=person, conference=shared, speakers=[AppearanceDraft(speaker=thing)], listed=True)

    assert strangers_browser.get(page).status_code == 403
    assert strangers_browser.post(page, {"name": "Changed"}).status_code == 403
    assert staff_browser.get(page).status_code == 200
    thing.refresh_from_db()
    assert thing.name == "Somebody or something"


@pytest.mark.parametrize("name", ["speaker-edit", "venue-edit"])
def test_a_former_slug_of_a_name_leads_on(persons_browser: Client, person: User, name: str) -> None:
    thing = (add_speaker if name == "speaker-edit" else add_venue)(person=person, name="Somebody")
    before = reverse(name, args=[thing.slug])
    thing = type(thing).objects.get()
    thing.slug = "better"
    thing.save()

    assert persons_browser.get(before).headers["Location"] == reverse(name, args=["better"])


# Known names while one types


def test_complete_speaker_offers_the_spelling_that_fits(persons_browser: Client, person: User) -> None:
    add_speaker(person=person, name="Sebastian Seung", other_name="승현준", aka="세바스찬 승")
    page = reverse("complete-speaker")

    for typed, offered in (("seb", "Sebastian Seung"), ("승현", "승현준"), ("세바", "세바스찬 승")):
        text = persons_browser.get(page, {"q": typed}).content.decode()
        assert f'<option value="{offered}">' in text


def test_complete_takes_what_a_mac_types(persons_browser: Client, person: User) -> None:
    add_speaker(person=person, name="승현준")
    typed = unicodedata.normalize("NFD", "승현")

    assert "승현준" in persons_browser.get(reverse("complete-speaker"), {"q": typed}).content.decode()


def test_complete_speaker_finds_without_accents_and_shows_the_affiliation(
    persons_browser: Client, person: User
) -> None:
    conference = a_conference(person)
    draft = AppearanceDraft(name="Łukasz Nowak", affiliation="Cornell & <Sons>")
    add_talk(person=person, conference=conference, speakers=[draft])

    text = persons_browser.get(reverse("complete-speaker"), {"q": "lukasz"}).content.decode()

    assert '<option value="Łukasz Nowak">Cornell &amp; &lt;Sons&gt;</option>' in text


def test_complete_offers_nothing_unseen(strangers_browser: Client, person: User) -> None:
    conference = a_conference(person, listed=True, name="Hidden forum")
    a_talk(conference, speaker="Hidden Person")
    hidden = [DayDraft(date=conference.starts_on, venue="Hidden house")]
    add_conference(
        person=person,
        name="Hidden",
        series="Hidden series",
        starts_on=conference.starts_on,
        ends_on=conference.ends_on,
        days=hidden,
    )

    for name in ("complete-speaker", "complete-venue", "complete-series"):
        assert strangers_browser.get(reverse(name), {"q": "hidden"}).content.decode().strip() == ""


def test_complete_speaker_does_not_tell_an_affiliation_of_an_unseen_talk(
    strangers_browser: Client, person: User
) -> None:
    shared = a_conference(person, listed=True)
    talk = add_talk(person=person, conference=shared, speakers=[AppearanceDraft(name="Ada Kim")], listed=True)
    ada = talk.appearances.get().speaker
    draft = AppearanceDraft(speaker=ada, affiliation="Secret Lab")
    add_talk(person=person, conference=shared, speakers=[draft])

    text = strangers_browser.get(reverse("complete-speaker"), {"q": "ada"}).content.decode()

    assert "Ada Kim" in text
    assert "Secret Lab" not in text


@pytest.mark.parametrize("name", ["complete-speaker", "complete-venue", "complete-series"])
def test_complete_answers_little_and_keeps_nothing(persons_browser: Client, person: User, name: str) -> None:
    for number in range(25):
        add_speaker(person=person, name=f"Kim {number}")

    response = persons_browser.get(reverse(name), {"q": "kim"})

    assert response.content.decode().count("<option") == (20 if name == "complete-speaker" else 0)
    assert response.headers["Cache-Control"] == "no-store"
    for query in ("", "?q=", "?q=%00", "?q=%20%20", "?q=%EF%BC%85", "?q=" + "x" * 2000):
        assert persons_browser.get(reverse(name) + query).content.decode().count("<option") == 0


@pytest.mark.parametrize("name", ["complete-speaker", "complete-venue", "complete-series"])
def test_complete_is_for_people_with_an_account(visitor: Client, name: str) -> None:
    assert visitor.get(reverse(name), {"q": "a"}).status_code == 302
    assert visitor.get(reverse(name), {"q": "a"}, headers={"X-Requested-With": "fetch"}).status_code == 401
