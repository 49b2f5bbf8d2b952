"""The bin: in by one tap with undo, out again, or for good."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from events.views.saving import form_methods, next_page
from journal import access, actions
from journal.http import Request
from journal.models import Entry
from journal.templatetags.entries import spoken_name

A_PAGE = 50


@require_safe
def bin(request: Request) -> HttpResponse:  # noqa: A001 -- the page is called what it is
    """What was thrown away, the latest first."""
    entries = Paginator(access.binned_entries(request.user), A_PAGE).get_page(request.GET.get("page"))
    photos = access.binned_photos(request.user)[:A_PAGE]
    return render(request, "journal/bin.html", {"entries": entries, "photos": photos})


@require_POST
def entry_bin(request: Request, uid: UUID) -> HttpResponse:
    """Into the bin, with an undo that leads back here; a second tap finds it there and says the same."""
    found = access.entry_to_write(request.user, uid)
    actions.bin_entry(entry=found)
    undo = reverse("journal:entry-restore", args=[found.uid])
    messages.success(request, _("In the bin: %(what)s") % {"what": spoken_name(found)}, extra_tags=f"undo:{undo}")
    address = next_page(request)
    gone = address.startswith(reverse("journal:entry", args=[found.uid]))
    return HttpResponseRedirect(address if address and not gone else _home_of(found))


@require_POST
def entry_restore(request: Request, uid: UUID) -> HttpResponse:
    """Out of the bin; a second tap on the undo says the same."""
    found = access.entry_to_write(request.user, uid)
    actions.restore_entry(entry=found)
    messages.success(request, _("Back again: %(what)s") % {"what": spoken_name(found)})
    return HttpResponseRedirect(next_page(request) or reverse("journal:entry", args=[found.uid]))


@form_methods
def entry_delete(request: Request, uid: UUID) -> HttpResponse:
    """For good, from the bin only, after a page that says what goes."""
    found = access.binned_entry(request.user, uid)
    if request.method != "POST":
        context = {"entry": found, "photo_count": access.photos_of_binned(request.user, found).count()}
        return render(request, "journal/entry_delete.html", context)
    actions.delete_entry_for_good(entry=found)
    messages.success(request, _("Deleted for good."))
    return redirect("journal:bin")


def _home_of(entry: Entry) -> str:
    """The page that an entry stands on: the conference's journal, else Today."""
    if entry.conference is None:
        return reverse("today")
    return reverse("journal:timeline", args=[entry.conference.year, entry.conference.slug])
