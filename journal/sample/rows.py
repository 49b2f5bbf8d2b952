"""Many rows at once, with the columns that saving one at a time would have filled in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any, TypeVar

from django.db import models

from events.models.naming import Named
from events.names import clean_line, clean_text, sort_key

Row = TypeVar("Row", bound=models.Model)
NamedRow = TypeVar("NamedRow", bound=Named)

_AT_ONCE = 2000


def named(row: NamedRow) -> NamedRow:
    """The row with its names in one form and its place in the alphabet, as `Named.save` leaves them."""
    row.name, row.other_name, row.aka = clean_line(row.name), clean_line(row.other_name), clean_text(row.aka)
    row.sort_key = sort_key(row.name)
    return row


def store(model: type[Row], rows: Iterable[Row]) -> int:
    """Inserts them in batches and gives them their keys; how many there were."""
    count, waiting = 0, iter(rows)
    while batch := list(islice(waiting, _AT_ONCE)):
        model._default_manager.bulk_create(batch, batch_size=_AT_ONCE)
        count += len(batch)
    return count


@contextmanager
def moments_kept(*columns: tuple[type[models.Model], str]) -> Iterator[None]:
    """Inside, `auto_now` and `auto_now_add` columns keep the moments that the rows bring: a sample has a past."""
    fields: list[Any] = [model._meta.get_field(name) for model, name in columns]
    before = [(field.auto_now, field.auto_now_add) for field in fields]
    for field in fields:
        field.auto_now = field.auto_now_add = False
    try:
        yield
    finally:
        for field, (auto_now, auto_now_add) in zip(fields, before, strict=True):
            field.auto_now, field.auto_now_add = auto_now, auto_now_add
