"""The request of a page that nobody sees without signing in."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class Request(HttpRequest):
    """`config.middleware.LoginRequired` has let only a signed-in person through."""

    user: User
    htmx: HtmxDetails
