"""Every row of a person's book as JSON, column by column, so that a column made later is in it too.

The world's rows are in it as far as the book refers to them or they are the person's own, and the person may see them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import Model, Q, QuerySet

from events.models import Appearance, Conference, Day, Link, Room, Series, Speaker, Talk, Venue
from journal import access
from journal.models import Attendance, DayLog, Encounter, Entry, Mark, Meal, Photo, Revision, Swag
from journal.takeaway.archive import Member

FORMAT = "lanyard-journal"
VERSION = 1
BATCH = 500
# Texts may be long: fewer of them at a time.
TEXTS = 50
# Whose row it is says the file as a whole; who else added something is nobody's business. The rest are sort orders,
# and names of files on the server.
LEFT_OUT = {"owner_id", "person_id", "added_by_id", "sort_key", "file", "widths", "demo"}


def rows_member(person: User, paths: dict[UUID, str]) -> Member:
    """journal.json: one object, a list for each kind of row, one row a line."""
    return Member("journal.json", (text.encode() for text in _whole(person, paths)))


def history_members(person: User) -> Iterator[Member]:
    """history/2022.jsonl: what was saved in that year (UTC), one version a line, in the order of saving."""
    revisions = Revision.objects.of(person)
    for year in sorted({moment.year for moment in revisions.datetimes("saved_at", "year", tzinfo=UTC)}):
        of_year = revisions.filter(saved_at__gte=_begin(year), saved_at__lt=_begin(year + 1))
        lines = (_line(_values(row)) + "\n" for row in in_batches(of_year))
        yield Member(f"history/{year}.jsonl", (line.encode() for line in lines))


def _begin(year: int) -> datetime:
    return datetime(year, 1, 1, tzinfo=UTC)


def _whole(person: User, paths: dict[UUID, str]) -> Iterator[str]:
    preferences = access.preferences(person)
    head = {
        "format": FORMAT,
        "version": VERSION,
        "person": {name: getattr(person, name) for name in ("username", "first_name", "last_name", "email")},
        "preferences": _values(preferences),
    }
    yield "{\n"
    for name, value in head.items():
        yield f"{_line(name)}: {_line(value)},\n"
    for number, (name, rows) in enumerate({**_world(person), **_book(person)}.items()):
        yield f"{',' if number else ''}{_line(name)}: ["
        for place, row in enumerate(in_batches(rows)):
            yield f"{',' if place else ''}\n{_line(_described(row, paths))}"
        yield "\n]\n"
    yield "}\n"


def _book(person: User) -> dict[str, QuerySet[Any]]:
    return {
        "attendances": Attendance.objects.of(person),
        "day_logs": DayLog.objects.of(person),
        "marks": Mark.objects.of(person),
        "entries": Entry.objects.of(person),
        "meals": Meal.objects.filter(entry__owner=person),
        "swag": Swag.objects.filter(entry__owner=person),
        "encounters": Encounter.objects.filter(entry__owner=person),
        "photos": Photo.objects.of(person),
    }


def conferences_of(person: User) -> QuerySet[Conference]:
    """Those that the book speaks of, and the person's own unlisted ones, as far as they are visible."""
    mentioned = Q(pk__in=Talk.objects.filter(_of_interest(person, "talk")).values("conference"))
    for model in (Entry, Photo, Attendance):
        mentioned |= Q(pk__in=_pointed_at(model, person, "conference"))
    mentioned |= Q(pk__in=DayLog.objects.of(person).values("day__conference"))
    mentioned |= Q(pk__in=_pointed_at(Photo, person, "day__conference"))
    own = Q(added_by=person, listed=False)
    return Conference.objects.visible_to(person).filter(mentioned | own)


def _world(person: User) -> dict[str, QuerySet[Any]]:
    conferences = conferences_of(person).values("pk")
    own_talk = Q(added_by=person, listed=False)
    talks = Talk.objects.visible_to(person).filter(_of_interest(person, "talk") | own_talk)
    days = Day.objects.visible_to(person).filter(conference__in=conferences)
    appearances = Appearance.objects.visible_to(person).filter(talk__in=talks.values("pk"))
    rooms = Room.objects.visible_to(person).filter(
        Q(pk__in=talks.values("room")) | Q(pk__in=_pointed_at(Entry, person, "room")) | Q(conference__added_by=person)
    )
    speakers = Speaker.objects.visible_to(person).filter(
        _of_interest(person, "speaker") | Q(pk__in=appearances.values("speaker")) | Q(added_by=person)
    )
    in_days_and_rooms = Q(pk__in=days.values("venue")) | Q(pk__in=rooms.values("venue"))
    venues = Venue.objects.visible_to(person).filter(
        _of_interest(person, "venue") | in_days_and_rooms | Q(added_by=person)
    )
    of_these = Q(talk__in=talks.values("pk")) | Q(speaker__in=speakers.values("pk")) | Q(conference__in=conferences)
    return {
        "series": Series.objects.visible_to(person).filter(editions__in=conferences).distinct(),
        "conferences": conferences_of(person),
        "days": days,
        "venues": venues,
        "rooms": rooms,
        "speakers": speakers,
        "talks": talks,
        "appearances": appearances,
        "links": Link.objects.visible_to(person).filter(of_these),
    }


def _of_interest(person: User, kind: str) -> Q:
    """Named by an entry or a picture; a talk also by a mark or as the highlight of a day."""
    found = Q(pk__in=_pointed_at(Entry, person, kind)) | Q(pk__in=_pointed_at(Photo, person, kind))
    if kind == "talk":
        found |= Q(pk__in=_pointed_at(Mark, person, kind)) | Q(pk__in=_pointed_at(DayLog, person, "highlight_talk"))
    return found


def _pointed_at(model: Any, person: User, column: str) -> QuerySet[Any]:
    return model.objects.of(person).exclude(**{column: None}).values(column)


def in_batches(rows: QuerySet[Any]) -> Iterator[Any]:
    """Rows by key. No cursor stays open meanwhile: whoever reads slowly keeps no transaction of the database."""
    size = TEXTS if rows.model in (Entry, Revision) else BATCH
    ordered, last = rows.order_by("pk"), None
    while batch := list(ordered[:size] if last is None else ordered.filter(pk__gt=last)[:size]):
        yield from batch
        last = batch[-1].pk


def _described(row: Model, paths: dict[UUID, str]) -> dict[str, Any]:
    values = _values(row)
    if isinstance(row, Photo):
        values["path"] = paths.get(row.uid)
    return values


def _values(row: Model) -> dict[str, Any]:
    names: Iterable[str] = (field.attname for field in row._meta.concrete_fields)
    return {name: getattr(row, name) for name in names if name not in LEFT_OUT}


def _line(value: Any) -> str:
    """On one line, with sorted keys: one of our databases keeps the order of a JSON object, the other does not."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=_plain)


def _plain(value: Any) -> Any:
    """Moments in UTC, exact numbers and identifiers as text."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (UUID, Decimal)):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in journal.json yet.")
