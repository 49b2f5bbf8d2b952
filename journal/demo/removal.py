"""Takes a visitor's demo away again, with everything the visitor added to it."""

from __future__ import annotations

from django.contrib.auth.models import User

from journal.models import Preferences
from journal.removal import remove_person


def remove_demo(person: User) -> None:
    """Removes the visitor's book, picture files, unlisted world and account.

    Raises ValueError for anyone whose preferences do not say that they are a demo visitor.
    """
    if not Preferences.objects.filter(person=person, demo=True).exists():
        raise ValueError("Only a demo visitor is removed.")
    remove_person(person)
