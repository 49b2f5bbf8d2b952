"""What is written to the log, and what never is.

A line holds: time (UTC), level, logger, message; of a request its id, method, the NAME of its route, status, how long
it took, and the number of whoever is signed in. Never an address, a query, a header, a form, a title or a name: an
address can hold the slug of something unlisted, or a token that opens an account. For the same reason an error is named
by its type and the places it came through, without its message, which repeats the value that was wrong.
"""

import json
import logging
import re
import secrets
import time
import traceback
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse

ROOT = Path(__file__).resolve().parent.parent
# Loggers whose messages are our own sentences.
OURS = ("lanyard", "config", "journal", "events")
# Django names the address, gunicorn the first line of a request it did not understand.
OF_REQUESTS = ("django.request", "django.security")
# Not worth a line while all is well.
QUIET_ROUTES = ("healthz",)

access = logging.getLogger("lanyard.access")
_request_id: ContextVar[str] = ContextVar("request id", default="")


def configuration(form: str, *, debug: bool) -> dict[str, Any]:
    """Django's LOGGING: everything to standard error, as lines of "plain" text or "json"."""
    formatter = {"plain": "config.logs.Plain", "json": "config.logs.Json"}[form]
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {form: {"()": formatter, "whole_errors": debug}},
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": form},
            "nowhere": {"class": "logging.NullHandler"},
        },
        "root": {"handlers": ["console"], "level": "INFO"},
        "loggers": {
            # Without Django's own handlers, of which one would mail whole requests.
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            # 4xx stand in the access log already.
            "django.request": {"level": "ERROR"},
            "django.server": {"handlers": ["nowhere"], "propagate": False},
            "gunicorn.error": {"handlers": [], "level": "WARNING", "propagate": True},
            # They name keys and addresses of pictures.
            **{name: {"level": "ERROR"} for name in ("boto3", "botocore", "s3transfer", "urllib3")},
        },
    }


class RequestLog:
    """One line a request, and an id for it that stands in every line it causes and in the answer's X-Request-ID.

    The id is always made here: one that a browser sends could hold anything.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.monotonic()
        token = _request_id.set(secrets.token_hex(8))
        try:
            response = self.get_response(request)
            response.headers["X-Request-ID"] = _request_id.get()
            self.write(request, response.status_code, time.monotonic() - began)
        finally:
            _request_id.reset(token)
        return response

    def write(self, request: HttpRequest, status: int, seconds: float) -> None:
        route = route_of(request)
        quiet = status < 400 and (route in QUIET_ROUTES or request.path_info.startswith("/static/"))
        level = logging.DEBUG if quiet else logging.INFO
        facts = {"route": route, "status": status, "ms": round(seconds * 1000), "user": _user_id(request)}
        access.log(level, "request", extra={"facts": {"method": _method_of(request), **facts}})


class Plain(logging.Formatter):
    """`2026-03-01T09:30:00.123Z INFO lanyard.access: request id=… method=GET route=talk status=200 ms=34 user=1`."""

    def __init__(self, *, whole_errors: bool) -> None:
        super().__init__()
        self.whole_errors = whole_errors

    def format(self, record: logging.LogRecord) -> str:
        found = dict(facts_of(record))
        head = f"{found.pop('time')} {found.pop('level')} {found.pop('logger')}: {found.pop('message')}"
        trace = found.pop("trace", [])
        line = " ".join([head, *(f"{name}={value}" for name, value in found.items())])
        if self.whole_errors and record.exc_info:
            return f"{line}\n{self.formatException(record.exc_info)}"
        return "\n    ".join([line, *trace])


class Json(logging.Formatter):
    """One JSON object a line, `whole_errors` or not: whoever collects lines keeps them."""

    def __init__(self, *, whole_errors: bool) -> None:
        super().__init__()

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(dict(facts_of(record)), ensure_ascii=False)


def facts_of(record: logging.LogRecord) -> Iterator[tuple[str, Any]]:
    """What a line says, in its order; what is not known is left out."""
    moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
    yield "time", moment.replace("+00:00", "Z")
    yield "level", record.levelname
    yield "logger", record.name
    yield "message", message_of(record)
    if _request_id.get():
        yield "id", _request_id.get()
    facts = getattr(record, "facts", None) or _facts_of_request(record)
    yield from ((name, value) for name, value in facts.items() if value not in {None, ""})
    error = record.exc_info[1] if record.exc_info else None
    if error is not None:
        yield "error", " from ".join(_kinds_of(error))
        if not record.name.startswith("django.security"):  # refused by Django itself, always at the same places
            yield "trace", list(_places(error))


def message_of(record: logging.LogRecord) -> str:
    """The sentence without the values that others put into theirs."""
    if _is_of(record, OURS):
        return record.getMessage()
    if _is_of(record, OF_REQUESTS):
        status = getattr(record, "status_code", None)
        return HTTPStatus(status).phrase if status else "Refused"
    template = str(record.msg) if isinstance(record.msg, str) else type(record.msg).__name__
    if record.exc_info or "request" in template.lower():
        return re.split(r"\s+from\s|[%\n:]", template, maxsplit=1)[0].strip()
    return record.getMessage()


def route_of(request: HttpRequest) -> str:
    """The name of the route, or its pattern where it has none; "-" where the address leads nowhere."""
    match = getattr(request, "resolver_match", None)
    return (match.view_name or match.route) if match else "-"


def _method_of(request: HttpRequest) -> str:
    """A method is whatever a client writes there."""
    known = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"}
    return request.method if request.method in known else "-"


def _user_id(request: HttpRequest) -> int | None:
    """Where somebody was asked for: to ask here would cost a query, and make a session of a visitor's."""
    return getattr(getattr(request, "_cached_user", None), "pk", None)


def _facts_of_request(record: logging.LogRecord) -> dict[str, Any]:
    """What Django's own loggers hang on to their records."""
    request, status = getattr(record, "request", None), getattr(record, "status_code", None)
    if not isinstance(request, HttpRequest):
        return {}
    return {"method": _method_of(request), "route": route_of(request), "status": status, "user": _user_id(request)}


def _is_of(record: logging.LogRecord, loggers: tuple[str, ...]) -> bool:
    return any(record.name == name or record.name.startswith(f"{name}.") for name in loggers)


def _kinds_of(error: BaseException | None) -> Iterator[str]:
    """Types of the error and of those behind it, with the codes by which a system tells its errors apart."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        code = getattr(error, "sqlstate", None) or getattr(error, "sqlite_errorname", None)
        code = code or (isinstance(error, OSError) and error.strerror)
        yield f"{type(error).__name__} ({code})" if code else type(error).__name__
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _places(error: BaseException) -> Iterator[str]:
    """File, line and function, outermost first; no value and no line of a text."""
    for frame in traceback.extract_tb(error.__traceback__, limit=-60):
        path = Path(frame.filename)
        name = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
        yield f"{str(name).partition('site-packages/')[2] or name}:{frame.lineno} {frame.name}"
