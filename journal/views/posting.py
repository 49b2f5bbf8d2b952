"""The status of a form's page, and the way back from a button that stands on many pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme


def status_of(request: HttpRequest) -> int:
    """422 for a form that comes back with what is wrong, 200 for one that is only opened."""
    return 422 if request.method == "POST" else 200


def way_back(request: HttpRequest, otherwise: str) -> HttpResponseRedirect:
    """To `next` of the form, else to the page that the browser names, where they are ours; else to `otherwise`."""
    for address in (request.POST.get("next", ""), request.headers.get("Referer", "")):
        if url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure()):
            return HttpResponseRedirect(address)
    return HttpResponseRedirect(otherwise)
