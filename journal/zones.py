"""By whose clock a page goes: the conference's, or the reader's own where that differs and was asked for.

Nothing here asks the database: preferences stand in the session, and what the browser says of itself in a cookie.
"""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from events.models import Conference
from events.moments import Elsewhere, Zone, known_zones, zone_name

# Written by static/js/here.js: the IANA name of the browser's zone.
COOKIE = "lanyard_zone"
# In the session: true where times are shown in the reader's own zone.
OWN_TIMES = "own_times"


@dataclass(frozen=True)
class ZoneNote:
    """What a page says of its times where the reader's clock differs: the zone shown, and whether it is their own."""

    name: str
    is_own: bool


def zone_of_reader(request: HttpRequest) -> ZoneInfo | None:
    """The zone that the person chose, else the one that the browser names; None where neither is known."""
    session = getattr(request, "session", {})
    for name in (session.get("zone"), request.COOKIES.get(COOKIE)):
        if name in known_zones():
            return ZoneInfo(name)
    return None


def zone_shown(request: HttpRequest, conference: Conference) -> Zone:
    """The zone in which a page shows the conference's times; days are counted in the conference's own."""
    own = zone_of_reader(request)
    if own is not None and _wants_own_times(request) and conference.differs_from(own):
        return Elsewhere(own, home=conference.zone)
    return conference.zone


def zone_note(request: HttpRequest, conference: Conference) -> ZoneNote | None:
    """None where the reader's clock shows the same, or is not known."""
    own = zone_of_reader(request)
    if own is None or not conference.differs_from(own):
        return None
    is_own = _wants_own_times(request)
    return ZoneNote(zone_name(own if is_own else conference.zone), is_own)


def show_own_times(session: SessionBase, *, own: bool) -> None:
    """Remembered until the person logs out."""
    session[OWN_TIMES] = own


def _wants_own_times(request: HttpRequest) -> bool:
    return bool(getattr(request, "session", {}).get(OWN_TIMES))
