"""What a row is to become, before it is one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from events.models import Appearance, Link, Speaker, Venue


@dataclass(frozen=True, kw_only=True)
class DayDraft:
    """One day; `None` leaves a part as it is. `held=False` says that nothing takes place on this date."""

    date: date
    held: bool = True
    title: str | None = None
    host: str | None = None
    venue: Venue | str | None = None
    about: str | None = None


@dataclass(frozen=True, kw_only=True)
class AppearanceDraft:
    """Somebody in a talk: a speaker, or a name to find or make one by, or an organisation; `row` is the row it was."""

    name: str = ""
    speaker: Speaker | None = None
    organisation: str = ""
    affiliation: str = ""
    job_title: str = ""
    role: str = Appearance.Role.SPEAKER
    row: Appearance | None = None


@dataclass(frozen=True, kw_only=True)
class LinkDraft:
    """An address with a name."""

    url: str
    title: str = ""
    kind: str = Link.Kind.OTHER
