"""Writing entries on the pages: forms, refusals that keep what was typed, conflicts, my note of a talk."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.models import Conference, Room, Speaker, Venue
from journal import actions
from journal.models import Entry, Photo, Revision
from tests.factories import a_conference, a_photo, a_picture, a_talk, an_entry

pytestmark = pytest.mark.django_db
ADD = {kind: f"/write/{kind}/" for kind in Entry.Kind.values}
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36"


def a_form(**given: Any) -> dict[str, Any]:
    """What a browser sends of a form for a new entry."""
    return {"uid": str(uuid.uuid4()), "base_version": "0", "text": "", "visibility": "private", **given}


def an_upload(colour: str = "orange") -> SimpleUploadedFile:
    return SimpleUploadedFile("lunch.jpg", a_picture(colour), "image/jpeg")


def page_of(response: Any) -> str:
    return str(response.content.decode())


# Adding


@pytest.mark.parametrize("kind", Entry.Kind.values)
def test_entry_add_opens_with_two_fields_in_front(persons_browser: Client, kind: str) -> None:
    response = persons_browser.get(ADD[kind])
    assert response.status_code == 200
    assert len(response.context["form"].front_fields) == (1 if kind == "note" else 2)
    assert not response.context["form"].more_is_open


@pytest.mark.parametrize("kind", ["meal", "swag", "encounter"])
def test_entry_add_needs_nothing_but_the_kind(persons_browser: Client, person: User, kind: str) -> None:
    response = persons_browser.post(ADD[kind], a_form())
    entry = Entry.objects.get()
    assert response.status_code == 302
    assert response["Location"] == f"/entries/{entry.uid}/"
    assert (entry.owner, entry.kind, entry.details is None) == (person, kind, False)


def test_entry_add_of_an_empty_note_is_refused(persons_browser: Client) -> None:
    response = persons_browser.post(ADD["note"], a_form(text="  \n "))
    assert response.status_code == 422
    assert "Write a word, or add a picture." in page_of(response)
    assert not Entry.objects.exists()


def test_entry_add_of_a_note_with_nothing_but_a_picture(persons_browser: Client) -> None:
    assert persons_browser.post(ADD["note"], a_form(picture=an_upload())).status_code == 302
    assert Photo.objects.get().entry == Entry.objects.get()


def test_entry_add_keeps_the_text_exactly(persons_browser: Client) -> None:
    persons_browser.post(ADD["note"], a_form(text="    code\r\n\r\n끝  "))
    assert Entry.objects.get().text == "    code\n\n끝  "


def test_entry_add_notes_the_device(persons_browser: Client) -> None:
    persons_browser.post(ADD["note"], a_form(text="x"), headers={"User-Agent": PHONE})
    assert Revision.objects.get().device == "Chrome, Android"


def test_entry_add_twice_with_one_uid_is_one_entry(persons_browser: Client) -> None:
    sent = a_form(text="once")
    assert [persons_browser.post(ADD["note"], sent).status_code for _tap in range(2)] == [302, 302]
    assert Entry.objects.count() == 1


def test_entry_add_sent_again_with_other_words_shows_both(persons_browser: Client) -> None:
    sent = a_form(text="first words")
    persons_browser.post(ADD["note"], sent)
    response = persons_browser.post(ADD["note"], {**sent, "text": "other words"})
    assert response.status_code == 409
    assert "first words" in page_of(response)
    assert response.context["form"]["text"].value() == "other words"
    assert response.context["form"]["base_version"].value() == "1"
    assert f'action="/entries/{sent["uid"]}/edit/"' in page_of(response)


def test_entry_add_keeps_all_fields_of_a_meal(persons_browser: Client) -> None:
    meal = {
        "occasion": "lunch",
        "dishes": "전복, 관자",
        "provider": "호텔",
        "place": "홀",
        "companions": "친구들",
        "price": "15,000원",
        "currency": "krw",
        "included": "on",
        "rating": "5",
        "visibility": "shared",
        "title": "점심",
    }
    persons_browser.post(ADD["meal"], a_form(**meal))
    entry = Entry.objects.with_details().get()
    assert (entry.title, entry.rating, entry.visibility) == ("점심", 5, "shared")
    assert (entry.meal.occasion, entry.meal.dishes, entry.meal.included) == ("lunch", "전복, 관자", True)
    assert (entry.meal.price, entry.meal.currency) == (Decimal(15000), "KRW")


def test_entry_add_of_swag_counts_one_and_knows_from_whom(persons_browser: Client, person: User) -> None:
    met = an_entry(person, kind="encounter", details={"person": "이름 모를 분"})
    persons_browser.post(ADD["swag"], a_form(item="펜", quantity="", encounter=str(met.pk), won="conversation"))
    swag = Entry.objects.with_details().get(kind="swag").swag
    assert (swag.item, swag.quantity, swag.encounter, swag.won) == ("펜", 1, met, "conversation")


def test_entry_add_of_swag_refuses_an_encounter_of_somebody_else(persons_browser: Client, stranger: User) -> None:
    theirs = an_entry(stranger, kind="encounter")
    assert persons_browser.post(ADD["swag"], a_form(encounter=str(theirs.pk))).status_code == 422


def test_entry_add_of_an_encounter_is_private_whatever_is_sent(persons_browser: Client) -> None:
    persons_browser.post(ADD["encounter"], a_form(visibility="shared"))
    assert Entry.objects.get().visibility == "private"
    assert not Speaker.objects.exists()


BAD = {
    "at": "half past nothing",
    "on": "31 February",
    "rating": "9",
    "title": "x" * 301,
    "picture": SimpleUploadedFile("x.jpg", b"no picture", "image/jpeg"),
    "price": "cheap",
    "currency": "₩",
    "conference": "99999",
    "visibility": "everybody",
}


@pytest.mark.parametrize("name", BAD)
def test_entry_add_with_a_bad_field_keeps_everything_typed(persons_browser: Client, name: str) -> None:
    typed = a_form(text="the long text", dishes="전복", provider="호텔")
    response = persons_browser.post(ADD["meal"], {**typed, name: BAD[name]})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [name]
    for value in ("the long text", "전복", "호텔"):
        assert value in page_of(response)
    assert not Entry.objects.exists()
    if name not in {"picture", "conference"}:
        assert response.context["form"].more_is_open


def test_entry_add_refused_keeps_the_picture_for_the_next_attempt(persons_browser: Client) -> None:
    refused = persons_browser.post(ADD["note"], a_form(text="x", at="never", picture=an_upload()))
    assert refused.status_code == 422
    kept = refused.context["form"]["kept_photo"].value()
    assert kept == str(Photo.objects.get().uid)
    persons_browser.post(ADD["note"], a_form(text="x", kept_photo=kept))
    assert Photo.objects.get().entry == Entry.objects.get()


def test_entry_add_does_not_take_a_picture_of_somebody_else(persons_browser: Client, stranger: User) -> None:
    theirs = a_photo(stranger)
    persons_browser.post(ADD["note"], a_form(text="x", kept_photo=str(theirs.uid)))
    theirs.refresh_from_db()
    assert theirs.entry is None


def test_entry_add_of_a_picture_that_stands_elsewhere_says_so(persons_browser: Client, person: User) -> None:
    other = an_entry(person)
    photo = a_photo(person, entry=other)
    persons_browser.post(ADD["note"], a_form(text="x", picture=an_upload()))
    photo.refresh_from_db()
    assert photo.entry == other
    assert Entry.objects.count() == 2


def test_entry_add_leads_back_to_where_it_was_begun(persons_browser: Client) -> None:
    ours, theirs = "/2022/somewhere/", "https://elsewhere.example/"
    assert persons_browser.post(ADD["meal"], a_form(next=ours))["Location"] == ours
    assert persons_browser.post(ADD["meal"], a_form(next=theirs))["Location"].startswith("/entries/")


# The subject


def test_entry_add_takes_the_subject_from_the_address(persons_browser: Client, person: User) -> None:
    conference = a_conference(person)
    talk = a_talk(conference, speaker="Sebastian Seung")
    venue = Venue.objects.create(name="COEX", added_by=person)
    speaker = Speaker.objects.get()
    address = f"?conference=2022/{conference.slug}&talk={talk.slug}&speaker={speaker.slug}&venue={venue.slug}"
    form = persons_browser.get(ADD["note"] + address).context["form"]
    assert form.subject_words == ["Learning to look", "Sebastian Seung", "COEX", "Example AI Forum"]
    sent = {name: form[name].value() or "" for name in ("conference", "day", "talk", "room", "speaker", "venue")}
    persons_browser.post(ADD["note"] + address, a_form(text="x", **sent))
    entry = Entry.objects.get()
    assert (entry.conference, entry.talk, entry.speaker, entry.venue, entry.day) == (
        conference,
        talk,
        speaker,
        venue,
        None,
    )


def test_entry_add_takes_day_and_part_from_the_address(persons_browser: Client, person: User) -> None:
    conference = a_conference(person)
    form = persons_browser.get(f"{ADD['meal']}?conference=2022/{conference.slug}&day=2022-11-09&part=lunch").context[
        "form"
    ]
    assert form["day"].value() == conference.days.get(date="2022-11-09").pk
    assert form["part"].value() == "lunch"


@pytest.mark.parametrize(
    "query",
    [
        "conference=2022/none",
        "conference=nonsense",
        "talk=x",
        "day=2022-11-08",
        "speaker=none",
        "venue=none",
        "on=tomorrow",
        "conference=2022/{slug}&talk=none",
        "conference=2022/{slug}&day=2022-12-24",
        "conference=2022/{slug}&day=nonsense",
    ],
)
def test_entry_add_about_what_is_not_there_is_404(persons_browser: Client, person: User, query: str) -> None:
    address = f"{ADD['note']}?{query.format(slug=a_conference(person).slug)}"
    assert persons_browser.get(address).status_code == 404


@pytest.mark.parametrize("name", ["talk", "speaker", "venue", "conference", "day"])
def test_entry_add_about_a_name_that_no_database_takes_is_404(persons_browser: Client, person: User, name: str) -> None:
    query = {"conference": f"2022/{a_conference(person).slug}", name: "2022/a\0b" if name == "conference" else "a\0b"}
    assert persons_browser.get(ADD["note"], query).status_code == 404


def test_entry_add_about_what_one_may_not_see_is_404(strangers_browser: Client, person: User) -> None:
    hidden = a_conference(person)
    assert strangers_browser.get(f"{ADD['note']}?conference=2022/{hidden.slug}").status_code == 404
    response = strangers_browser.post(ADD["note"], a_form(text="x", conference=str(hidden.pk)))
    assert response.status_code == 422
    assert hidden.name not in page_of(response)


def test_entry_add_about_what_is_gone_meanwhile_keeps_what_was_typed(persons_browser: Client, person: User) -> None:
    talk = a_talk(a_conference(person))
    address = f"{ADD['note']}?conference=2022/{talk.conference.slug}&talk={talk.slug}"
    sent = a_form(text="typed in the hall", conference=talk.conference_id, talk=talk.pk)
    talk.delete()
    response = persons_browser.post(address, sent)
    assert response.status_code == 422
    assert "typed in the hall" in page_of(response)
    sent["talk"] = ""
    assert persons_browser.post(address, sent).status_code == 302


@pytest.mark.parametrize("key", ["9" * 40, "-1", "²"])
def test_entry_add_with_a_key_that_is_none_keeps_what_was_typed(
    persons_browser: Client, person: User, key: str
) -> None:
    sent = a_form(text="one", conference=a_conference(person).pk, day=key, talk=key)
    assert persons_browser.post(ADD["note"], sent).status_code == 422


def test_entry_add_at_a_running_conference_is_about_today_of_it(persons_browser: Client, person: User) -> None:
    conference = a_conference(person, starts_on=timezone.localdate() - timedelta(days=1), days=3)
    actions.attend(owner=person, conference=conference)
    form = persons_browser.get(ADD["note"]).context["form"]
    assert form["conference"].value() == conference.pk
    assert form["day"].value() is not None


def test_entry_add_with_a_contradiction_names_the_field(persons_browser: Client, person: User) -> None:
    conference = a_conference(person)
    talk = a_talk(conference)
    other = conference.days.get(date="2022-11-09")
    response = persons_browser.post(ADD["note"], a_form(text="x", conference=conference.pk, talk=talk.pk, day=other.pk))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["day"]
    assert response.context["form"].subject_is_open


def test_entry_add_again_asks_for_more_and_keeps_what_was_typed(persons_browser: Client, person: User) -> None:
    conference = a_conference(person)
    a_talk(conference)
    Room.objects.create(conference=conference, name="Grand Ballroom")
    sent = a_form(text="half a thought", at="9시 반", conference=str(conference.pk), again="1")
    response = persons_browser.post(ADD["note"], sent)
    assert response.status_code == 200
    assert "half a thought" in page_of(response)
    assert "9시 반" in page_of(response)
    assert "Learning to look" in page_of(response)
    assert "Grand Ballroom" in page_of(response)
    assert not Entry.objects.exists()


# Time


def test_a_time_is_read_on_the_day_in_the_zone_of_the_conference(persons_browser: Client, person: User) -> None:
    conference = a_conference(person)
    day = conference.days.get(date="2022-11-08")
    persons_browser.post(ADD["note"], a_form(text="x", conference=conference.pk, day=day.pk, at="9시쯤"))
    entry = Entry.objects.get()
    assert (entry.at, entry.about) == (datetime(2022, 11, 8, 0, 0, tzinfo=UTC), True)


def test_a_time_after_midnight_belongs_to_the_evening_before(persons_browser: Client, person: User) -> None:
    conference = a_conference(person)
    persons_browser.post(ADD["note"], a_form(text="x", conference=conference.pk, on="11/7", at="00:30"))
    entry = Entry.objects.get()
    assert (entry.on, entry.at) == (date(2022, 11, 7), datetime(2022, 11, 7, 15, 30, tzinfo=UTC))


def test_a_time_without_a_date_is_today(persons_browser: Client) -> None:
    persons_browser.post(ADD["note"], a_form(text="x", part="now"))
    entry = Entry.objects.get()
    assert entry.on is not None
    assert entry.at is not None
    assert abs(entry.at - timezone.now()) < timedelta(minutes=1)
    assert entry.part == ""


def test_a_time_at_a_conference_of_long_ago_asks_for_the_day(persons_browser: Client, person: User) -> None:
    conference = a_conference(person)
    sent = a_form(text="lunch", at="12:30", conference=conference.pk)
    response = persons_browser.post(ADD["note"], sent)
    assert response.status_code == 422
    assert response.context["form"].errors["day"]
    sent["day"] = conference.days.order_by("date")[0].pk
    assert persons_browser.post(ADD["note"], sent).status_code == 302
    assert Entry.objects.get().at == datetime(2022, 11, 8, 3, 30, tzinfo=UTC)


def test_now_on_another_day_is_refused(persons_browser: Client, person: User) -> None:
    conference = a_conference(person)
    response = persons_browser.post(
        ADD["note"], a_form(text="x", conference=conference.pk, on="2022. 11. 8.", part="now")
    )
    assert list(response.context["form"].errors) == ["part"]


# Reading and changing


def test_entry_shows_the_text_the_details_and_the_pictures(persons_browser: Client, person: User) -> None:
    entry = an_entry(
        person, kind="meal", text="정말 **맛있었다**", details={"dishes": "전복, 장어", "provider": "호텔"}
    )
    photo = a_photo(person, entry=entry, alt_text="도시락")
    page = page_of(persons_browser.get(reverse("journal:entry", args=[entry.uid])))
    assert "<strong>맛있었다</strong>" in page
    for words in ("<li>전복</li>", "<li>장어</li>", "호텔", "도시락", str(photo.uid)):
        assert words in page


def test_entry_shows_a_picture_of_its_text_once(persons_browser: Client, person: User) -> None:
    photo = a_photo(person)
    entry = an_entry(person, text=f"![](photo:{photo.uid})")
    page = page_of(persons_browser.get(reverse("journal:entry", args=[entry.uid])))
    assert page.count("<img") == 1


def test_entry_edit_shows_what_is_there(persons_browser: Client, person: User) -> None:
    conference = a_conference(person)
    at = datetime(2022, 11, 8, 0, 0, 12, tzinfo=UTC)
    entry = an_entry(
        person, conference=conference, on=date(2022, 11, 8), fields={"at": at, "about": True, "rating": 4, "title": "T"}
    )
    response = persons_browser.get(reverse("journal:entry-edit", args=[entry.uid]))
    form = response.context["form"]
    assert form["base_version"].value() == 1
    assert "about 09:00" in page_of(response)
    assert form.more_is_open
    sent = a_form(text="new", base_version="1", conference=conference.pk, on="8 Nov 2022", at="about 09:00")
    persons_browser.post(reverse("journal:entry-edit", args=[entry.uid]), sent)
    entry.refresh_from_db()
    assert (entry.text, entry.title, entry.rating, entry.at, entry.about) == ("new", "", None, at, True)


def test_entry_edit_empties_the_details(persons_browser: Client, person: User) -> None:
    entry = an_entry(person, kind="swag", details={"item": "펜", "quantity": 3, "won": "booth"})
    persons_browser.post(reverse("journal:entry-edit", args=[entry.uid]), a_form(base_version="1"))
    swag = Entry.objects.with_details().get().swag
    assert (swag.item, swag.quantity, swag.won) == ("", 1, "")


def test_entry_edit_keeps_a_subject_that_is_not_visible_any_more(strangers_browser: Client, stranger: User) -> None:
    hidden = a_conference(None, listed=True)
    entry = an_entry(stranger, conference=hidden)
    hidden.listed = False
    hidden.save()
    form = strangers_browser.get(reverse("journal:entry-edit", args=[entry.uid])).context["form"]
    assert form["conference"].value() == hidden.pk
    strangers_browser.post(
        reverse("journal:entry-edit", args=[entry.uid]), a_form(text="y", base_version="1", conference=hidden.pk)
    )
    entry.refresh_from_db()
    assert (entry.text, entry.conference) == ("y", hidden)


def test_entry_edit_in_conflict_shows_both_and_saving_again_replaces(persons_browser: Client, person: User) -> None:
    entry = an_entry(person, text="one")
    actions.revise_entry(entry=entry, base_version=1, text="from the laptop")
    address = reverse("journal:entry-edit", args=[entry.uid])
    sent = a_form(text="from the phone", base_version="1")
    response = persons_browser.post(address, sent)
    assert response.status_code == 409
    assert "from the laptop" in page_of(response)
    assert response.context["form"]["text"].value() == "from the phone"
    version = response.context["form"]["base_version"].value()
    assert persons_browser.post(address, {**sent, "base_version": version}).status_code == 302
    texts = Revision.objects.filter(entry=entry).values_list("text", flat=True)
    assert list(texts) == ["from the phone", "from the laptop", "one"]


def test_entry_edit_in_conflict_keeps_the_picture(persons_browser: Client, person: User) -> None:
    entry = an_entry(person, text="one")
    actions.revise_entry(entry=entry, base_version=1, text="two")
    address = reverse("journal:entry-edit", args=[entry.uid])
    response = persons_browser.post(address, a_form(text="three", base_version="1", picture=an_upload()))
    kept = response.context["form"]["kept_photo"].value()
    persons_browser.post(address, a_form(text="three", base_version="2", kept_photo=kept))
    assert Photo.objects.get().entry == entry


def test_entry_edit_of_what_became_a_meal_meanwhile_keeps_its_details(persons_browser: Client, person: User) -> None:
    entry = an_entry(person, text="one")
    actions.revise_entry(entry=entry, base_version=1, kind="meal", details={"dishes": "전복", "included": True})
    address = reverse("journal:entry-edit", args=[entry.uid])
    response = persons_browser.post(address, a_form(kind="note", text="two", base_version="1"))
    assert response.status_code == 409
    assert response.context["form"]["dishes"].value() == "전복"


def test_entry_edit_of_what_became_a_note_meanwhile_keeps_the_dishes_typed(
    persons_browser: Client, person: User
) -> None:
    entry = an_entry(person, kind="meal", details={"dishes": "전복"})
    actions.turn_into(entry=entry, kind="note", base_version=1)
    address = reverse("journal:entry-edit", args=[entry.uid])
    sent = a_form(kind="meal", dishes="전복과 새우", text="two", base_version="1")
    response = persons_browser.post(address, sent)
    assert response.status_code == 409
    assert response.context["form"]["dishes"].value() == "전복과 새우"
    assert persons_browser.post(address, {**sent, "base_version": "2"}).status_code == 302
    entry = Entry.objects.with_details().get()
    assert (entry.kind, entry.meal.dishes) == ("meal", "전복과 새우")


def test_entry_edit_of_what_was_binned_meanwhile_takes_it_out(persons_browser: Client, person: User) -> None:
    entry = an_entry(person, text="one")
    actions.bin_entry(entry=entry)
    address = reverse("journal:entry-edit", args=[entry.uid])
    assert persons_browser.get(address).status_code == 404
    assert persons_browser.post(address, a_form(text="two", base_version="1")).status_code == 302
    entry.refresh_from_db()
    assert (entry.text, entry.is_binned) == ("two", False)


def test_entry_turn_and_back(persons_browser: Client, person: User) -> None:
    entry = an_entry(person, kind="meal", details={"dishes": "전복"})
    response = persons_browser.post(reverse("journal:entry-turn", args=[entry.uid, "note"]))
    assert response["Location"] == reverse("journal:entry-edit", args=[entry.uid])
    persons_browser.post(reverse("journal:entry-turn", args=[entry.uid, "meal"]))
    entry = Entry.objects.with_details().get()
    assert (entry.kind, entry.meal.dishes, entry.version) == ("meal", "전복", 3)


def test_turning_from_the_form_saves_what_was_typed(persons_browser: Client, person: User) -> None:
    entry = an_entry(person, text="one")
    persons_browser.post(
        reverse("journal:entry-edit", args=[entry.uid]), a_form(text="two", base_version="1", turn="meal")
    )
    entry.refresh_from_db()
    assert (entry.kind, entry.text) == ("meal", "two")


def test_turning_from_the_form_keeps_the_picture_with_the_entry(persons_browser: Client, person: User) -> None:
    entry = an_entry(person, text="one")
    sent = a_form(text="two", base_version="1", turn="meal", picture=an_upload())
    persons_browser.post(reverse("journal:entry-edit", args=[entry.uid]), sent)
    assert Photo.objects.get().entry == entry


# My note of a talk


def test_talk_note_is_begun_and_changed(persons_browser: Client, person: User) -> None:
    talk = a_talk(a_conference(person))
    address = talk.get_absolute_url() + "note/"
    assert persons_browser.post(address, {"text": "one", "base_version": "0"})["Location"] == talk.get_absolute_url()
    persons_browser.post(address, {"text": "two", "base_version": "1"})
    note = Entry.objects.get()
    assert (note.uid, note.text, note.version) == (Entry.note_uid(talk, person.pk), "two", 2)


def test_talk_note_by_htmx_answers_with_a_line(persons_browser: Client, person: User) -> None:
    talk = a_talk(a_conference(person))
    response = persons_browser.post(
        talk.get_absolute_url() + "note/", {"text": "one", "base_version": "0"}, headers={"HX-Request": "true"}
    )
    assert response.status_code == 200
    assert re.search(r"Saved\s+\d\d:\d\d", page_of(response))
    assert 'name="base_version" value="1"' in page_of(response)
    assert "<html" not in page_of(response)


def test_talk_note_in_conflict_shows_both(persons_browser: Client, person: User) -> None:
    talk = a_talk(a_conference(person))
    actions.write_note_of_talk(owner=person, talk=talk, text="from the laptop", base_version=0)
    address = talk.get_absolute_url() + "note/"
    response = persons_browser.post(address, {"text": "from the phone", "base_version": "0"})
    assert response.status_code == 409
    assert "from the laptop" in page_of(response)
    assert "from the phone" in page_of(response)
    again = {"text": "from the phone", "base_version": response.context["form"]["base_version"].value()}
    assert persons_browser.post(address, again).status_code == 302
    assert Entry.objects.get().text == "from the phone"


def test_talk_note_in_conflict_is_swapped_in_by_htmx(persons_browser: Client, person: User) -> None:
    talk = a_talk(a_conference(person))
    actions.write_note_of_talk(owner=person, talk=talk, text="from the laptop", base_version=0)
    response = persons_browser.post(
        talk.get_absolute_url() + "note/", {"text": "phone", "base_version": "0"}, headers={"HX-Request": "true"}
    )
    assert (response.status_code, response["HX-Retarget"]) == (422, "#talk-note")
    assert "from the laptop" in page_of(response)


def test_talk_note_sent_to_a_former_address_is_sent_on(persons_browser: Client, person: User) -> None:
    talk = a_talk(a_conference(person))
    address = reverse("journal:talk-note", args=[2022, talk.conference.slug, talk.slug])
    conference = Conference.objects.get()
    conference.slug = "another"
    conference.save()
    sent = {"text": "typed before the move", "base_version": "0"}
    assert persons_browser.post(address, sent, follow=True).status_code == 200
    assert Entry.objects.get().text == "typed before the move"


def test_talk_note_without_a_word_is_refused(persons_browser: Client, person: User) -> None:
    talk = a_talk(a_conference(person))
    response = persons_browser.post(talk.get_absolute_url() + "note/", {"text": " ", "base_version": "0"})
    assert response.status_code == 422
    assert not Entry.objects.exists()


def test_talk_note_of_a_talk_one_may_not_see_is_404(strangers_browser: Client, person: User) -> None:
    talk = a_talk(a_conference(person))
    address = talk.get_absolute_url() + "note/"
    assert strangers_browser.post(address, {"text": "x", "base_version": "0"}).status_code == 404


# Who


READ = ["entry", "entry-edit", "entry-history"]


@pytest.mark.parametrize("name", READ)
def test_pages_of_an_entry_are_its_owners(
    name: str, person: User, persons_browser: Client, strangers_browser: Client, staff_browser: Client, visitor: Client
) -> None:
    address = reverse(f"journal:{name}", args=[an_entry(person).uid])
    browsers = (persons_browser, strangers_browser, staff_browser, visitor)
    assert [browser.get(address).status_code for browser in browsers] == [200, 404, 404, 302]


def test_verbs_of_an_entry_are_its_owners(
    person: User, strangers_browser: Client, staff_browser: Client, visitor: Client
) -> None:
    entry = an_entry(person)
    verbs = [("entry-edit", []), ("entry-turn", ["meal"]), ("entry-bin", []), ("entry-restore-revision", [1])]
    for name, more in verbs:
        address = reverse(f"journal:{name}", args=[entry.uid, *more])
        sent = a_form(text="theirs", base_version="1")
        answers = [browser.post(address, sent).status_code for browser in (strangers_browser, staff_browser, visitor)]
        assert answers == [404, 404, 302], name
    entry.refresh_from_db()
    assert (entry.version, entry.kind, entry.is_binned) == (1, "note", False)


def test_verbs_refuse_get(persons_browser: Client, person: User) -> None:
    uid = an_entry(person).uid
    for name, args in (("entry-bin", [uid]), ("entry-turn", [uid, "meal"]), ("entry-restore-revision", [uid, 1])):
        assert persons_browser.get(reverse(f"journal:{name}", args=args)).status_code == 405


# How much it costs


@pytest.mark.parametrize("number", [1, 30])
def test_entry_edit_asks_a_fixed_number_of_queries(
    number: int, person: User, persons_browser: Client, django_assert_max_num_queries: Any
) -> None:
    conference = a_conference(person)
    talks = [a_talk(conference, speaker=f"Speaker {index}") for index in range(number)]
    for index in range(number):
        an_entry(person, kind="encounter", details={"person": f"P{index}"})
    entry = an_entry(person, kind="swag", talk=talks[0])
    with django_assert_max_num_queries(12):
        persons_browser.get(reverse("journal:entry-edit", args=[entry.uid]))
