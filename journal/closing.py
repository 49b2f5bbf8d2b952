"""Closing an account: the person's own copy first, and only when that is safe on the disk, everything else goes."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

from django.contrib.auth.models import User
from django.db import transaction

from journal.models import Revision
from journal.removal import OWNED, end_sessions, is_last_superuser, remove_person
from journal.takeaway import write_takeaway


class NotClosed(Exception):
    """The account is as it was; the sentence says why."""


def close_account(person: User, *, export: Path, also_the_last: bool = False) -> None:
    """Writes the person's journal to the new file `export`, then removes journal, pictures and account.

    The account is switched off meanwhile, so that nothing is written that the file does not hold; where the file
    cannot be written it is switched on again. Killed in between, it stays switched off and can be closed again.
    Raises NotClosed, and OSError where the file cannot be written.
    """
    if not also_the_last and is_last_superuser(person):
        raise NotClosed("This is the last account that looks after the server.")
    was_active = person.is_active
    _switch(person, active=False)
    end_sessions(person)
    try:
        counted = _count(person)
        _write(person, export)
        _remove(person, counted)
    except BaseException:
        _switch(person, active=was_active)
        raise


def _write(person: User, export: Path) -> None:
    """The whole file or none: read back, and on the disk with its name, before this returns."""
    with os.fdopen(os.open(export, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
        try:
            write_takeaway(person, file)
            file.flush()
            os.fsync(file.fileno())
            _read_back(file.name if isinstance(file.name, str) else str(export))
        except BaseException:
            export.unlink()
            raise
    folder = os.open(export.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _read_back(path: str) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            broken = archive.testzip()
    except zipfile.BadZipFile as error:
        raise NotClosed("The export could not be read back.") from error
    if broken is not None:
        raise NotClosed(f"The export could not be read back: {broken}.")


@transaction.atomic
def _remove(person: User, counted: dict[str, int]) -> None:
    if _count(person) != counted:
        raise NotClosed("Something was written while the export was made. Try again with another file name.")
    remove_person(person)


def _count(person: User) -> dict[str, int]:
    """How much there is: a request that was under way when the account was switched off may still have written."""
    counted = {model.__name__: model.objects.of(person).count() for model in OWNED}
    return counted | {"Revision": Revision.objects.of(person).count()}


def _switch(person: User, *, active: bool) -> None:
    User.objects.filter(pk=person.pk).update(is_active=active)
