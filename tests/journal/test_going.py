"""Adding a conference by hand says that one was there, or is going."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from events.models import Conference
from journal.models import Attendance

pytestmark = pytest.mark.django_db


def _add(browser: Client, days_from_now: int) -> str:
    on = timezone.localdate() + timedelta(days=days_from_now)
    typed = {"name": "Example Forum", "starts_on": on.isoformat(), "ends_on": on.isoformat(), "timezone": "Asia/Seoul"}
    answer = browser.post("/add/conference/", {**typed, "mode": "in_person"}, follow=True)
    assert answer.status_code == 200
    return str(answer.content, "utf-8")


@pytest.mark.parametrize(("days", "sentence"), [(-30, "Noted: you were there."), (30, "Noted: you are going.")])
def test_who_adds_a_conference_attends_it(
    person: User, persons_browser: Client, stranger: User, days: int, sentence: str
) -> None:
    assert sentence in _add(persons_browser, days)
    assert Attendance.objects.get().owner == person


def test_the_attendance_has_an_undo_and_the_conference_stays(persons_browser: Client, person: User) -> None:
    _add(persons_browser, -30)
    conference = Conference.objects.get()
    persons_browser.post(f"/{conference.year}/{conference.slug}/attendance/withdraw/")
    assert not Attendance.objects.exists()
    assert Conference.objects.filter(pk=conference.pk).exists()
