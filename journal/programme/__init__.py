"""The programme as one person sees it: slots with marks and clashes, filters, and the table of rooms × time."""

from journal.programme.filters import Filters
from journal.programme.page import programme_page, put_in
from journal.programme.slots import Slot, programme_of

__all__ = ["Filters", "Slot", "programme_of", "programme_page", "put_in"]
