"""One person's book."""

from journal.models.entries import Encounter, Entry, Meal, Revision, Swag
from journal.models.invitations import Invitation
from journal.models.ownership import Visibility
from journal.models.photos import Photo
from journal.models.presence import Attendance, DayLog, Mark, Preferences

__all__ = [
    "Attendance",
    "DayLog",
    "Encounter",
    "Entry",
    "Invitation",
    "Mark",
    "Meal",
    "Photo",
    "Preferences",
    "Revision",
    "Swag",
    "Visibility",
]
