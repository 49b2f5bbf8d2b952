"""Is the server well? One word for everybody, the reasons for staff."""

from __future__ import annotations

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from journal.health import examine


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 and `ok`, or 503 and `not ok`. Without a cookie it looks for nobody, so it makes and reads no session."""
    findings = examine()
    is_well = all(finding.is_fine for finding in findings)
    status = 200 if is_well else 503
    if findings[0].is_fine and _is_staff(request):
        return JsonResponse({finding.name: finding.words or "ok" for finding in findings}, status=status)
    return HttpResponse("ok\n" if is_well else "not ok\n", status=status, content_type="text/plain; charset=utf-8")


def _is_staff(request: HttpRequest) -> bool:
    session: SessionBase = request.session
    return session.session_key is not None and request.user.is_authenticated and request.user.is_staff
