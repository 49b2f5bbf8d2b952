"""The world of the demo: found where it is there, made where it is not, and never changed."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Q, QuerySet

from events.models import Appearance, Conference, Day, Room, Series, Speaker, Talk, Venue
from events.names import unique_slug
from events.services import (
    AppearanceDraft,
    DayDraft,
    add_conference,
    add_speaker,
    add_talk,
    add_venue,
    find_or_make_room,
    find_speaker,
)
from journal.demo.identity import world_uid
from journal.demo.programme import EVENTS, PEOPLE, PLACES, SERIES, TALKS, As, Event, Item
from journal.demo.tally import Tally

HALL = "그랜드볼룸"


class World:
    """The forum of 2022, that of 2021 and the other company's: everyone's if `listed`, else this person's own."""

    def __init__(self, person: User, *, listed: bool, tally: Tally) -> None:
        self.person, self.listed, self.tally = person, listed, tally
        self._conferences: dict[str, Conference] = {}
        self._talks: dict[str, Talk] = {}
        self._speakers: dict[str, Speaker] = {}

    def build(self) -> None:
        """Makes what is missing."""
        for key, event in EVENTS.items():
            self._conferences[key] = self._conference(key, event)
        there = {talk.uid: talk for talk in self._own_talks.select_related("conference", "day")}
        for key, item in TALKS.items():
            found = there.get(self._uid(key))
            self._talks[key] = found or self._make_talk(key, item)
            self.tally.note("talks", made=found is None)

    def conference(self, key: str) -> Conference:
        """One of EVENTS."""
        return self._conferences[key]

    def talk(self, key: str) -> Talk:
        """One of TALKS."""
        return self._talks[key]

    def day(self, key: str, number: int) -> Day | None:
        """The first or second day of an event, unless somebody has removed it."""
        return self.conference(key).days.filter(date=EVENTS[key].days[number - 1].date).first()

    def venue(self, number: int) -> Venue | None:
        """Where that day of 2022 was held."""
        day = self.day("2022", number)
        return day.venue if day else None

    def speaker(self, key: str) -> Speaker | None:
        """One of PEOPLE, by whatever name they now have; None if nobody of that talk is left."""
        if key not in self._speakers:
            talk = next(name for name, item in TALKS.items() if any(who.who == key for who in item.people))
            seen = Appearance.objects.filter(talk=self.talk(talk), speaker__isnull=False).select_related("speaker")
            found = seen.first()
            if found is None or found.speaker is None:
                return None
            self._speakers[key] = found.speaker
        return self._speakers[key]

    def hall(self) -> Room:
        """The room of the first day."""
        conference = self.conference("2022")
        room = conference.rooms.filter(name=HALL).first()
        return room or find_or_make_room(person=self.person, conference=conference, name=HALL)

    @cached_property
    def _own_talks(self) -> QuerySet[Talk]:
        return Talk.objects.filter(uid__in=[self._uid(key) for key in TALKS])

    def _uid(self, key: str) -> UUID:
        return world_uid(key, owner_id=None if self.listed else self.person.pk)

    def _conference(self, key: str, event: Event) -> Conference:
        found = self._found(key, event)
        self.tally.note("conferences", made=found is None)
        return found or self._make_conference(event)

    def _found(self, key: str, event: Event) -> Conference | None:
        """By a talk of it made earlier, whatever it is called now; else by its address."""
        uids = [self._uid(name) for name, item in TALKS.items() if item.event == key]
        known = Conference.objects.filter(talks__uid__in=uids).first()
        if known is not None or self.listed:
            return known or self._at_address(Q(slug=event.slug), event, listed=True)
        return self._at_address(Q(slug__startswith=f"{event.slug}-"), event, listed=False, added_by=self.person)

    def _at_address(self, address: Q, event: Event, **whose: Any) -> Conference | None:
        return Conference.objects.filter(address, year=event.starts_on.year, **whose).first()

    def _make_conference(self, event: Event) -> Conference:
        days = [
            DayDraft(date=on.date, host=on.host, about=on.about, venue=self._make_venue(on.place) if on.place else None)
            for on in event.days
        ]
        if not days:
            days = [DayDraft(date=event.starts_on, held=False)]
        return add_conference(
            person=self.person,
            starts_on=event.starts_on,
            ends_on=event.ends_on,
            series=self._series if event.in_series else "",
            days=days,
            listed=self.listed,
            name=event.name,
            other_name=event.other_name,
            mode=event.mode,
            about=event.about,
        )

    @cached_property
    def _series(self) -> Series:
        """That of an edition made earlier; else, for everyone, the one of this name; else a new one."""
        for key in self._conferences:
            known = self._conferences[key].series
            if known is not None:
                return known
        found = Series.objects.visible_to(AnonymousUser()).filter(name=SERIES["name"]).first() if self.listed else None
        return found or self._make_series()

    def _make_series(self) -> Series:
        """An own one has an address that nobody guesses, like everything unlisted."""
        series = Series(**SERIES)
        if not self.listed:
            taken = Series.objects.filter
            series.slug = unique_slug(series.slug_base(), lambda slug: taken(slug=slug).exists(), unlisted=True)
        series.save()
        return series

    def _make_venue(self, key: str) -> Venue:
        place = PLACES[key]
        if self.listed:
            found = Venue.objects.visible_to(AnonymousUser()).filter(name=place.name).first()
            if found:
                return found
        self.tally.note("venues", made=True)
        return add_venue(person=self.person, listed=self.listed, **vars(place))

    def _make_talk(self, key: str, item: Item) -> Talk:
        conference = self.conference(item.event)
        day = conference.days.filter(date=item.on).first() if item.on else None
        return add_talk(
            person=self.person,
            conference=conference,
            listed=self.listed,
            uid=self._uid(key),
            day=day,
            kind=item.kind,
            title=item.title,
            track=item.track,
            abstract=item.abstract,
            starts_at=item.starts_at,
            speakers=[self._appearance(appearance) for appearance in item.people],
        )

    def _appearance(self, given: As) -> AppearanceDraft:
        return AppearanceDraft(
            speaker=self._make_speaker(given.who) if given.who else None,
            organisation=given.organisation,
            role=given.role,
            affiliation=given.affiliation,
            job_title=given.job_title,
        )

    def _make_speaker(self, key: str) -> Speaker:
        """Once a run; a half-finished run before this one, or an imported programme, may have made them already."""
        if key not in self._speakers:
            who = PEOPLE[key]
            found = self._known_speaker(who.name)
            self.tally.note("speakers", made=found is None)
            self._speakers[key] = found or add_speaker(person=self.person, listed=self.listed, **vars(who))
        return self._speakers[key]

    def _known_speaker(self, name: str) -> Speaker | None:
        if self.listed:
            return find_speaker(person=AnonymousUser(), name=name)
        own = Speaker.objects.filter(added_by=self.person, name=name, appearances__talk__in=self._own_talks)
        return own.first()
