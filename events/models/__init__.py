"""The world's models."""

from events.models.conferences import Conference, Day, Series
from events.models.links import FormerSlug, Link
from events.models.merges import Merge
from events.models.people import Speaker
from events.models.places import Room, Venue
from events.models.talks import Appearance, Talk

__all__ = [
    "Appearance",
    "Conference",
    "Day",
    "FormerSlug",
    "Link",
    "Merge",
    "Room",
    "Series",
    "Speaker",
    "Talk",
    "Venue",
]
