"""Thinning the past: of a sitting long ago its first version, its last and every conflicting text are enough."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise, starmap
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from journal.models import Revision
from journal.sittings import sittings

OLD = timedelta(days=30)
# Databases take only so many values in one statement.
_AT_ONCE = 500
_COLUMNS = ("pk", "version", "base_version", "saved_at", "device")


class _Version(NamedTuple):
    """The columns of a revision without its text, so that the longest history takes little memory."""

    pk: int
    version: int
    base_version: int
    saved_at: datetime
    device: str

    @property
    def is_conflicting(self) -> bool:
        """Made from another version than the one before it."""
        return self.base_version != self.version - 1


def thin_histories(*, older_than: timedelta = OLD) -> int:
    """Thins every sitting that ended longer ago than that; how many versions went. One transaction an entry.

    An entry's newest version, the two sides of a conflict, and the first and last of a sitting are never touched.
    One query where there is nothing to do.
    """
    before = timezone.now() - older_than
    thick = Revision.objects.amid_sittings(before).order_by().values_list("entry", flat=True).distinct()
    return sum(_thin_history(entry, before) for entry in list(thick))


@transaction.atomic
def _thin_history(entry: int, before: datetime) -> int:
    rows = Revision.objects.filter(entry=entry).order_by("version").values_list(*_COLUMNS)
    superfluous = list(_superfluous(starmap(_Version, rows.iterator()), before))
    for start in range(0, len(superfluous), _AT_ONCE):
        Revision.objects.filter(pk__in=superfluous[start : start + _AT_ONCE]).delete()
    return len(superfluous)


def _superfluous(versions: Iterator[_Version], before: datetime) -> Iterator[int]:
    """The keys of what lies between the ends of old sittings and took no part in a conflict."""
    for sitting in sittings(versions):
        if all(version.saved_at < before for version in sitting):
            inner = pairwise(sitting[1:])  # each with the one that follows it
            yield from (one.pk for one, after in inner if not (one.is_conflicting or after.is_conflicting))
