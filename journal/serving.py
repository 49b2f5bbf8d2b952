"""The bytes of a stored picture as an answer. Nothing here asks whose it is: callers have been to `journal.access`."""

from __future__ import annotations

from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

# A proxy that serves the file itself has to set these three again (docs/operations.md): it drops them.
SERVED = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def picture_bytes(stored: str, name: str, kind: str, *, attachment: bool, caching: str) -> HttpResponseBase:
    """A stored file under a fixed content type: 404 where it is lost, 503 where its storage does not answer."""
    if settings.X_ACCEL_PREFIX:
        return _left_to_proxy(stored, name, kind, attachment=attachment, caching=caching)
    try:
        file = default_storage.open(stored)
    except FileNotFoundError:
        raise Http404 from None
    except OSError:
        return _not_now()
    headers = {**SERVED, "Cache-Control": caching}
    return FileResponse(file, as_attachment=attachment, filename=name, content_type=kind, headers=headers)


def _left_to_proxy(stored: str, name: str, kind: str, *, attachment: bool, caching: str) -> HttpResponse:
    """No bytes, but the proxy's own address of them, which it opens for no browser.

    Asking whether it exists also refuses a name that leads out of the folder (SuspiciousFileOperation, 400).
    """
    if not default_storage.exists(stored):
        raise Http404
    headers = {**SERVED, "Cache-Control": caching, "X-Accel-Redirect": settings.X_ACCEL_PREFIX + quote(stored)}
    headers["Content-Disposition"] = content_disposition_header(attachment, name) or "inline"
    return HttpResponse(content_type=kind, headers=headers)


def _not_now() -> HttpResponse:
    sentence = _("The picture cannot be fetched right now. It is kept; try again in a while.")
    headers = {**SERVED, "Cache-Control": "no-store", "Retry-After": "30"}
    return HttpResponse(f"{sentence}\n", status=503, content_type="text/plain; charset=utf-8", headers=headers)
