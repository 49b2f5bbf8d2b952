"""Showing to everyone on this server what was added by hand. Notes, pictures and marks are no part of it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from events.models import Conference, Talk
from events.querysets import Person, TalkQuerySet


@transaction.atomic
def share_conference(*, conference: Conference, person: Person, with_talks: bool = False) -> int:
    """Lists the conference and, if asked, the person's own talks in it; returns how many talks that listed."""
    conference.listed = True
    conference.save(update_fields=["listed"])
    if not with_talks:
        return 0
    return own_unlisted_talks(conference, person).update(listed=True)


@transaction.atomic
def share_talk(*, talk: Talk) -> None:
    """Lists the talk; raises ValidationError while its conference is not listed, because nobody would see it."""
    if not talk.conference.listed:
        raise ValidationError(_("Share the conference first; a talk is seen where its conference is."), code="early")
    talk.listed = True
    talk.save(update_fields=["listed"])


def own_unlisted_talks(conference: Conference, person: Person) -> TalkQuerySet:
    """What the tick on the sharing page is about."""
    return Talk.objects.filter(conference=conference, added_by=person.pk, listed=False)
