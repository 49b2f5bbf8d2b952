"""Reads the dates and clock times that people type, in both languages whatever the active one is."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import NamedTuple

from django.utils.translation import gettext as _

from events.names import reads_korean

_FIRST_YEAR, _LAST_YEAR = 1900, 2199
# How far from its conference a date may lie in a neighbouring year and still be meant: 1/2 beside 30 December.
_AROUND_NEW_YEAR = timedelta(days=31)

_MONTH_NAMES = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_RELATIVE_DAYS = {
    "그저께": -2, "어제": -1, "yesterday": -1, "오늘": 0, "today": 0, "내일": 1, "tomorrow": 1, "모레": 2,
}  # fmt: skip
_EDGES = {"noon": time(12), "midday": time(12), "정오": time(12), "midnight": time(0), "자정": time(0)}

_MONTH = "(?P<name>[a-z]{3,9})"
_DAY = "(?P<day>[0-9]{1,2})"
_WEEKDAY = re.compile(
    r"^(mon|tues?|wed(nes)?|thu(rs?)?|fri|sat(ur)?|sun)(day)?\b[.,]? *(?=[0-9a-z])"
    r"| *\((mon|tue|wed|thu|fri|sat|sun|[월화수목금토일](요일)?)\)$"
    r"| *[월화수목금토일]요일$"
)
_DATES = [
    re.compile(pattern)
    for pattern in (
        rf"(?:(?P<year>[0-9]{{4}}) ?[./-] ?)?(?P<month>[0-9]{{1,2}}) ?[./-] ?{_DAY} ?\.?",
        r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})",
        rf"(?:(?P<year>[0-9]{{4}})년 ?)?(?P<month>[0-9]{{1,2}})월 ?{_DAY}일",
        rf"{_DAY}(?:st|nd|rd|th)? ?(?:of )?{_MONTH}\.?(?:,? ?(?P<year>[0-9]{{4}}))?",
        rf"{_MONTH}\.? ?{_DAY}(?:st|nd|rd|th)?(?:,? (?P<year>[0-9]{{4}}))?",
    )
]

_ABOUT_BEFORE = re.compile(r"^(약|대략|about|around|approx\.?|approximately|circa|ca?\.|~) ?")
_ABOUT_AFTER = re.compile(r" ?-?(쯤|경|정도|무렵|ish)$")
_NEXT_DAY = re.compile(r" \+1$")
_HOUR = "(?P<hour>[0-9]{1,2})"
_HALF = "(?P<half>오전|새벽|아침|오후|저녁|밤)"
_TIMES = [
    re.compile(pattern)
    for pattern in (
        rf"(?:{_HALF} ?)?{_HOUR}(?: ?[:.] ?(?P<minute>[0-9]{{2}})(?:[:.][0-9]{{2}})?)?",
        rf"(?:{_HALF} ?)?{_HOUR}시(?: ?(?P<minute>반|[0-9]{{1,2}})(?:분)?)?",
        rf"{_HOUR}(?: ?[:.] ?(?P<minute>[0-9]{{2}}))? ?(?P<half>[ap])\.?m\.?",
        r"(?P<hour>[0-9]{1,2})(?P<minute>[0-9]{2})",
    )
]
_MORNING = frozenset({"오전", "새벽", "아침", "a"})


class NotUnderstood(ValueError):
    """What was typed is no date or no time; `str()` is a sentence for the person who typed it."""


class Reading(NamedTuple):
    """A clock time, and whether it was called approximate."""

    time: time
    about: bool


def date_examples() -> str:
    """What may be typed into a date field, in the reader's manner."""
    return "11/8, 11월 8일, 2022. 11. 8." if reads_korean() else "8 Nov 2022, Nov 8, 11/8 (month/day)"


def time_examples() -> str:
    """What may be typed into a time field, in the reader's manner."""
    return "9:30, 9시 반, 오후 2시, 9시쯤" if reads_korean() else "9:30, 2 pm, 14:00, about 9"


def read_date(text: str, *, today: date, near: date | None = None) -> date:
    """The day that `text` names; a weekday beside it is ignored. Numbers stand as (year,) month, day.

    Without a year it is the one of `near` (a conference's first day), or a neighbouring year's where that is within
    a month of `near`; without `near` the nearest to `today`. Raises NotUnderstood; years run from 1900 to 2199.
    """
    typed = _WEEKDAY.sub("", _plain(text))
    if typed in _RELATIVE_DAYS:
        return today + timedelta(days=_RELATIVE_DAYS[typed])
    for pattern in _DATES:
        if found := pattern.fullmatch(typed):
            return _day_of(found.groupdict(), text, today=today, near=near)
    raise _no_date(text)


def read_time(text: str) -> Reading:
    """The clock time that `text` names: 9:30, 0930, 9시 반, 오후 2시, 2 pm, noon, 9시쯤 (about), ~9:30 (about).

    An hour without a half of the day is read on the 24-hour clock; 24:00 is midnight. Raises NotUnderstood.
    """
    plain = _NEXT_DAY.sub("", _plain(text))
    typed = _ABOUT_AFTER.sub("", _ABOUT_BEFORE.sub("", plain))
    about = typed != plain
    if typed in _EDGES:
        return Reading(_EDGES[typed], about)
    for pattern in _TIMES:
        if found := pattern.fullmatch(typed):
            return Reading(_clock_of(found.groupdict(), text), about)
    raise _no_time(text)


def _plain(text: str) -> str:
    """Half-width, lower case, one kind of dash and tilde, single spaces."""
    flat = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.sub("[〜∼]", "~", re.sub("[‐‑‒–—−]", "-", flat)).split())


def _shown(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 40 else f"{line[:39]}…"


def _no_date(text: str) -> NotUnderstood:
    sentence = _("“%(typed)s” is not a day that can be read. Write it like one of these: %(examples)s.")
    return NotUnderstood(sentence % {"typed": _shown(text), "examples": date_examples()})


def _no_time(text: str) -> NotUnderstood:
    sentence = _("“%(typed)s” is not a time that can be read. Write it like one of these: %(examples)s.")
    return NotUnderstood(sentence % {"typed": _shown(text), "examples": time_examples()})


def _month_number(name: str) -> int:
    """1 to 12 for nov, sept or november; 0 for a word that is no month."""
    return next((number for number, month in enumerate(_MONTH_NAMES, 1) if name in _short_forms(month)), 0)


def _short_forms(month: str) -> tuple[str, str, str]:
    return month, month[:3], "sept" if month == "september" else month


def _day_of(parts: dict[str, str | None], text: str, *, today: date, near: date | None) -> date:
    name = parts.get("name")
    month = _month_number(name) if name else int(parts["month"] or 0)
    day = int(parts["day"] or 0)
    if year := parts["year"]:
        candidates = list(_existing(month, day, range(int(year), int(year) + 1)))
    else:
        centre = near or today
        candidates = list(_existing(month, day, range(centre.year - 1, centre.year + 2)))
    if not candidates:
        raise _no_date(text)
    return _meant(candidates, today=today, near=near)


def _existing(month: int, day: int, years: range) -> Iterator[date]:
    """The day in each of the years that has it: 29 February not in all, 31 November in none."""
    for year in years:
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if _FIRST_YEAR <= year <= _LAST_YEAR:
            yield found


def _meant(candidates: list[date], *, today: date, near: date | None) -> date:
    centre = near or today
    nearest = min(candidates, key=lambda day: abs(day - centre))
    if near is None or abs(nearest - near) <= _AROUND_NEW_YEAR:
        return nearest
    return next((day for day in candidates if day.year == near.year), nearest)


def _clock_of(parts: dict[str, str | None], text: str) -> time:
    minute = 30 if parts["minute"] == "반" else int(parts["minute"] or 0)
    hour = int(parts["hour"] or 0)
    if (half := parts.get("half")) is not None:
        hour = _in_half(hour, half)
    if (hour, minute) == (24, 0):
        hour = 0
    try:
        return time(hour, minute)
    except ValueError:
        raise _no_time(text) from None


def _in_half(hour: int, half: str) -> int:
    """The hour of 24 for one named with its half of the day: 오후 14시 is 14, 밤 12시 and 12 am are 0, -1 is none."""
    if half == "밤" and (hour == 12 or hour < 6):
        return hour % 12
    if half in _MORNING:
        return hour % 12 if hour <= 12 else -1
    return hour + 12 if hour < 12 else hour
