"""The days of a book in the order things happened: the read model of the main page.

Most things have no clock time, only a sequence. An item's place is a number of minutes after the midnight with which
its day began, in the conference's zone: the order given by hand, else its time, else the usual hour of its part of the
day or of its meal, else the moment it was written (on that very day), else the day's end. What is about a talk hangs
below the talk.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from operator import attrgetter
from zoneinfo import ZoneInfo

from events.models import Day, Talk
from journal.book import Book
from journal.models import DayLog, Entry, Mark, Photo

# A journal of more things than this is read a day at a time: nobody scrolls through more, and no phone likes to lay it
# out.
LONG = 120
END_OF_DAY = 30 * 60.0  # 06:00 of the next morning, after every party
PARTS = {
    Entry.Part.MORNING: 10 * 60.0,
    Entry.Part.LUNCH: 12.5 * 60,
    Entry.Part.AFTERNOON: 15 * 60.0,
    Entry.Part.EVENING: 19.5 * 60,
}
OCCASIONS = {
    "breakfast": 8 * 60.0,
    "coffee": 10.5 * 60,
    "lunch": 12.5 * 60,
    "snack": 15.5 * 60,
    "dinner": 18.5 * 60,
    "banquet": 19 * 60.0,
    "drinks": 21 * 60.0,
}


@dataclass
class Item:
    """One thing on the spine: an entry, a talk with what was written on it, a picture, an arrival or a departure."""

    kind: str
    position: float
    at: datetime | None = None
    about: bool = False
    entry: Entry | None = None
    photos: list[Photo] = field(default_factory=list)
    talk: Talk | None = None
    mark: Mark | None = None
    below: list[Item] = field(default_factory=list)


@dataclass
class TimelineDay:
    """A date with what happened on it; `day` is None before the first day, after the last, and for `on` None: things of
    the conference as a whole."""

    on: date | None
    day: Day | None = None
    log: DayLog | None = None
    items: list[Item] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What an address calls it."""
        return self.on.isoformat() if self.on else "whole"


def timeline(book: Book) -> list[TimelineDay]:
    """Every date that has something, the conference's own days always; what has no date at all comes last."""
    days = {day.date: TimelineDay(day.date, day, book.logs.get(day.pk)) for day in book.days}
    whole = TimelineDay(None)
    for on, item in _items(book):
        home = whole if on is None else days.setdefault(on, TimelineDay(on))
        home.items.append(item)
    ordered = [days[on] for on in sorted(days)]
    for day in ordered:
        day.items += _comings_and_goings(day, book.conference.zone)
    for day in (*ordered, whole):
        day.items.sort(key=attrgetter("position"))
    return [*ordered, whole] if whole.items else ordered


def timeline_of(book: Book, day: Day) -> TimelineDay:
    """One conference day."""
    return next(found for found in timeline(book) if found.day is not None and found.day.pk == day.pk)


@dataclass(frozen=True)
class Opened:
    """A timeline as a page shows it: every day, or of a long one a day at a time. `shown` is None for all of them."""

    days: list[TimelineDay]
    shown: TimelineDay | None

    @property
    def visible(self) -> list[TimelineDay]:
        """The days that are spread out."""
        return self.days if self.shown is None else [self.shown]

    @property
    def is_long(self) -> bool:
        """Whether it is read a day at a time unless somebody asks for all."""
        return sum(len(day.items) for day in self.days) > LONG


def open_on(days: list[TimelineDay], wanted: str, *, today: date) -> Opened:
    """`wanted` is a date, `whole` for what has none, or `all`; else a long one opens on today, or where it begins."""
    by_name = {day.name: day for day in days}
    whole = Opened(days, None)
    if wanted in by_name:
        return Opened(days, by_name[wanted])
    if wanted == "all" or not whole.is_long:
        return whole
    filled = [day for day in days if day.items] or days
    return Opened(days, by_name.get(today.isoformat()) or filled[0])


def entry_position(entry: Entry, zone: ZoneInfo) -> float:
    """Where an entry stands in its day."""
    if entry.order is not None:
        return entry.order
    on = entry.counted_on  # type: ignore[attr-defined]
    if entry.at is not None:
        return _minutes(entry.at, on, zone)
    usual = PARTS.get(entry.part) or _usual_hour(entry)  # type: ignore[call-overload]
    if usual is not None:
        return usual
    written = _minutes(entry.created, on, zone)
    return written if on and 0 <= written < END_OF_DAY else END_OF_DAY


def orders_after_move(day: TimelineDay, entry: Entry, *, up: bool) -> dict[int, float]:
    """The orders to set, by entry, so that this one stands one place earlier or later among what is beside it.

    Things with a clock of their own (talks, arrivals) do not move; entries that would tie are set a little apart.
    """
    row = _row_of(day.items, entry)
    index = next((place for place, item in enumerate(row) if item.entry and item.entry.pk == entry.pk), None)
    target = index + (-1 if up else 1) if index is not None else -1
    if index is None or not 0 <= target < len(row):
        return {}
    moved = row.pop(index)
    row.insert(target, moved)
    before = row[target - 1].position if target > 0 else row[target + 1].position - 20
    after = row[target + 1].position if target + 1 < len(row) else before + 20
    moved.position = (before + after) / 2
    return {entry.pk: moved.position} | _kept_apart(row)


def _row_of(items: list[Item], entry: Entry) -> list[Item]:
    """The items among which the entry stands: those of the day, or those below its talk."""
    for item in items:
        if item.below and any(below.entry and below.entry.pk == entry.pk for below in item.below):
            return list(item.below)
    return list(items)


def _kept_apart(row: list[Item]) -> dict[int, float]:
    changed = {}
    last = float("-inf")
    for item in row:
        if item.position <= last and item.entry is not None:
            item.position = last + 0.01
            changed[item.entry.pk] = item.position
        last = max(last, item.position)
    return changed


def _items(book: Book) -> list[tuple[date | None, Item]]:
    zone = book.conference.zone
    items: list[tuple[date | None, Item]] = [
        (entry.counted_on, _entry_item(book, entry, zone))  # type: ignore[attr-defined]
        for entry in book.entries
        if entry.talk_id not in book.talks
    ]
    items += [_talk_item(book, talk, zone) for talk in book.talks.values() if _happened(book, talk)]
    items += [
        _photo_item(photo, zone) for photo in book.photos if photo.entry_id is None and photo.talk_id not in book.talks
    ]
    return items


def _happened(book: Book, talk: Talk) -> bool:
    """Heard, or written about: what was only wanted or missed stands in the programme, not in what happened."""
    mark = book.marks.get(talk.pk)
    heard = mark is not None and mark.state in Mark.HEARD
    return heard or talk.pk in book.entries_of_talks or talk.pk in book.photos_of_talks


def _entry_item(book: Book, entry: Entry, zone: ZoneInfo) -> Item:
    return Item(
        entry.kind,
        entry_position(entry, zone),
        at=entry.at,
        about=entry.about,
        entry=entry,
        photos=book.photos_of_entries.get(entry.pk, []),
    )


def _talk_item(book: Book, talk: Talk, zone: ZoneInfo) -> tuple[date | None, Item]:
    below = [_entry_item(book, entry, zone) for entry in book.entries_of_talks.get(talk.pk, [])]
    below.sort(key=attrgetter("position"))
    on = talk.day.date if talk.day else next((_date_of(item) for item in below if _date_of(item)), None)
    if talk.starts_at is not None:
        position = _minutes(talk.starts_at, on, zone)
    else:
        position = min((item.position for item in below), default=END_OF_DAY)
    item = Item(
        "talk",
        position,
        at=talk.starts_at,
        talk=talk,
        mark=book.marks.get(talk.pk),
        below=below,
        photos=book.photos_of_talks.get(talk.pk, []),
    )
    return on, item


def _date_of(item: Item) -> date | None:
    return item.entry.counted_on if item.entry else None  # type: ignore[attr-defined]


def _photo_item(photo: Photo, zone: ZoneInfo) -> tuple[date | None, Item]:
    taken_on = photo.taken_at.astimezone(zone).date() if photo.taken_at else None
    on = photo.day.date if photo.day else taken_on
    position = END_OF_DAY
    if photo.order is not None:
        position = photo.order
    elif photo.taken_at is not None:
        position = _minutes(photo.taken_at, on, zone)
    return on, Item("photo", position, at=photo.taken_at, photos=[photo])


def _comings_and_goings(day: TimelineDay, zone: ZoneInfo) -> list[Item]:
    log = day.log
    if log is None:
        return []
    moments = [("arrival", log.arrived, log.arrived_about), ("departure", log.left, log.left_about)]
    return [Item(kind, _minutes(at, day.on, zone), at=at, about=about) for kind, at, about in moments if at is not None]


def _minutes(at: datetime, on: date | None, zone: ZoneInfo) -> float:
    """Minutes of the clock between the midnight of `on` and the moment; more than a day's after midnight."""
    clock = at.astimezone(zone)
    midnight = datetime.combine(on or clock.date(), time(), tzinfo=zone)
    return (clock.replace(tzinfo=None) - midnight.replace(tzinfo=None)) / timedelta(minutes=1)


def _usual_hour(entry: Entry) -> float | None:
    if entry.kind != Entry.Kind.MEAL:
        return None
    meal = getattr(entry, "meal", None)
    return OCCASIONS.get(meal.occasion) if meal else None
