"""A former address leads on to the present one."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from events.access import Moved


class MovedAddress:
    """Answers `Moved` with a redirect to the same page under the present slug, query string included."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Only `Moved`; not as permanent, or a browser that remembers a slug changed back would go in circles. What was
        posted is posted again (307): a note that was typed under the former address is on its way."""
        match = request.resolver_match
        if not isinstance(exception, Moved) or match is None:
            return None
        address = reverse(match.view_name, kwargs={**match.kwargs, **exception.kwargs})
        query = request.META.get("QUERY_STRING", "")
        target = f"{address}?{query}" if query else address
        return HttpResponseRedirect(target, preserve_request=request.method not in {"GET", "HEAD"})
