"""Rows for tests: whole by default, any part given by name."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from PIL import Image

from events.models import Appearance, Conference, Day, Speaker, Talk
from journal import actions
from journal.models import Entry, Photo
from journal.subjects import Subject


def a_conference(person: User | None, *, days: int = 2, **given: Any) -> Conference:
    """Two November days of 2022 in Seoul, unlisted, with a Day row for each."""
    starts_on = given.pop("starts_on", date(2022, 11, 8))
    values = {
        "name": "Example AI Forum",
        "starts_on": starts_on,
        "ends_on": starts_on + timedelta(days=days - 1),
        "timezone": "Asia/Seoul",
        "added_by": person,
        **given,
    }
    conference = Conference.objects.create(**values)
    Day.objects.bulk_create(Day(conference=conference, date=on) for on in conference.dates())
    return conference


def a_talk(conference: Conference, *, speaker: str = "", day: Day | None = None, **given: Any) -> Talk:
    """A talk of the conference's first day at 10:00 in Seoul, unlisted, added by who added the conference."""
    values = {
        "title": "Learning to look",
        "day": day or conference.days.order_by("date").first(),
        "starts_at": datetime(2022, 11, 8, 1, 0, tzinfo=UTC),
        "ends_at": datetime(2022, 11, 8, 2, 0, tzinfo=UTC),
        "added_by": conference.added_by,
        **given,
    }
    talk = Talk.objects.create(conference=conference, **values)
    if speaker:
        person = Speaker.objects.create(name=speaker, added_by=conference.added_by)
        Appearance.objects.create(talk=talk, speaker=person)
    return talk


def an_entry(person: User, *, kind: str = Entry.Kind.NOTE, text: str = "A line worth keeping.", **given: Any) -> Entry:
    """An entry through the verb that writes them; parts of the subject by name, `fields` and `details` as there."""
    names = ("conference", "day", "room", "talk", "speaker", "venue", "on")
    subject = Subject(**{name: given.pop(name) for name in names if name in given})
    return actions.write_entry(owner=person, kind=kind, text=text, subject=subject, **given)


def a_picture(colour: str = "orange", size: tuple[int, int] = (640, 480), image_format: str = "JPEG") -> bytes:
    """The bytes of a small picture of one colour."""
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, image_format)
    return buffer.getvalue()


def a_photo(person: User, *, colour: str = "orange", name: str = "lunch.jpg", **given: Any) -> Photo:
    """A picture filed through the verb that files them."""
    return actions.file_photo(owner=person, file=io.BytesIO(a_picture(colour)), name=name, **given)
