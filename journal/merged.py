"""What two marks that became one, because two talks did, could not hold together."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from journal import actions
from journal.models import Entry, Mark
from journal.subjects import Subject


def keep_what_did_not_fit(*, row: Model, left: dict[str, Any], **_signal: Any) -> bool:
    """Listens to `events.signals.row_could_not_hold`: other stars, and a verdict that had no room, become a note of the
    talk."""
    if not isinstance(row, Mark):
        return False
    rating, verdict = left.get("rating"), left.get("verdict", "")
    words = ["★" * rating + "☆" * (5 - rating) if rating else "", verdict]
    text = "\n\n".join(filter(None, words))
    if text:
        actions.write_entry(owner=row.owner, kind=Entry.Kind.NOTE, text=text, subject=Subject(talk=row.talk))
    return True
