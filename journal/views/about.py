"""The subject that an address names: ?conference=2022/samsung-ai-forum&talk=…, as every page's add buttons do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from django.http import Http404, QueryDict

from events import access as world
from events.access import Moved
from events.querysets import Person
from journal.subjects import Subject

Thing = TypeVar("Thing")


def subject_named(person: Person, query: QueryDict) -> Subject | None:
    """What the query names, each part looked up as what this person may see (else Http404); None where it names none.

    `conference` is year/slug, `day` and `on` are ISO dates, `talk`, `speaker` and `venue` are slugs.
    """
    asked = {name: query.get(name, "") for name in ("conference", "day", "talk", "speaker", "venue", "on")}
    names = {name: str(value) for name, value in asked.items() if value}
    if any("\0" in name for name in names.values()):
        raise Http404  # PostgreSQL takes it in no comparison
    if not names:
        return None
    parts: dict[str, Any] = {}
    if "conference" in names:
        parts |= _within(person, *_address(names["conference"]), names)
    elif "day" in names or "talk" in names:
        raise Http404
    if "speaker" in names:
        parts["speaker"] = _found(world.speaker, person, slug=names["speaker"])
    if "venue" in names:
        parts["venue"] = _found(world.venue, person, slug=names["venue"])
    if "on" in names:
        parts["on"] = _date(names["on"])
    return Subject(**parts)


def _within(person: Person, year: int, slug: str, names: dict[str, str]) -> dict[str, Any]:
    """The conference, and the day and talk of it."""
    conference = _found(world.conference, person, year=year, slug=slug)
    address = {"year": conference.year, "slug": conference.slug}
    parts: dict[str, Any] = {"conference": conference}
    if "talk" in names:
        parts["talk"] = _found(world.talk, person, **address, talk_slug=names["talk"])
    if "day" in names:
        parts["day"] = _found(world.day, person, **address, on=_date(names["day"]))
    return parts


def _found(find: Callable[..., Thing], person: Person, **names: Any) -> Thing:
    """The thing, also under a former slug: the address of this page stays as it is."""
    try:
        return find(person, **names)
    except Moved as moved:
        return find(person, **{**names, **moved.kwargs})


def _address(value: str) -> tuple[int, str]:
    year, slash, slug = value.partition("/")
    if not (slash and year.isdecimal() and len(year) == 4):
        raise Http404
    return int(year), slug


def _date(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise Http404 from None
