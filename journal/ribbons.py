"""The ribbon of a conference on a page about one thing that was kept there."""

from __future__ import annotations

from django.contrib.auth.models import User

from events.models import Conference
from journal import access
from journal.actions.presence import suggested_ribbon


def hue_of(person: User, conference: Conference | None) -> int | None:
    """The hue that the person chose, else the suggested one; None without a conference. One query."""
    if conference is None:
        return None
    attendance = access.attendance(person, conference)
    return attendance.ribbon if attendance else suggested_ribbon(conference)
