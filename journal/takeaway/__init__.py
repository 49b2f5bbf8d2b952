"""Everything that a person keeps here, as one zip that opens without Lanyard (docs/formats.md describes it).

Markdown by year, conference and day with the pictures beside it, and `journal.json` with every row. It is its owner's
own copy: off-record passages are in it. Nothing of anybody else's book is, nor what this person may not see of the
world. The same rows make the same bytes.
"""

from journal.takeaway.archive import Member, zipped
from journal.takeaway.members import file_name, stream_takeaway, write_takeaway

__all__ = ["Member", "file_name", "stream_takeaway", "write_takeaway", "zipped"]
