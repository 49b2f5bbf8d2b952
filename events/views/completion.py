"""Known names while one types: a few options as HTML, of what this person can see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from events.models import Appearance, Series, Speaker, Venue
from events.models.naming import Named
from events.names import clean_line, sort_key
from events.querysets import Person

MOST_OPTIONS = 20


@dataclass(frozen=True)
class Option:
    """`value` is the spelling that fits what was typed: a browser offers nothing that does not contain it."""

    value: str
    note: str


@require_safe
def complete_speaker(request: HttpRequest) -> HttpResponse:
    """Speakers, with the affiliation they had last."""
    speakers = Speaker.objects.visible_to(request.user).annotate(last_affiliation=_last_affiliation(request.user))
    return _options(request, speakers)


@require_safe
def complete_venue(request: HttpRequest) -> HttpResponse:
    """Venues, with their city."""
    return _options(request, Venue.objects.visible_to(request.user))


@require_safe
def complete_series(request: HttpRequest) -> HttpResponse:
    """Series."""
    return _options(request, Series.objects.visible_to(request.user))


def _options(request: HttpRequest, visible: QuerySet[Any]) -> HttpResponse:
    typed = clean_line(request.GET.get("q", ""))[:200]
    found = visible.filter(_holds(typed)).order_by("sort_key", "pk")[:MOST_OPTIONS] if typed else []
    context = {"options": [_option(thing, typed) for thing in found]}
    response = render(request, "events/_options.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


def _holds(typed: str) -> Q:
    """In any spelling; at the beginning of the name also without regard to accents, in every script."""
    anywhere = Q(name__icontains=typed) | Q(other_name__icontains=typed) | Q(aka__icontains=typed)
    key = sort_key(typed)
    return anywhere | Q(sort_key__startswith=key) if key != "9" else anywhere


def _option(thing: Named, typed: str) -> Option:
    fitting = (spelling for spelling in thing.spellings() if typed.casefold() in spelling.casefold())
    value = next(fitting, thing.name)
    other = thing.both_names() if value != thing.both_names() else ""
    beside = getattr(thing, "last_affiliation", None) or getattr(thing, "city", "") or ""
    return Option(value, " · ".join(part for part in (other, beside) if part))


def _last_affiliation(person: Person) -> Subquery:
    appearances = Appearance.objects.visible_to(person).filter(speaker=OuterRef("pk")).exclude(affiliation="")
    newest = appearances.order_by("-talk__conference__starts_on", "pk")
    return Subquery(newest.values("affiliation")[:1])
