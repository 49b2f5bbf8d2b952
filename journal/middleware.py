"""A person's language and zone on every page, doors that stay shut for a demo visitor, a page for a wrong method."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone, translation

from journal.zones import zone_of_reader

# What a demo visitor never opens, by the name of its address: nothing that others would see or feel.
SHUT_FOR_DEMO = ("account_change_password", "account_reauthenticate", "conference-share", "talk-share")


class PersonMiddleware:
    """Activates the language that the person chose, over the browser's wish, and the zone in which they read.

    The choices are read from the session, where sign-in and the preferences page put them (`journal.people`), so that
    a page pays no query for them. So is whether this is a demo visitor, for whom some doors are walls.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = request.session.get("language")
        if language and request.user.is_authenticated:
            translation.activate(language)
            request.LANGUAGE_CODE = translation.get_language()
        with timezone.override(zone_of_reader(request)):
            return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        """404 for a demo visitor where others would see or feel what is done."""
        match = request.resolver_match
        if match is None or not request.session.get("is_demo"):
            return
        if match.view_name in SHUT_FOR_DEMO or "admin" in match.namespaces:
            raise Http404


class DesignedMethodNotAllowed:
    """Fills Django's empty 405 with a page for people; a script that asked for JSON gets the bare status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code != 405 or not isinstance(response, HttpResponse) or response.content:
            return response
        if not request.accepts("text/html"):
            return response
        page = render(request, "405.html", status=405)
        page.headers["Allow"] = response.headers.get("Allow", "")
        return page
