"""An entry moved by hand, one place up or down within its day."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from events.views.saving import next_page
from journal import access, actions
from journal.book import open_book
from journal.http import Request
from journal.models import Entry
from journal.timeline import Item, orders_after_move, timeline


@require_POST
def entry_move(request: Request, uid: UUID) -> HttpResponse:
    """One place earlier (`direction=up`) or later in the timeline of its day."""
    entry = access.entry(request.user, uid)
    if entry.conference is None:
        return redirect("journal:entry", uid)
    _move(request, entry, up=request.POST.get("direction") == "up")
    conference = entry.conference
    page = next_page(request) or reverse("journal:timeline", args=[conference.year, conference.slug])
    return HttpResponseRedirect(f"{page.partition('#')[0]}#e-{entry.uid}")


@transaction.atomic
def _move(request: Request, entry: Entry, *, up: bool) -> None:
    """Every entry whose place changes with it, or none."""
    assert entry.conference is not None  # noqa: S101 -- the view has asked
    book = open_book(request.user, entry.conference)
    by_key = {one.pk: one for one in book.entries}
    day = next((day for day in timeline(book) if _stands_in(day.items, entry)), None)
    if day is None:
        return
    for key, order in orders_after_move(day, entry, up=up).items():
        actions.set_order(entry=by_key[key], order=order)


def _stands_in(items: list[Item], entry: Entry) -> bool:
    return any(
        (item.entry is not None and item.entry.pk == entry.pk) or _stands_in(item.below, entry) for item in items
    )
