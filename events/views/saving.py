"""The two ends that the pages with a form have in common: saving what is valid, and where to go then."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from events.forms import Sheet

Made = TypeVar("Made")

form_methods = require_http_methods(["GET", "HEAD", "POST"])


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent with a POST; None for a page that is only opened."""
    return request.POST if request.method == "POST" else None


def wants_another_row(request: HttpRequest) -> bool:
    """Whether the button for one more row was pressed: nothing is to be saved then."""
    return "another" in request.POST


def saved(sheet: Sheet, save: Callable[[], Made]) -> Made | None:
    """What `save` made of a valid sheet; None where the sheet, or the verb, has something against it."""
    if not sheet.is_valid():
        return None
    try:
        return save()
    except ValidationError as error:
        sheet.refuse(error)
        return None


def next_page(request: HttpRequest) -> str:
    """The page of ours that the person came from, if one is named; else nothing."""
    address = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if ours else ""


def onward(request: HttpRequest, address: str) -> HttpResponseRedirect:
    """To the page that was asked for, else to `address`."""
    return HttpResponseRedirect(next_page(request) or address)


def refuse_demo(request: HttpRequest) -> None:
    """A person of the demo changes nothing that others see; raises PermissionDenied."""
    if request.session.get("is_demo"):
        raise PermissionDenied
