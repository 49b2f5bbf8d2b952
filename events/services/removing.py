"""Deleting what nobody has written on. Anything else stays, and a sentence says why."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from events.models import Conference, Day, Talk
from events.querysets import Person
from events.services.dates import forget_day
from events.services.rows import delete_or_refuse
from events.services.talks import forget_room


@transaction.atomic
def delete_talk(*, talk: Talk, person: Person) -> None:
    """Removes the talk with its appearances and links; its speakers stay."""
    room = talk.room
    sentence = _("Somebody has written about this talk, so it stays. It can be marked as cancelled.")
    delete_or_refuse(talk.delete, sentence)
    forget_room(room, person)


@transaction.atomic
def delete_day(*, day: Day) -> None:
    """Removes a day without talks."""
    forget_day(day)


@transaction.atomic
def delete_conference(*, conference: Conference, person: Person) -> None:
    """Removes the conference with its days, rooms and talks, all or nothing.

    Talks that others have added are theirs, also where this person cannot see them; staff may remove those too.
    """
    others = conference.talks.exclude(added_by=person.pk).exclude(added_by=None)
    if others.exists() and not getattr(person, "is_staff", False):
        raise ValidationError(_("Others have added talks to this conference, so it stays."), code="kept")
    sentence = _("Somebody has written about this conference, so it stays.")
    # In this order, because a day is protected by its talks and a room by both.
    for rows in (conference.talks, conference.days, conference.rooms):
        delete_or_refuse(rows.all().delete, sentence)
    delete_or_refuse(conference.delete, sentence)
