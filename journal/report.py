"""The trip report in timeline order: what a reader may see, and how much was left out.

Off-record passages never leave (design, section 3), and encounters are always private: the report names how many of
each it left out, so that its owner is not surprised by what a printed page lacks.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from journal.book import Book
from journal.markdown import Audience, gather, has_private
from journal.models import Entry
from journal.timeline import Item, TimelineDay, timeline


@dataclass(frozen=True)
class Choices:
    """What the owner wants in: encounters only when asked for."""

    encounters: bool = False

    @classmethod
    def from_query(cls, query: QueryDict) -> Choices:
        """Read from the address."""
        return cls(encounters=query.get("encounters") == "1")


@dataclass(frozen=True)
class Report:
    """The days that have something to tell, and what was left out of them."""

    days: list[TimelineDay]
    off_record: int
    encounters: int


def report_of(book: Book, choices: Choices) -> Report:
    """The book as a report."""
    days = timeline(book)
    withheld = withheld_pictures(book)
    for day in days:
        day.items = _told(day.items, choices, withheld)
    return Report(
        days=[day for day in days if day.items or day.log],
        off_record=sum(has_private(entry.text) for entry in book.entries),
        encounters=0 if choices.encounters else len(book.of_kind(Entry.Kind.ENCOUNTER)),
    )


def withheld_pictures(book: Book) -> set[str]:
    """The uids of pictures that stand in an off-record passage: what is used only there goes with it."""
    withheld: set[str] = set()
    for entry in book.entries:
        if has_private(entry.text):
            open_ones = gather(entry.text, audience=Audience.OTHERS).pictures
            withheld |= set(gather(entry.text, audience=Audience.OWNER).pictures) - set(open_ones)
    return withheld


def _told(items: list[Item], choices: Choices, withheld: set[str]) -> list[Item]:
    told = []
    for item in items:
        if item.kind == Entry.Kind.ENCOUNTER and not choices.encounters:
            continue
        item.below = _told(item.below, choices, withheld)
        item.photos = [photo for photo in item.photos if str(photo.uid) not in withheld]
        if _says_something(item):
            told.append(item)
    return told


def _says_something(item: Item) -> bool:
    """Something is left of it, and it is no entry that was begun and never filled."""
    if item.kind == "photo":
        return bool(item.photos)
    if item.kind == "talk":
        return bool(item.below or item.photos or item.mark)
    return item.entry is None or bool(item.photos) or not is_bare(item.entry)


def is_bare(entry: Entry) -> bool:
    """Nothing but its kind is known."""
    details = entry.details
    fields = [field for field in details._meta.concrete_fields if not field.primary_key] if details else []
    told = any(getattr(details, field.attname) not in ("", None, field.get_default()) for field in fields)
    return not (told or entry.title or entry.text.strip() or entry.rating)
