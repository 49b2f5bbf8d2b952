"""Finding a thing by what somebody typed, or making it: among what this person can see, and nothing else."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Max, Q, QuerySet

from events.models import Appearance, Conference, Room, Series, Speaker, Venue
from events.models.naming import Named
from events.names import clean_line, has_hangul, sort_key, unique_slug
from events.querysets import Person
from events.services.rows import checked, maker

_BOTH_NAMES = re.compile(r"(?P<name>[^()]+) ?\((?P<other>[^()]+)\)")

Thing = TypeVar("Thing", Series, Speaker, Venue)


def same_spelling(one: str, other: str) -> bool:
    """Whether the two differ in nothing but case, width of white space and Unicode form."""
    return _key(one) == _key(other)


def is_called(thing: Named, text: str) -> bool:
    """Whether `text` is one of its spellings, or both of its names as pages show them: 승현준 (Sebastian Seung)."""
    pairs = [f"{thing.name} ({thing.other_name})", f"{thing.other_name} ({thing.name})"] if thing.other_name else []
    return _key(text) in {_key(spelling) for spelling in (*thing.spellings(), *pairs)}


def find_speaker(
    *, person: Person, name: str, affiliation: str = "", conference: Conference | None = None
) -> Speaker | None:
    """The one visible speaker of this name in any spelling.

    Several of one name are told apart by who speaks at this conference, then by the affiliation, then by who was
    added by this person; None where that leaves more than one, or none at all.
    """
    found = _called(Speaker.objects.visible_to(person), name)
    seen = Appearance.objects.visible_to(person).filter(speaker__in=found)
    hints = (lambda: _at(seen, conference), lambda: _as(seen, affiliation), lambda: _own(found, person))
    for hint in hints:
        if len(found) > 1:
            likely = hint()
            found = [speaker for speaker in found if speaker.pk in likely] or found
    return found[0] if len(found) == 1 else None


@transaction.atomic
def find_or_make_speaker(
    *,
    person: Person,
    name: str,
    affiliation: str = "",
    conference: Conference | None = None,
    listed: bool = False,
) -> Speaker:
    """`find_speaker`, else a new one."""
    found = find_speaker(person=person, name=name, affiliation=affiliation, conference=conference)
    return found or make(Speaker(**_names(name), added_by=maker(person)), listed=listed)


@transaction.atomic
def find_or_make_venue(*, person: Person, name: str, current: Venue | None = None, listed: bool = False) -> Venue:
    """`current` if it is called that, else the one visible venue of this name, else a new one."""
    if current and is_called(current, name):
        return current
    return _only(_called(Venue.objects.visible_to(person), name)) or make(
        Venue(**_names(name), added_by=maker(person)), listed=listed
    )


@transaction.atomic
def find_or_make_series(*, person: Person, name: str, current: Series | None = None, listed: bool = False) -> Series:
    """`current` if it is called that, else the one visible series of this name, else a new one."""
    if current and is_called(current, name):
        return current
    return _only(_called(Series.objects.visible_to(person), name)) or make(Series(**_names(name)), listed=listed)


@transaction.atomic
def find_or_make_room(*, person: Person, conference: Conference, name: str, current: Room | None = None) -> Room:
    """`current` if it is called that, else the conference's first room of this name, else a new one behind the others.

    Rooms that only an unseen talk uses are not matched.
    """
    if current and same_spelling(current.name, name):
        return current
    rooms = Room.objects.visible_to(person).filter(conference=conference).order_by("position", "pk")
    found = next((room for room in rooms if same_spelling(room.name, name)), None)
    if found:
        return found
    last = conference.rooms.aggregate(last=Max("position"))["last"]
    room = checked(Room(conference=conference, name=name, position=0 if last is None else last + 1))
    room.save()
    return room


def _key(text: str) -> str:
    return unicodedata.normalize("NFC", clean_line(text).casefold())


def _names(text: str) -> dict[str, str]:
    """Both names out of "Sebastian Seung (승현준)"; else the one name. A bracket in one script is part of the name."""
    line = clean_line(text)
    both = _BOTH_NAMES.fullmatch(line)
    if both and has_hangul(both["name"]) != has_hangul(both["other"]):
        return {"name": both["name"].strip(), "other_name": both["other"].strip()}
    return {"name": line}


def _called(visible: QuerySet[Any], text: str) -> list[Any]:
    """Rows of which `text` is a spelling. The database narrows, Python decides: SQLite folds the case of ASCII only."""
    near = Q(pk__in=[])
    for name in {clean_line(text), *_names(text).values()}:
        near |= Q(sort_key=sort_key(name)) | Q(other_name__iexact=name) | Q(aka__icontains=name)
    return [thing for thing in visible.filter(near) if is_called(thing, text)]


def _only(found: list[Any]) -> Any:
    """The one there is; of several of one name none, because a wrong one would be worse than a second one."""
    return found[0] if len(found) == 1 else None


def _at(seen: QuerySet[Appearance], conference: Conference | None) -> set[int | None]:
    return set(seen.filter(talk__conference=conference).values_list("speaker", flat=True)) if conference else set()


def _as(seen: QuerySet[Appearance], affiliation: str) -> set[int | None]:
    if not affiliation.strip():
        return set()
    pairs = seen.values_list("speaker", "affiliation")
    return {speaker for speaker, then in pairs if same_spelling(then, affiliation)}


def _own(found: list[Speaker], person: Person) -> set[int | None]:
    return {speaker.pk for speaker in found if person.pk and speaker.added_by_id == person.pk}


def make(thing: Thing, *, listed: bool) -> Thing:
    """Saves it. Unless it is everyone's, its address ends in a short id, so that a taken one betrays nothing."""
    checked(thing)
    if not listed:
        siblings = thing.slug_siblings()
        thing.slug = unique_slug(thing.slug_base(), lambda slug: siblings.filter(slug=slug).exists(), unlisted=True)
    thing.save()
    return thing
