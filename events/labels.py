"""How a row of the world is named where somebody has to choose it from among others of its kind."""

from __future__ import annotations

from typing import Any

from django.db import models

from events.models import Conference, Day, Room, Talk
from events.models.naming import Named
from events.moments import date_short


def label_of(row: models.Model) -> str:
    """The row in words that tell it apart; one of another kind as it names itself. Needs what `with_labels` reads."""
    if isinstance(row, Talk):
        return f"{row.display_title()} · {label_of(row.conference)}"
    if isinstance(row, Day):
        return f"{date_short(row.date)} · {label_of(row.conference)}"
    if isinstance(row, Room):
        return f"{row.name} · {label_of(row.conference)}"
    if isinstance(row, Conference):
        year = str(row.year)
        return row.both_names() if year in row.both_names() else f"{row.both_names()} · {year}"
    return row.both_names() if isinstance(row, Named) else str(row)


def with_labels(rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """`rows` with what their labels say: at most one query more, however many there are."""
    if rows.model is Talk:
        return rows.with_speakers()  # type: ignore[attr-defined]
    return rows.select_related("conference") if rows.model in {Day, Room} else rows
