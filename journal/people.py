"""Persons: the owner of a new server, those who come later, visitors who look around, and what each prefers.

`remember_person_in_session` is connected to signing in (journal/apps.py): pages read language, pen name and zone from
the session and pay no query for them.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from events.names import clean_line
from journal import setup_code
from journal.demo import PEN_NAME, build_demo, remove_demo
from journal.models import Preferences

DEMO_LIFE = timedelta(days=1)
DEMOS_KEPT = 20
# Any number, the same in every process: two first sign-ups wait for one another on it.
_NEW_ACCOUNT = 0x1A17A2D


class OwnerExists(Exception):
    """Somebody else has made the first account; nothing was created."""


def somebody_lives_here() -> bool:
    """Is there an account that is somebody's, and no demo visitor's? One query.

    The account of `./lanyard manage demo` has no password until it is given one: it shuts nobody out of a new server.
    But a person who signs in by passkey alone, or whose password was taken away, lives here all the same: else the
    next to come would be made the owner.
    """
    nobodys = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX, last_login=None, is_staff=False, is_superuser=False)
    return User.objects.exclude(Q(preferences__demo=True) | nobodys).exists()


def create_owner(*, username: str, password: str, code: str = "") -> User:
    """The first account: superuser and staff. Raises OwnerExists where there is one already.

    Where others reach the server too it takes the setup code: WrongCode, TooManyTries (`journal.setup_code`).
    ValidationError for a name or a password that does not fit. Of two at one moment one wins.
    """
    try:
        setup_code.check(code)
    except setup_code.WrongCode:
        if somebody_lives_here():  # a moment ago, and the code went with it
            raise OwnerExists from None
        raise
    with transaction.atomic():
        _one_at_a_time()
        if somebody_lives_here():
            raise OwnerExists
        owner = _make_account(username, password, is_staff=True, is_superuser=True)
        transaction.on_commit(setup_code.forget)
    return owner


def code_to_print() -> str:
    """At a start: the setup code, with new tries of it; empty where nobody will be asked for it."""
    if somebody_lives_here():
        setup_code.forget()
        return ""
    if not setup_code.is_asked():
        return ""
    setup_code.new_tries()
    return setup_code.the_code()


def create_person(*, username: str, password: str) -> User:
    """An ordinary account, never staff: of who was invited, or where sign-up is open. Raises ValidationError."""
    return _make_account(username, password)


def welcome_demo() -> User:
    """A fresh visitor with the demo journal: no password, never staff, gone after a day; the oldest make room."""
    remove_old_demos()
    visitor = _make_visitor()
    build_demo(person=visitor, listed=False)
    return visitor


def remove_old_demos() -> None:
    """Demo visitors older than a day, and the oldest where a new one would be too many."""
    visitors = User.objects.filter(preferences__demo=True).order_by("-date_joined", "-pk")
    born_before = timezone.now() - DEMO_LIFE
    for place, visitor in enumerate(visitors, start=1):
        if place >= DEMOS_KEPT or visitor.date_joined < born_before:
            remove_demo(visitor)


def remember_person_in_session(*, request: HttpRequest, user: User, **_signal: Any) -> None:
    """What pages need of the person, read once at sign-in."""
    preferences = Preferences.objects.filter(person=user).first() or Preferences()
    remember_preferences(request.session, preferences)


def remember_preferences(session: SessionBase, preferences: Preferences) -> None:
    """Language, pen name, zone and whether this is a demo visitor."""
    session["language"] = preferences.language
    session["pen_name"] = preferences.display_name
    session["zone"] = preferences.zone
    session["is_demo"] = preferences.demo


def pen_name_of(person: User) -> str:
    """As others read it: the display name, else the username. One query, none where the preferences were joined."""
    preferences = getattr(person, "preferences", None)
    return (preferences and preferences.display_name) or person.get_username()


@transaction.atomic
def save_preferences(*, person: User, **fields: Any) -> Preferences:
    """The person's preferences with the fields given; raises ValidationError."""
    preferences, _made = Preferences.objects.get_or_create(person=person)
    for name, value in fields.items():
        setattr(preferences, name, clean_line(value) if isinstance(value, str) else value)
    preferences.full_clean(exclude=["person"], validate_unique=False)
    preferences.save()
    return preferences


@transaction.atomic
def _make_account(username: str, password: str, **rights: bool) -> User:
    """The one place where an account with a password is made. Nothing but name, password and `rights` reaches it."""
    _one_at_a_time()
    person = User(username=User.normalize_username(clean_line(username)), **rights)
    if User.objects.filter(username__iexact=person.username).exists():
        raise ValidationError({"username": _("Somebody here has this name already. Please take another.")})
    validate_password(password, person)
    person.set_password(password)
    person.full_clean()
    person.save(force_insert=True)
    Preferences.objects.create(person=person, language=translation.get_language() or "")
    return person


def _one_at_a_time() -> None:
    """Holds back a second new account until this transaction is over: of two first ones, or of one name in two cases.

    SQLite does so by itself: our transactions begin with the write lock. PostgreSQL is asked for a lock.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_NEW_ACCOUNT])


@transaction.atomic
def _make_visitor() -> User:
    visitor = User.objects.create_user(f"demo-{secrets.token_hex(5)}")
    Preferences.objects.create(
        person=visitor, demo=True, display_name=PEN_NAME, language=translation.get_language() or ""
    )
    return visitor
