"""The world's verbs: each one transaction, keyword-only. Pages, the demo and importers go through them.

Every one raises `ValidationError` with a sentence for the person who asked, and then has changed nothing. What is
made is unlisted and added by `person`, unless `listed=True` says that it comes from a published programme.
"""

from events.services.conferences import add_conference, change_conference, change_day
from events.services.dates import ClockChange, DateChange, change_zone, move_days
from events.services.drafts import AppearanceDraft, DayDraft, LinkDraft
from events.services.finding import (
    find_or_make_room,
    find_or_make_series,
    find_or_make_speaker,
    find_or_make_venue,
    find_speaker,
)
from events.services.lines import LoneWord, Parts, add_talks_from_lines, read_lines
from events.services.naming import add_speaker, add_venue, change_named
from events.services.removing import delete_conference, delete_day, delete_talk
from events.services.sharing import share_conference, share_talk
from events.services.talks import add_talk, change_talk

__all__ = [
    "AppearanceDraft",
    "ClockChange",
    "DateChange",
    "DayDraft",
    "LinkDraft",
    "LoneWord",
    "Parts",
    "add_conference",
    "add_speaker",
    "add_talk",
    "add_talks_from_lines",
    "add_venue",
    "change_conference",
    "change_day",
    "change_named",
    "change_talk",
    "change_zone",
    "delete_conference",
    "delete_day",
    "delete_talk",
    "find_or_make_room",
    "find_or_make_series",
    "find_or_make_speaker",
    "find_or_make_venue",
    "find_speaker",
    "move_days",
    "read_lines",
    "share_conference",
    "share_talk",
]
