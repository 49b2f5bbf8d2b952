"""Adding and changing a venue."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from events import access, services
from events.forms import VenueForm
from events.views.saving import form_methods, next_page, onward, posted


@form_methods
def venue_add(request: HttpRequest) -> HttpResponse:
    """A house where nothing takes place yet."""
    form = VenueForm(posted(request))
    status = 200
    if request.method == "POST":
        if form.is_valid():
            venue = services.add_venue(person=request.user, **form.values())
            return onward(request, venue.get_absolute_url())
        status = 422
    context = {"form": form, "next": next_page(request)}
    return render(request, "events/venue_form.html", context, status=status)


@form_methods
def venue_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Names in both scripts, further spellings, and where it is."""
    venue = access.to_change(request.user, access.venue(request.user, slug))
    form = VenueForm(posted(request), venue)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            services.change_named(thing=venue, **form.values())
            return onward(request, venue.get_absolute_url())
        status = 422
    crumbs = [(venue.own_name(), venue.get_absolute_url())]
    context = {"form": form, "venue": venue, "crumbs": crumbs, "next": next_page(request)}
    return render(request, "events/venue_form.html", context, status=status)
