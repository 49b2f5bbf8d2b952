"""The verbs of the book: the only writers of its rows, pages and admin alike.

Each takes keyword-only arguments, is one transaction, and either does all it says or raises and does nothing.
"""

from journal.actions.bin import (
    bin_entry,
    bin_photo,
    delete_entry_for_good,
    delete_photo_for_good,
    restore_entry,
    restore_photo,
)
from journal.actions.entries import (
    Conflict,
    restore_revision,
    revise_entry,
    set_order,
    turn_into,
    write_entry,
    write_note_of_talk,
)
from journal.actions.history import thin_histories
from journal.actions.pictures import attach_photo, describe_photo, file_photo
from journal.actions.presence import (
    attend,
    clear_arrival,
    clear_departure,
    clear_mark,
    log_day,
    mark_talk,
    note_arrival,
    note_departure,
    withdraw_attendance,
)

__all__ = [
    "Conflict",
    "attach_photo",
    "attend",
    "bin_entry",
    "bin_photo",
    "clear_arrival",
    "clear_departure",
    "clear_mark",
    "delete_entry_for_good",
    "delete_photo_for_good",
    "describe_photo",
    "file_photo",
    "log_day",
    "mark_talk",
    "note_arrival",
    "note_departure",
    "restore_entry",
    "restore_photo",
    "restore_revision",
    "revise_entry",
    "set_order",
    "thin_histories",
    "turn_into",
    "withdraw_attendance",
    "write_entry",
    "write_note_of_talk",
]
