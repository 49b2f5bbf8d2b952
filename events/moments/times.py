"""Clock times and lengths of time; always 24 hours, always in a zone that the caller names."""

from datetime import date, datetime, time, timedelta

from events.moments.dates import date_long
from events.moments.programme import programme_date
from events.moments.zones import Zone, local
from events.names import reads_korean


def wall_clock(moment: datetime, zone: Zone) -> str:
    """09:30, and 00:30 after midnight: what a clock on the wall shows."""
    return f"{local(moment, zone):%H:%M}"


def clock(moment: datetime, zone: Zone, *, day: date | None = None) -> str:
    """09:30, and "00:30 +1" after midnight, counted from `day` (by default the day of the programme)."""
    return wall_clock(moment, zone) + _later(moment, zone, day or programme_date(moment, zone))


def clock_range(start: datetime, end: datetime | None, zone: Zone, *, day: date | None = None) -> str:
    """09:30–10:30, "23:30–00:30 +1"; "00:30–01:30 +1" where both are after midnight; without an end the start."""
    day = day or programme_date(start, zone)
    if end is None or end == start:
        return clock(start, zone, day=day)
    last = clock(end, zone, day=day)
    if _later(start, zone, day) == _later(end, zone, day):
        return f"{wall_clock(start, zone)}–{last}"
    return f"{clock(start, zone, day=day)}–{last}"


def _later(moment: datetime, zone: Zone, day: date) -> str:
    days = (local(moment, zone).date() - day).days
    return f" {days:+d}".replace("-", "−") if days else ""


def moment(moment: datetime, zone: Zone) -> str:
    """2022. 11. 8.(화) 09:30 · Tue 8 Nov 2022, 09:30"""
    separator = " " if reads_korean() else ", "
    return f"{date_long(local(moment, zone))}{separator}{wall_clock(moment, zone)}"


def duration(length: int | timedelta) -> str:
    """45분 · 45 min, 1시간 30분 · 1 h 30 min. A number counts minutes; seconds are dropped."""
    minutes = int(length.total_seconds() // 60) if isinstance(length, timedelta) else length
    hours, rest = divmod(max(minutes, 0), 60)
    units = ("시간", "분") if reads_korean() else (" h", " min")
    parts = [f"{count}{unit}" for count, unit in zip((hours, rest), units, strict=True) if count]
    return " ".join(parts) or f"0{units[1]}"


def time_typed(reading: time, *, about: bool = False) -> str:
    """09:30, or 09:30쯤 · about 09:30: how a field shows it and `read_time` reads it back."""
    shown = f"{reading:%H:%M}"
    return roughly(shown) if about else shown


def roughly(shown: str) -> str:
    """09:30쯤 · about 09:30, of a time that is written out already."""
    return f"{shown}쯤" if reads_korean() else f"about {shown}"
