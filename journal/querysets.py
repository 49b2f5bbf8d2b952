"""Every read of the book that is used twice. A read begins with `of(person)`: there is no other way in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.db.models import F, Min, Prefetch, Q, QuerySet, Window
from django.db.models.functions import Coalesce, Lag, Lead

from events.models import Appearance, Conference, Day, Speaker, Talk, Venue
from events.querysets import Person
from journal.sittings import PAUSE

if TYPE_CHECKING:
    from journal.models import (  # noqa: F401 -- named in quotes as what the querysets are of
        Attendance,
        DayLog,
        Entry,
        Mark,
        Photo,
        Revision,
    )


# The date as people count it: read from the talk, else from the day, else the entry's own.
COUNTED_ON = Coalesce("talk__day__date", "day__date", "on")


class AttendanceQuerySet(QuerySet["Attendance"]):
    """Where a person was."""

    def of(self, person: Person) -> Self:
        return self.filter(owner=person.pk)

    def at(self, conference: Conference) -> Self:
        return self.filter(conference=conference)


class DayLogQuerySet(QuerySet["DayLog"]):
    """How a person's days were."""

    def of(self, person: Person) -> Self:
        return self.filter(owner=person.pk)

    def at(self, conference: Conference) -> Self:
        return self.filter(day__conference=conference)

    def on(self, day: Day) -> Self:
        return self.filter(day=day)


class MarkQuerySet(QuerySet["Mark"]):
    """What a person did with talks."""

    def of(self, person: Person) -> Self:
        return self.filter(owner=person.pk)

    def at(self, conference: Conference) -> Self:
        return self.filter(talk__conference=conference)

    def heard(self) -> Self:
        return self.filter(state__in=self.model.HEARD)


class EntryQuerySet(QuerySet["Entry"]):
    """What a person wrote."""

    def of(self, person: Person) -> Self:
        return self.filter(owner=person.pk)

    def kept(self) -> Self:
        """Not in the bin."""
        return self.filter(deleted_at=None)

    def binned(self) -> Self:
        return self.filter(deleted_at__isnull=False).order_by("-deleted_at")

    def unfiled(self) -> Self:
        """About nothing yet."""
        return self.filter(conference=None, day=None, talk=None, speaker=None, venue=None)

    def at(self, conference: Conference) -> Self:
        return self.filter(conference=conference)

    def counted(self) -> Self:
        """With `counted_on`: the date as people count it, read from the talk, else the day, else the entry."""
        return self.annotate(counted_on=COUNTED_ON)

    def on_day(self, day: Day) -> Self:
        """Of this conference day, however it is known."""
        return self.counted().filter(conference=day.conference_id, counted_on=day.date)

    def of_this_day_before(self, date: date) -> Self:
        """Of this day of the month in earlier years."""
        rows = self.annotate(counted_on=COUNTED_ON)
        same_day = rows.filter(counted_on__month=date.month, counted_on__day=date.day)
        return same_day.filter(counted_on__year__lt=date.year)

    def about_talk(self, talk: Talk) -> Self:
        return self.filter(talk=talk)

    def about_speaker(self, speaker: Speaker) -> Self:
        """Names the speaker, or is about a talk in which the speaker appears."""
        return self.filter(Q(speaker=speaker) | Q(talk__in=speaker.appearances.values("talk")))

    def about_venue(self, venue: Venue) -> Self:
        """Names the venue itself."""
        return self.filter(venue=venue)

    def with_details(self) -> Self:
        """With everything a card of an entry shows, but its pictures: no further query for each."""
        return self.counted().select_related(
            "meal",
            "swag",
            "swag__encounter__encounter",
            "encounter",
            "conference",
            "day",
            "talk__day",
            "talk__conference",
            "talk__room",
            "speaker",
            "venue",
            "room",
        )

    def with_details_alone(self) -> Self:
        """The same for whoever has their conference, its days and its talks already."""
        alone = ("meal", "swag", "swag__encounter__encounter", "encounter", "speaker", "venue", "room")
        return self.counted().select_related(None).select_related(*alone)

    def with_names_of_talks(self) -> Self:
        """With who appears in their talks, by whom an untitled one is called: one query more."""
        appearances = Appearance.objects.select_related("speaker").order_by("order", "pk")
        return self.prefetch_related(Prefetch("talk__appearances", queryset=appearances))

    def latest_first(self) -> Self:
        return self.order_by(F("counted_on").desc(nulls_last=True), "-created")


class PhotoQuerySet(QuerySet["Photo"]):
    """A person's pictures."""

    def of(self, person: Person) -> Self:
        return self.filter(owner=person.pk)

    def kept(self) -> Self:
        """Neither binned itself nor of a binned entry."""
        return self.filter(deleted_at=None).filter(Q(entry=None) | Q(entry__deleted_at=None))

    def binned(self) -> Self:
        return self.filter(deleted_at__isnull=False).order_by("-deleted_at")

    def at(self, conference: Conference) -> Self:
        """Of the conference, by its entry or by itself."""
        return self.filter(Q(entry__conference=conference) | Q(entry=None, conference=conference))

    def with_conferences(self, conferences: Iterable[int]) -> Iterable[tuple[int, int]]:
        """Keys of the pictures of any of these conferences, each with the key of the one that it is of."""
        found = self.annotate(conference_of=Coalesce("entry__conference", "conference"))
        return found.filter(conference_of__in=conferences).values_list("pk", "conference_of")

    def of_talk(self, talk: Talk) -> Self:
        """Of the talk, by its entry or by itself."""
        return self.filter(Q(entry__talk=talk) | Q(entry=None, talk=talk))

    def of_speaker(self, speaker: Speaker) -> Self:
        """Of the speaker, by its entry or by itself."""
        return self.filter(Q(entry__speaker=speaker) | Q(entry=None, speaker=speaker))

    def of_venue(self, venue: Venue) -> Self:
        """Of the venue, by its entry or by itself."""
        return self.filter(Q(entry__venue=venue) | Q(entry=None, venue=venue))

    def in_order(self) -> Self:
        return self.order_by(F("order").asc(nulls_last=True), F("taken_at").asc(nulls_last=True), "pk")


class RevisionQuerySet(QuerySet["Revision"]):
    """The past of an entry, newest first."""

    def of(self, person: Person) -> Self:
        return self.filter(entry__owner=person.pk)

    def amid_sittings(self, before: datetime) -> Self:
        """Saved before that moment, with a version of the same sitting on either side, and no side of a conflict."""
        line: dict[str, Any] = {"partition_by": "entry", "order_by": "version"}
        leap = F("version") - F("base_version")
        rows = self.filter(saved_at__lt=before).annotate(
            # As a window too: a plain condition would take rows out before their neighbours look at them.
            leap=Window(Min(leap), partition_by=["entry", "version"]),
            leap_after=Window(Lead(leap), **line),
            device_before=Window(Lag("device"), **line),
            device_after=Window(Lead("device"), **line),
            saved_before=Window(Lag("saved_at"), **line),
            saved_after=Window(Lead("saved_at"), **line),
        )
        of_one_device = rows.filter(device_before=F("device"), device_after=F("device"), leap=1, leap_after=1)
        return of_one_device.filter(saved_before__gt=F("saved_at") - PAUSE, saved_after__lt=F("saved_at") + PAUSE)
