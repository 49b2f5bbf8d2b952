"""Could somebody write and read right now? Asked every few seconds by machines, so it costs two queries."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.loader import MigrationLoader

# Bytes that must be free in the data folder: room for a few pictures and for the database to grow while somebody is
# woken up.
ROOM = 200 * 1024 * 1024


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; `words` say what is wrong with it, for whoever runs the server."""

    name: str
    words: str = ""

    @property
    def is_fine(self) -> bool:
        """Whether there is nothing to say."""
        return not self.words


def examine() -> list[Finding]:
    """Everything once, the disk also where the database is down."""
    tables = _asked(_tables)
    return [
        Finding("database", "" if tables is not None else "It does not answer."),
        Finding("migrations", _migrations(tables or set())),
        Finding("cache", _cache(tables or set())),
        Finding("disk", _disk()),
    ]


def _asked(question: Callable[[], set[str]]) -> set[str] | None:
    try:
        return question()
    except (DatabaseError, InterfaceError):
        return None


def _tables() -> set[str]:
    with connection.cursor() as cursor:
        return {table.name for table in connection.introspection.get_table_list(cursor)}


def _migrations(tables: set[str]) -> str:
    """Applied ones are read as they stand; the code's are those this process was started with."""
    applied = _asked(_applied) if "django_migrations" in tables else None
    missing = len(_wanted() - (applied or set()))
    return f"{missing} are not applied. Start Lanyard again." if missing else ""


def _applied() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        return {f"{app}.{name}" for app, name in cursor.fetchall()}


@cache
def _wanted() -> frozenset[str]:
    return frozenset(".".join(key) for key in MigrationLoader(None).disk_migrations)


def _cache(tables: set[str]) -> str:
    """The table that holds the counts behind rate limits: without it nobody can sign in."""
    table = settings.CACHES["default"].get("LOCATION", "")
    return "" if table in tables else "Its table is missing. Start Lanyard again."


def _disk() -> str:
    try:
        free = shutil.disk_usage(settings.DATA_DIR).free
    except OSError as error:
        return f"The data folder cannot be read: {error.strerror}."
    return "" if free >= ROOM else f"Only {free // 1024**2} MB are free for the data folder."
