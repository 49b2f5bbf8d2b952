"""Download my journal."""

from __future__ import annotations

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from journal import takeaway
from journal.http import Request

HEADERS = {
    "Cache-Control": "private, no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@require_safe
def download_journal(request: Request) -> StreamingHttpResponse:
    """Everything of the person's as a zip, made while it is sent: its length is not known before."""
    pieces = iter(()) if request.method == "HEAD" else takeaway.stream_takeaway(request.user)
    disposition = content_disposition_header(True, takeaway.file_name(request.user))  # noqa: FBT003 -- Django's own
    headers = {**HEADERS, "Content-Disposition": str(disposition)}
    return StreamingHttpResponse(pieces, content_type="application/zip", headers=headers)
