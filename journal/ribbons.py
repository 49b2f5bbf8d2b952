"""The ribbon of a conference on a page: its hue in degrees."""

from __future__ import annotations

from django.contrib.auth.models import User

from events.models import Conference
from journal import access
from journal.actions.presence import suggested_ribbon
from journal.models import Attendance


def hue(attendance: Attendance | None, conference: Conference) -> int:
    """The hue that the person chose, else the suggested one."""
    return attendance.ribbon if attendance else suggested_ribbon(conference)


def hue_of(person: User, conference: Conference | None) -> int | None:
    """The same, for a page that has not read the attendance; None without a conference. One query."""
    if conference is None:
        return None
    return hue(access.attendance(person, conference), conference)
