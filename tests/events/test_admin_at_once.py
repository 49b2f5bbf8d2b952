"""Two people save the same thing at one moment: the later one at the desk reads so, and nothing is half done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db.models.signals import pre_delete, pre_save
from django.test import Client
from django.urls import reverse

from events.models import Appearance, Conference, Day, Talk
from journal import actions
from tests.events.test_admin import errors, filled
from tests.factories import a_conference, a_talk

pytestmark = pytest.mark.django_db

SAID = "Somebody else saved at the same moment. Nothing is changed: look, then try again."


@pytest.fixture
def talk(person: User) -> Talk:
    return a_talk(a_conference(person, listed=True), listed=True, speaker="Ada")


@contextmanager
def somebody_is_quicker(signal: Any, model: type, does: Callable[[Any], object]) -> Iterator[None]:
    """`does` is done once, between what the form has checked and what the database is told."""

    def between(instance: Any, **_more: Any) -> None:
        signal.disconnect(between, sender=model)
        does(instance)

    signal.connect(between, sender=model, weak=False)
    try:
        yield
    finally:
        signal.disconnect(between, sender=model)


def test_the_same_speaker_added_twice_at_one_moment(staff_browser: Client, talk: Talk) -> None:
    there = reverse("admin:events_talk_change", args=[talk.pk])
    speaker = talk.appearances.get().speaker
    row = {"talk": talk.pk, "speaker": speaker.pk, "role": "moderator", "order": 1, "affiliation": "Typed"}
    given = {f"appearances-1-{name}": value for name, value in row.items()}
    sent = filled(staff_browser, there) | given | {"appearances-TOTAL_FORMS": 2, "title": "Another title"}
    twin = Appearance(talk=talk, speaker=speaker, role="moderator")
    with somebody_is_quicker(pre_save, Appearance, lambda _row: Appearance.objects.bulk_create([twin])):
        answer = staff_browser.post(there, sent)
    assert SAID in errors(answer)
    assert "Typed" in answer.content.decode()
    assert "Another title" in answer.content.decode()
    talk.refresh_from_db()
    assert (talk.title, talk.appearances.count(), LogEntry.objects.count()) == ("Learning to look", 1, 0)
    assert staff_browser.post(there, sent).status_code == 302
    assert talk.appearances.count() == 2


def test_the_same_day_added_twice_at_one_moment(staff_browser: Client, talk: Talk) -> None:
    there, conference = reverse("admin:events_day_add"), talk.conference
    Conference.objects.filter(pk=conference.pk).update(ends_on=date(2022, 11, 12))
    sent = {"conference": conference.pk, "date": "2022-11-12", "title": "Typed"}
    twin = Day(conference=conference, date=date(2022, 11, 12))
    with somebody_is_quicker(pre_save, Day, lambda _day: Day.objects.bulk_create([twin])):
        answer = staff_browser.post(there, sent)
    assert SAID in errors(answer)
    assert "Typed" in answer.content.decode()
    assert conference.days.count() == 2


@pytest.mark.django_db(transaction=True)  # the database looks at what hangs on a row when the transaction ends
@pytest.mark.parametrize("by", ["page", "list"])
def test_what_somebody_marks_while_it_is_deleted_stays(
    by: str, staff_browser: Client, talk: Talk, stranger: User
) -> None:
    def marks(_row: Any) -> None:
        actions.mark_talk(owner=stranger, talk=talk, rating=4)

    pages = {
        "page": reverse("admin:events_talk_delete", args=[talk.pk]),
        "list": reverse("admin:events_talk_changelist"),
    }
    sent = (
        {"post": "yes"} if by == "page" else {"post": "yes", "action": "delete_selected", "_selected_action": talk.pk}
    )
    with somebody_is_quicker(pre_delete, Talk, marks):
        answer = staff_browser.post(pages[by], sent, follow=True)
    assert [str(message) for message in answer.context["messages"]] == [SAID]
    assert Talk.objects.filter(pk=talk.pk).exists()
    assert LogEntry.objects.count() == 0
