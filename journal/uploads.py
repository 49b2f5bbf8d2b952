"""No file of a request takes more room than the largest picture, whoever sends it, whatever the form."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler

from journal.photos import MAX_BYTES


class CappedUpload(FileUploadHandler):
    """Stands first in FILE_UPLOAD_HANDLERS and drops what comes after the limit.

    A little more than the limit gets through, so that intake sees a file that is too large and says so, and the other
    fields of the form, the caption among them, arrive as they were typed.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """`start` counts the bytes of this file so far."""
        return None if start > MAX_BYTES else raw_data

    def file_complete(self, file_size: int) -> Any:
        """The handlers after this one have the file."""
        return None
