"""Two rows of the world that are one thing become one: everything that points at the lost one points at the kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from events.models import FormerSlug, Merge, Speaker, Talk
from events.querysets import Person
from events.services.merging.facts import Taken, Thing, take
from events.services.merging.joining import facts_of
from events.services.merging.plan import Count, plan_of, rows_to_merge
from events.services.merging.references import Moves, Reference, move_references
from events.services.rows import delete_or_refuse, maker
from events.services.talks import forget_room


@dataclass
class MergeReport:
    """What a merge did, in numbers; `lost` are the names of then."""

    kept: Any
    lost: list[str] = field(default_factory=list)
    moved: Counter[Reference] = field(default_factory=Counter)
    joined: Counter[Reference] = field(default_factory=Counter)

    def counts(self) -> Iterator[Count]:
        """How many rows of each kind moved."""
        return (Count(capfirst(one.label), number) for one, number in self.moved.items() if one.model is not Merge)

    def joined_counts(self) -> Iterator[Count]:
        """How many rows of each kind went up in others."""
        return (Count(capfirst(one.label), number) for one, number in self.joined.items())


@transaction.atomic
def merge(*, keep: Thing, lose: Sequence[Thing], by: Person, seen: str = "") -> MergeReport:
    """Lets `lose` go up in `keep`: every row that points at them moves by key, their addresses lead on.

    Rows that cannot stand side by side become the fuller one (`joining`), empty facts are filled (`facts`); the
    caller's `keep` is brought up to date. Raises
    ValidationError with a sentence, and then has changed nothing: for a row with itself, for one that is gone, for
    talks of two conferences, and where `seen`, the fingerprint of a preview, is not that of now. PermissionDenied for
    rows that `by` sees and may not change.
    """
    kept, *lost = rows_to_merge(type(keep), [keep.pk, *(row.pk for row in lose)], by, lock=True)
    if seen and seen != plan_of(kept, lost).fingerprint:
        sentence = _("Something has changed since you looked. Look again and confirm once more.")
        raise ValidationError(sentence, code="changed")
    report = MergeReport(kept)
    for row in lost:
        _take_in(kept, row, by, report)
    keep.refresh_from_db()
    return report


def _take_in(kept: Any, lost: Any, by: Person, report: MergeReport) -> None:
    facts, key, room = facts_of(lost), lost.pk, getattr(lost, "room", None)
    report.lost.append(lost.display_title() if isinstance(lost, Talk) else str(lost))
    moves = move_references(kept, lost)
    taken = take(kept, lost)
    delete_or_refuse(lost.delete, _("Somebody has written about one of these just now. Try again."))
    kept.save()
    _lead_on(kept, facts["slug"])
    if room is not None and not facts["listed"]:
        forget_room(room, by)
    _remember(kept, key, facts, moves, taken, by)
    report.moved.update({reference: len(keys) for reference, keys in moves.moved.items()})
    report.joined.update(moves.joined)


def _lead_on(kept: Any, slug: str) -> None:
    """The lost address leads to the kept row, whatever it led to in former times; the kept row's own needs no help."""
    scope = kept.slug_scope()
    FormerSlug.objects.leading_to(type(kept), slug, **scope).delete()
    FormerSlug.objects.leading_to(type(kept), kept.slug, **scope).delete()
    kept.former_slugs.create(slug=slug, **scope)


def _remember(kept: Any, key: int, facts: dict[str, Any], moves: Moves, taken: Taken, by: Person) -> None:
    record = Merge(lost_key=key, facts=facts, merged_by=maker(by))
    setattr(record, kept._meta.model_name, kept)
    if isinstance(kept, Speaker):
        record.moved = _keys(moves)
        record.dropped = moves.dropped
        record.took = {"spellings": taken.spellings, "filled": taken.filled}
        _hand_on(moves, taken)
    record.save()


def _keys(moves: Moves) -> dict[str, dict[str, list[Any]]]:
    keys: dict[str, dict[str, list[Any]]] = {}
    for reference, moved in moves.moved.items():
        keys.setdefault(reference.model._meta.label, {})[reference.column] = moved
    return keys


def _hand_on(moves: Moves, taken: Taken) -> None:
    """What earlier merges brought to the lost row has come along as far as the kept one did not have it already."""
    came_along = [key for one, keys in moves.moved.items() if one.model is Merge for key in keys]
    for earlier in Merge.objects.filter(pk__in=came_along):
        took = earlier.took
        spellings = [spelling for spelling in took.get("spellings", []) if spelling in taken.spellings]
        filled = {name: value for name, value in took.get("filled", {}).items() if name in taken.filled}
        earlier.took = {"spellings": spellings, "filled": filled}
        earlier.save(update_fields=["took"])
