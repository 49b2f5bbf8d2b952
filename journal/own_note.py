"""Which of a person's entries is *my note* of a talk: the one whose uid follows from the talk's.

A talk that others went up in (events.services.merging) has their uids too: a note that was begun on one of those goes
on being my note while there is no other, so that nobody begins a second one by mistake.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from events.models import Talk
from journal.models import Entry


def own_note_among(entries: Iterable[Entry], talk: Talk, owner_id: int) -> Entry | None:
    """My note among kept entries about the talk; asks the database nothing."""
    by_uid = {entry.uid: entry for entry in entries}
    return next((by_uid[uid] for uid in _uids(talk, owner_id) if uid in by_uid), None)


def own_note(talk: Talk, owner_id: int, begun_from: UUID | None = None) -> Entry | None:
    """My note, with its details: kept, else in the bin, else None.

    `begun_from` is the uid of the note that the writer had before them: where that is one of this talk, it is the one.
    """
    mine = Entry.objects.filter(owner=owner_id).with_details()
    begun = mine.filter(uid=begun_from, talk=talk).first() if begun_from else None
    if begun is not None:
        return begun
    uids = _uids(talk, owner_id)
    found = {note.uid: note for note in mine.filter(Q(uid=uids[0]) | Q(uid__in=uids[1:], talk=talk))}
    in_order = [found[uid] for uid in uids if uid in found]
    return min(in_order, key=lambda note: note.is_binned, default=None)


def _uids(talk: Talk, owner_id: int) -> list[UUID]:
    """The uid that my note has, and those of notes that were begun on talks that went up in this one."""
    begun_elsewhere = (Talk(uid=UUID(uid)) for uid in talk.former_uids)
    return [Entry.note_uid(one, owner_id) for one in (talk, *begun_elsewhere)]
