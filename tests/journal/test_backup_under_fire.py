"""A backup taken while eight writers write, brought back elsewhere: whole, and nothing acknowledged is missing."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection

from journal import actions
from journal.models import Entry
from tests.factories import a_photo, an_entry

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).resolve().parents[2]
WRITERS = 8
SECONDS = 1.5


class Writer(threading.Thread):
    """Writes notes and revises them, and files a picture now and then; remembers what it was told is kept."""

    def __init__(self, person: User, number: int, stop: threading.Event) -> None:
        super().__init__(name=f"writer {number}")
        self.person, self.number, self.stop = person, number, stop
        self.texts: dict[tuple[str, int], str] = {}
        self.pictures: dict[str, str] = {}
        self.failure: BaseException | None = None

    def run(self) -> None:
        try:
            turn = 0
            while not self.stop.is_set():
                self.take_turn(turn)
                turn += 1
        except BaseException as error:  # noqa: BLE001 -- carried over to the test's thread
            self.failure = error
        finally:
            connection.close()

    def take_turn(self, turn: int) -> None:
        entry = an_entry(self.person, kind=Entry.Kind.values[turn % 4], text=f"{self.name}, turn {turn} 점심 🦊")
        self.texts[str(entry.uid), 1] = entry.text
        for version in range(2, 4):
            entry = actions.revise_entry(entry=entry, base_version=version - 1, text=f"{entry.text} {version}")
            self.texts[str(entry.uid), version] = entry.text
        if turn % 5 == 0:
            colour = f"#{self.number:02x}{turn // 256 % 256:02x}{turn % 256:02x}"
            photo = a_photo(self.person, colour=colour, entry=entry)
            self.pictures[f"{photo.file}-original.jpeg"] = photo.digest


@pytest.fixture(autouse=True)
def _own_pictures(settings: LazySettings, tmp_path: Path) -> None:
    """Other tests leave pictures in the suite's folder."""
    own = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path / "media"}}
    settings.STORAGES = {**settings.STORAGES, "default": own}


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of another site: a data folder and a database of its own."""
    (tmp_path / "elsewhere").mkdir()
    environment = {
        **os.environ,
        "LANYARD_DATA": str(tmp_path / "elsewhere"),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    if connection.vendor == "sqlite":
        environment.pop("DATABASE_URL", None)
        yield environment
        return
    address = os.environ["DATABASE_URL"]
    with psycopg.connect(address, autocommit=True) as server:
        server.execute("DROP DATABASE IF EXISTS restored_elsewhere")
        server.execute("CREATE DATABASE restored_elsewhere")
    yield {**environment, "DATABASE_URL": f"{address.rpartition('/')[0]}/restored_elsewhere"}
    with psycopg.connect(address, autocommit=True) as server:
        server.execute("DROP DATABASE restored_elsewhere")


def rows_elsewhere(environment: dict[str, str], *statements: str) -> list[list[tuple[Any, ...]]]:
    """What the restored database answers, asked without Django."""
    if "DATABASE_URL" in environment:
        with psycopg.connect(environment["DATABASE_URL"]) as other:
            return [other.execute(statement).fetchall() for statement in statements]
    with closing(sqlite3.connect(Path(environment["LANYARD_DATA"], "lanyard.sqlite3"))) as other:
        assert other.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert other.execute("PRAGMA foreign_key_check").fetchall() == []
        return [other.execute(statement).fetchall() for statement in statements]


def manage(environment: dict[str, str], *command: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_backup_under_eight_writers_holds_every_acknowledged_save(
    person: User, elsewhere: dict[str, str], tmp_path: Path
) -> None:
    stop = threading.Event()
    writers = [Writer(person, number, stop) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    try:
        time.sleep(SECONDS)
        acknowledged = {key: text for writer in writers for key, text in dict(writer.texts).items()}
        pictures = {name: digest for writer in writers for name, digest in dict(writer.pictures).items()}
        call_command("backup", str(tmp_path / "under-fire.tar.gz"))
        during = sum(len(writer.texts) for writer in writers) - len(acknowledged)
    finally:
        stop.set()
        for writer in writers:
            writer.join(timeout=60)
    assert [writer.failure for writer in writers] == [None] * WRITERS
    assert all(writer.texts for writer in writers)
    print(f"{len(acknowledged)} saves and {len(pictures)} pictures before the backup, {during} saves during it")  # noqa: T201 -- figures to be read
    assert pictures
    assert during > 0

    manage(elsewhere, "restore", str(tmp_path / "under-fire.tar.gz"))
    revisions, entries, photos = rows_elsewhere(
        elsewhere,
        "SELECT e.uid, r.version, r.text FROM journal_revision r JOIN journal_entry e ON e.id = r.entry_id",
        "SELECT uid, version, text FROM journal_entry",
        "SELECT file, digest FROM journal_photo",
    )
    kept = {(str(uid).replace("-", ""), version): text for uid, version, text in revisions}
    assert {key: kept.get((key[0].replace("-", ""), key[1])) for key in acknowledged} == acknowledged
    _no_save_is_torn(kept, entries)
    _every_picture_is_whole(Path(elsewhere["LANYARD_DATA"], "media"), photos, pictures)
    manage(elsewhere, "migrate", "--check")


def _no_save_is_torn(kept: dict[tuple[str, int], str], entries: list[tuple[Any, ...]]) -> None:
    """Each entry is what its last version says, and no version is missing before it."""
    for uid, version, text in entries:
        plain = str(uid).replace("-", "")
        assert kept[plain, version] == text
        assert all((plain, earlier) in kept for earlier in range(1, version))


def _every_picture_is_whole(media: Path, photos: list[tuple[Any, ...]], acknowledged: dict[str, str]) -> None:
    restored = {f"{file}-original.jpeg": digest for file, digest in photos}
    assert acknowledged.items() <= restored.items()
    for name, digest in restored.items():
        assert hashlib.sha256((media / name).read_bytes()).hexdigest() == digest
