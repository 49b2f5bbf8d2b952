"""Taking a person away: their book, their pictures, what only they could see of the world, and their account."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import ProtectedError, QuerySet

from events.models import Conference, Series, Speaker, Talk, Venue
from events.services import delete_conference, delete_talk
from journal.models import Attendance, DayLog, Entry, Mark, Photo
from journal.storage import folder_of

# Everything that has an owner. In this order: a picture protects its entry, and all of them protect their owner and
# the world.
OWNED = (Photo, Mark, DayLog, Attendance, Entry)


def has_a_journal(person: User) -> bool:
    """Is there a row of theirs in the book? At most five queries."""
    return any(model.objects.of(person).exists() for model in OWNED)


def is_last_superuser(*persons: User) -> bool:
    """Would nobody be left without these who can do everything?"""
    others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk__in=[person.pk for person in persons])
    return any(person.is_superuser for person in persons) and not others.exists()


def remove_person(person: User) -> None:
    """All of it, in one transaction; the picture files when that has held.

    Rows of the world that others can see, or have written on, stay and are nobody's from now on. Sign-ins, addresses,
    keys and preferences go with the account.
    """
    folder = folder_of(person.pk)
    with transaction.atomic():
        for model in OWNED:
            model.objects.of(person).delete()
        _remove_world(person)
        end_sessions(person)
        person.delete()
        transaction.on_commit(lambda: _remove_folder(folder))


def end_sessions(person: User) -> int:
    """Signs the person out everywhere; how many sessions there were. Reads every session of the server."""
    key = str(person.pk)
    theirs = [one.pk for one in Session.objects.iterator() if str(one.get_decoded().get(SESSION_KEY)) == key]
    return Session.objects.filter(pk__in=theirs).delete()[0]


def _remove_world(person: User) -> None:
    """What only this person can see. A row on which somebody else has written stays, and belongs to nobody."""
    mine = Talk.objects.filter(added_by=person)
    others_talks = Talk.objects.exclude(added_by=person).exclude(added_by=None)
    elsewhere = mine.filter(listed=False).exclude(conference__added_by=person)
    for talk in elsewhere.select_related("room__conference"):
        _unless_needed(partial(delete_talk, talk=talk, person=person))
    conferences = Conference.objects.filter(added_by=person, listed=False)
    series = set(conferences.exclude(series=None).values_list("series", flat=True))
    for conference in conferences.exclude(pk__in=others_talks.values("conference")):
        _unless_needed(partial(delete_conference, conference=conference, person=person))
    _remove_unnamed(Speaker.objects.filter(added_by=person, appearances=None))
    _remove_unnamed(Venue.objects.filter(added_by=person, days=None, rooms=None))
    _remove_unnamed(Series.objects.filter(pk__in=series, editions=None))


def _remove_unnamed(rows: QuerySet[Speaker] | QuerySet[Venue] | QuerySet[Series]) -> None:
    for row in rows:
        _unless_needed(row.delete)


def _unless_needed(remove: Callable[[], object]) -> None:
    with suppress(ValidationError, ProtectedError), transaction.atomic():
        remove()


def _remove_folder(folder: str) -> None:
    """The person's pictures, and litter that a broken upload may have left beside them."""
    with suppress(FileNotFoundError):
        _folders, names = default_storage.listdir(folder)
        for name in names:
            default_storage.delete(f"{folder}/{name}")
        default_storage.delete(folder)
