"""What a merge would do, told before it is done; and whether it may be done at all."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Func, IntegerField, Subquery
from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from events.access import may_change
from events.models import Day, Merge, Talk
from events.moments import moment
from events.moments.dates import date_long
from events.querysets import Person
from events.services.merging.facts import Thing, take
from events.services.merging.joining import facts_of, is_of_the_world
from events.services.merging.references import Reference, count_joined, references_to


class Count(NamedTuple):
    """So many rows of a kind, of everyone's: numbers tell nobody what is in them."""

    label: str
    number: int


class Fact(NamedTuple):
    """A fact of the kept row and the one of another, as people read them."""

    label: str
    kept: str
    other: str


@dataclass(frozen=True)
class Plan:
    """What will move, what the kept row gets, where the two differ, and which addresses will lead on."""

    kept: Thing
    lost: list[Thing]
    moving: list[Count]
    joining: list[Count]
    filled: list[Fact] = field(default_factory=list)
    differing: list[Fact] = field(default_factory=list)
    spellings: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    becomes_listed: bool = False
    shows_more: bool = False
    # Changes with anything of the world that the plan is about, not with what people write meanwhile.
    fingerprint: str = ""


def plan_merge(*, keep: Thing, lose: Sequence[Thing], by: Person) -> Plan:
    """The preview. Raises ValidationError and PermissionDenied as `merge` would."""
    kept, *lost = rows_to_merge(type(keep), [keep.pk, *(row.pk for row in lose)], by)
    return plan_of(kept, lost)


def plan_of(kept: Thing, lost: list[Thing]) -> Plan:
    """The plan for rows that have been checked: a query for all counts, and one for each rule of what is there once."""
    references = references_to(type(kept))
    counts = _counts(references, kept, lost)
    joining = {reference: count_joined(reference, [kept, *lost]) for reference in references if reference.rules()}
    after = copy.copy(kept)
    taken = [(row, take(after, row)) for row in lost]
    becomes_listed = any(one.becomes_listed for _row, one in taken)
    everyones = type(kept)._default_manager.visible_to(AnonymousUser()).filter(pk__in=[row.pk for row in (kept, *lost)])
    return Plan(
        kept=kept,
        lost=lost,
        moving=_shown_counts(counts),
        joining=_shown_counts(joining),
        filled=[_fact(kept, row, name, value) for row, one in taken for name, value in one.filled.items()],
        differing=[_fact(kept, row, name) for row, one in taken for name in one.differing],
        spellings=[spelling for _row, one in taken for spelling in one.spellings],
        addresses=[row.get_absolute_url() for row in lost],
        becomes_listed=becomes_listed,
        shows_more=not becomes_listed and 0 < everyones.count() < 1 + len(lost),
        fingerprint=_fingerprint([kept, *lost], counts),
    )


def rows_to_merge(kind: type[Any], keys: Sequence[int], by: Person, *, lock: bool = False) -> list[Any]:
    """The rows in the order of the keys; raises ValidationError for what cannot be merged, PermissionDenied for what
    this person may see and not change. With `lock`, nobody else merges them meanwhile."""
    if len(keys) < 2 or len(set(keys)) < len(keys):
        raise ValidationError(_("Choose two different ones: nothing is merged with itself."), code="itself")
    if lock:
        list(kind._default_manager.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
    rows = kind._default_manager.visible_to(by).filter(pk__in=keys)
    if kind is Talk:
        rows = rows.with_speakers()
    found = {row.pk: row for row in rows}
    if len(found) < len(keys):
        raise ValidationError(_("One of these is not there any more. Perhaps it has been merged already."), code="gone")
    if not all(may_change(by, row) for row in found.values()):
        raise PermissionDenied
    if kind is Talk and len({row.conference_id for row in found.values()}) > 1:
        sentence = _("Talks of two conferences stay two talks: only those of one can be merged.")
        raise ValidationError(sentence, code="two")
    return [found[key] for key in keys]


def _counts(references: list[Reference], kept: Thing, lost: list[Thing]) -> dict[Reference, int]:
    """How many rows point at the lost ones, of everyone's; all in one query."""
    numbers = {f"n{index}": Subquery(_number(one, lost)) for index, one in enumerate(references)}
    found = type(kept)._default_manager.filter(pk=kept.pk).values_list(*numbers.values())[0] if numbers else ()
    return dict(zip(references, found, strict=True))


def _number(reference: Reference, lost: list[Thing]) -> models.QuerySet[Any, Any]:
    counted = Func(F("pk"), function="COUNT", output_field=IntegerField())
    return reference.to(*lost).order_by().annotate(number=counted).values("number")


def _shown_counts(counts: dict[Reference, int]) -> list[Count]:
    shown = ((reference, number) for reference, number in counts.items() if number and reference.model is not Merge)
    return [Count(capfirst(reference.label), number) for reference, number in shown]


def _fact(kept: Thing, lost: Thing, name: str, value: Any = None) -> Fact:
    """`value` is what is filled in, where it is words: the name of one may become the other name of the other."""
    column = kept._meta.get_field(name)
    label = capfirst(str(getattr(column, "verbose_name", name)))
    other = value if isinstance(value, str) and not getattr(column, "choices", None) else _words(lost, column)
    return Fact(label, _words(kept, column), other)


def _words(row: Any, column: Any) -> str:
    """A fact as people read it; a moment by the conference's clocks."""
    value = getattr(row, column.name)
    if value in (None, ""):
        return ""
    if column.choices:
        return str(getattr(row, f"get_{column.name}_display")())
    if isinstance(value, Day):
        return date_long(value.date)
    if isinstance(column, models.DateTimeField):
        return moment(value, row.conference.zone)
    return str(value) if isinstance(value, str | models.Model) else str(formats.localize(value))


def _fingerprint(rows: list[Thing], counts: dict[Reference, int]) -> str:
    pointing = [[str(one), number] for one, number in counts.items() if is_of_the_world(one.model)]
    told = json.dumps([[facts_of(row) for row in rows], pointing], cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:32]
