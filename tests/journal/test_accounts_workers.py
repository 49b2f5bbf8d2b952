"""Limits hold across the processes of a server: two of them guess at the same moment, over one database."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection

# What a worker of the server does, with as many requests as are written to it.
WORKER = """
import sys, django
django.setup()
from django.test import Client
print("ready", flush=True)
sys.stdin.readline()
for _each in range(8):
    page = Client().post("/accounts/login/", {"login": "alice", "password": "wrong"}, HTTP_HOST="localhost")
    print("tried" if "are not correct" in page.content.decode() else "refused", flush=True)
"""
TRIES = 5


@pytest.fixture
def _no_attempts_counted(transactional_db: None) -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def database_url() -> str:
    """The database of this very test, for another process."""
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{quote(str(found['NAME']))}"
    word = f"{quote(found['USER'])}:{quote(found['PASSWORD'])}@" if found["USER"] else ""
    host = quote(str(found["HOST"] or ""), safe="")
    port = f":{found['PORT']}" if found["PORT"] else ""
    return f"postgres://{word}{host}{port}/{quote(str(found['NAME']))}"


def start_worker(folder: Path) -> subprocess.Popen[str]:
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "LANYARD_DATA": str(folder),
        "DATABASE_URL": database_url(),
        "LANYARD_DEBUG": "on",  # static files as they lie there
    }
    return subprocess.Popen(
        [sys.executable, "-c", WORKER],
        cwd=settings.BASE_DIR,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


@pytest.mark.usefixtures("_no_attempts_counted", "person")
def test_guesses_are_counted_across_processes(tmp_path: Path) -> None:
    workers = [start_worker(tmp_path), start_worker(tmp_path)]
    for worker in workers:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write("go\n")
        worker.stdin.flush()
    said = [line for worker in workers for line in worker.communicate(timeout=60)[0].split()]
    assert len(said) == 16
    assert said.count("tried") == TRIES
