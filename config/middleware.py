"""What every request passes before a page of Lanyard sees it."""

import gzip
import secrets
from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.middleware.gzip import GZipMiddleware, re_accepts_gzip
from django.urls import Resolver404, resolve
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language_from_request, gettext, override
from django_htmx.http import HttpResponseClientRedirect

# All that a visitor may open, by the name of its address. Everything else asks for a login first.
PUBLIC = (
    "account_login",
    "account_logout",
    "account_signup",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_confirm_email",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "welcome",
    "invitation",
    "look_around",
    "set_language",
    "javascript-catalog",
    "healthz",
)

# Types that shrink. Pictures and archives are packed already, and event streams must not wait.
TEXT_TYPES = {
    "text/html",
    "text/plain",
    "text/css",
    "text/javascript",
    "text/markdown",
    "text/csv",
    "text/calendar",
    "application/javascript",
    "application/json",
    "application/manifest+json",
    "application/xml",
    "image/svg+xml",
}


# Bytes of text from which on compressing thoroughly is not worth its time.
LARGE = 128 * 1024


class RefuseForwarding:
    """Answers 400 to a request from another machine or through a proxy while nobody has said where the site stands.

    Behind a proxy the hosts `localhost` and `127.0.0.1` no longer mean this machine's own person, so LANYARD_URL has
    to be set first; once it is, this class takes itself out.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if settings.SITE_HOST:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _is_this_machine(request) and not any(map(_is_forwarding, request.META)):
            return self.get_response(request)
        with override(get_language_from_request(request)):
            sentence = gettext("This request came from elsewhere. Set LANYARD_URL to the address of the site first.")
        return HttpResponse(f"{sentence}\n", status=400, content_type="text/plain; charset=utf-8")


def _is_this_machine(request: HttpRequest) -> bool:
    """Anybody can send `Host: localhost` to a server that listens on more than that; the address does not lie."""
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback


def _is_forwarding(name: str) -> bool:
    return name in {"HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA"} or name.startswith("HTTP_X_FORWARDED")


class GzipText(GZipMiddleware):
    """Compresses dynamic text; random padding, as in Django's class, answers the BREACH attack.

    At Django's level 6 half a megabyte takes longer than the page took to make. From `LARGE` bytes on it is level 3:
    half the time, a sixth more bytes (docs/benchmarks.md).
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if not isinstance(response, HttpResponse) or kind not in TEXT_TYPES:
            return response
        if len(response.content) >= LARGE and not response.has_header("Content-Encoding") and _takes_gzip(request):
            response.content = _packed_lightly(response.content)
            response.headers["Content-Encoding"] = "gzip"
            response.headers["Content-Length"] = str(len(response.content))
            if response.headers.get("ETag", "").startswith('"'):
                response.headers["ETag"] = f"W/{response.headers['ETag']}"
            patch_vary_headers(response, ["Accept-Encoding"])
            return response
        return super().process_response(request, response)


def _takes_gzip(request: HttpRequest) -> bool:
    return re_accepts_gzip.search(request.headers.get("Accept-Encoding", "")) is not None


def _packed_lightly(content: bytes) -> bytes:
    """Gzip whose header names a file of a random length."""
    packed = gzip.compress(content, compresslevel=3, mtime=0)
    name = b"a" * secrets.randbelow(GZipMiddleware.max_random_bytes) + b"\0"
    return packed[:3] + b"\x08" + packed[4:10] + name + packed[10:]


class LoginRequired(LoginRequiredMiddleware):
    """Shut by default: without a login only `PUBLIC` answers, and no view can opt out.

    An address that leads nowhere looks to a visitor like one that does, so that nothing can be found out by trying.
    """

    def process_request(self, request: HttpRequest) -> HttpResponseBase | None:
        """An unknown address never reaches `process_view`, so it is refused here."""
        if _leads_somewhere(request) or _is_static(request) or request.user.is_authenticated:
            return None
        return refuse_visitor(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponseBase | None:
        if _is_public(request) or request.user.is_authenticated:
            return None
        return refuse_visitor(request)

    def process_response(self, _request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """A cache on the way keeps nothing of anybody's book. Not `no-store`: a browser that goes back could not bring
        back what was typed."""
        response.headers.setdefault("Cache-Control", "private")
        return response


def refuse_visitor(request: HttpRequest) -> HttpResponse:
    """A redirect for a page, `HX-Redirect` for htmx, 401 as JSON for a script; each leads back afterwards."""
    if "HX-Request" in request.headers:
        return HttpResponseClientRedirect(_login_address(request, request.headers.get("HX-Current-URL", "")))
    if is_fetch(request):
        return _refuse_script(request)
    here = request.get_full_path() if request.method in {"GET", "HEAD"} else request.headers.get("Referer", "")
    return HttpResponseRedirect(_login_address(request, here))


def is_fetch(request: HttpRequest) -> bool:
    """Did a script ask, one that cannot do anything with a page? (htmx is asked about before.)"""
    return (
        request.get_preferred_type(["text/html", "application/json"]) == "application/json"
        or request.headers.get("X-Requested-With", "").lower() in {"fetch", "xmlhttprequest"}
        or request.headers.get("Sec-Fetch-Dest") == "empty"
    )


def _refuse_script(request: HttpRequest) -> JsonResponse:
    answer = {
        "error": gettext("You are not logged in any more. What you typed is still here."),
        "login": _login_address(request, request.headers.get("Referer", "")),
    }
    return JsonResponse(answer, status=401)


def _login_address(request: HttpRequest, page: str) -> str:
    """The login that leads back to `page` where it is ours, else to Today.

    The address of a fragment or of a POST is no place to come back to, so callers name the page it was sent from.
    """
    ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return redirect_to_login(page if ours else "/", settings.LOGIN_URL).url


def _leads_somewhere(request: HttpRequest) -> bool:
    try:
        resolve(request.path_info)
    except Resolver404:
        return False
    return True


def _is_public(request: HttpRequest) -> bool:
    return request.resolver_match is not None and request.resolver_match.view_name in PUBLIC


def _is_static(request: HttpRequest) -> bool:
    return request.path_info.startswith(settings.STATIC_URL)
