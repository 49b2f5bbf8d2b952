"""Completion within one conference: a talk's day and room are of the talk's own."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

# No key of a row is longer, and a longer number no database takes.
_MOST_DIGITS = 18


def key_of(text: str) -> int | None:
    """The key that an address or a form names; None where it is none."""
    return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else None


def of_the_conference(request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
    """`rows` of the conference that the asking select is within (`KnownSelect.within`); all of them elsewhere."""
    match = request.resolver_match
    conference = request.GET.get("conference", "")
    if match is None or match.url_name != "autocomplete" or not conference:
        return rows
    return rows.filter(conference=key_of(conference))
