"""How a page obtains a thing of the world: fetching is checking.

What a person may not see is 404; what one may see and not change is 403. A former slug raises `Moved`, which
`events.middleware.MovedAddress` turns into a redirect that keeps the rest of the address.
"""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404

from events.models import Conference, Day, FormerSlug, Room, Series, Speaker, Talk, Venue
from events.querysets import Person


class Moved(Exception):
    """The slug in the address is a former one; `kwargs` are the URL's arguments that have changed."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(kwargs)
        self.kwargs = kwargs


def conference(person: Person, year: int, slug: str) -> Conference:
    """The conference at this address, with its series; raises Http404 or Moved."""
    visible = Conference.objects.visible_to(person).select_related("series")
    return _find(visible, Conference, slug, {"year": year}, {"year": year})


def day(person: Person, year: int, slug: str, on: date) -> Day:
    """The conference's day of this date, with conference and venue."""
    of = conference(person, year, slug)
    found = Day.objects.select_related("venue").filter(conference=of, date=on).first()
    if found is None:
        raise Http404
    found.conference = of
    return found


def talk(person: Person, year: int, slug: str, talk_slug: str) -> Talk:
    """The talk at this address, with speakers, day, room, conference and series: two queries."""
    visible = Talk.objects.visible_to(person).with_speakers()
    found = visible.filter(conference__year=year, conference__slug=slug, slug=talk_slug).first()
    if found is not None:
        return found
    of = conference(person, year, slug)
    return _find(visible.filter(conference=of), Talk, talk_slug, {}, {"scope": of}, argument="talk_slug")


def speaker(person: Person, slug: str) -> Speaker:
    """The speaker at this address."""
    return _find(Speaker.objects.visible_to(person), Speaker, slug, {}, {})


def venue(person: Person, slug: str) -> Venue:
    """The venue at this address."""
    return _find(Venue.objects.visible_to(person), Venue, slug, {}, {})


def series(person: Person, slug: str) -> Series:
    """The series at this address."""
    return _find(Series.objects.visible_to(person), Series, slug, {}, {})


def may_change(person: Person, thing: Conference | Day | Room | Talk | Speaker | Venue | Series) -> bool:
    """Who added it, who added its conference, and staff; of a thing that this person can see."""
    if getattr(person, "is_staff", False):
        return True
    if person.pk is None or isinstance(thing, Series):
        return False
    if isinstance(thing, Day | Room):
        return thing.conference.added_by_id == person.pk
    if isinstance(thing, Talk) and thing.conference.added_by_id == person.pk:
        return True
    return thing.added_by_id == person.pk


Thing = TypeVar("Thing", Conference, Day, Room, Talk, Speaker, Venue, Series)


def to_change(person: Person, thing: Thing) -> Thing:
    """`thing`, or PermissionDenied where this person may see and not change it."""
    if not may_change(person, thing):
        raise PermissionDenied
    return thing


def _find(
    visible: QuerySet[Any],
    kind: type[Model],
    slug: str,
    filters: dict[str, Any],
    scope: dict[str, Any],
    argument: str = "slug",
) -> Any:
    """The visible row of this slug; raises Moved for a former slug of a visible row, else Http404."""
    found = visible.filter(slug=slug, **filters).first()
    if found is not None:
        return found
    former = FormerSlug.objects.leading_to(kind, slug, **scope).values_list(f"{kind._meta.model_name}", flat=True)
    target = visible.filter(pk__in=former).first()
    if target is None:
        raise Http404
    if isinstance(target, Conference):
        raise Moved(slug=target.slug, year=target.year)
    raise Moved(**{argument: target.slug})
