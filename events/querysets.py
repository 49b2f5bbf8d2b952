"""Every read of the world that is used twice, in the domain's words.

`visible_to(person)` is the only way a page reads the catalogue (design, section 2): listed rows are everyone's on this
server, unlisted ones are their maker's, and days, rooms, appearances, links, speakers, venues and series follow what
names them.
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Count, Exists, F, Model, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from events.stamps import StampsProgramme

if TYPE_CHECKING:
    from events.models import (  # noqa: F401 -- named in quotes as what the querysets are of
        Appearance,
        Conference,
        Day,
        FormerSlug,
        Link,
        Room,
        Series,
        Speaker,
        Talk,
        Venue,
    )

Person = User | AnonymousUser


def listed_or_own(person: Person, path: str = "") -> Q:
    """Listed, or added by this person; `path` leads to the row that carries the two columns."""
    own = Q(**{f"{path}added_by": person.pk}) if person.pk else Q(pk__in=[])
    return Q(**{f"{path}listed": True}) | own


def talk_is_visible(person: Person, path: str = "") -> Q:
    """A talk shows where both it and its conference do."""
    return listed_or_own(person, path) & listed_or_own(person, f"{path}conference__")


def _added_by(person: Person) -> Q:
    return Q(added_by=person.pk) if person.pk else Q(pk__in=[])


def _model(name: str) -> Any:
    return apps.get_model("events", name)


class SeriesQuerySet(QuerySet["Series"]):
    """Series show where a visible conference is one of their editions."""

    def visible_to(self, person: Person) -> Self:
        editions = _model("Conference").objects.visible_to(person).filter(series=OuterRef("pk"))
        return self.filter(Exists(editions))


class ConferenceQuerySet(StampsProgramme["Conference"]):
    """Conferences, newest first where a list has no other order."""

    def visible_to(self, person: Person) -> Self:
        return self.filter(listed_or_own(person))

    def in_year(self, year: int) -> Self:
        return self.filter(year=year)


class DayQuerySet(StampsProgramme["Day"]):
    """Days follow their conference."""

    def visible_to(self, person: Person) -> Self:
        return self.filter(listed_or_own(person, "conference__"))

    def with_venues(self) -> Self:
        """In order, with their venues: no further query for each."""
        return self.select_related("venue").order_by("date")

    def with_talk_counts(self, person: Person) -> Self:
        """Each with `talk_count`, how many talks the person sees on it; the database counts."""
        talks = _model("Talk").objects.visible_to(person).filter(day=OuterRef("pk"))
        counted = talks.order_by().values("day").annotate(count=Count("pk")).values("count")
        return self.annotate(talk_count=Coalesce(Subquery(counted), 0))


class RoomQuerySet(StampsProgramme["Room"]):
    """Rooms follow their conference, but for one that only talks use which this person does not see."""

    def visible_to(self, person: Person) -> Self:
        talks = _model("Talk").objects.filter(room=OuterRef("pk"))
        shown = Exists(talks.visible_to(person)) | ~Exists(talks)
        return self.filter(listed_or_own(person, "conference__")).filter(shown)


class VenueQuerySet(QuerySet["Venue"]):
    """Venues show where a visible day or room names them, and to who added them."""

    def visible_to(self, person: Person) -> Self:
        days = _model("Day").objects.visible_to(person).filter(venue=OuterRef("pk"))
        rooms = _model("Room").objects.visible_to(person).filter(venue=OuterRef("pk"))
        return self.filter(Exists(days) | Exists(rooms) | _added_by(person))


class SpeakerQuerySet(StampsProgramme["Speaker"]):
    """Speakers show where a visible talk names them, and to who added them."""

    def visible_to(self, person: Person) -> Self:
        named = _model("Appearance").objects.visible_to(person).filter(speaker=OuterRef("pk"))
        return self.filter(Exists(named) | _added_by(person))


class TalkQuerySet(StampsProgramme["Talk"]):
    """Talks, in the programme's order: by time, those without one last."""

    def visible_to(self, person: Person) -> Self:
        return self.filter(talk_is_visible(person))

    def on(self, day: Day) -> Self:
        return self.filter(day=day)

    def of_venue(self, venue: Venue) -> Self:
        """In one of the venue's rooms, or on a day that is held there."""
        return self.filter(Q(room__venue=venue) | Q(room__venue=None, day__venue=venue))

    def in_programme_order(self) -> Self:
        return self.order_by(
            F("day__date").asc(nulls_last=True),
            F("starts_at").asc(nulls_last=True),
            F("room__position").asc(nulls_last=True),
            "pk",
        )

    def with_speakers(self) -> Self:
        """With who appears, in their order: one query more. Whoever sees the talk sees who gives it."""
        appearances = _model("Appearance").objects.select_related("speaker").order_by("order", "pk")
        return self.select_related("conference__series", "day__venue", "room").prefetch_related(
            Prefetch("appearances", queryset=appearances)
        )


class AppearanceQuerySet(StampsProgramme["Appearance"]):
    """Appearances follow their talk."""

    def visible_to(self, person: Person) -> Self:
        return self.filter(talk_is_visible(person, "talk__"))


class LinkQuerySet(QuerySet["Link"]):
    """Links follow what they are of."""

    def visible_to(self, person: Person) -> Self:
        speakers = _model("Speaker").objects.visible_to(person).values("pk")
        return self.filter(
            Q(conference__isnull=False) & listed_or_own(person, "conference__")
            | Q(talk__isnull=False) & talk_is_visible(person, "talk__")
            | Q(speaker__in=speakers)
        )


class FormerSlugQuerySet(QuerySet["FormerSlug"]):
    """Addresses that once led somewhere; they follow what they lead to."""

    def visible_to(self, person: Person) -> Self:
        kinds = ("Series", "Conference", "Talk", "Speaker", "Venue")
        seen = {kind.lower(): _model(kind).objects.visible_to(person).values("pk") for kind in kinds}
        return self.filter(reduce(or_, (Q(**{f"{name}__in": keys}) for name, keys in seen.items())))

    def leading_to(self, kind: type[Model], slug: str, **scope: object) -> Self:
        """Former slugs of this kind of thing within a scope (year, or conference)."""
        return self.filter(**{f"{kind._meta.model_name}__isnull": False}, slug=slug, **scope)
