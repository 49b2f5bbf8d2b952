"""Days as people write them: 2022. 11. 8.(화) in Korean, Tue 8 Nov 2022 in English."""

from datetime import date

from events.names import reads_korean

WEEKDAYS_KO = "월화수목금토일"
_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _weekday(day: date) -> str:
    return f"({WEEKDAYS_KO[day.weekday()]})"


def _day_month(day: date) -> str:
    return f"{day.day} {_MONTHS_EN[day.month - 1]}"


def _same_month(first: date, last: date) -> bool:
    return (first.year, first.month) == (last.year, last.month)


def date_long(day: date) -> str:
    """2022. 11. 8.(화) · Tue 8 Nov 2022"""
    if reads_korean():
        return f"{date_typed(day)}{_weekday(day)}"
    return f"{_WEEKDAYS_EN[day.weekday()]} {date_typed(day)}"


def date_short(day: date) -> str:
    """11월 8일(화) · Tue 8 Nov"""
    if reads_korean():
        return f"{day.month}월 {day.day}일{_weekday(day)}"
    return f"{_WEEKDAYS_EN[day.weekday()]} {_day_month(day)}"


def date_typed(day: date) -> str:
    """2022. 11. 8. · 8 Nov 2022: how a field shows it; `read_date` reads it back without knowing a year."""
    if reads_korean():
        return f"{day.year}. {day.month}. {day.day}."
    return f"{_day_month(day)} {day.year}"


def date_range(first: date, last: date) -> str:
    """11월 8일(화)–9일(수) · 8–9 Nov; with years where they differ."""
    if first == last:
        return date_short(first)
    if first.year != last.year:
        return date_range_long(first, last)
    if reads_korean():
        end = f"{last.day}일{_weekday(last)}" if _same_month(first, last) else date_short(last)
        return f"{date_short(first)}–{end}"
    if _same_month(first, last):
        return f"{first.day}–{_day_month(last)}"
    return f"{_day_month(first)} – {_day_month(last)}"


def date_range_long(first: date, last: date) -> str:
    """2022. 11. 8.(화)–9.(수) · 8–9 Nov 2022"""
    if first == last:
        return date_long(first)
    if reads_korean():
        return f"{date_long(first)}–{_korean_end(first, last)}"
    if first.year != last.year:
        return f"{date_typed(first)} – {date_typed(last)}"
    return f"{date_range(first, last)} {last.year}"


def _korean_end(first: date, last: date) -> str:
    if first.year != last.year:
        return date_long(last)
    month = "" if _same_month(first, last) else f"{last.month}. "
    return f"{month}{last.day}.{_weekday(last)}"


def day_number(number: int) -> str:
    """1일차 · Day 1"""
    return f"{number}일차" if reads_korean() else f"Day {number}"


def years_ago(years: int) -> str:
    """3년 전 오늘 · On this day 3 years ago"""
    if reads_korean():
        return f"{years}년 전 오늘"
    return f"On this day {years} {'year' if years == 1 else 'years'} ago"
