"""Dates, times, zones and money: how they are shown, and how what a person types is read.

The patterns of both languages stand in the modules of this package, not in a message catalogue: a date is a pattern
with cases (same month, other year, weekday), and a pattern must change together with the reader of what it prints.
The language is Django's active one, looked up at each call. Sentences (`NotUnderstood`) go through gettext.
"""

from events.moments.dates import date_long, date_range, date_range_long, date_short, date_typed, day_number, years_ago
from events.moments.money import money
from events.moments.programme import DAY_CHANGE, at, programme_date
from events.moments.reading import NotUnderstood, Reading, date_examples, read_date, read_time, time_examples
from events.moments.times import clock, clock_range, duration, moment, roughly, time_typed, wall_clock
from events.moments.zones import COMMON_ZONES, Elsewhere, Zone, known_zones, zone_city, zone_name, zone_of

__all__ = [
    "COMMON_ZONES",
    "DAY_CHANGE",
    "Elsewhere",
    "NotUnderstood",
    "Reading",
    "Zone",
    "at",
    "clock",
    "clock_range",
    "date_examples",
    "date_long",
    "date_range",
    "date_range_long",
    "date_short",
    "date_typed",
    "day_number",
    "duration",
    "known_zones",
    "moment",
    "money",
    "programme_date",
    "read_date",
    "read_time",
    "roughly",
    "time_examples",
    "time_typed",
    "wall_clock",
    "years_ago",
    "zone_city",
    "zone_name",
    "zone_of",
]
