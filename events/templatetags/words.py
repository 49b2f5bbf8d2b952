"""The words layer for templates: names, days, times, money. A builtin of every template, so nothing is loaded."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from events import moments, names
from events.moments import Zone

register = template.Library()

_MOST_STARS = 5


# Days and times; nothing is shown for what is not known


@register.filter
def date_short(day: date | None) -> str:
    """11월 8일(화) · Tue 8 Nov"""
    return moments.date_short(day) if day else ""


@register.filter
def date_long(day: date | None) -> str:
    """2022. 11. 8.(화) · Tue 8 Nov 2022"""
    return moments.date_long(day) if day else ""


@register.simple_tag
def date_range(first: date, last: date) -> str:
    """11월 8일(화)–9일(수) · 8–9 Nov"""
    return moments.date_range(first, last)


@register.simple_tag
def date_range_long(first: date, last: date) -> str:
    """2022. 11. 8.(화)–9.(수) · 8–9 Nov 2022"""
    return moments.date_range_long(first, last)


@register.simple_tag
def day_number(number: int) -> str:
    """1일차 · Day 1"""
    return moments.day_number(number)


@register.filter
def years_ago(years: int) -> str:
    """3년 전 오늘 · On this day 3 years ago"""
    return moments.years_ago(years)


@register.filter
def clock(moment: datetime | None, zone: Zone) -> str:
    """09:30, and "00:30 +1" after midnight, as a programme counts."""
    return moments.clock(moment, zone) if moment else ""


@register.filter
def roughly(shown: str, about: bool = True) -> str:  # noqa: FBT001, FBT002 -- a filter's argument has no name
    """09:30쯤 · about 09:30 where `about` holds, else as it is."""
    return moments.roughly(shown) if about else shown


@register.filter
def wall_clock(moment: datetime | None, zone: Zone) -> str:
    """09:30 or 00:30, as a clock on the wall shows it: for "saved at"."""
    return moments.wall_clock(moment, zone) if moment else ""


@register.simple_tag
def clock_range(start: datetime | None, end: datetime | None, zone: Zone) -> str:
    """09:30–10:30"""
    return moments.clock_range(start, end, zone) if start else ""


@register.filter
def moment(moment: datetime | None, zone: Zone) -> str:
    """2022. 11. 8.(화) 09:30 · Tue 8 Nov 2022, 09:30"""
    return moments.moment(moment, zone) if moment else ""


@register.filter
def zone_beside(conference: Any, reader: ZoneInfo | None) -> str:
    """The name of a conference's zone where its clocks differ from those of `reader`; else, and unknown, nothing."""
    if not conference or reader is None or not conference.differs_from(reader):
        return ""
    return moments.zone_name(conference.zone)


@register.filter
def zone_name(zone: Zone) -> str:
    """한국 시간 · Korean time"""
    return moments.zone_name(zone) if zone else ""


@register.filter
def duration(length: int | timedelta | None) -> str:
    """1시간 30분 · 1 h 30 min; a number counts minutes."""
    return "" if length is None else moments.duration(length)


@register.filter
def money(amount: Decimal | None, currency: str) -> str:
    """15,000원 · ₩15,000"""
    return "" if amount is None else moments.money(amount, currency)


# Names and languages


@register.filter
def both_names(thing: Any) -> str:
    """승현준 (Sebastian Seung) · Sebastian Seung (승현준), of anything with `name` and `other_name`."""
    return names.both_names(thing.name, thing.other_name) if thing else ""


@register.filter
def own_name(thing: Any) -> str:
    """The name in the reader's script, of anything with `name` and `other_name`."""
    return names.own_name(thing.name, thing.other_name) if thing else ""


@register.filter
def lang_of(text: str | None) -> str:
    """For a `lang` attribute: ko, en, or empty, which is HTML's word for unknown."""
    return names.language_of(text or "")


# Signs


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """One drawing of the sprite; for the eye only, so words must stand beside it or in a label."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("img/icons.svg"),
        name,
    )


@register.simple_tag
def stars(rating: int | None) -> SafeString:
    """★★★★☆ for the eye, a sentence for a screen reader; nothing without a rating."""
    if not rating:
        return SafeString("")
    return format_html(
        '<span class="stars"><span class="visually-hidden">{}</span><span aria-hidden="true">{}{}</span></span>',
        _("Rating: %(rating)s of %(most)s") % {"rating": rating, "most": _MOST_STARS},
        "★" * rating,
        "☆" * (_MOST_STARS - rating),
    )
