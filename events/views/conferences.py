"""Adding, changing, sharing and deleting a conference."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events import access, services
from events.forms import ConferenceSheet, rows_for_dates
from events.models import Conference
from events.services.sharing import own_unlisted_talks
from events.signals import conference_added
from events.views.saving import form_methods, next_page, onward, posted, refuse_demo, saved, wants_another_row


@form_methods
def conference_add(request: HttpRequest) -> HttpResponse:
    """A new conference; without rows for its days, on to the page that has them."""
    sheet = ConferenceSheet(posted(request))
    status = 200
    if wants_another_row(request):
        sheet.show_as_typed()
    elif request.method == "POST":
        made = saved(sheet, lambda: services.add_conference(person=request.user, **sheet.values()))
        if made:
            conference_added.send(sender=Conference, request=request, conference=made)
            return onward(request, made.get_absolute_url() if sheet.has_day_rows() else _edit_page(request, made))
        status = 422
    context = {**sheet.context(), "next": next_page(request)}
    return render(request, "events/conference_form.html", context, status=status)


@require_safe
def day_rows(request: HttpRequest) -> HttpResponse:
    """The rows for the days of the dates typed so far, for static/js/day-rows.js; 204 where there are none to give."""
    days = rows_for_dates(request.GET)
    if not days.forms:
        return HttpResponse(status=204)
    return render(request, "events/_day_rows.html", {"days": days})


@form_methods
def conference_edit(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """Everything of a conference on one screen."""
    conference = access.to_change(request.user, access.conference(request.user, year, slug))
    sheet = ConferenceSheet(posted(request), conference)
    status = 200
    if wants_another_row(request):
        sheet.show_as_typed()
    elif request.method == "POST":
        if saved(sheet, lambda: _change(request, conference, sheet)):
            return onward(request, conference.get_absolute_url())
        status = 422
    context = {**sheet.context(), "conference": conference, "crumbs": crumbs(conference), "next": next_page(request)}
    return render(request, "events/conference_form.html", context, status=status)


@form_methods
def conference_share(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """Says what becomes visible to whom, then does it."""
    refuse_demo(request)
    conference = access.to_change(request.user, access.conference(request.user, year, slug))
    if request.method == "POST":
        services.share_conference(conference=conference, person=request.user, with_talks="with_talks" in request.POST)
        messages.success(request, _("Shared with everyone here."))
        return HttpResponseRedirect(conference.get_absolute_url())
    talks = own_unlisted_talks(conference, request.user).with_speakers().in_programme_order()
    context = {"conference": conference, "talks": talks, "crumbs": crumbs(conference)}
    return render(request, "events/conference_share.html", context)


@form_methods
def conference_delete(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """Asks, then deletes what nobody has written on."""
    conference = access.to_change(request.user, access.conference(request.user, year, slug))
    refusal = ""
    if request.method == "POST":
        try:
            services.delete_conference(conference=conference, person=request.user)
        except ValidationError as error:
            refusal = " ".join(error.messages)
        else:
            messages.success(request, _("Deleted: %(name)s.") % {"name": conference.own_name()})
            return HttpResponseRedirect(reverse("year", args=[conference.year]))
    context = {"conference": conference, "refusal": refusal, "crumbs": crumbs(conference)}
    return render(request, "events/conference_delete.html", context, status=409 if refusal else 200)


def crumbs(conference: Conference) -> list[tuple[str, str]]:
    """The way to a page of the conference."""
    return [
        (str(conference.year), reverse("year", args=[conference.year])),
        (conference.own_name(), conference.get_absolute_url()),
    ]


def _edit_page(request: HttpRequest, conference: Conference) -> str:
    messages.success(request, _("Added. Here are its days: who hosts them, and where?"))
    return reverse("conference-edit", args=[conference.year, conference.slug])


def _change(request: HttpRequest, conference: Conference, sheet: ConferenceSheet) -> bool:
    services.change_conference(conference=conference, person=request.user, **sheet.values())
    return True
