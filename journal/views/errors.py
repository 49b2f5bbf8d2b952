"""Answers to what went wrong, where Django's own templates are not enough."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 -- as Django calls it
    """The form was older than the sign-in, or came from elsewhere: a sentence, as JSON for a script."""
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        sentence = _("The page had become too old, so nothing was saved. What you typed is still here.")
        return JsonResponse({"error": sentence}, status=403)
    return render(request, "403_csrf.html", status=403)
