"""What a kept row takes from one that goes up in it: empty facts are filled, names become further spellings.

Where both say something different the kept row's stands; the other stays in the record of the merge.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models

from events.models import Speaker, Talk, Venue
from events.models.naming import Named
from events.moments import programme_date
from events.names import has_hangul
from events.services.merging.joining import Field

Thing = Speaker | Talk | Venue

# Columns that only make sense together.
TOGETHER: dict[type[models.Model], tuple[tuple[str, ...], ...]] = {
    Venue: (("latitude", "longitude"),),
    Talk: (("starts_at", "ends_at"),),
}
# Names and addresses are not filled but kept beside; who may see it is decided for both.
_ELSEWHERE = {"name", "other_name", "aka", "slug", "listed"}


@dataclass
class Taken:
    """What the kept row got, by column, and the columns in which the two differ."""

    filled: dict[str, Any] = field(default_factory=dict)
    spellings: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)
    becomes_listed: bool = False


def take(kept: Thing, lost: Thing) -> Taken:
    """Fills `kept`, which the caller saves."""
    taken = Taken()
    if isinstance(kept, Named) and isinstance(lost, Named):
        _take_names(kept, lost, taken)
    if isinstance(kept, Talk) and isinstance(lost, Talk):
        taken.becomes_listed = lost.listed and not kept.listed
        kept.listed = kept.listed or lost.listed
        kept.former_uids = [*kept.former_uids, str(lost.uid), *lost.former_uids]
    for names in columns_of(type(kept)):
        _take_columns(kept, lost, names, taken)
    return taken


def columns_of(kind: type[models.Model]) -> list[tuple[str, ...]]:
    """The facts of this kind that are filled, each with those that belong to it."""
    grouped = {name: names for names in TOGETHER.get(kind, ()) for name in names}
    columns = (one.attname for one in kind._meta.concrete_fields if _is_fact(one))
    return list(dict.fromkeys(grouped.get(name, (name,)) for name in columns))


def _is_fact(column: Field) -> bool:
    return column.editable and not column.primary_key and column.name not in _ELSEWHERE


def _take_names(kept: Named, lost: Named, taken: Taken) -> None:
    """Every spelling stays findable. A name in the other script becomes the other name where there is none yet."""
    other_script = (name for name in (lost.name, lost.other_name) if name and has_hangul(name) != has_hangul(kept.name))
    other_name = "" if kept.other_name else next(other_script, "")
    if other_name:
        kept.other_name = taken.filled["other_name"] = other_name
    known = set(kept.spellings())
    taken.spellings = [spelling for spelling in lost.spellings() if spelling not in known]
    kept.aka = "\n".join([*kept.aka.splitlines(), *taken.spellings])


def _take_columns(kept: Any, lost: Any, names: tuple[str, ...], taken: Taken) -> None:
    if _is_empty(kept, names) and not _is_empty(lost, names) and _fits(kept, lost, names):
        for name in names:
            setattr(kept, name, getattr(lost, name))
            taken.filled[name] = getattr(lost, name)
    elif names == ("starts_at", "ends_at") and kept.starts_at == lost.starts_at and kept.ends_at is None:
        if lost.ends_at is not None:
            kept.ends_at = taken.filled["ends_at"] = lost.ends_at
    else:
        taken.differing += [name for name in names if _differs(getattr(kept, name), getattr(lost, name))]


def _is_empty(row: Any, names: Iterable[str]) -> bool:
    return all(getattr(row, name) in (None, "") for name in names)


def _differs(kept: Any, lost: Any) -> bool:
    return lost not in (None, "") and kept != lost


def _fits(kept: Any, lost: Any, names: tuple[str, ...]) -> bool:
    """A day and a time go together: one is not filled with another day's."""
    if "day_id" in names:
        return kept.starts_at in (None, lost.starts_at) or _is_on(kept, kept.starts_at, lost)
    if "starts_at" in names:
        return kept.day_id in (None, lost.day_id) or _is_on(kept, lost.starts_at, kept)
    return True


def _is_on(talk: Talk, moment: datetime | None, dated: Talk) -> bool:
    if moment is None or dated.day is None:
        return False
    return programme_date(moment, talk.conference.zone) == dated.day.date
