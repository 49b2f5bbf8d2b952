"""What the desk says of rows that its reader may not see: kind and number, never a name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.admin.utils import NestedObjects
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models, router
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from events.labels import with_labels
from events.querysets import Person

MOST_NAMED = 10


def visible(rows: models.QuerySet[Any], person: Person) -> models.QuerySet[Any]:
    """The rows of the world that this person may see; rows of other kinds as they are."""
    return rows.visible_to(person) if hasattr(rows, "visible_to") else rows


def number(row: models.Model) -> str:
    """Talk 12."""
    return f"{capfirst(str(row._meta.verbose_name))} {row.pk}"


def collected(rows: list[Any]) -> NestedObjects:
    """What goes, and what stands in the way, when these are deleted."""
    collector = NestedObjects(using=router.db_for_write(type(rows[0])))
    collector.collect(rows)
    return collector


class Namer:
    """Names rows on a delete page; one query for each kind of row that is among them."""

    def __init__(self, person: Person, collector: NestedObjects) -> None:
        self.names: dict[models.Model, str] = {}
        rows_by_kind: dict[type[models.Model], set[int]] = {}
        for row in (*(row for rows in collector.data.values() for row in rows), *collector.protected):
            rows_by_kind.setdefault(type(row), set()).add(row.pk)
        for kind, keys in rows_by_kind.items():
            if hasattr(kind._default_manager.all(), "visible_to"):
                rows = visible(kind._default_manager.filter(pk__in=keys), person)
                self.names |= {row: str(row) for row in with_labels(rows)}

    def __call__(self, row: models.Model) -> str:
        name = self.names.get(row)
        return f"{capfirst(str(row._meta.verbose_name))}: {name}" if name else number(row)


def refuse_protected(person: Person, row: models.Model) -> None:
    """Raises ValidationError with what stands in the way of deleting the row."""
    collector = collected([row])
    if not collector.protected:
        return
    named = Namer(person, collector)
    names = sorted(named(other) for other in collector.protected)
    shown = ", ".join(names[:MOST_NAMED]) + (" …" if len(names) > MOST_NAMED else "")
    sentence = _("This stays, because something hangs on it. %(row)s: %(others)s")
    raise ValidationError(sentence % {"row": named(row), "others": shown}, code="kept")


def log_names(rows: Iterable[models.Model]) -> dict[models.Model, str]:
    """What the desk's history calls these rows (of one kind): by name where everyone sees them, else by number.

    A history outlives what may be seen: a talk may be unlisted later, or be somebody's own from the first day.
    """
    rows = list(rows)
    if not rows:
        return {}
    everyones = visible(type(rows[0])._default_manager.filter(pk__in=[row.pk for row in rows]), AnonymousUser())
    public = set(everyones.values_list("pk", flat=True))
    return {row: str(row) if row.pk in public else number(row) for row in rows}
