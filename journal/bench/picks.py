"""What the pages are measured about: of everything the one that has most of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.db.models import Count, Model, Q, QuerySet
from django.db.models.functions import Length

from events.models import Conference, Day, Series, Speaker, Talk, Venue
from journal.bench.routes import Route
from journal.models import Attendance, Entry, Mark, Photo
from journal.sample import ACCOUNT

# The only accounts whose books may be measured, since saves are measured too.
ACCOUNTS = (f"{ACCOUNT}-1", "demo")


class NothingToMeasure(Exception):
    """The sentence says what is missing."""


def measured_person() -> User:
    """Whose book is measured; NothingToMeasure in a database that is neither a sample's nor the demo's."""
    found = User.objects.filter(username__in=ACCOUNTS).order_by("-username").first()
    if found is None:
        raise NothingToMeasure(
            "This database holds neither a sample nor the demo, and measuring writes into it. "
            "Make one in a data folder of its own: LANYARD_DATA=… ./lanyard manage sample"
        )
    return found


@dataclass
class Picks:
    """Everything of one person's that an address can be about; raises DoesNotExist nowhere: what is missing is None."""

    person: User

    @cached_property
    def conference(self) -> Conference:
        """Their own one, attended, with most talks; of equals the one with most entries."""
        attended = Attendance.objects.filter(owner=self.person).values("conference")
        entries = Entry.objects.filter(owner=self.person).values("conference").annotate(count=Count("pk"))
        written = dict(entries.values_list("conference", "count"))
        shown = Conference.objects.visible_to(self.person).filter(pk__in=attended)
        sizes = dict(shown.annotate(size=Count("talks")).values_list("pk", "size"))
        return max(shown, key=lambda one: (one.added_by == self.person, sizes[one.pk], written.get(one.pk, 0)))

    @cached_property
    def day(self) -> Day:
        """The day of it with most talks."""
        days = self.conference.days.select_related("conference").annotate(size=Count("talks"))
        return days.order_by("-size", "date")[0]

    @cached_property
    def talk(self) -> Talk:
        """A talk of it with a mark, a note, and most people."""
        talks = Talk.objects.visible_to(self.person).filter(conference=self.conference, day__isnull=False)
        marked = Mark.objects.filter(owner=self.person).values("talk")
        noted = Entry.objects.filter(owner=self.person, deleted_at=None).values("talk")
        sized = talks.annotate(people=Count("appearances")).order_by("-people", "pk")
        both = sized.filter(pk__in=marked).filter(pk__in=noted)
        return both.first() or sized.filter(Q(pk__in=marked) | Q(pk__in=noted)).first() or sized[0]

    @cached_property
    def speaker(self) -> Speaker:
        """Who appears most."""
        return Speaker.objects.visible_to(self.person).annotate(size=Count("appearances")).order_by("-size", "pk")[0]

    @cached_property
    def own_speaker(self) -> Speaker:
        """Of those that the person added, who appears most."""
        own = Speaker.objects.filter(added_by=self.person).annotate(size=Count("appearances"))
        return own.order_by("-size", "pk").first() or self.speaker

    @cached_property
    def venue(self) -> Venue:
        """Where most days were held."""
        return Venue.objects.visible_to(self.person).annotate(size=Count("days")).order_by("-size", "pk")[0]

    @cached_property
    def own_venue(self) -> Venue:
        """Of those that the person added, where most days were held."""
        own = Venue.objects.filter(added_by=self.person).annotate(size=Count("days"))
        return own.order_by("-size", "pk").first() or self.venue

    @cached_property
    def series(self) -> Series:
        """With most editions."""
        return Series.objects.visible_to(self.person).annotate(size=Count("editions")).order_by("-size", "pk")[0]

    @cached_property
    def entry(self) -> Entry:
        """The note of the conference with most versions, of those the longest."""
        return self._notes(talk=None)[0] if self._notes(talk=None) else self._notes()[0]

    @cached_property
    def photo(self) -> Photo:
        """A picture of the conference, with an entry."""
        kept = Photo.objects.filter(owner=self.person, deleted_at=None)
        return kept.filter(entry__conference=self.conference).first() or kept[0]

    @cached_property
    def binned(self) -> Entry | None:
        """An entry in the bin."""
        return Entry.objects.filter(owner=self.person).exclude(deleted_at=None).first()

    @cached_property
    def binned_photo(self) -> Photo | None:
        """A picture in the bin."""
        return Photo.objects.filter(owner=self.person).exclude(deleted_at=None).first()

    def _notes(self, **about: Any) -> QuerySet[Entry]:
        notes = Entry.objects.filter(owner=self.person, deleted_at=None, kind=Entry.Kind.NOTE, **about)
        return notes.filter(conference=self.conference).order_by("-version", -Length("text"))

    def arguments(self, route: Route) -> dict[str, Any] | None:
        """For an address of ours or of the admin; None where nothing is known that would fit."""
        if route.name.startswith("admin:"):
            return self._of_the_desk(route)
        known = self._known(route)
        return {name: known[name] for name in route.wants} if known.keys() >= route.wants else None

    def _known(self, route: Route) -> dict[str, Any]:
        """The arguments by name; which thing `slug` and `uid` mean is told by the route's own name."""
        noun = route.name.partition(":")[2] or route.name
        known: dict[str, Any] = {"kind": Entry.Kind.MEAL, "version": 1}
        if "year" in route.wants or "slug" not in route.wants:
            known |= {"year": self.conference.year, "slug": self.conference.slug}
            known |= {"on": self.day.date, "talk_slug": self.talk.slug}
        else:
            named = self._named(noun)
            known |= {"slug": named.slug} if named else {}
        if "uid" in route.wants and (row := self._private(noun)):
            known |= {"uid": row.uid}
            known |= {"width": row.widths[0]} if isinstance(row, Photo) else {}
        return known

    def _named(self, noun: str) -> Any:
        """A form is opened on what may be changed."""
        verb = "-" in noun
        things = {
            "series": self.series,
            "speaker": self.own_speaker if verb else self.speaker,
            "venue": self.own_venue if verb else self.venue,
        }
        return things.get(noun.partition("-")[0])

    def _private(self, noun: str) -> Entry | Photo | None:
        kind, _hyphen, verb = noun.partition("-")
        if kind == "photo":
            return self.binned_photo if verb == "delete" else self.photo
        if kind == "entry":
            return self.binned if verb == "delete" else self.entry
        return None

    def _of_the_desk(self, route: Route) -> dict[str, Any] | None:
        if not route.wants:
            return {}
        if route.wants == {"app_label"}:
            return {"app_label": "events"}
        row = self._row_of(route.name) if route.wants == {"object_id"} else None
        return {"object_id": row.pk} if row else None

    def _row_of(self, name: str) -> Model | None:
        """The row of an admin page, named `admin:<app>_<model>_<page>`: the person's own, the picked one, or any."""
        app, _underscore, rest = name.removeprefix("admin:").partition("_")
        try:
            model = apps.get_model(app, rest.partition("_")[0])
        except LookupError:
            return None
        picked: dict[type[Model], Any] = {type(row): row for row in self._picked()}
        if model in picked:
            return picked[model]
        columns = {field.name for field in model._meta.fields}
        own = next(({name: self.person} for name in ("owner", "person", "entry__owner") if _has(model, name)), {})
        rows = model._default_manager.filter(**own).exclude(**({"deleted_at": None} if _binned(name, columns) else {}))
        return rows.first()

    def _picked(self) -> list[Model]:
        return [
            self.person, self.conference, self.day, self.talk, self.speaker, self.venue, self.series, self.entry,
            self.photo,
        ]  # fmt: skip


def _has(model: type[Model], path: str) -> bool:
    names = {field.name for field in model._meta.fields}
    first, _underscores, second = path.partition("__")
    return first in names and (not second or model.__name__ in {"Revision", "Meal", "Swag", "Encounter"})


def _binned(name: str, columns: set[str]) -> bool:
    return "deleted_at" in columns and "bin" in name
