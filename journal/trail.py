"""Where a page is: the words and addresses above it, outermost first."""

from __future__ import annotations

from django.urls import reverse

from events.models import Conference, Day
from events.moments import date_short

Trail = list[tuple[str, str]]


def above(conference: Conference) -> Trail:
    """Above a conference's own page: its year, its series."""
    trail = [(str(conference.year), reverse("year", args=[conference.year]))]
    if conference.series:
        trail.append((conference.series.own_name(), conference.series.get_absolute_url()))
    return trail


def below(conference: Conference, day: Day | None = None) -> Trail:
    """Above a page of the conference, or of one of its days."""
    trail = [*above(conference), (conference.own_name(), conference.get_absolute_url())]
    if day is not None:
        trail.append((day_words(day), day.get_absolute_url()))
    return trail


def day_words(day: Day) -> str:
    """A day in a few words, in the reader's language."""
    return date_short(day.date)
