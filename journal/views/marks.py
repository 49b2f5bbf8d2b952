"""Marks of talks: one by a tap with undo, several at once on a page."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.paginator import Page, Paginator
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from events import access as world
from events.models import Conference, Day, Talk
from events.views.saving import form_methods, posted
from journal import access, actions, ribbons, trail, undo
from journal.forms.presence import MarkForm, MarkRow, by_day
from journal.http import Request
from journal.models import Mark
from journal.views.posting import status_of, way_back
from journal.zones import zone_shown

# Three fields a talk: more of them are no form that a person fills in, and no page that a phone likes.
TALKS_A_PAGE = 50
UNDO = "journal:mark-undo"


@require_POST
def mark(request: Request, year: int, slug: str, talk_slug: str) -> HttpResponse:
    """Mark, stars, verdict: what is sent is changed; an empty mark takes all three away."""
    talk = world.talk(request.user, year, slug, talk_slug)
    before = access.mark(request.user, talk)
    form = MarkForm(request.POST, talk=talk, mark=before)
    if not form.is_valid():
        return _refused(request, talk, before, form)
    after = _apply(request.user, talk, before, form.sent())
    if MarkRow.shown(before) != MarkRow.shown(after):
        messages.success(request, _sentence(after), extra_tags=f"undo:{_undo_address(request, talk, before, after)}")
    if request.htmx:
        return render(
            request, "journal/_mark_answer.html", {"talk": talk, "conference": talk.conference, "mark": after}
        )
    return way_back(request, talk.get_absolute_url())


@require_POST
def mark_undo(request: Request, year: int, slug: str, talk_slug: str, kept: str) -> HttpResponse:
    """The mark as it was; only while it still is what the tap made of it."""
    talk = world.talk(request.user, year, slug, talk_slug)
    stored = undo.unseal(UNDO, request.user, kept)
    now = access.mark(request.user, talk)
    if stored["talk"] != talk.pk:
        raise Http404
    if MarkRow.shown(now) != stored["after"]:
        messages.warning(request, _("It has been changed since, so it stays as it is."))
    else:
        _set(request.user, talk, stored["before"])
        messages.success(request, _("It is as it was before."))
    return way_back(request, talk.get_absolute_url())


@form_methods
def marks(request: Request, year: int, slug: str) -> HttpResponse:
    """The conference's talks in a list, marked and rated at once."""
    sheet = _sheet(request, world.conference(request.user, year, slug))
    if request.method == "POST" and all(row.is_valid() for row in sheet.rows):
        count = _mark_changed(request.user, sheet.rows, _shown_before(request))
        if count:
            messages.success(
                request, ngettext("%(count)s talk marked.", "%(count)s talks marked.", count) % {"count": count}
            )
        else:
            messages.info(request, _("Nothing was changed."))
        return HttpResponseRedirect(request.get_full_path())
    attended = access.attendance(request.user, sheet.conference)
    context = {
        "sheet": sheet,
        "conference": sheet.conference,
        "zone": zone_shown(request, sheet.conference),
        "crumbs": trail.below(sheet.conference),
        "hue": ribbons.hue(attended, sheet.conference),
    }
    return render(request, "journal/marks.html", context, status=status_of(request))


@dataclass(frozen=True)
class Sheet:
    """The page of several marks: `day` where only one day's talks are shown."""

    conference: Conference
    days: list[Day]
    day: Day | None
    page: Page[Talk]
    rows: list[MarkRow]
    shown: str

    @property
    def groups(self) -> list[tuple[Day | None, list[MarkRow]]]:
        """Rows under their days."""
        return by_day(self.rows)

    @property
    def refused(self) -> list[MarkRow]:
        """Rows with something that cannot be saved."""
        return [row for row in self.rows if row.is_bound and row.errors]


def _sheet(request: Request, conference: Conference) -> Sheet:
    days = list(conference.days.order_by("date"))
    day = _chosen_day(days, request.GET.get("day", ""))
    talks = access.talks(request.user).filter(conference=conference).in_programme_order()
    page = Paginator(talks.on(day) if day else talks, TALKS_A_PAGE).get_page(request.GET.get("page"))
    known = {mark.talk_id: mark for mark in access.marks(request.user).at(conference)}
    rows = [MarkRow(posted(request), talk=_joined(talk, conference), mark=known.get(talk.pk)) for talk in page]
    for one in days:
        one.conference = conference
    shown = request.POST.get("shown") or json.dumps({row.prefix: MarkRow.shown(row.mark) for row in rows if row.mark})
    return Sheet(conference, days, day, page, rows, shown)


def _joined(talk: Talk, conference: Conference) -> Talk:
    talk.conference = conference
    if talk.day is not None:
        talk.day.conference = conference
    return talk


def _chosen_day(days: list[Day], wanted: str) -> Day | None:
    try:
        on = date.fromisoformat(wanted) if wanted else None
    except ValueError:
        raise Http404 from None
    found = next((day for day in days if day.date == on), None)
    if on is not None and found is None:
        raise Http404
    return found


def _shown_before(request: Request) -> dict[str, Any]:
    """The marks as the page showed them: a row that was not touched is left as another device has made it since."""
    try:
        shown = json.loads(request.POST.get("shown", ""))
    except ValueError:
        return {}
    return shown if isinstance(shown, dict) else {}


@transaction.atomic
def _mark_changed(person: User, rows: Iterable[MarkRow], shown: dict[str, Any]) -> int:
    changed = [row for row in rows if row.told() != shown.get(str(row.prefix), MarkRow.shown(None))]
    for row in changed:
        _set(person, row.talk, row.told())
    return len(changed)


def _apply(person: User, talk: Talk, before: Mark | None, sent: dict[str, Any]) -> Mark | None:
    """The mark after what was sent; nothing said of an unmarked talk leaves it unmarked."""
    if "state" in sent and not sent["state"]:
        actions.clear_mark(owner=person, talk=talk)
        return None
    if before is None and not any(sent.values()):
        return None
    state = sent.pop("state", None)
    return actions.mark_talk(owner=person, talk=talk, state=state, **sent)


def _set(person: User, talk: Talk, mark: dict[str, Any]) -> None:
    """All three at once; none of them is no mark."""
    if any(mark.values()):
        actions.mark_talk(owner=person, talk=talk, **{**mark, "state": mark["state"] or Mark.State.ATTENDED})
    else:
        actions.clear_mark(owner=person, talk=talk)


def _undo_address(request: Request, talk: Talk, before: Mark | None, after: Mark | None) -> str:
    kept = {"talk": talk.pk, "before": MarkRow.shown(before), "after": MarkRow.shown(after)}
    conference = talk.conference
    return reverse(UNDO, args=[conference.year, conference.slug, talk.slug, undo.seal(UNDO, request.user, kept)])


def _sentence(after: Mark | None) -> str:
    if after is None:
        return _("The mark is gone, with stars and verdict.")
    return _("Marked: %(state)s.") % {"state": after.get_state_display()}


def _refused(request: Request, talk: Talk, before: Mark | None, form: MarkForm) -> HttpResponse:
    """With everything that was typed; as a page of its own where no htmx puts it in place."""
    conference = talk.conference
    context = {"talk": talk, "conference": conference, "mark": before, "mark_form": form}
    template = "journal/_mark.html" if request.htmx else "journal/mark_form.html"
    return render(request, template, context | {"crumbs": trail.below(conference, talk.day)}, status=422)
