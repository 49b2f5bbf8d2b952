"""Past conferences by year."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from events.models import Conference
from journal.cards import cards
from journal.http import Request


@require_safe
def years(request: Request) -> HttpResponse:
    """All years at a glance: mine as badges, the newest first."""
    visible = Conference.objects.visible_to(request.user).order_by("-year", "starts_on").select_related("series")
    shown = cards(request.user, visible, pictures=False)
    by_year = [(year, list(of_year)) for year, of_year in groupby(shown, key=lambda card: card.conference.year)]
    grouped = [
        (year, [card for card in all_cards if card.attendance], [card for card in all_cards if not card.attendance])
        for year, all_cards in by_year
    ]
    return render(request, "journal/years.html", {"years": grouped})


@require_safe
def year(request: Request, year: int) -> HttpResponse:
    """The conferences of a year: where I was, and what else is known here. An empty year is a page, too."""
    visible = Conference.objects.visible_to(request.user)
    shown = cards(request.user, visible.in_year(year).order_by("starts_on").select_related("series"))
    others = sorted(set(visible.values_list("year", flat=True).order_by("year").distinct()))
    context = {
        "year": year,
        "mine": [card for card in shown if card.attendance],
        "others": [card for card in shown if not card.attendance],
        "previous_year": max((other for other in others if other < year), default=None),
        "next_year": min((other for other in others if other > year), default=None),
    }
    return render(request, "journal/year.html", context)
