"""Who adds a conference by hand was there, or is going: said for them, with an undo."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _

from events.models import Conference
from journal import actions
from journal.http import Request


def goes_to_what_one_adds(*, request: Request, conference: Conference, **_signal: Any) -> None:
    """Listens to `events.signals.conference_added`: Today shows a running conference only to those who attend it."""
    actions.attend(owner=request.user, conference=conference)
    say_so(request, conference)


def say_so(request: Request, conference: Conference) -> None:
    """The sentence that an attendance is kept, in the right tense, with its undo."""
    address = reverse("journal:attendance-withdraw", args=[conference.year, conference.slug])
    sentence = _("Noted: you are going.") if conference.lies_ahead else _("Noted: you were there.")
    messages.success(request, sentence, extra_tags=f"undo:{address}")
