"""Two rows that cannot stand side by side become one, and nothing that was written is dropped.

The row that says more speaks first; what it leaves empty is filled from the other. Where both say something different,
texts are put together: with " / " in a line, with an empty line between them in a text. What then does not fit, and
what is no text (two ratings), is offered to whoever looks after such rows (`events.signals.row_could_not_hold`); text
that nobody keeps makes the merge fail.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from events.models import Merge
from events.signals import row_could_not_hold

BETWEEN_LINES = " / "
BETWEEN_TEXTS = "\n\n"

if TYPE_CHECKING:
    Field = models.Field[Any, Any]
else:
    Field = models.Field


def join(
    column: str, stays: models.Model, goes: models.Model, move: Callable[[models.Model, models.Model], object]
) -> list[dict[str, Any]]:
    """`goes` goes up in `stays`; `column` says what both are of. Returns what was dropped, for rows of the world."""
    values, left = together(column, stays, goes)
    dropped = {
        "model": goes._meta.label,
        "column": column,
        "row": facts_of(goes),
        "stays": stays.pk,
        "changed": {name: [getattr(stays, name), value] for name, value in values.items()},
    }
    move(stays, goes)
    goes.delete()
    if values:
        type(stays)._default_manager.filter(pk=stays.pk).update(**values)
    for name, value in values.items():
        setattr(stays, name, value)
    if left:
        _offer(stays, left)
    return [dropped] if is_of_the_world(type(stays)) else []


def is_of_the_world(model: type[models.Model]) -> bool:
    """Whether it is ours: of other rows nothing but keys is written down."""
    return model._meta.app_label == Merge._meta.app_label


def facts_of(row: models.Model) -> dict[str, Any]:
    """Every column as it stands."""
    return {field.attname: field.value_from_object(row) for field in row._meta.concrete_fields}


def together(column: str, stays: models.Model, goes: models.Model) -> tuple[dict[str, Any], dict[str, Any]]:
    """Values that change in `stays`, and those of either that do not fit in there, by column."""
    first, second = (goes, stays) if _fullness(goes) > _fullness(stays) else (stays, goes)
    values, left = {}, {}
    for field in _columns(stays, column):
        name = field.attname
        value, rest = _both(field, getattr(first, name), getattr(second, name))
        if value != getattr(stays, name):
            values[name] = value
        if rest is not None:
            left[name] = rest
    return values, left


def says_nothing(field: Field, value: Any) -> bool:
    """Empty, or what the column holds before anybody has said anything."""
    return value in (None, "", [], {}) or (field.has_default() and value == field.default)


def _columns(row: models.Model, but: str) -> list[Field]:
    return [
        field
        for field in row._meta.concrete_fields
        if field.editable and not field.primary_key and not field.unique and field.name != but
    ]


def _fullness(row: models.Model) -> Any:
    """How much it says: by its own measure where it has one, else by the number of columns that say something."""
    measure = getattr(row, "fullness", None)
    return measure() if measure else said(row)


def said(row: models.Model) -> int:
    """The number of columns that say something."""
    return sum(not says_nothing(field, getattr(row, field.attname)) for field in _columns(row, ""))


def _both(field: Field, first: Any, second: Any) -> tuple[Any, Any]:
    """One value for both, and the one of `second` where there is no room for it (None: there is)."""
    if says_nothing(field, first):
        return (first, None) if says_nothing(field, second) else (second, None)
    if says_nothing(field, second) or first == second:
        return first, None
    if not is_prose(field):
        return first, second
    joined = _joined(field, first, second)
    return (first, second) if joined is None else (joined, None)


def is_prose(field: Field) -> bool:
    """Whether people write words in it."""
    named = models.URLField | models.SlugField | models.EmailField
    return isinstance(field, models.CharField | models.TextField) and not isinstance(field, named) and not field.choices


def _joined(field: Field, first: str, second: str) -> str | None:
    """Both texts, or None where the column is too short for them."""
    if second in first or first in second:
        return max(first, second, key=len)
    between = BETWEEN_TEXTS if isinstance(field, models.TextField) else BETWEEN_LINES
    joined = f"{first}{between}{second}"
    return None if field.max_length and len(joined) > field.max_length else joined


def _offer(row: models.Model, left: dict[str, Any]) -> None:
    answers = row_could_not_hold.send(sender=type(row), row=row, left=left)
    kept = any(answer for _receiver, answer in answers)
    prose = {field.attname for field in row._meta.concrete_fields if is_prose(field)}
    if not kept and prose & left.keys():
        sentence = _("Two rows that would become one are too long to be put together. Shorten one of them first.")
        raise ValidationError(sentence, code="long")
