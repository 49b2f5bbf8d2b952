"""Being there: attendance, the log of a day, arriving and leaving by one tap."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from events import access as world
from events.models import Conference, Day
from events.moments import programme_date, wall_clock
from events.views.saving import form_methods, posted
from journal import access, actions, ribbons, trail, undo
from journal.actions.presence import suggested_ribbon
from journal.forms.presence import AttendanceForm, DayLogForm
from journal.going import say_so
from journal.http import Request
from journal.models import Attendance, DayLog
from journal.views.posting import status_of, way_back
from journal.zones import zone_shown

# What a withdrawn attendance said, kept in the session for the undo: an expectation is too long for an address.
WITHDRAWN = "withdrawn-attendance"
ATTENDANCE_FIELDS = ("mode", "role", "ribbon", "companions", "lodging", "expectation")


@form_methods
def attendance(request: Request, year: int, slug: str) -> HttpResponse:
    """How I was there; the first save says that I was."""
    conference = world.conference(request.user, year, slug)
    mine = access.attendance(request.user, conference)
    form = AttendanceForm(posted(request), instance=mine or _usual_attendance(request.user, conference))
    if form.is_valid():
        actions.attend(owner=request.user, conference=conference, **form.fields_of_attendance())
        messages.success(request, _("Saved: you were there.") if mine is None else _("Saved."))
        return redirect(conference)
    context = {"conference": conference, "attendance": mine, "hue": form.instance.ribbon}
    return _form_page(request, "journal/attendance_form.html", form, context)


@require_POST
def attend(request: Request, year: int, slug: str) -> HttpResponse:
    """“I was there” by one tap."""
    conference = world.conference(request.user, year, slug)
    if access.attendance(request.user, conference) is None:
        usual = _usual_attendance(request.user, conference)
        actions.attend(owner=request.user, conference=conference, mode=usual.mode)
        say_so(request, conference)
    return way_back(request, conference.get_absolute_url())


@require_POST
def attendance_withdraw(request: Request, year: int, slug: str) -> HttpResponse:
    """“I was not there after all”; everything written stays."""
    conference = world.conference(request.user, year, slug)
    mine = access.attendance(request.user, conference)
    if mine is None:
        raise Http404
    kept = {name: getattr(mine, name) for name in ATTENDANCE_FIELDS}
    request.session[WITHDRAWN] = {**request.session.get(WITHDRAWN, {}), str(conference.pk): kept}
    actions.withdraw_attendance(attendance=mine)
    address = reverse("journal:attendance-restore", args=[year, conference.slug])
    sentence = _("Noted: you were not there. Everything you wrote is still here.")
    messages.success(request, sentence, extra_tags=f"undo:{address}")
    return redirect(conference)


@require_POST
def attendance_restore(request: Request, year: int, slug: str) -> HttpResponse:
    """The undo of a withdrawal, with all that the attendance said."""
    conference = world.conference(request.user, year, slug)
    withdrawn = request.session.get(WITHDRAWN, {})
    kept = withdrawn.pop(str(conference.pk), None)
    if kept is not None and access.attendance(request.user, conference) is None:
        actions.attend(owner=request.user, conference=conference, **kept)
        messages.success(request, _("It is as it was before."))
    request.session[WITHDRAWN] = withdrawn
    return redirect(conference)


@form_methods
def day_log(request: Request, year: int, slug: str, on: date) -> HttpResponse:
    """The day in a few lines: times, mood, stars, highlight."""
    day = world.day(request.user, year, slug, on)
    attended = access.attendance(request.user, day.conference)
    form = DayLogForm(
        posted(request),
        day=day,
        log=access.day_log(request.user, day),
        talks=list(access.talks(request.user).on(day).in_programme_order()),
        entries=list(access.entries(request.user).on_day(day).order_by("created")),
    )
    if form.is_valid():
        actions.log_day(owner=request.user, day=day, **form.log_fields())
        messages.success(request, _("Saved."))
        return redirect(day)
    hue = ribbons.hue(attended, day.conference)
    context = {"conference": day.conference, "day": day, "hue": hue, "crumbs": trail.below(day.conference, day)}
    return _form_page(request, "journal/day_log_form.html", form, context)


@dataclass(frozen=True)
class Tap:
    """Arriving or leaving: the columns it writes, its verbs, its words."""

    column: str
    note: Callable[..., DayLog]
    clear: Callable[..., DayLog]
    undo: str
    said: Any

    def now(self, log: DayLog | None) -> dict[str, Any]:
        """What the log says of it, as plain JSON."""
        moment: datetime | None = getattr(log, self.column, None)
        return {"at": moment.isoformat() if moment else None, "about": getattr(log, f"{self.column}_about", False)}


ARRIVAL = Tap(
    "arrived",
    actions.note_arrival,
    actions.clear_arrival,
    "journal:arrive-undo",
    gettext_lazy("Arrived at %(time)s."),
)
DEPARTURE = Tap(
    "left",
    actions.note_departure,
    actions.clear_departure,
    "journal:leave-undo",
    gettext_lazy("Left at %(time)s."),
)


@require_POST
def arrive(request: Request, year: int, slug: str, on: date) -> HttpResponse:
    """“I have arrived”, now."""
    return _tap(request, world.day(request.user, year, slug, on), ARRIVAL)


@require_POST
def leave(request: Request, year: int, slug: str, on: date) -> HttpResponse:
    """“I am leaving”, now."""
    return _tap(request, world.day(request.user, year, slug, on), DEPARTURE)


@require_POST
def arrive_undo(request: Request, year: int, slug: str, on: date, kept: str) -> HttpResponse:
    """As it was before the tap."""
    return _untap(request, world.day(request.user, year, slug, on), ARRIVAL, kept)


@require_POST
def leave_undo(request: Request, year: int, slug: str, on: date, kept: str) -> HttpResponse:
    """As it was before the tap."""
    return _untap(request, world.day(request.user, year, slug, on), DEPARTURE, kept)


def _tap(request: Request, day: Day, tap: Tap) -> HttpResponse:
    now = timezone.now()
    conference = day.conference
    place = [conference.year, conference.slug, day.date]
    if programme_date(now, conference.zone) != day.date:
        messages.warning(request, _("This day is not today, so nothing was noted yet. Write the time here."))
        return HttpResponseRedirect(reverse("journal:day-log", args=place))
    before = access.day_log(request.user, day)
    was_there = access.attendance(request.user, conference) is not None
    after = tap.note(owner=request.user, day=day, at=now)
    kept = {"day": day.pk, "before": tap.now(before), "after": tap.now(after), "was_there": was_there}
    address = reverse(tap.undo, args=[*place, undo.seal(tap.undo, request.user, kept)])
    sentence = tap.said % {"time": wall_clock(now, zone_shown(request, conference))}
    messages.success(request, sentence, extra_tags=f"undo:{address}")
    return way_back(request, day.get_absolute_url())


def _untap(request: Request, day: Day, tap: Tap, sealed: str) -> HttpResponse:
    """Only while the tap is the last word: what was written since is worth more than an old button."""
    kept = undo.unseal(tap.undo, request.user, sealed)
    if kept["day"] != day.pk:
        raise Http404
    if tap.now(access.day_log(request.user, day)) != kept["after"]:
        messages.warning(request, _("It has been changed since, so it stays as it is."))
        return way_back(request, day.get_absolute_url())
    before = kept["before"]
    if before["at"] is None:
        tap.clear(owner=request.user, day=day)
    else:
        tap.note(owner=request.user, day=day, at=datetime.fromisoformat(before["at"]), about=before["about"])
    _unattend(request.user, day.conference, was_there=kept["was_there"])
    messages.success(request, _("It is as it was before."))
    return way_back(request, day.get_absolute_url())


def _unattend(person: User, conference: Conference, *, was_there: bool) -> None:
    """An attendance that came with the tap goes with it, unless somebody has written something into it."""
    mine = None if was_there else access.attendance(person, conference)
    if mine is not None and not (mine.companions or mine.lodging or mine.expectation):
        actions.withdraw_attendance(attendance=mine)


def _usual_attendance(person: User, conference: Conference) -> Attendance:
    """Not saved: what the form begins with."""
    online = conference.mode == Conference.Mode.ONLINE
    return Attendance(
        owner=person,
        conference=conference,
        ribbon=suggested_ribbon(conference),
        mode=Attendance.Mode.ONLINE if online else Attendance.Mode.IN_PERSON,
    )


def _form_page(request: Request, template: str, form: Any, context: dict[str, Any]) -> HttpResponse:
    crumbs = context.get("crumbs") or trail.below(context["conference"])
    return render(request, template, {**context, "form": form, "crumbs": crumbs}, status=status_of(request))
