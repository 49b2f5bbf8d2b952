"""What axe finds in Django's own admin, and why it is left: the one list. What it finds in ours is mended."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """A rule of axe's, where it is broken (a pattern that the place's selector holds), and why that is left."""

    rule: str
    places: re.Pattern[str]
    reason: str


FAULTS = [
    Fault(
        "aria-prohibited-attr",
        re.compile(r"\.help-tooltip"),
        "Django's SelectFilter2.js puts a question mark into the labels of a chooser, as a span with a label "
        "of its own and no role. What it says is read with the label all the same, it stands on the pages of accounts "
        "and groups only, and a change would mean a copy of that script.",
    ),
]


def unlisted(found: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """What is found, as rule and selector, and is not in the list."""
    return sorted(one for one in found if not any(_is(fault, *one) for fault in FAULTS))


def outlived(found: set[tuple[str, str]]) -> list[str]:
    """Faults of the list that are found no more."""
    return [fault.reason for fault in FAULTS if not any(_is(fault, *one) for one in found)]


def _is(fault: Fault, rule: str, place: str) -> bool:
    return fault.rule == rule and fault.places.search(place) is not None
