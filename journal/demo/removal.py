"""Takes a visitor's demo away again, with everything the visitor added to it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import ProtectedError, QuerySet

from events.models import Conference, Series, Speaker, Talk, Venue
from events.services import delete_conference, delete_talk
from journal.models import Attendance, DayLog, Entry, Mark, Photo, Preferences
from journal.storage import folder_of

# In this order: a picture protects its entry, and all of them protect their owner and the world.
OWNED = (Photo, Mark, DayLog, Attendance, Entry)


def remove_demo(person: User) -> None:
    """Removes the visitor's book, picture files, unlisted world and account.

    Raises ValueError for anyone whose preferences do not say that they are a demo visitor.
    """
    if not Preferences.objects.filter(person=person, demo=True).exists():
        raise ValueError("Only a demo visitor is removed.")
    folder = folder_of(person.pk)
    with transaction.atomic():
        for model in OWNED:
            model.objects.of(person).delete()
        _remove_world(person)
        person.delete()
        transaction.on_commit(lambda: _remove_folder(folder))


def _remove_world(person: User) -> None:
    """What only this person can see. A row on which somebody else has written stays, and belongs to nobody."""
    elsewhere = Talk.objects.filter(added_by=person, listed=False).exclude(conference__added_by=person)
    for talk in elsewhere.select_related("room__conference"):
        _unless_needed(partial(delete_talk, talk=talk, person=person))
    conferences = Conference.objects.filter(added_by=person, listed=False)
    series = set(conferences.exclude(series=None).values_list("series", flat=True))
    for conference in conferences:
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
