"""The book on the desk: one's own rows only, every save a version, deleting a bin; and the accounts."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from journal import actions
from journal.models import Attendance, DayLog, Encounter, Entry, Mark, Meal, Photo, Preferences, Revision, Swag
from journal.models.ownership import Owned
from journal.subjects import Subject
from tests.factories import a_conference, a_photo, a_talk, an_entry
from tests.whole_book import WholeBook, a_whole_book, fill

pytestmark = pytest.mark.django_db

BOOK = (Attendance, DayLog, Encounter, Entry, Mark, Meal, Photo, Preferences, Revision, Swag)
# As every page of ours.
MOST_QUERIES = 12


def at(model: type, page: str, *key: Any) -> str:
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"  # type: ignore[attr-defined]
    return reverse(name, args=key)


def fields_of(page: str) -> dict[str, str]:
    """The form of a page, as a browser would send it back untouched."""
    sent: dict[str, str] = {}
    form = page[page.index('<form method="post"') if '<form method="post"' in page else page.index("<form enctype") :]
    for tag in re.findall(r"<input[^>]*>", form):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        kind = attributes.get("type", "text")
        is_sent = kind not in {"submit", "file"} and (kind not in {"checkbox", "radio"} or "checked" in tag)
        if is_sent and "name" in attributes:
            sent[attributes["name"]] = unescape(attributes.get("value", "on" if kind == "checkbox" else ""))
    for name, text in re.findall(r'<textarea[^>]*?name="([^"]*)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        sent[name] = unescape(text).removeprefix("\n")
    for name, rest, options in re.findall(r'<select[^>]*?name="([^"]*)"([^>]*)>(.*?)</select>', form, re.DOTALL):
        if "multiple" in rest:
            continue
        chosen = re.search(r'<option value="([^"]*)"[^>]*selected', options)
        sent[name] = unescape(chosen[1]) if chosen else ""
    return sent


def opened(browser: Client, there: str) -> dict[str, str]:
    answer = browser.get(there)
    assert answer.status_code == 200, there
    return {name: value for name, value in fields_of(answer.content.decode()).items() if name != "csrfmiddlewaretoken"}


def act(browser: Client, model: type, action: str, *rows: Any, **more: Any) -> Any:
    sent = {"action": action, "_selected_action": [row.pk for row in rows], **more}
    query = "?bin=in" if action in {"restore", "delete_for_good"} else ""
    return browser.post(at(model, "changelist") + query, sent, follow=True)


def said(answer: Any) -> str:
    return " ".join(str(message) for message in answer.context["messages"])


@pytest.fixture
def book(staff: User) -> WholeBook:
    Preferences.objects.get_or_create(person=staff)
    return a_whole_book(staff)


@pytest.fixture
def alices(person: User) -> WholeBook:
    Preferences.objects.get_or_create(person=person)
    return a_whole_book(person, starts_on=datetime(2021, 6, 1, tzinfo=UTC).date(), word="quinzamba")


# One's own rows only


def test_a_row_of_somebody_else_answers_as_one_that_never_was(staff_browser: Client, alices: WholeBook) -> None:
    """Status, way and body, apart from the number and the tokens of the form."""
    for model in BOOK:
        key, never = model._default_manager.latest("pk").pk, 7_654_321
        for page in ("change", "history", "delete"):
            for method in (staff_browser.get, staff_browser.post):
                answers = [_told(method(at(model, page, one), follow=True), key, never) for one in (key, never)]
                assert answers[0] == answers[1], at(model, page, key)


def _told(answer: Any, *keys: int) -> tuple[Any, ...]:
    body = re.sub(rf"\b({'|'.join(map(str, keys))})\b|\b\w{{64}}\b", "#", answer.content.decode())
    return answer.status_code, answer.redirect_chain, body


def test_a_list_shows_and_offers_ones_own(staff_browser: Client, book: WholeBook, alices: WholeBook) -> None:
    """The other's rows are asked for by filters that offer nothing of theirs."""
    for model in BOOK:
        there = at(model, "changelist")
        for address in (there, f"{there}?bin=in", f"{there}?year=2021", f"{there}?conference={alices.conference.pk}"):
            answer = staff_browser.get(address, follow=True)
            assert "quinzamba" not in answer.content.decode()
            assert all(_owner(row) == book.person for row in answer.context["cl"].result_list), address
        assert staff_browser.get(there).context["cl"].result_count > 0


def _owner(row: Any) -> User:
    if isinstance(row, Preferences):
        return row.person
    return getattr(row, "owner", None) or row.entry.owner


def test_actions_do_nothing_to_rows_of_others(staff_browser: Client, book: WholeBook, alices: WholeBook) -> None:
    for action in ("delete_selected", "restore", "delete_for_good"):
        act(staff_browser, Entry, action, alices.note, alices.binned, post="yes")
        act(staff_browser, Photo, action, alices.photo, alices.binned_photo, post="yes")
    rows = (alices.note, alices.binned, alices.photo, alices.binned_photo)
    before = [row.deleted_at for row in rows]
    for row in rows:
        row.refresh_from_db()
    assert [row.deleted_at for row in rows] == before


def test_completion_offers_ones_own_kept_entries(staff_browser: Client, book: WholeBook, alices: WholeBook) -> None:
    there = f"{reverse('admin:autocomplete')}?app_label=journal&model_name=daylog&field_name=highlight_entry&term="
    offered = {int(one["id"]) for one in staff_browser.get(there).json()["results"]}
    assert offered == set(Entry.objects.of(book.person).kept().values_list("pk", flat=True))


def test_an_entry_cannot_be_given_to_somebody_else(staff_browser: Client, book: WholeBook, person: User) -> None:
    sent = opened(staff_browser, at(Entry, "change", book.note.pk)) | {"owner": str(person.pk), "title": "Mine"}
    staff_browser.post(at(Entry, "change", book.note.pk), sent)
    book.note.refresh_from_db()
    assert (book.note.owner, book.note.title) == (book.person, "Mine")


@pytest.mark.parametrize("of", ["meal", "swag", "encounter", "note", "photo"])
def test_rows_of_the_book_are_named_by_kind_and_number(of: str, book: WholeBook) -> None:
    row: Any = getattr(book, of)
    details = [row.details] if isinstance(row, Entry) and row.details else []
    for one in [
        row,
        *details,
        *Mark.objects.all(),
        *Attendance.objects.all(),
        *DayLog.objects.all(),
        *Revision.objects.all(),
    ]:
        assert re.fullmatch(rf"[\w ]+ {one.pk}", str(one))


def test_no_text_of_the_book_is_in_the_log_of_the_desk(staff_browser: Client, book: WholeBook) -> None:
    for model, row, name in ((Entry, book.note, "text"), (Photo, book.photo, "caption")):
        sent = opened(staff_browser, at(model, "change", row.pk)) | {name: "velorixo"}
        assert staff_browser.post(at(model, "change", row.pk), sent).status_code == 302
    mark = Mark.objects.of(book.person).earliest("pk")
    sent = opened(staff_browser, at(Mark, "change", mark.pk)) | {"verdict": "velorixo"}
    assert staff_browser.post(at(Mark, "change", mark.pk), sent).status_code == 302
    staff_browser.post(at(Entry, "delete", book.swag.pk), {"post": "yes"})
    act(staff_browser, Entry, "delete_selected", book.meal)
    logged = list(LogEntry.objects.values_list("object_repr", "change_message"))
    assert len(logged) >= 4
    assert all(re.fullmatch(r"[\w ]+ \d+", name) and "velorixo" not in message for name, message in logged)


# Saving is a version


def test_a_save_raises_the_version_and_remembers(staff_browser: Client, book: WholeBook) -> None:
    there, before = at(Entry, "change", book.note.pk), book.note.version
    answer = staff_browser.post(there, opened(staff_browser, there) | {"text": "Written at the desk."})
    assert answer.status_code == 302
    book.note.refresh_from_db()
    assert (book.note.text, book.note.version) == ("Written at the desk.", before + 1)
    newest = Revision.objects.of(book.person).filter(entry=book.note).latest("version")
    assert (newest.text, newest.base_version, newest.device) == ("Written at the desk.", before, "admin")


def test_a_save_that_touches_nothing_changes_nothing_but_the_version(staff_browser: Client, book: WholeBook) -> None:
    moment = datetime(2022, 11, 8, 3, 4, 5, 678, tzinfo=UTC)
    Entry.objects.update(at=moment)
    for entry in Entry.objects.with_details().kept():
        before = _columns(entry)
        there = at(Entry, "change", entry.pk)
        answer = staff_browser.post(there, opened(staff_browser, there))
        assert answer.status_code == 302, answer.context["errors"]
        assert _columns(Entry.objects.with_details().get(pk=entry.pk)) == before


def _columns(entry: Entry) -> dict[str, Any]:
    left_out = {"version", "modified"}
    columns = {f.attname: getattr(entry, f.attname) for f in Entry._meta.concrete_fields if f.name not in left_out}
    details = entry.details
    return columns | (
        {f.attname: getattr(details, f.attname) for f in details._meta.concrete_fields} if details else {}
    )


def test_times_go_by_the_clock_of_the_conference(staff_browser: Client, book: WholeBook) -> None:
    there = at(Entry, "change", book.note.pk)
    sent = opened(staff_browser, there) | {"at_0": "2022-11-08", "at_1": "14:30"}
    staff_browser.post(there, sent)
    book.note.refresh_from_db()
    assert book.note.at == datetime(2022, 11, 8, 5, 30, tzinfo=UTC)
    assert opened(staff_browser, there)["at_1"] == "14:30:00"
    answer = staff_browser.post(there, sent | {"at_1": ""})
    assert "Write both the day and the time." in answer.content.decode()


def test_a_conflict_is_said_in_words_and_nothing_is_lost(staff_browser: Client, book: WholeBook) -> None:
    there = at(Entry, "change", book.note.pk)
    sent = opened(staff_browser, there) | {"text": "Typed at the desk."}
    phone = actions.revise_entry(entry=book.note, base_version=book.note.version, text="Typed on the phone.")
    logged = LogEntry.objects.count()
    answer = staff_browser.post(there, sent)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "saved on another device" in page
    assert "Typed at the desk." in page
    book.note.refresh_from_db()
    assert (book.note.text, book.note.version) == ("Typed on the phone.", phone.version)
    assert LogEntry.objects.count() == logged
    again = {name: value for name, value in fields_of(page).items() if name != "csrfmiddlewaretoken"}
    assert staff_browser.post(there, again).status_code == 302
    book.note.refresh_from_db()
    assert book.note.text == "Typed at the desk."
    assert Revision.objects.filter(entry=book.note, text="Typed on the phone.").exists()


def test_an_entry_is_written_with_its_details_and_once(staff_browser: Client, book: WholeBook) -> None:
    sent = opened(staff_browser, at(Entry, "add")) | {
        "kind": "meal", "meal_dishes": "Abalone porridge", "meal_price": "15000", "talk": str(book.talk.pk),
    }  # fmt: skip
    for _twice in range(2):
        assert staff_browser.post(at(Entry, "add"), sent).status_code == 302
    meal = Meal.objects.get(dishes="Abalone porridge")
    assert (meal.entry.kind, meal.entry.owner, meal.entry.conference) == ("meal", book.person, book.conference)
    assert f"{meal.price} {meal.currency}" == "15000.00 KRW"
    assert meal.entry.revisions.get().fields["details"]["dishes"] == "Abalone porridge"


def test_details_of_another_kind_are_not_dropped_in_silence(staff_browser: Client, book: WholeBook) -> None:
    there = at(Entry, "change", book.note.pk)
    sent = opened(staff_browser, there) | {"swag_item": "A pen"}
    answer = staff_browser.post(there, sent)
    assert "belongs to another kind" in answer.content.decode()
    assert staff_browser.post(there, sent | {"kind": "swag"}).status_code == 302
    assert Swag.objects.get(entry=book.note).item == "A pen"


def test_contradictions_are_errors_of_the_form(staff_browser: Client, book: WholeBook) -> None:
    elsewhere = a_conference(book.person, name="Elsewhere", starts_on=datetime(2020, 1, 1, tzinfo=UTC).date())
    there = at(Entry, "change", book.note.pk)
    answer = staff_browser.post(there, opened(staff_browser, there) | {"conference": str(elsewhere.pk)})
    assert "do not belong together" in answer.content.decode()
    sent = opened(staff_browser, at(Entry, "change", book.meal.pk)) | {"meal_currency": "won!", "meal_price": "-1"}
    page = staff_browser.post(at(Entry, "change", book.meal.pk), sent).content.decode()
    assert "errorlist" in page


def test_what_a_verb_refuses_stands_in_the_form(staff_browser: Client, book: WholeBook) -> None:
    """A price below zero is refused by the details' own check, after the form was content with the entry."""
    sent = opened(staff_browser, at(Entry, "change", book.meal.pk)) | {"meal_price": "-1", "text": "Dear lunch."}
    answer = staff_browser.post(at(Entry, "change", book.meal.pk), sent)
    page = unescape(answer.content.decode())
    assert answer.status_code == 200
    assert "A price is not below zero." in page
    assert "Dear lunch." in page
    assert Entry.objects.get(pk=book.meal.pk).version == book.meal.version


def test_a_subject_that_was_hidden_since_stays(staff_browser: Client, staff: User, person: User) -> None:
    conference = a_conference(person, listed=True)
    entry = an_entry(staff, conference=conference)
    type(conference).objects.update(listed=False)
    there = at(Entry, "change", entry.pk)
    assert staff_browser.post(there, opened(staff_browser, there) | {"text": "More."}).status_code == 302
    entry.refresh_from_db()
    assert (entry.text, entry.conference) == ("More.", conference)


# The bin


def test_delete_means_bin_and_back_and_for_good(staff_browser: Client, book: WholeBook) -> None:
    note, photo = book.note, book.photo
    assert "goes into the bin" in staff_browser.get(at(Entry, "delete", note.pk)).content.decode()
    answer = staff_browser.post(at(Entry, "delete", note.pk), {"post": "yes"}, follow=True)
    assert "In the bin" in said(answer)
    assert "deleted" not in said(answer)
    assert Entry.objects.get(pk=note.pk).is_binned
    act(staff_browser, Entry, "restore", note)
    assert not Entry.objects.get(pk=note.pk).is_binned
    act(staff_browser, Entry, "delete_for_good", note, post="yes")
    assert Entry.objects.filter(pk=note.pk).exists()
    act(staff_browser, Entry, "delete_selected", note)
    asked = act(staff_browser, Entry, "delete_for_good", note)
    assert "cannot be undone" in asked.content.decode()
    assert Entry.objects.get(pk=note.pk).is_binned
    act(staff_browser, Entry, "delete_for_good", note, post="yes")
    assert not Entry.objects.filter(pk=note.pk).exists()
    assert not Photo.objects.filter(pk=photo.pk).exists()


def test_pictures_go_to_the_bin_and_come_back(staff_browser: Client, book: WholeBook) -> None:
    act(staff_browser, Photo, "delete_selected", book.photo)
    assert Photo.objects.get(pk=book.photo.pk).deleted_at is not None
    act(staff_browser, Photo, "restore", book.photo, book.binned_photo)
    assert not Photo.objects.of(book.person).binned().exists()


def test_the_bin_is_a_filter_of_its_own(staff_browser: Client, book: WholeBook) -> None:
    kept = staff_browser.get(at(Entry, "changelist")).context["cl"].result_list
    binned = staff_browser.get(f"{at(Entry, 'changelist')}?bin=in").context["cl"].result_list
    assert book.binned in binned
    assert not set(kept) & set(binned)
    assert "_save" not in staff_browser.get(at(Entry, "change", book.binned.pk)).content.decode()


# Pictures, presence, preferences


def test_a_picture_is_described_and_goes_to_an_entry(staff_browser: Client, book: WholeBook) -> None:
    photo = a_photo(book.person, colour="navy", subject=Subject(day=book.day))
    there = at(Photo, "change", photo.pk)
    sent = opened(staff_browser, there) | {"caption": "A hall", "taken_at_0": "2022-11-08", "taken_at_1": "09:30"}
    assert staff_browser.post(there, sent).status_code == 302
    photo.refresh_from_db()
    assert (photo.caption, photo.taken_from, photo.day) == ("A hall", Photo.Taken.HAND, book.day)
    assert photo.taken_at == datetime(2022, 11, 8, 0, 30, tzinfo=UTC)
    sent = opened(staff_browser, there) | {"entry": str(book.meal.pk)}
    assert staff_browser.post(there, sent).status_code == 302
    photo.refresh_from_db()
    assert (photo.entry_id, photo.day) == (book.meal.pk, None)
    assert f'alt="{photo.caption}"' in staff_browser.get(at(Entry, "change", book.meal.pk)).content.decode()


@pytest.mark.parametrize(
    ("model", "typed", "meanwhile"),
    [(Mark, {"verdict": "Twice."}, {"rating": 2}), (Attendance, {"lodging": "Inn"}, {"companions": "Ada"})],
)
def test_what_was_not_touched_stays_as_another_device_made_it(
    model: type[Any], typed: dict[str, Any], meanwhile: dict[str, Any], staff_browser: Client, book: WholeBook
) -> None:
    row = model.objects.of(book.person).earliest("pk")
    there = at(model, "change", row.pk)
    sent = opened(staff_browser, there) | typed
    model.objects.filter(pk=row.pk).update(**meanwhile)
    assert staff_browser.post(there, sent).status_code == 302
    row.refresh_from_db()
    assert {name: getattr(row, name) for name in typed | meanwhile} == typed | meanwhile


def test_a_day_log_is_kept_by_its_verb(staff_browser: Client, book: WholeBook) -> None:
    log = DayLog.objects.of(book.person).earliest("pk")
    there = at(DayLog, "change", log.pk)
    sent = opened(staff_browser, there)
    assert (sent["arrived_0"], sent["arrived_1"]) == ("2022-11-08", "09:00:00")
    sent |= {"mood": "Cheerful", "left_0": "2022-11-08", "left_1": "18:00"}
    assert staff_browser.post(there, sent).status_code == 302
    log.refresh_from_db()
    assert (log.mood, log.left) == ("Cheerful", datetime(2022, 11, 8, 9, 0, tzinfo=UTC))
    answer = staff_browser.post(there, sent | {"left_1": "08:00", "highlight_entry": str(book.meal.pk)})
    assert "before the arrival" in answer.content.decode()
    answer = staff_browser.post(there, sent | {"highlight_entry": str(book.meal.pk)})
    assert "one highlight" in answer.content.decode()
    assert "delete_selected" not in staff_browser.get(at(DayLog, "changelist")).content.decode()


def test_marks_and_attendance_are_taken_back_by_their_verbs(staff_browser: Client, book: WholeBook) -> None:
    mark = Mark.objects.of(book.person).earliest("pk")
    staff_browser.post(at(Mark, "delete", mark.pk), {"post": "yes"})
    assert not Mark.objects.of(book.person).exists()
    act(staff_browser, Attendance, "delete_selected", *Attendance.objects.of(book.person), post="yes")
    assert not Attendance.objects.of(book.person).exists()


def test_preferences_are_known_at_once(staff_browser: Client, book: WholeBook) -> None:
    there = at(Preferences, "change", book.person.pk)
    answer = staff_browser.post(there, opened(staff_browser, there) | {"zone": "Mars/Olympus"})
    assert answer.status_code == 200
    staff_browser.post(there, opened(staff_browser, there) | {"language": "ko", "zone": "Asia/Seoul"})
    assert staff_browser.session["language"] == "ko"


# Queries


def test_a_list_asks_no_more_with_many_rows(staff_browser: Client, book: WholeBook) -> None:
    few = {model: _queries(staff_browser, at(model, "changelist")) for model in (*BOOK, User)}
    fill(book, 4)
    many = {model: _queries(staff_browser, at(model, "changelist")) for model in few}
    assert many == few
    assert max(many.values()) <= MOST_QUERIES


def _queries(browser: Client, there: str) -> int:
    browser.get(there)
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(there).status_code == 200
    return len(captured)


# Accounts


def test_a_switched_off_account_is_signed_out_everywhere(
    staff_browser: Client, persons_browser: Client, person: User
) -> None:
    there = at(User, "change", person.pk)
    sent = opened(staff_browser, there)
    sent.pop("is_active")
    answer = staff_browser.post(there, sent)
    assert answer.status_code == 302, answer.context["errors"]
    assert persons_browser.get(reverse("today")).status_code == 302
    User.objects.filter(pk=person.pk).update(is_active=True)
    assert persons_browser.get(reverse("today")).status_code == 302


def test_the_last_superuser_stays(staff_browser: Client, staff: User) -> None:
    there = at(User, "change", staff.pk)
    for name in ("is_active", "is_superuser"):
        sent = opened(staff_browser, there)
        sent.pop(name)
        assert "the last account" in staff_browser.post(there, sent).content.decode()
    answer = staff_browser.post(at(User, "delete", staff.pk), {"post": "yes"}, follow=True)
    assert "the last account" in said(answer)
    act(staff_browser, User, "delete_selected", staff, post="yes")
    assert User.objects.get(pk=staff.pk).is_superuser


def test_nobody_switches_off_or_deletes_the_account_they_sit_at(staff_browser: Client, staff: User) -> None:
    User.objects.create_superuser("dora")
    sent = opened(staff_browser, at(User, "change", staff.pk))
    sent.pop("is_active")
    page = staff_browser.post(at(User, "change", staff.pk), sent).content.decode()
    assert "This is your own account." in page
    answer = staff_browser.post(at(User, "delete", staff.pk), {"post": "yes"}, follow=True)
    assert "This is your own account." in said(answer)
    assert User.objects.get(pk=staff.pk).is_active


def test_deleting_a_person_with_a_journal_is_refused_in_words(
    staff_browser: Client, person: User, stranger: User
) -> None:
    note = an_entry(person, text="velorixo")
    for method in (staff_browser.get, staff_browser.post):
        answer = method(at(User, "delete", person.pk), {"post": "yes"}, follow=True)
        assert "There is a journal: alice." in said(answer)
        assert str(note) not in answer.content.decode()
    answer = act(staff_browser, User, "delete_selected", person, stranger, post="yes")
    assert "There is a journal: alice." in said(answer)
    assert User.objects.filter(pk__in=[person.pk, stranger.pk]).count() == 2
    act(staff_browser, User, "delete_selected", stranger, post="yes")
    assert not User.objects.filter(pk=stranger.pk).exists()


def test_a_page_of_a_person_names_the_way_to_close_the_account(staff_browser: Client, person: User) -> None:
    page = staff_browser.get(at(User, "change", person.pk)).content.decode()
    assert "./lanyard manage close_account alice --export alice.zip" in page


def test_staff_who_are_not_superusers_keep_no_accounts(person: User, persons_browser: Client, stranger: User) -> None:
    User.objects.filter(pk=person.pk).update(is_staff=True)
    person.user_permissions.set(Permission.objects.filter(content_type__app_label="auth"))
    for model, key in ((User, person.pk), (User, stranger.pk), (Group, 1)):
        for page in ("change", "delete", "history"):
            assert persons_browser.get(at(model, page, key)).status_code in {302, 403}, page
        assert persons_browser.get(at(model, "changelist")).status_code == 403
        assert persons_browser.get(at(model, "add")).status_code == 403
    persons_browser.post(at(User, "change", person.pk), {"username": "alice", "is_superuser": "on"})
    assert persons_browser.get(reverse("admin:auth_user_password_change", args=[stranger.pk])).status_code == 403
    assert not User.objects.get(pk=person.pk).is_superuser


def test_keys_addresses_and_sessions_are_on_nobodys_desk(staff_browser: Client) -> None:
    """With any of them somebody could sign in as somebody else."""
    assert staff_browser.get(reverse("admin:index")).status_code == 200
    assert not {Authenticator, EmailAddress, UserSession, Session} & set(admin.site._registry)


def test_demo_visitors_stand_apart_and_are_removed_whole(staff_browser: Client, person: User) -> None:
    visitor = User.objects.create_user("demo-1")
    Preferences.objects.create(person=visitor, demo=True)
    an_entry(visitor, talk=a_talk(a_conference(visitor)))
    people = staff_browser.get(at(User, "changelist")).context["cl"].result_list
    demos = staff_browser.get(f"{at(User, 'changelist')}?who=demo").context["cl"].result_list
    assert (visitor in people, list(demos)) == (False, [visitor])
    sent = {"action": "remove_demo_visitors", "_selected_action": [visitor.pk, person.pk]}
    staff_browser.post(f"{at(User, 'changelist')}?who=demo", sent)
    assert not User.objects.filter(pk=visitor.pk).exists()
    assert User.objects.filter(pk=person.pk).exists()


def test_every_kind_of_the_book_is_on_the_desk() -> None:
    assert {model for model in BOOK if issubclass(model, Owned)} == set(Owned.__subclasses__())
