"""The pages of one conference: its days side by side, one day, the programme, the timeline, the report."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from events import access as world
from events.models import Conference, Day
from events.moments import programme_date
from journal import gallery, ribbons, trail
from journal.book import Book, open_book
from journal.http import Request
from journal.overview import counts, picks, strips
from journal.programme import Filters, programme_of, programme_page, put_in
from journal.report import Choices, report_of
from journal.timeline import open_on, timeline, timeline_of
from journal.zones import zone_shown

# A day of more talks than this is read on the programme's own page.
WHOLE_DAY = 40
# So many picks stand on the conference's own page; all of them are in the programme.
MOST_PICKS = 24


@require_safe
def conference(request: Request, year: int, slug: str) -> HttpResponse:
    """The conference as a badge, its days side by side, what was picked."""
    found = world.conference(request.user, year, slug)
    book = open_book(request.user, found, picks=True)
    picked = picks(book)
    context = {
        "strips": strips(book),
        "picks": picked[:MOST_PICKS],
        "more_picks": len(picked[MOST_PICKS:]),
        "counts": counts(book),
        "crumbs": trail.above(found),
    }
    return render(request, "journal/conference.html", _context(request, book) | context)


@require_safe
def day(request: Request, year: int, slug: str, on: date) -> HttpResponse:
    """One day: host, venue, its programme, what was kept, the mood."""
    found = world.conference(request.user, year, slug)
    book = open_book(request.user, found, day=on, most=WHOLE_DAY)
    this = next((day for day in book.days if day.date == on), None)
    if this is None:
        raise Http404
    index = book.days.index(this)
    context = {
        "day": this,
        "is_today": this.date == _today_in(found),
        "about": f"conference={year}/{slug}&day={on.isoformat()}",
        "lived": timeline_of(book, this),
        **_programme_of(book, this),
        "previous": book.days[index - 1] if index else None,
        "next": book.days[index + 1] if index + 1 < len(book.days) else None,
    }
    return render(request, "journal/day.html", _context(request, book) | context)


@require_safe
def programme(request: Request, year: int, slug: str) -> HttpResponse:
    """One day at a time, or all; filtered; with my marks and clashes."""
    found = world.conference(request.user, year, slug)
    filters = Filters.from_query(request.GET)
    context = programme_page(request.user, found, filters, zone_shown(request, found))
    response = render(request, "journal/programme.html", context)
    response.content = put_in(response.content, context["parts"])
    return response


@require_safe
def journal(request: Request, year: int, slug: str) -> HttpResponse:
    """The timeline: everything in the order it happened."""
    book = _book(request, year, slug)
    context = {"timeline": open_on(timeline(book), request.GET.get("day", ""), today=_today_in(book.conference))}
    return render(request, "journal/timeline.html", _context(request, book) | context)


@require_safe
def report(request: Request, year: int, slug: str) -> HttpResponse:
    """The illustrated trip report, in timeline order, for its owner's eyes and printer."""
    book = _book(request, year, slug)
    choices = Choices.from_query(request.GET)
    context = {"report": report_of(book, choices), "choices": choices, "counts": counts(book)}
    return render(request, "journal/report.html", _context(request, book) | context)


def _today_in(conference: Conference) -> date:
    """The programme day that it is there now; a night belongs to the day before."""
    return programme_date(timezone.now(), conference.zone)


def _book(request: Request, year: int, slug: str) -> Book:
    return open_book(request.user, world.conference(request.user, year, slug))


def _context(request: Request, book: Book) -> dict[str, Any]:
    """What every page of a conference needs."""
    return {
        "conference": book.conference,
        "zone": zone_shown(request, book.conference),
        "book": book,
        "crumbs": trail.below(book.conference),
        "about": f"conference={book.conference.year}/{book.conference.slug}",
        "hue": ribbons.hue(book.attendance, book.conference),
        "pictures": gallery.pictures_for(request.user, [entry.text for entry in book.entries], book.photos),
        "may_change": world.may_change(request.user, book.conference),
    }


def _programme_of(book: Book, day: Day) -> dict[str, Any]:
    """A day's programme; of a large one what was picked, and how much more there is."""
    slots = programme_of([talk for talk in book.talks.values() if talk.day_id == day.pk], book.marks)
    count: int = day.talk_count  # type: ignore[attr-defined]
    shown = slots if count <= WHOLE_DAY else [slot for slot in slots if slot.is_mine][:WHOLE_DAY]
    return {"programme": shown, "talk_count": count, "is_whole": len(shown) == count}
