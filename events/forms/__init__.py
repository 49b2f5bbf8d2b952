"""Forms of the world's pages. A sheet is a form together with its rows; no slug is ever typed."""

from events.forms.conferences import ConferenceSheet, DayForm, rows_for_dates
from events.forms.names import SpeakerSheet, VenueForm
from events.forms.sheets import Sheet
from events.forms.talks import TalksForm, TalkSheet

__all__ = [
    "ConferenceSheet",
    "DayForm",
    "Sheet",
    "SpeakerSheet",
    "TalkSheet",
    "TalksForm",
    "VenueForm",
    "rows_for_dates",
]
