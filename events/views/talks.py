"""Adding, changing, sharing and deleting a talk, and adding several at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events import access, services
from events.forms import TalksForm, TalkSheet
from events.models import Conference, Day, Talk
from events.views.conferences import crumbs
from events.views.saving import form_methods, next_page, onward, posted, refuse_demo, saved, wants_another_row


@form_methods
def talk_add(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """A talk of a conference that one can see; only its maker sees it until it is shared."""
    conference = access.conference(request.user, year, slug)
    sheet = TalkSheet(
        posted(request), person=request.user, conference=conference, initial=_prefilled(request, conference)
    )
    status = 200
    if wants_another_row(request):
        sheet.show_as_typed()
    elif request.method == "POST":
        talk = saved(sheet, lambda: services.add_talk(person=request.user, conference=conference, **sheet.values()))
        if talk:
            return onward(request, talk.get_absolute_url())
        status = 422
    context = {
        **sheet.context(),
        "conference": conference,
        "crumbs": crumbs(conference),
        "next": next_page(request),
    }
    return render(request, "events/talk_form.html", context, status=status)


@form_methods
def talks_add(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """Several booths or posters out of one box."""
    conference = access.conference(request.user, year, slug)
    form = TalksForm(
        posted(request), conference=conference, initial={"kind": Talk.Kind.POSTER, **_prefilled(request, conference)}
    )
    status = 200
    if request.method == "POST":
        if form.is_valid():
            made = services.add_talks_from_lines(person=request.user, conference=conference, **form.values())
            messages.success(request, _said_added(len(made)))
            return onward(request, made[0].day.get_absolute_url() if made[0].day else conference.get_absolute_url())
        status = 422
    context = {"form": form, "conference": conference, "crumbs": crumbs(conference), "next": next_page(request)}
    return render(request, "events/talks_form.html", context, status=status)


@form_methods
def talk_edit(request: HttpRequest, year: int, slug: str, talk_slug: str) -> HttpResponse:
    """Everything of a talk."""
    talk = access.to_change(request.user, access.talk(request.user, year, slug, talk_slug))
    sheet = TalkSheet(posted(request), person=request.user, conference=talk.conference, talk=talk)
    status = 200
    if wants_another_row(request):
        sheet.show_as_typed()
    elif request.method == "POST":
        if saved(sheet, lambda: _change(request, talk, sheet)):
            return onward(request, talk.get_absolute_url())
        status = 422
    context = {
        **sheet.context(),
        "conference": talk.conference,
        "talk": talk,
        "crumbs": _crumbs(talk),
        "next": next_page(request),
    }
    return render(request, "events/talk_form.html", context, status=status)


@form_methods
def talk_share(request: HttpRequest, year: int, slug: str, talk_slug: str) -> HttpResponse:
    """Says what becomes visible to whom, then does it."""
    refuse_demo(request)
    talk = access.to_change(request.user, access.talk(request.user, year, slug, talk_slug))
    refusal = ""
    if request.method == "POST":
        try:
            services.share_talk(talk=talk)
        except ValidationError as error:
            refusal = " ".join(error.messages)
        else:
            messages.success(request, _("Shared with everyone here."))
            return HttpResponseRedirect(talk.get_absolute_url())
    context = {
        "talk": talk,
        "conference": talk.conference,
        "may_share_conference": access.may_change(request.user, talk.conference),
        "refusal": refusal,
        "crumbs": _crumbs(talk),
    }
    return render(request, "events/talk_share.html", context, status=422 if refusal else 200)


@form_methods
def talk_delete(request: HttpRequest, year: int, slug: str, talk_slug: str) -> HttpResponse:
    """Asks, then deletes a talk that nobody has written on."""
    talk = access.to_change(request.user, access.talk(request.user, year, slug, talk_slug))
    name, refusal = talk.display_title(), ""
    if request.method == "POST":
        try:
            services.delete_talk(talk=talk, person=request.user)
        except ValidationError as error:
            refusal = " ".join(error.messages)
        else:
            messages.success(request, _("Deleted: %(name)s.") % {"name": name})
            return HttpResponseRedirect(talk.conference.get_absolute_url())
    context = {"talk": talk, "refusal": refusal, "crumbs": _crumbs(talk)}
    return render(request, "events/talk_delete.html", context, status=409 if refusal else 200)


def _prefilled(request: HttpRequest, conference: Conference) -> dict[str, Any]:
    """What the address of the form fills in: day, kind and title; nonsense is left out."""
    given: dict[str, Any] = {"title": request.GET.get("title", "")[:500]}
    if request.GET.get("kind") in Talk.Kind.values:
        given["kind"] = request.GET["kind"]
    day = _day(conference, request.GET.get("day", ""))
    return {**given, "day": day.pk} if day else given


def _day(conference: Conference, typed: str) -> Day | None:
    try:
        on = parse_date(typed)
    except ValueError:
        return None
    return conference.days.filter(date=on).first() if on else None


def _change(request: HttpRequest, talk: Talk, sheet: TalkSheet) -> bool:
    services.change_talk(talk=talk, person=request.user, **sheet.values())
    return True


def _crumbs(talk: Talk) -> list[tuple[str, str]]:
    return [*crumbs(talk.conference), (talk.display_title(), talk.get_absolute_url())]


def _said_added(count: int) -> str:
    return ngettext("Added: %(count)d talk.", "Added: %(count)d talks.", count) % {"count": count}
