"""Changing and deleting a day."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from events import access, services
from events.forms import DayForm
from events.models import Day
from events.moments import date_long
from events.views.conferences import crumbs
from events.views.saving import form_methods, next_page, onward, posted


@form_methods
def day_edit(request: HttpRequest, year: int, slug: str, on: date) -> HttpResponse:
    """Title, host, venue and text of one day."""
    day = access.to_change(request.user, access.day(request.user, year, slug, on))
    form = DayForm(posted(request), day)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            services.change_day(day=day, person=request.user, draft=form.draft())
            return onward(request, day.get_absolute_url())
        status = 422
    context = {"form": form, "day": day, "crumbs": _crumbs(day), "next": next_page(request)}
    return render(request, "events/day_form.html", context, status=status)


@form_methods
def day_delete(request: HttpRequest, year: int, slug: str, on: date) -> HttpResponse:
    """Asks, then deletes a day that nothing hangs on."""
    day = access.to_change(request.user, access.day(request.user, year, slug, on))
    conference, refusal = day.conference, ""
    if request.method == "POST":
        try:
            services.delete_day(day=day)
        except ValidationError as error:
            refusal = " ".join(error.messages)
        else:
            messages.success(request, _("Deleted: %(name)s.") % {"name": date_long(on)})
            return HttpResponseRedirect(conference.get_absolute_url())
    context = {"day": day, "refusal": refusal, "crumbs": _crumbs(day)}
    return render(request, "events/day_delete.html", context, status=409 if refusal else 200)


def _crumbs(day: Day) -> list[tuple[str, str]]:
    return [*crumbs(day.conference), (date_long(day.date), day.get_absolute_url())]
