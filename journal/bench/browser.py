"""A browser on a kept connection: cookies, gzip, forms. Every answer is read to its last byte."""

from __future__ import annotations

import gzip
import http.client
import time
import uuid
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Protocol
from urllib.parse import urlencode

from journal.bench.forms import TOKEN, Form, forms_of

_PATIENCE = 60


@dataclass(frozen=True)
class File:
    """A file that is sent with a form."""

    name: str
    data: bytes
    kind: str = "image/jpeg"


@dataclass(frozen=True)
class Answer:
    """`body` as it came over the wire; `took` from the request's first byte to the answer's last, in milliseconds."""

    status: int
    headers: dict[str, str]
    body: bytes
    took: float

    @property
    def text(self) -> str:
        """The page, unpacked."""
        packed = self.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(self.body) if packed else self.body).decode("utf-8", "replace")


class Browser(Protocol):
    """What saves need of a browser; the real one is `HttpBrowser`, the one that counts queries is in `plan`."""

    def get(self, path: str) -> Answer: ...

    def post(self, path: str, fields: list[tuple[str, str]], files: dict[str, File] | None = None) -> Answer: ...


class HttpBrowser:
    """Speaks to the server on one connection, opened again where the server closed it."""

    def __init__(self, port: int, cookies: dict[str, str]) -> None:
        self.port, self.cookies = port, dict(cookies)
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)

    def get(self, path: str, *, packed: bool = True) -> Answer:
        """A page, gzipped unless told otherwise."""
        return self._ask("GET", path, None, {"Accept-Encoding": "gzip" if packed else "identity"})

    def post(self, path: str, fields: list[tuple[str, str]], files: dict[str, File] | None = None) -> Answer:
        """A form. What leads on is not followed: the save ends where its answer does."""
        body, kind = _multipart(fields, files) if files else (urlencode(fields).encode(), _URLENCODED)
        headers = {"Content-Type": kind, "Accept-Encoding": "gzip", "Origin": f"http://localhost:{self.port}"}
        return self._ask("POST", path, body, headers)

    def close(self) -> None:
        """Hangs up."""
        self._connection.close()

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        sent = {"Host": f"localhost:{self.port}", "Accept": "text/html", "Accept-Language": "en"} | headers
        sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        began = time.perf_counter()
        try:
            self._connection.request(method, path, body, sent)
            response = self._connection.getresponse()
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            if method != "GET":
                raise
            self._connection.close()
            self._connection.request(method, path, body, sent)
            response = self._connection.getresponse()
        content = response.read()
        took = (time.perf_counter() - began) * 1000
        self._keep_cookies(response.headers.get_all("Set-Cookie") or [])
        return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, content, took)

    def _keep_cookies(self, lines: list[str]) -> None:
        for line in lines:
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value


def form_on(browser: Browser, page: str, action: str) -> Form:
    """The form of the page whose address ends with `action` (the page's own where that is empty).

    A verb that has no form there gets one with nothing but the token. KeyError where the page has no token either.
    """
    answer = browser.get(page)
    found = [form for form in forms_of(answer.text) if form.method == "post"]
    for form in found:
        if form.action.partition("?")[0].endswith(action) if action else _is_own(form, page):
            return Form(form.action or page, "post", form.fields)
    token = next((form.value(TOKEN) for form in found if form.value(TOKEN)), "")
    if not token or not action.startswith("/"):
        raise KeyError(f"no form for {action or page} on {page} ({answer.status})")
    return Form(action, "post", [(TOKEN, token)])


def _is_own(form: Form, page: str) -> bool:
    own = page.partition("?")[0]
    return form.action.partition("?")[0] in {"", own} and len(form.fields) > 1


_URLENCODED = "application/x-www-form-urlencoded"


def _multipart(fields: list[tuple[str, str]], files: dict[str, File]) -> tuple[bytes, str]:
    edge = uuid.uuid4().hex
    parts = [_part(edge, f'name="{name}"', value.encode()) for name, value in fields]
    for name, file in files.items():
        head = f'name="{name}"; filename="{file.name}"\r\nContent-Type: {file.kind}'
        parts.append(_part(edge, head, file.data))
    return b"".join([*parts, f"--{edge}--\r\n".encode()]), f"multipart/form-data; boundary={edge}"


def _part(edge: str, head: str, data: bytes) -> bytes:
    return f"--{edge}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + data + b"\r\n"
