"""One thing of the world across all years, as one person sees it: a speaker's talks, a venue's days, who came again."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import F

from events.models import Appearance, Day, Room, Series, Speaker, Talk, Venue
from journal import access
from journal.models import DayLog, Mark

MOST_AGAIN = 60


@dataclass(frozen=True)
class Given:
    """A talk of a speaker, as what they were then, with my mark."""

    talk: Talk
    appearances: list[Appearance]
    mark: Mark | None


def given_by(person: User, speaker: Speaker) -> list[Given]:
    """Every visible talk in which the speaker appears, the latest first: three queries."""
    theirs = access.talks(person).filter(pk__in=speaker.appearances.values("talk"))
    talks = list(
        theirs.order_by(
            "-conference__starts_on", F("day__date").desc(nulls_last=True), F("starts_at").desc(nulls_last=True), "-pk"
        )
    )
    marks = {mark.talk_id: mark for mark in access.marks(person).filter(talk__in=talks)}
    return [
        Given(talk, [one for one in talk.appearances.all() if one.speaker_id == speaker.pk], marks.get(talk.pk))
        for talk in talks
    ]


def days_at(person: User, venue: Venue) -> list[tuple[Day, DayLog | None]]:
    """The visible conference days that were held there, the latest first, each with the person's log: two queries."""
    visible = Day.objects.visible_to(person).filter(venue=venue).select_related("conference")
    days = list(visible.order_by("-date", "conference"))
    logs = {log.day_id: log for log in access.day_logs(person).filter(day__in=days)}
    return [(day, logs.get(day.pk)) for day in days]


def rooms_of(person: User, venue: Venue) -> list[Room]:
    """Rooms of the venue where a programme names them."""
    visible = Room.objects.visible_to(person).filter(venue=venue).select_related("conference")
    return list(visible.order_by("-conference__starts_on", "position", "name"))


def came_again(person: User, series: Series) -> list[tuple[Speaker, list[int]]]:
    """Who appeared in two or more editions that the person sees, the most faithful first, with the years.

    At most `MOST_AGAIN`: a series of ten large conferences has thousands.
    """
    appearances = Appearance.objects.visible_to(person).filter(talk__conference__series=series, speaker__isnull=False)
    editions: defaultdict[int, set[tuple[int, int]]] = defaultdict(set)
    columns = ("speaker", "talk__conference", "talk__conference__year")
    for speaker, conference, year in appearances.values_list(*columns).distinct():
        editions[speaker].add((conference, year))
    again = {speaker: sorted({year for _, year in found}) for speaker, found in editions.items() if len(found) > 1}
    faithful = sorted(again, key=lambda speaker: -len(again[speaker]))[:MOST_AGAIN]
    speakers = Speaker.objects.filter(pk__in=faithful).order_by("sort_key")
    return sorted(((one, again[one.pk]) for one in speakers), key=lambda pair: -len(pair[1]))
