"""Variables of the environment, read by functions that refuse nonsense: a sentence at the start, no surprise later."""

import fcntl
import os
import secrets
from email.utils import formataddr, parseaddr
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email


def on_or_off(name: str, *, default: bool) -> bool:
    """The switch `name` of the environment; anything but on/off, true/false, 1/0 is refused."""
    value = os.environ.get(name, "").strip().lower()
    if value == "":
        return default
    if value in {"on", "true", "1", "yes"}:
        return True
    if value in {"off", "false", "0", "no"}:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}: write on or off.")


def one_of(name: str, *words: str) -> str:
    """The choice `name` of the environment, the first of `words` where it is unset; any other word is refused."""
    value = os.environ.get(name, "").strip().lower() or words[0]
    if value not in words:
        raise ImproperlyConfigured(f"{name} is {value!r}: write {' or '.join(words)}.")
    return value


def site_address(name: str) -> tuple[str, str]:
    """(scheme, host with port as browsers send it) of the address in `name`; two empty strings where it is unset."""
    value = os.environ.get(name, "").strip()
    if not value:
        return "", ""
    nonsense = ImproperlyConfigured(
        f"{name} is {value!r}: write scheme and host only, such as https://lanyard.example.org"
    )
    try:
        parts = urlsplit(value)
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except ValueError:
        raise nonsense from None
    if parts.scheme not in {"http", "https"} or not host or parts.path.strip("/") or parts.query or parts.fragment:
        raise nonsense
    host = f"[{host}]" if ":" in host else host
    return parts.scheme, f"{host}:{port}" if port else host


class MailServer(NamedTuple):
    """Where mail is handed over; without a host there is none."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False


def mail_server(name: str) -> MailServer:
    """The server in `name`: smtp:// in the clear, smtp+tls:// with STARTTLS, smtps:// with TLS from the first byte."""
    value = os.environ.get(name, "").strip()
    if not value:
        return MailServer()
    # The value carries a password, so that the sentence does not repeat it.
    nonsense = ImproperlyConfigured(f"{name} is no mail server: write it as smtp+tls://user:password@host:587")
    ports = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
    try:
        parts = urlsplit(value)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise nonsense from None
    if parts.scheme not in ports or not host or parts.path.strip("/") or parts.query or parts.fragment:
        raise nonsense
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if bool(user) != bool(password):
        raise nonsense
    starttls, tls = parts.scheme == "smtp+tls", parts.scheme == "smtps"
    return MailServer(host, port or ports[parts.scheme], user, password, starttls, tls)


def mail_sender(name: str) -> str:
    """The address in `name`, with or without the name of a person before it; empty where it is unset."""
    value = os.environ.get(name, "").strip()
    if not value:
        return ""
    # Readers of addresses differ in what they make of a line break, and a header ends at one.
    shown, address = parseaddr(value) if value.isprintable() else ("", "")
    try:
        validate_email(address)
    except ValidationError:
        raise ImproperlyConfigured(
            f"{name} is {value!r}: write an address, such as Lanyard <lanyard@example.org>"
        ) from None
    return formataddr((shown, address))


def data_folder() -> Path:
    """LANYARD_DATA, else `lanyard` in the XDG data directory; made with access for its owner only."""
    given = os.environ.get("LANYARD_DATA", "").strip()
    xdg = os.environ.get("XDG_DATA_HOME", "").strip()
    folder = Path(given).expanduser() if given else Path(xdg or Path.home() / ".local" / "share") / "lanyard"
    folder = folder.resolve()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def kept_secret(path: Path) -> str:
    """The secret in `path`, generated at the first call. Two first starts at once agree: the lock lets one write."""
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        secret = file.read().strip()
        if not secret:
            secret = secrets.token_urlsafe(64)
            file.write(secret)
            file.flush()
            os.fsync(file.fileno())
    if len(secret) < 50:
        raise ImproperlyConfigured(f"{path.name} in the data folder is too short to be a secret key.")
    return secret
