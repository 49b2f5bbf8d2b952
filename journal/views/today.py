"""The first page."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from events.models import Conference
from journal.cards import Card, cards
from journal.http import Request
from journal.today import today_of
from journal.zones import zone_of_reader

# Badges on the first page, and conferences that a newcomer is offered.
COMING = 3
KNOWN = 5


@require_safe
def today(request: Request) -> HttpResponse:
    """Now and next, or what is coming, what was last, and loose ends."""
    found = today_of(request.user, zone=zone_of_reader(request))
    context: dict[str, Any] = {"today": found}
    if found.is_new:
        known = Conference.objects.visible_to(request.user).order_by("-starts_on").select_related("series")
        offered = cards(request.user, known[:KNOWN], attendances=[])
        return render(request, "journal/today.html", context | _offered(request, offered))
    if not found.running:
        attended = [*found.coming[:COMING], *([found.last] if found.last else [])]
        shown = cards(request.user, [row.conference for row in attended], attended)
        context["coming"] = shown[: len(found.coming[:COMING])]
        context["last"] = shown[-1] if found.last else None
    return render(request, "journal/today.html", context)


def _offered(request: Request, known: list[Card]) -> dict[str, list[Card]]:
    """To a newcomer: conferences they added themselves and have not said to have been at, and those of others."""
    own = [card for card in known if card.conference.added_by_id == request.user.pk]
    return {"own": own, "known": [card for card in known if card not in own]}
