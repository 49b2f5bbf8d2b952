"""What points at a row of the world: every foreign key, found in the models and not in a list that could be forgotten.

Rows move by key, of whatever app they are, so that nothing here has to know anybody's book.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Q

from events.models import Link
from events.services.merging.joining import join

# Rows that would say the same twice though no constraint forbids it: a link of one address.
ONCE: dict[type[models.Model], tuple[str, ...]] = {Link: ("url",)}


class Reference(NamedTuple):
    """A foreign key of a model."""

    model: type[models.Model]
    column: str

    def to(self, *rows: models.Model) -> models.QuerySet[Any]:
        """The rows that point at any of these. The manager's own queryset, whose updates set programme stamps."""
        return self.model._default_manager.filter(**{f"{self.column}__in": [row.pk for row in rows]})

    def rules(self) -> list[tuple[tuple[str, ...], Q]]:
        """By what two rows of one thing cannot stand side by side: the other columns, and when it holds."""
        rules = [(fields, when) for fields, when in _unique_sets(self.model) if self.column in fields]
        if self.model in ONCE:
            rules.append(((self.column, *ONCE[self.model]), Q()))
        return [(tuple(name for name in fields if name != self.column), when) for fields, when in rules]

    @property
    def label(self) -> str:
        """For a person: "entries", "marks"."""
        return str(self.model._meta.verbose_name_plural)


def references_to(kind: type[models.Model]) -> list[Reference]:
    """Every foreign key to this kind, hidden ones and those of joining tables included."""
    relations = (
        relation
        for relation in kind._meta.get_fields(include_hidden=True)
        if isinstance(relation, models.ManyToOneRel) and relation.auto_created and not relation.concrete
    )
    return [Reference(relation.related_model, relation.field.name) for relation in relations]


@dataclass
class Moves:
    """What has moved: keys by reference, counts of rows that became one with another, facts of those of the world."""

    moved: dict[Reference, list[Any]] = field(default_factory=dict)
    joined: Counter[Reference] = field(default_factory=Counter)
    dropped: list[dict[str, Any]] = field(default_factory=list)


def move_references(kept: models.Model, lost: models.Model) -> Moves:
    """Lets everything that points at `lost` point at `kept`; rows that cannot stand side by side become one."""
    moves = Moves()
    for reference in references_to(type(kept)):
        for names, when in reference.rules():
            for stays, goes in _pairs(reference, names, when, kept, lost):
                moves.dropped += join(reference.column, stays, goes, move_references)
                moves.joined[reference] += 1
        keys = list(reference.to(lost).order_by("pk").values_list("pk", flat=True))
        if keys:
            reference.to(lost).update(**{reference.column: kept.pk})
            moves.moved[reference] = keys
    return moves


def _pairs(
    reference: Reference, names: tuple[str, ...], when: Q, kept: models.Model, lost: models.Model
) -> list[tuple[models.Model, models.Model]]:
    """Each row of `lost` with the row of `kept` beside which it cannot stand."""
    of_kept = _by_values(reference.to(kept).filter(when), names)
    of_lost = _by_values(reference.to(lost).filter(when), names)
    return [(of_kept[values][0], row) for values, rows in of_lost.items() if values in of_kept for row in rows]


def count_joined(reference: Reference, rows: Sequence[models.Model]) -> int:
    """How many rows will go up in others when `rows` become one thing. One query for each rule."""
    together = (_by_values(reference.to(*rows).filter(when), names) for names, when in reference.rules())
    return sum(len(group) - 1 for groups in together for group in groups.values())


def _by_values(rows: models.QuerySet[Any], names: tuple[str, ...]) -> dict[tuple[Any, ...], list[models.Model]]:
    """Rows by the values of these columns; where one is empty the rule does not hold."""
    found: dict[tuple[Any, ...], list[models.Model]] = {}
    for row in rows.order_by("pk"):
        values = tuple(getattr(row, row._meta.get_field(name).attname) for name in names)
        if None not in values:
            found.setdefault(values, []).append(row)
    return found


def _unique_sets(model: type[models.Model]) -> Iterator[tuple[tuple[str, ...], Q]]:
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and constraint.fields:
            yield tuple(constraint.fields), constraint.condition or Q()
    for fields in model._meta.unique_together:
        yield tuple(fields), Q()
    for column in model._meta.concrete_fields:
        if column.unique:
            yield (column.name,), Q()
