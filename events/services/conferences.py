"""Conferences and their days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypedDict, Unpack

from django.db import transaction

from events.models import Conference, Day, Series
from events.querysets import Person
from events.services.dates import ClockChange, DateChange, change_dates, change_zone, forget_day
from events.services.drafts import DayDraft, LinkDraft
from events.services.finding import find_or_make_series, find_or_make_venue
from events.services.rows import assign, checked, maker, set_links
from events.validators import validate_date_range, validate_day_within


class ConferenceFields(TypedDict, total=False):
    """Columns that are simply set."""

    name: str
    other_name: str
    aka: str
    mode: str
    website: str
    about: str


@transaction.atomic
def add_conference(
    *,
    person: Person,
    starts_on: date,
    ends_on: date,
    timezone: str = "Asia/Seoul",
    series: Series | str = "",
    days: Sequence[DayDraft] = (),
    links: Sequence[LinkDraft] = (),
    listed: bool = False,
    **fields: Unpack[ConferenceFields],
) -> Conference:
    """A conference with a day for every date, but for those whose draft is not held."""
    conference = Conference(
        starts_on=starts_on,
        ends_on=ends_on,
        timezone=timezone,
        series=_series(person, series, None, listed=listed),
        listed=listed,
        added_by=maker(person),
        **fields,
    )
    checked(conference).save()
    drafts = {on: DayDraft(date=on) for on in conference.dates()} | {draft.date: draft for draft in days}
    for draft in drafts.values():
        _set_day(person, conference, draft, None)
    if links:
        set_links(conference, links)
    return conference


@transaction.atomic
def change_conference(
    *,
    conference: Conference,
    person: Person,
    starts_on: date | None = None,
    ends_on: date | None = None,
    dates: DateChange = DateChange.ENDS,
    timezone: str | None = None,
    clocks: ClockChange = ClockChange.CLOCK,
    series: Series | str | None = None,
    days: Sequence[DayDraft] = (),
    links: Sequence[LinkDraft] | None = None,
    **fields: Unpack[ConferenceFields],
) -> None:
    """Sets what is given; `days` name dates as they were before `starts_on` and `ends_on` change them.

    The caller's object is brought up to date, and is left as it was where this raises ValidationError.
    """
    row = Conference.objects.select_for_update().get(pk=conference.pk)
    first, last = starts_on or row.starts_on, ends_on or row.ends_on
    validate_date_range(first, last)
    _set_days(person, row, days)
    change_dates(conference=row, starts_on=first, ends_on=last, how=dates)
    if timezone is not None:
        change_zone(conference=row, timezone=timezone, clocks=clocks)
    assign(row, dict(fields))
    if series is not None:
        row.series = _series(person, series, row.series, listed=row.listed)
    checked(row).save()
    if links is not None:
        set_links(row, links)
    conference.refresh_from_db()


@transaction.atomic
def change_day(*, day: Day, person: Person, draft: DayDraft) -> None:
    """Sets what the draft names; its date stays."""
    _set_day(person, day.conference, draft, Day.objects.select_related("venue", "conference").get(pk=day.pk))
    day.refresh_from_db(fields=["title", "host", "venue", "about"])


def _set_days(person: Person, conference: Conference, drafts: Sequence[DayDraft]) -> None:
    rows = {day.date: day for day in conference.days.select_related("venue", "conference")}
    for draft in drafts:
        _set_day(person, conference, draft, rows.get(draft.date))


def _set_day(person: Person, conference: Conference, draft: DayDraft, day: Day | None) -> None:
    """Makes, changes or removes the day of this date."""
    validate_day_within(draft.date, conference.starts_on, conference.ends_on)
    if not draft.held:
        if day is not None:
            forget_day(day)
        return
    day = day or Day(conference=conference, date=draft.date)
    texts = {"title": draft.title, "host": draft.host, "about": draft.about}
    assign(day, {name: text for name, text in texts.items() if text is not None})
    _set_venue(person, day, draft)
    checked(day).save()


def _set_venue(person: Person, day: Day, draft: DayDraft) -> None:
    if isinstance(draft.venue, str):
        name, listed = draft.venue.strip(), day.conference.listed
        found = find_or_make_venue(person=person, name=name, current=day.venue, listed=listed) if name else None
        day.venue = found
    elif draft.venue is not None:
        day.venue = draft.venue


def _series(person: Person, series: Series | str, current: Series | None, *, listed: bool) -> Series | None:
    if isinstance(series, Series):
        return series
    if not series.strip():
        return None
    return find_or_make_series(person=person, name=series, current=current, listed=listed)
