"""The setup code: where others reach this server too, only who can read its start makes the first account.

It lies in the data folder (mode 0600) while nobody lives here, is printed at every start until then, and goes with the
first account. All processes over one folder agree on it.
"""

from __future__ import annotations

import fcntl
import logging
import os
import secrets
from pathlib import Path

from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpRequest

logger = logging.getLogger("journal.setup")

# As in slugs: no vowels, and nothing that looks like something else. Sixteen of 27 are 76 bits.
_ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
_GROUPS, _LETTERS = 4, 4
_ACTION, _WHOLE_SERVER = "setup_code", "server"


class WrongCode(Exception):
    """Not the code of this server."""


class TooManyTries(Exception):
    """The tries of this hour are used up, right or wrong; a new start gives new ones."""


def is_asked() -> bool:
    """Where LANYARD_URL is unset only this machine is answered, and nobody has to prove that they run it."""
    return bool(settings.SITE_HOST)


def the_code() -> str:
    """The code as it is printed; made, and written to the log, where there is none yet."""
    with os.fdopen(os.open(_path(), os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        code = file.read().strip()
        if not code:
            code = _new_code()
            file.write(code)
            logger.warning("Setup code for the first account: %s", code)
    return code


def check(typed: str) -> None:
    """Nothing happens where the code is right, or is not asked. Raises WrongCode, TooManyTries.

    Each call uses up a try, also with the right code: of many at one moment not one more is compared than is allowed.
    """
    if not is_asked():
        return
    request = HttpRequest()
    request.method = "POST"
    if not ratelimit.consume(request, action=_ACTION, key=_WHOLE_SERVER):
        raise TooManyTries
    kept = _path().read_text().strip() if _path().exists() else ""
    if not kept or not secrets.compare_digest(_bare(typed).encode(), _bare(kept).encode()):
        raise WrongCode


def new_tries() -> None:
    """At a start: whoever can restart the server may try again at once."""
    ratelimit.clear(HttpRequest(), action=_ACTION, key=_WHOLE_SERVER)


def forget() -> None:
    """Somebody lives here."""
    _path().unlink(missing_ok=True)


def _path() -> Path:
    return Path(settings.DATA_DIR) / "setup-code"


def _new_code() -> str:
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(_LETTERS)) for _ in range(_GROUPS))


def _bare(code: str) -> str:
    """However it was typed: capitals, spaces or no hyphens."""
    return "".join(letter for letter in code.lower() if letter.isalnum())
