"""Talks and who appears in them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError, RestrictedError
from django.utils.translation import gettext as _

from events.models import Appearance, Conference, Day, Room, Speaker, Talk
from events.names import clean_line, has_hangul
from events.querysets import Person
from events.services.drafts import AppearanceDraft, LinkDraft
from events.services.finding import find_or_make_room, find_or_make_speaker
from events.services.rows import assign, checked, maker, set_links


class TalkFields(TypedDict, total=False):
    """Columns that are simply set; `starts_at` and `ends_at` are aware moments."""

    title: str
    subtitle: str
    kind: str
    day: Day | None
    starts_at: datetime | None
    ends_at: datetime | None
    track: str
    language: str
    abstract: str
    state: str


@transaction.atomic
def add_talk(
    *,
    person: Person,
    conference: Conference,
    speakers: Sequence[AppearanceDraft] = (),
    room: Room | str = "",
    links: Sequence[LinkDraft] = (),
    listed: bool = False,
    uid: uuid.UUID | None = None,
    **fields: Unpack[TalkFields],
) -> Talk:
    """A talk, known by whatever is known of it. Untitled, its address is made of who gives it."""
    drafts = _resolved(person, conference, speakers, listed=listed)
    talk = Talk(conference=conference, listed=listed, added_by=maker(person), **fields)
    talk.uid = uid or talk.uid
    talk.room = _room(person, conference, room, None)
    talk.slug_hint = _latin_hint(drafts)
    checked(talk).save()
    _set_appearances(talk, drafts)
    if links:
        set_links(talk, links)
    return talk


@transaction.atomic
def change_talk(
    *,
    talk: Talk,
    person: Person,
    speakers: Sequence[AppearanceDraft] | None = None,
    room: Room | str | None = None,
    links: Sequence[LinkDraft] | None = None,
    **fields: Unpack[TalkFields],
) -> None:
    """Sets what is given; the address stays. The caller's object is brought up to date."""
    row = Talk.objects.select_related("conference", "day", "room").get(pk=talk.pk)
    left = row.room
    assign(row, dict(fields))
    if room is not None:
        row.room = _room(person, row.conference, room, left)
    checked(row).save()
    if speakers is not None:
        _set_appearances(row, _resolved(person, row.conference, speakers, listed=row.listed))
    if links is not None:
        set_links(row, links)
    forget_room(left, person)
    talk.refresh_from_db()


def forget_room(room: Room | None, person: Person) -> None:
    """Removes a room that no talk uses any more, where it was made by the way and not by who keeps the conference.

    An unlisted talk's room would otherwise stay behind for everyone to see.
    """
    if room is None or room.talks.exists() or room.conference.added_by_id == person.pk:
        return
    try:
        room.delete()
    except (ProtectedError, RestrictedError):
        return


def _room(person: Person, conference: Conference, room: Room | str, current: Room | None) -> Room | None:
    if isinstance(room, Room):
        return room
    if not room.strip():
        return None
    return find_or_make_room(person=person, conference=conference, name=room, current=current)


def _resolved(
    person: Person, conference: Conference, drafts: Sequence[AppearanceDraft], *, listed: bool
) -> list[AppearanceDraft]:
    """The drafts with their speakers found or made; raises ValidationError for one who has one role twice."""
    resolved = [_with_speaker(person, conference, draft, listed=listed) for draft in drafts]
    pairs = [(draft.speaker.pk, draft.role) for draft in resolved if draft.speaker]
    if len(set(pairs)) < len(pairs):
        raise ValidationError(_("One speaker stands in two rows with the same role."), code="twice")
    return resolved


def _with_speaker(person: Person, conference: Conference, draft: AppearanceDraft, *, listed: bool) -> AppearanceDraft:
    if draft.speaker or not draft.name.strip():
        return draft
    speaker = find_or_make_speaker(
        person=person, name=draft.name, affiliation=draft.affiliation, conference=conference, listed=listed
    )
    return replace(draft, speaker=speaker)


def _set_appearances(talk: Talk, drafts: Sequence[AppearanceDraft]) -> None:
    """Makes these the talk's appearances in this order. A row that now names someone else is made anew.

    What goes, goes first: two speakers may have changed places.
    """
    kept = {draft.row.pk for draft in drafts if draft.row and _is_of(draft.row, talk, draft)}
    talk.appearances.exclude(pk__in=kept).delete()
    for order, draft in enumerate(drafts):
        row = draft.row if draft.row and draft.row.pk in kept else Appearance(talk=talk)
        values = {
            "speaker": draft.speaker,
            "organisation": draft.organisation,
            "affiliation": draft.affiliation,
            "job_title": draft.job_title,
            "role": draft.role,
            "order": order,
        }
        assign(row, values)
        checked(row).save()


def _is_of(row: Appearance, talk: Talk, draft: AppearanceDraft) -> bool:
    speaker = draft.speaker.pk if draft.speaker else None
    return row.talk_id == talk.pk and row.speaker_id == speaker and row.role == draft.role


def _latin_hint(drafts: Sequence[AppearanceDraft]) -> str:
    """The first Latin name of the first who has one: what the address of an untitled talk is made of."""
    names = (name for draft in drafts for name in _spellings(draft.speaker, draft.organisation))
    return next((name for name in names if name and not has_hangul(name)), "")


def _spellings(speaker: Speaker | None, organisation: str) -> tuple[str, ...]:
    return speaker.spellings() if speaker else (clean_line(organisation),)
