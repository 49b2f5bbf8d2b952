"""Speakers and venues by themselves: what one fills in on their own pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from events.models import Speaker, Venue
from events.querysets import Person
from events.services.drafts import LinkDraft
from events.services.finding import make
from events.services.rows import assign, checked, maker, set_links


@transaction.atomic
def add_speaker(
    *, person: Person, name: str, links: Sequence[LinkDraft] = (), listed: bool = False, **fields: Any
) -> Speaker:
    """A speaker, also beside another of the same name."""
    speaker = make(Speaker(name=name, added_by=maker(person), **fields), listed=listed)
    if links:
        set_links(speaker, links)
    return speaker


@transaction.atomic
def add_venue(*, person: Person, name: str, listed: bool = False, **fields: Any) -> Venue:
    """A venue, also beside another of the same name."""
    return make(Venue(name=name, added_by=maker(person), **fields), listed=listed)


@transaction.atomic
def change_named(*, thing: Speaker | Venue, links: Sequence[LinkDraft] | None = None, **fields: Any) -> None:
    """Sets the given columns; the address stays. `links` of a speaker become these."""
    assign(thing, fields)
    checked(thing).save(update_fields=fields)
    if links is not None and isinstance(thing, Speaker):
        set_links(thing, links)
