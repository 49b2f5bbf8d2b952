"""Uids that are the same on every run, so that what is there is found and never made or overwritten again."""

from __future__ import annotations

import uuid

_DEMO = uuid.uuid5(uuid.NAMESPACE_URL, "lanyard:demo")


def world_uid(key: str, *, owner_id: int | None) -> uuid.UUID:
    """Of a talk: one for the world that everyone shares (`owner_id` None), one for each visitor's own."""
    return uuid.uuid5(_DEMO, f"world/{owner_id or 'everyone'}/{key}")


def book_uid(kind: str, key: str, *, owner_id: int) -> uuid.UUID:
    """Of an entry or a picture in one person's book."""
    return uuid.uuid5(_DEMO, f"book/{owner_id}/{kind}/{key}")
