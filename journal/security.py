"""How a person signs in: address, passkeys, authenticator app, recovery codes, and where they are signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from journal.devices import device_named


@dataclass(frozen=True)
class Passkey:
    """One passkey, by the name its owner gave it."""

    pk: int
    name: str
    added: datetime
    used: datetime | None


@dataclass(frozen=True)
class SignIn:
    """A browser that is signed in. `address` is the network's, as far as the server knows it."""

    pk: int
    device: str
    address: str
    since: datetime
    is_here: bool


@dataclass(frozen=True)
class Security:
    """`codes_left` is None where there are no recovery codes; they come with the first second step."""

    address: str
    new_address: str
    passkeys: list[Passkey]
    app_since: datetime | None
    codes_left: int | None

    @property
    def has_second_step(self) -> bool:
        """Whether a password alone does not let one in."""
        return bool(self.passkeys or self.app_since)


def security_of(person: User) -> Security:
    """Two queries."""
    addresses = list(EmailAddress.objects.filter(user=person).order_by("pk"))
    kept = next((one.email for one in addresses if one.verified), "")
    new = next((one.email for one in addresses if not one.verified), "")
    passkeys, app_since, codes_left = [], None, None
    for one in Authenticator.objects.filter(user=person).order_by("pk"):
        if one.type == Authenticator.Type.WEBAUTHN:
            passkeys.append(Passkey(one.pk, one.wrap().name, one.created_at, one.last_used_at))
        elif one.type == Authenticator.Type.TOTP:
            app_since = one.created_at
        else:
            codes_left = len(one.wrap().get_unused_codes())
    return Security(kept, new, passkeys, app_since, codes_left)


def keep_address(person: User, email: str) -> None:
    """The person's one address, taken as confirmed: there is no mail to confirm it by."""
    with transaction.atomic():
        EmailAddress.objects.filter(user=person).delete()
        EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
        person.email = email
        person.save(update_fields=["email"])


def address_is_taken(person: User, email: str) -> bool:
    """Whether somebody else has confirmed it."""
    return EmailAddress.objects.filter(email=email, verified=True).exclude(user=person).exists()


def may_reset_by(person: User, email: str) -> bool:
    """Whether a link for a new password may go to `email`: a confirmed address, or the one that staff entered.

    Not an address still to be confirmed (a slip of the finger would hand the account over), and not an account that
    nobody signs in to with a password.
    """
    if not person.has_usable_password():
        return False
    confirmed = EmailAddress.objects.filter(user=person, email=email, verified=True).exists()
    return confirmed or person.email.lower() == email.lower()


def switch_off_second_steps(person: User) -> int:
    """Removes passkeys, authenticator app and recovery codes; how many there were."""
    return Authenticator.objects.filter(user=person).delete()[0]


# Where one is signed in


def remember_sign_in(*, request: HttpRequest, user: User, **_signal: Any) -> None:
    """Connected to signing in (journal/apps.py), by whatever door. A demo visitor is not listed, nor is a test."""
    if user.has_usable_password() and request.META.get("REMOTE_ADDR"):
        UserSession.objects.create_from_request(request)


def sign_ins(request: HttpRequest) -> list[SignIn]:
    """Every browser that is signed in as this person, this one first, then the newest first. Three queries.

    A session from before there was a list comes into it here.
    """
    person, here = request.user, request.session.session_key
    if not UserSession.objects.filter(session_key=here).exists():
        UserSession.objects.create_from_request(request)
    rows = list(UserSession.objects.filter(user_id=person.pk).order_by("-created_at"))
    alive = _alive(person, [row.session_key for row in rows])
    found = [
        SignIn(row.pk, device_named(row.user_agent), row.ip, row.created_at, row.session_key == here)
        for row in rows
        if row.session_key in alive
    ]
    return sorted(found, key=lambda one: not one.is_here)


def _alive(person: Any, keys: list[str]) -> set[str]:
    """Of these sessions those that still let somebody in: not over, and not older than the password."""
    now, hash_ = timezone.now(), person.get_session_auth_hash()
    return {
        session.session_key
        for session in Session.objects.filter(session_key__in=keys, expire_date__gt=now)
        if constant_time_compare(session.get_decoded().get(HASH_SESSION_KEY, ""), hash_)
    }


def end_sign_in(person: User, pk: int) -> bool:
    """Signs one browser of theirs out; False where there is no such one of theirs."""
    row = UserSession.objects.filter(user=person, pk=pk).first()
    if row is None:
        return False
    row.end()
    return True


def end_other_sign_ins(person: User, *, but: str | None = None) -> int:
    """Signs every browser of theirs out, but the one with the session key `but`; how many there were."""
    rows = UserSession.objects.filter(user=person).exclude(session_key=but or "")
    keys = list(rows.values_list("session_key", flat=True))
    with transaction.atomic():
        Session.objects.filter(session_key__in=keys).delete()
        rows.delete()
    return len(keys)


def end_others_after_new_password(*, request: HttpRequest, user: User, **_signal: Any) -> None:
    """A new password ends every other session; Django would refuse them anyhow, here they also leave the list."""
    here = request.session.session_key if request.user.is_authenticated and request.user.pk == user.pk else None
    end_other_sign_ins(user, but=here)
