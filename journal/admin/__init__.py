"""The book in Django's admin: each staff person, superusers included, sees their own rows only.

Courtesy, not secrecy: whoever runs the server can read the database. Writing goes through `journal.actions`, so that a
save raises the version and leaves a revision, and *delete* means the bin. Accounts are kept here too, by superusers.
"""

from journal.admin.accounts import GroupsAdmin, PeopleAdmin
from journal.admin.entries import EntryAdmin
from journal.admin.past import EncounterAdmin, MealAdmin, RevisionAdmin, SwagAdmin
from journal.admin.photos import PhotoAdmin
from journal.admin.presence import AttendanceAdmin, DayLogAdmin, MarkAdmin, PreferencesAdmin

__all__ = [
    "AttendanceAdmin",
    "DayLogAdmin",
    "EncounterAdmin",
    "EntryAdmin",
    "GroupsAdmin",
    "MarkAdmin",
    "MealAdmin",
    "PeopleAdmin",
    "PhotoAdmin",
    "PreferencesAdmin",
    "RevisionAdmin",
    "SwagAdmin",
]
