"""Invitations: staff make a link, whoever has it makes one account with it, once, within seven days."""

from __future__ import annotations

import hashlib
import secrets

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from events.names import clean_line
from journal import people
from journal.models import Invitation


class InvitationGone(Exception):
    """Used, taken back, ended, or never made: the one is not told from the other."""


def invite(*, by: User, note: str = "") -> tuple[Invitation, str]:
    """A new invitation and the token of its link, which is known here and nowhere afterwards."""
    token = secrets.token_urlsafe(32)
    return Invitation.objects.create(made_by=by, note=clean_line(note), digest=_digest(token)), token


def opened_by(token: str) -> Invitation:
    """The invitation of a link, as long as it lets somebody in; raises InvitationGone. Reading uses nothing up."""
    found = Invitation.objects.open().select_related("made_by").filter(digest=_digest(token)).first()
    if found is None:
        raise InvitationGone
    return found


@transaction.atomic
def accept(*, token: str, username: str, password: str) -> User:
    """An ordinary account for the invitation, which is used up with it or not at all.

    Raises InvitationGone, also for the second of two at one moment; ValidationError as `people.create_person`.
    """
    invitation = opened_by(token)
    used = Invitation.objects.unused().filter(pk=invitation.pk).update(used_at=timezone.now())
    if not used:
        raise InvitationGone
    person = people.create_person(username=username, password=password)
    Invitation.objects.filter(pk=invitation.pk).update(used_by=person)
    return person


def revoke(invitation: Invitation) -> bool:
    """Its link opens nothing from now on; False where it let somebody in before, or had ended."""
    return bool(Invitation.objects.unused().filter(pk=invitation.pk).update(revoked_at=timezone.now()))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
