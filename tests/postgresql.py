"""A PostgreSQL of a test's own, for tests that need both databases at once. Made as `.ci/run` makes its own."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NO_POSTGRESQL = "no PostgreSQL server on this machine; on Debian or Ubuntu: apt install postgresql"


def binaries() -> Path | None:
    """The newest installed server's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    return found[-1].parent if found else None


@contextmanager
def a_cluster() -> Iterator[str]:
    """The address of an empty database; the server and its folder go with the block."""
    programs = binaries()
    assert programs is not None, NO_POSTGRESQL
    with tempfile.TemporaryDirectory(prefix="lanyard-postgresql-") as folder:
        place, port, password = Path(folder), _free_port(), secrets.token_hex()
        (place / "password").write_text(password)
        _lend(place)
        data = str(place / "data")
        _run(place, programs / "initdb", "-D", data, "-U", "lanyard", "-A", "scram-sha-256", "--pwfile",
             str(place / "password"), "-E", "UTF8", "--no-locale", "--no-sync")  # fmt: skip
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
        _run(place, programs / "pg_ctl", "-D", data, "-w", "-s", "-l", str(place / "log"), "-o", options, "start")
        try:
            yield f"postgres://lanyard:{password}@127.0.0.1:{port}/postgres"
        finally:
            _run(place, programs / "pg_ctl", "-D", data, "-m", "immediate", "-s", "stop")


def _lend(place: Path) -> None:
    """initdb refuses root, so root lends the folder to the user postgres."""
    if os.geteuid() == 0:
        for path in (place, place / "password"):
            shutil.chown(path, "postgres")


def _run(place: Path, *command: str | Path) -> None:
    lent = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run(
        [*lent, *map(str, command)], cwd=place, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
