"""A house: a data folder with its database, and the real server over it on a loopback port."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

_STARTS_WITHIN = 180


class HouseError(Exception):
    """The sentence says what did not start, with its last words."""


@dataclass(frozen=True)
class House:
    """`environment` is that of every process in it."""

    label: str
    environment: dict[str, str]

    def manage(self, *arguments: str) -> str:
        """What `./lanyard manage …` prints; HouseError where it fails."""
        done = subprocess.run(  # noqa: S603 -- our own commands
            [*_MANAGE, *arguments],
            env=self.environment,
            cwd=settings.BASE_DIR,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise HouseError(f"{self.label}: {' '.join(arguments[:2])}: {(done.stderr or done.stdout)[-1500:]}")
        return done.stdout

    def plan(self, kind: str, *, only: str = "") -> dict[str, Any]:
        """What `journal.bench.plan` makes in this house: of its "pages" or of the "desk"."""
        with tempfile.NamedTemporaryFile(suffix=".json") as file:
            self.manage("bench", "--plan", kind, "--into", file.name, "--only", only)
            return dict(json.loads(Path(file.name).read_text()))

    @contextmanager
    def served(self) -> Iterator[int]:
        """The server, answering on the port that is given; it ends with the block."""
        port = _free_port()
        with tempfile.TemporaryFile("w+") as words:
            server = subprocess.Popen(  # noqa: S603 -- our own command
                [*_MANAGE, "serve", "--port", str(port)],
                env=self.environment,
                cwd=settings.BASE_DIR,
                stdout=words,
                stderr=subprocess.STDOUT,
            )
            try:
                if not _answers(server, port):
                    words.seek(0)
                    raise HouseError(f"{self.label}: the server did not start. {words.read()[-1500:]}")
                yield port
            finally:
                server.terminate()
                server.wait(30)


_MANAGE = [sys.executable, "-m", "django"]


def _environment(**more: str) -> dict[str, str]:
    """This process's, but reached at localhost whatever LANYARD_URL says."""
    return {name: value for name, value in os.environ.items() if name != "LANYARD_URL"} | more


def this_house() -> House:
    """The one that the command was started in."""
    return House("sample", _environment(LANYARD_DATA=str(settings.DATA_DIR)))


@contextmanager
def demo_house() -> Iterator[House]:
    """A new one with the demo in it, on the same kind of database; it is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="lanyard-bench-") as folder, _own_database() as database:
        environment = _environment(LANYARD_DATA=folder, **database)
        house = House("demo", environment)
        house.manage("prepare")
        house.manage("demo")
        yield house


@contextmanager
def _own_database() -> Iterator[dict[str, str]]:
    """On PostgreSQL a database of its own beside the one measured; SQLite's lies in the folder."""
    if connection.vendor != "postgresql":
        yield {}
        return
    name = f"{connection.settings_dict['NAME']}_bench_demo"
    quoted = connection.ops.quote_name(name)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {quoted} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {quoted}")
    try:
        whole, _mark, query = os.environ["DATABASE_URL"].partition("?")
        yield {"DATABASE_URL": f"{whole.rpartition('/')[0]}/{name}{_mark}{query}"}
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {quoted} WITH (FORCE)")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(server: subprocess.Popen[bytes], port: int) -> bool:
    until = time.monotonic() + _STARTS_WITHIN
    while time.monotonic() < until and server.poll() is None:
        try:
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            line.request("GET", "/welcome/", headers={"Host": f"localhost:{port}"})
            line.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            line.close()
            return True
    return False
