"""What staff see of invitations: the open ones, a new one, and taking one back."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from events.views.saving import form_methods, posted
from journal import access
from journal import invitations as verbs
from journal.forms.people import InvitationForm
from journal.http import Request
from journal.views.posting import status_of


@never_cache
@form_methods
def invitations(request: Request) -> HttpResponse:
    """The open ones, and a form. The link of a new one stands in this answer and nowhere else, hence no redirect."""
    opened = access.invitations(request.user)
    form = InvitationForm(posted(request))
    context = {"form": form, "invitations": opened, "only_this_machine": not settings.SITE_HOST}
    if not form.is_valid():
        return render(request, "journal/invitations.html", context, status=status_of(request))
    new, token = verbs.invite(by=request.user, note=form.cleaned_data["note"])
    context |= {"form": InvitationForm(), "new": new, "link": _link(request, token)}
    return render(request, "journal/invitations.html", context)


@require_POST
def invitation_revoke(request: Request, uid: UUID) -> HttpResponse:
    """Its link opens nothing any more."""
    if verbs.revoke(access.invitation(request.user, uid)):
        messages.success(request, _("The invitation is taken back. Its link opens nothing any more."))
    return redirect("journal:invitations")


def _link(request: HttpRequest, token: str) -> str:
    """By LANYARD_URL where that is set: what a request says of the host is not to be sent to others."""
    path = reverse("invitation", args=[token])
    if settings.SITE_HOST:
        return f"{settings.SITE_SCHEME}://{settings.SITE_HOST}{path}"
    return request.build_absolute_uri(path)
