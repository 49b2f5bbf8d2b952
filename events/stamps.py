"""A conference's programme stamp: another word whenever anything that its programme shows has changed.

Whoever keeps a rendered programme keeps it under the stamp that was read before the talks. A stamp is random and
never comes back, so a late writer who saves an old one cannot bring an old page back: every save sets another.

It is set in the transaction of the change, by signals for rows saved or deleted one by one, and by `StampsProgramme`
for what querysets do at once.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable
from typing import Any, TypeVar

from django.apps import apps
from django.db import models, transaction
from django.db.models.signals import post_delete, post_save, pre_save

# From each kind of row that a programme shows to its conference. Days and venues head the page and are read each time;
# a day's date decides the order of talks.
PATHS = {
    "Conference": "pk",
    "Day": "conference",
    "Room": "conference",
    "Talk": "conference",
    "Appearance": "talk__conference",
    "Speaker": "appearances__talk__conference",
}

Row = TypeVar("Row", bound=models.Model)


def new_stamp() -> str:
    """A word that no programme has had."""
    return secrets.token_hex(16)


class StampsProgramme(models.QuerySet[Row]):
    """A queryset whose writes at once set the stamps too, in one transaction with them."""

    def update(self, **fields: Any) -> int:
        """Django's, for the programmes the rows are in and the ones they go to."""
        with transaction.atomic():
            touched = {*_programmes_of(self), *_programmes_named(self.model, fields)}
            count = super().update(**fields)
            stamp(touched)
            return count

    def bulk_create(self, objs: Iterable[Row], *args: Any, **kwargs: Any) -> list[Row]:
        """Django's, for the programmes of the new rows."""
        with transaction.atomic():
            made = super().bulk_create(objs, *args, **kwargs)
            stamp(_programmes_of(_plain(self.model).filter(pk__in=[row.pk for row in made])))
            return made


def stamp(conferences: Collection[int]) -> None:
    """Sets another stamp for each of these conferences, given by key."""
    if conferences:
        _plain(apps.get_model("events", "Conference")).filter(pk__in=conferences).update(programme_stamp=new_stamp())


def listen() -> None:
    """Called once, when the app is ready."""
    for name in PATHS:
        kind = apps.get_model("events", name)
        pre_save.connect(_row_changes, sender=kind, dispatch_uid=f"stamp-before-{name}")
        post_save.connect(_row_changed, sender=kind, dispatch_uid=f"stamp-save-{name}")
        post_delete.connect(_row_changed, sender=kind, dispatch_uid=f"stamp-delete-{name}")


def _row_changes(sender: type[models.Model], instance: Any, **_signal: Any) -> None:
    """Remembers where it was: a talk may be given to another conference."""
    there = not instance._state.adding  # noqa: SLF001 -- Django's own word for "not saved yet"
    instance.programmes_before = _programmes_of(_plain(sender).filter(pk=instance.pk)) if there else set()


def _row_changed(sender: type[models.Model], instance: Any, **_signal: Any) -> None:
    before: set[int] = instance.__dict__.pop("programmes_before", set())
    stamp(before | _programmes_now(sender.__name__, instance))


def _programmes_now(kind: str, row: Any) -> set[int]:
    """Of a row that may be deleted already, so its columns are asked and not the database."""
    if kind == "Conference":
        return {row.pk}
    if kind == "Speaker":
        return _programmes_of(_plain(type(row)).filter(pk=row.pk))
    return _programmes_of_talk(row.talk_id) if kind == "Appearance" else {row.conference_id}


def _programmes_of_talk(key: Any) -> set[int]:
    talks = _plain(apps.get_model("events", "Talk"))
    return set(talks.filter(pk=key).values_list("conference", flat=True))


def _programmes_of(rows: models.QuerySet[Any]) -> set[int]:
    """The keys of the conferences in whose programmes these rows show."""
    plain = _plain(rows.model).filter(pk__in=rows.order_by().values("pk"))
    return set(plain.values_list(PATHS[rows.model.__name__], flat=True).distinct()) - {None}


def _programmes_named(kind: type[models.Model], fields: dict[str, Any]) -> set[int]:
    """Where an update moves rows to: another conference, or another talk's."""
    named = {str(name).removesuffix("_id"): value for name, value in fields.items()}
    found = {getattr(named["conference"], "pk", named["conference"])} if "conference" in named else set()
    if kind.__name__ == "Appearance" and "talk" in named:
        found |= _programmes_of_talk(getattr(named["talk"], "pk", named["talk"]))
    return found


def _plain(kind: type[models.Model]) -> models.QuerySet[Any]:
    """All rows, without the stamping: setting a stamp is no change of the programme."""
    return models.QuerySet(kind)
