"""Things of the world across all years, with what the person wrote about them: speakers, venues, series."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from events import access as world
from events.models import Conference, Venue
from journal import access, gallery
from journal.across import came_again, days_at, given_by, rooms_of
from journal.cards import cards
from journal.http import Request


@require_safe
def speaker(request: Request, slug: str) -> HttpResponse:
    """Every talk of theirs that I may see, my marks, and what I wrote."""
    found = world.speaker(request.user, slug)
    entries = list(access.entries(request.user).about_speaker(found).with_names_of_talks().latest_first())
    photos = list(access.photos(request.user).of_speaker(found))
    context = {
        "speaker": found,
        "talks": given_by(request.user, found),
        "links": found.links.all(),
        "about": f"speaker={found.slug}",
        "may_change": world.may_change(request.user, found),
    }
    return render(request, "journal/speaker.html", context | gallery.shelf(request.user, entries, photos))


@require_safe
def venue(request: Request, slug: str) -> HttpResponse:
    """The conference days that were held there, and what I wrote about it."""
    found = world.venue(request.user, slug)
    entries = list(access.entries(request.user).about_venue(found).with_names_of_talks().latest_first())
    photos = list(access.photos(request.user).of_venue(found))
    context = {
        "venue": found,
        "place": ", ".join(filter(None, [found.city, found.country])),
        "map_url": _map_of(found),
        "days": days_at(request.user, found),
        "rooms": rooms_of(request.user, found),
        "about": f"venue={found.slug}",
        "may_change": world.may_change(request.user, found),
    }
    return render(request, "journal/venue.html", context | gallery.shelf(request.user, entries, photos))


@require_safe
def series(request: Request, slug: str) -> HttpResponse:
    """The editions side by side: how I was there, what I kept, who came again."""
    found = world.series(request.user, slug)
    editions = (
        Conference.objects.visible_to(request.user).filter(series=found).order_by("-starts_on").select_related("series")
    )
    context = {
        "series": found,
        "cards": cards(request.user, editions),
        "came_again": came_again(request.user, found),
    }
    return render(request, "journal/series.html", context)


def _map_of(venue: Venue) -> str:
    """Where its coordinates are on OpenStreetMap."""
    if venue.latitude is None or venue.longitude is None:
        return ""
    place = f"mlat={venue.latitude}&mlon={venue.longitude}"
    return f"https://www.openstreetmap.org/?{place}#map=17/{venue.latitude}/{venue.longitude}"
