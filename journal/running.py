"""Who is using the data folder: servers share a lock on it, a restore and the preparation of a start want it alone.

`flock` ends with the process that holds it, however that ends, so no lock is ever left behind.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from django.conf import settings

from journal.database_copy import CopyError


def _lock_file(name: str) -> IO[str]:
    return (settings.DATA_DIR / name).open("a")


def announce_server() -> IO[str]:
    """Hold the folder together with other servers, for as long as the returned file is open; raises `CopyError`."""
    file = _lock_file("in-use.lock")
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        raise CopyError("A backup is being restored into this data folder. Start again when it is done.") from None
    return file


@contextmanager
def nobody_else() -> Iterator[None]:
    """Hold the folder alone; `CopyError` where a server runs on it."""
    with _lock_file("in-use.lock") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CopyError("Lanyard is running on this data folder. Stop it first.") from None
        yield


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two first starts at once: the second waits until the first has prepared everything."""
    with _lock_file("prepare.lock") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
