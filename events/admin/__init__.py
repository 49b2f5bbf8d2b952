"""The world in Django's admin, for staff: the data desk."""

from events.admin.base import WorldAdmin, visible
from events.admin.conferences import ConferenceAdmin, DayAdmin, FormerSlugAdmin, LinkAdmin, SeriesAdmin
from events.admin.people import SpeakerAdmin
from events.admin.places import RoomAdmin, VenueAdmin
from events.admin.talks import AppearanceAdmin, TalkAdmin

__all__ = [
    "AppearanceAdmin",
    "ConferenceAdmin",
    "DayAdmin",
    "FormerSlugAdmin",
    "LinkAdmin",
    "RoomAdmin",
    "SeriesAdmin",
    "SpeakerAdmin",
    "TalkAdmin",
    "VenueAdmin",
    "WorldAdmin",
    "visible",
]
