"""A conference's dates and zone change, and its days and talks go with them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.models import Conference, Day, FormerSlug, Talk
from events.moments import date_long
from events.names import unique_slug
from events.services.rows import checked, delete_or_refuse
from events.validators import validate_zone

_BATCH = 500


class DateChange(models.TextChoices):
    """What new dates do to the days there are."""

    MOVE = "move", _("Move every day, with its talks")
    ENDS = "ends", _("Add and remove days at the ends")


class ClockChange(models.TextChoices):
    """What a new zone does to the times there are."""

    CLOCK = "clock", _("Keep the clock times (usual)")
    MOMENTS = "moments", _("Keep the moments, show them on another clock")


@transaction.atomic
def change_dates(*, conference: Conference, starts_on: date, ends_on: date, how: DateChange) -> None:
    """Brings the conference to these dates. A day that something hangs on is never removed: ValidationError names it.

    With MOVE the days first go along with the first day; what is then too much or missing at the end is removed or
    added. A date in between that had no day still has none.
    """
    if how == DateChange.MOVE:
        move_days(conference=conference, by=(starts_on - conference.starts_on).days)
    before = set(conference.dates())
    _set_dates(conference, starts_on, ends_on)
    after = set(conference.dates())
    for day in conference.days.filter(date__in=before - after).order_by("date"):
        forget_day(day)
    held = set(conference.days.values_list("date", flat=True))
    for on in sorted(after - before - held):
        checked(Day(conference=conference, date=on)).save()


@transaction.atomic
def move_days(*, conference: Conference, by: int) -> None:
    """Moves the conference, its days and its talks by so many days; every clock in its zone shows the same time."""
    if by == 0:
        return
    # One at a time and from the far end, because two days of one date are refused even for a moment.
    for day in conference.days.order_by("-date" if by > 0 else "date"):
        day.date += timedelta(days=by)
        day.save(update_fields=["date"])
    zone = conference.zone
    _move_talks(conference, lambda moment: _at(_wall(moment, zone) + timedelta(days=by), zone))
    _set_dates(conference, conference.starts_on + timedelta(days=by), conference.ends_on + timedelta(days=by))


@transaction.atomic
def change_zone(*, conference: Conference, timezone: str, clocks: ClockChange = ClockChange.CLOCK) -> None:
    """Sets the zone. CLOCK: 9:30 there becomes 9:30 here; MOMENTS: nothing moves but the hands that show it."""
    if timezone == conference.timezone:
        return
    validate_zone(timezone)
    before, after = conference.zone, ZoneInfo(timezone)
    if clocks == ClockChange.CLOCK:
        _move_talks(conference, lambda moment: _at(_wall(moment, before), after))
    conference.timezone = timezone
    conference.save(update_fields=["timezone"])


def forget_day(day: Day) -> None:
    """Removes a day that nothing hangs on; else ValidationError with a sentence that names it."""
    sentence = gettext("There are talks or somebody’s notes on this day, so it stays: %(day)s.")
    delete_or_refuse(day.delete, sentence % {"day": date_long(day.date)})


def _wall(moment: datetime, zone: ZoneInfo) -> datetime:
    """What a clock shows there, without a zone."""
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)


def _at(wall: datetime, zone: ZoneInfo) -> datetime:
    """The moment of this clock time; one that a clock change skips counts on from before the change."""
    return wall.replace(tzinfo=zone).astimezone(UTC)


def _move_talks(conference: Conference, moved: Callable[[datetime], datetime]) -> None:
    """Every timed talk of the conference, those included that only their makers see."""
    talks = list(conference.talks.exclude(starts_at=None).only("starts_at", "ends_at"))
    for talk in talks:
        _move_talk(talk, moved)
    Talk.objects.bulk_update(talks, ["starts_at", "ends_at"], batch_size=_BATCH)


def _move_talk(talk: Talk, moved: Callable[[datetime], datetime]) -> None:
    """An end that would come before the beginning (the hour that a clock change repeats) keeps the length instead."""
    starts_at, ends_at = talk.starts_at, talk.ends_at
    if starts_at is None:
        return
    talk.starts_at = moved(starts_at)
    if ends_at is not None:
        end = moved(ends_at)
        talk.ends_at = end if end >= talk.starts_at else talk.starts_at + (ends_at - starts_at)


def _set_dates(conference: Conference, starts_on: date, ends_on: date) -> None:
    conference.starts_on, conference.ends_on = starts_on, ends_on
    checked(conference).save(update_fields=["starts_on", "ends_on"])
    if starts_on.year != conference.year:
        _move_to_year(conference, starts_on.year)


def _move_to_year(conference: Conference, year: int) -> None:
    """A conference stands in the year of its first day; the address of the other year leads on."""
    before, slug = conference.year, conference.slug
    conference.year = year
    siblings = conference.slug_siblings().exclude(pk=conference.pk)
    if siblings.filter(slug=slug).exists():
        taken = siblings.filter
        conference.slug = unique_slug(slug, lambda slug: taken(slug=slug).exists(), unlisted=not conference.listed)
    Conference.objects.filter(pk=conference.pk).update(year=year, slug=conference.slug)
    FormerSlug.objects.leading_to(Conference, slug, year=before).delete()
    FormerSlug.objects.leading_to(Conference, conference.slug, year=year).delete()
    conference.former_slugs.create(slug=slug, year=before)
