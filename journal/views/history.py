"""The past of an entry: every version kept, grouped by sitting; any of them can become the next one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from journal import access, actions, gallery, trail
from journal.devices import device_of
from journal.http import Request
from journal.models import Entry, Revision
from journal.ribbons import hue_of
from journal.sittings import sittings

A_PAGE = 50
# The details that are words of the person's own.
_WORDS = (
    *("dishes", "provider", "place", "companions"),
    *("item", "variant", "from_whom"),
    *("person", "affiliation", "where", "contact"),
)


@dataclass(frozen=True)
class Version:
    """A revision as the page shows it."""

    revision: Revision
    is_current: bool

    @property
    def kind(self) -> str:
        """What it was then, in words."""
        return str(dict(Entry.Kind.choices).get(self.revision.fields.get("kind", ""), ""))

    @property
    def title(self) -> str:
        """Its title then."""
        return str(self.revision.fields.get("title") or "")

    @property
    def details(self) -> list[str]:
        """What was said in the fields of its kind then."""
        said = self.revision.fields.get("details", {})
        return [str(said[name]) for name in _WORDS if said.get(name)]


@dataclass(frozen=True)
class Sitting:
    """Versions of one sitting, newest first."""

    versions: list[Version]

    @property
    def began(self) -> datetime:
        """When its first version was saved."""
        return self.versions[-1].revision.saved_at

    @property
    def ended(self) -> datetime:
        """When its last version was saved."""
        return self.versions[0].revision.saved_at

    @property
    def lasted(self) -> bool:
        """Whether it shows two times: from the first save to the last."""
        return self.ended.replace(second=0, microsecond=0) > self.began.replace(second=0, microsecond=0)

    @property
    def device(self) -> str:
        """What it was written on; empty where nobody knows."""
        return self.versions[0].revision.device

    @property
    def is_current(self) -> bool:
        """Whether the entry as it is now was written then."""
        return self.versions[0].is_current


@require_safe
def entry_history(request: Request, uid: UUID) -> HttpResponse:
    """Every version, newest first."""
    found = access.entry(request.user, uid)
    page = Paginator(access.revisions(request.user, found), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "entry": found,
        "hue": hue_of(request.user, found.conference),
        "page": page,
        "sittings": sittings_of(page.object_list, found.version),
        "pictures": gallery.pictures_for(request.user, [revision.text for revision in page.object_list]),
        "crumbs": trail.below(found.conference) if found.conference else [],
    }
    return render(request, "journal/entry_history.html", context)


@require_POST
def entry_restore_revision(request: Request, uid: UUID, version: int) -> HttpResponse:
    """The entry as it stood then, as a new version."""
    revision = access.revision(request.user, uid, version)
    sent = request.POST.get("base_version", "")
    base_version = int(sent) if sent.isdecimal() else 0
    try:
        actions.restore_revision(revision=revision, base_version=base_version, device=device_of(request))
    except actions.Conflict:
        messages.warning(request, _("It was changed on another device just now. Look at it and try again."))
        return redirect("journal:entry-history", uid)
    messages.success(request, _("The earlier version is the current one now. The others are kept too."))
    return redirect("journal:entry", uid)


def sittings_of(revisions: Iterable[Revision], current: int) -> list[Sitting]:
    """Newest first, as the revisions are."""
    runs = sittings(revisions)
    return [Sitting([Version(revision, revision.version == current) for revision in run]) for run in runs]
