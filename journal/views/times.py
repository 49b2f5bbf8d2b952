"""Whose clock the pages of a conference go by."""

from __future__ import annotations

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from journal.http import Request
from journal.views.posting import way_back
from journal.zones import show_own_times


@require_POST
def times(request: Request) -> HttpResponseRedirect:
    """In the reader's own zone (`own=1`), or in each conference's again; and back to the page."""
    show_own_times(request.session, own=request.POST.get("own") == "1")
    return way_back(request, reverse("today"))
