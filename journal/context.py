"""What every template knows of the site and of the person."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest

from journal.zones import zone_of_reader


@dataclass(frozen=True)
class Site:
    """Read from the session, not from the database: a page pays no query for it.

    `zone` is the reader's, None where neither the person nor the browser has named one.
    """

    person_name: str
    zone: ZoneInfo | None
    is_demo: bool
    demo_is_open: bool
    signup_is_open: bool


def site(request: HttpRequest) -> dict[str, Site]:
    """`lanyard` for every template; `site` is taken by django-allauth on its own pages."""
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    session = getattr(request, "session", {})
    name = (session.get("pen_name") or user.get_username()) if signed_in and user else ""
    is_demo = bool(session.get("is_demo"))
    zone = zone_of_reader(request)
    is_open = {"demo_is_open": settings.DEMO, "signup_is_open": settings.SIGNUP_IS_OPEN}
    return {"lanyard": Site(person_name=name, zone=zone, is_demo=is_demo, **is_open)}
