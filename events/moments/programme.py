"""The programme's day: what happens after midnight belongs to the evening before it."""

from datetime import UTC, date, datetime, time, timedelta

from events.moments.zones import Zone, home_of, local, zone_of

# When one day of a programme gives way to the next; until then people are still out.
DAY_CHANGE = time(4)


def programme_date(moment: datetime, zone: Zone, day_change: time = DAY_CHANGE) -> date:
    """The day of the programme that an aware `moment` belongs to in `zone`: 00:30 belongs to the day before."""
    reading = local(moment, home_of(zone))
    if reading.time() < day_change:
        return reading.date() - timedelta(days=1)
    return reading.date()


def at(day: date, clock: time, zone: Zone, *, day_change: time = DAY_CHANGE) -> datetime:
    """The moment, in UTC, when `clock` is read in `zone` on that day of the programme (00:30 is the next morning).

    A reading that a clock change repeats means its first occurrence. One that a clock change skips means as long
    after the change as it would have been, so that 02:30 is shown as 03:30.
    """
    on = day + timedelta(days=1) if clock < day_change else day
    return datetime.combine(on, clock.replace(tzinfo=None, fold=0), tzinfo=zone_of(zone)).astimezone(UTC)
