"""The talk before and the talk after: in the same room where there is one, else in the same day."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db.models import Prefetch, prefetch_related_objects

from events.models import Appearance, Talk
from events.querysets import TalkQuerySet


def neighbours(person: User, talk: Talk) -> tuple[Talk | None, Talk | None]:
    """(before, after) in the programme's order; one query, and one more where a title is missing."""
    row = list(_beside(person, talk))
    place = next((index for index, one in enumerate(row) if one.pk == talk.pk), len(row))
    before = row[place - 1] if 0 < place < len(row) else None
    after = row[place + 1] if place + 1 < len(row) else None
    found = [one for one in (before, after) if one is not None]
    _name(talk, found)
    return before, after


def _beside(person: User, talk: Talk) -> TalkQuerySet:
    visible = Talk.objects.visible_to(person).filter(conference=talk.conference_id, day=talk.day_id)
    if talk.room_id is not None:
        visible = visible.filter(room=talk.room_id)
    return visible.only("slug", "title", "kind", "conference").in_programme_order()


def _name(talk: Talk, found: list[Talk]) -> None:
    """Everything that title and address ask for."""
    for one in found:
        one.conference = talk.conference
    untitled = [one for one in found if not one.title]
    appearances = Appearance.objects.select_related("speaker").order_by("order", "pk")
    prefetch_related_objects(untitled, Prefetch("appearances", appearances))
