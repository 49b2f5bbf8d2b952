"""The whole database into one file and back, for either database.

Both copies are of one moment, also while others write: SQLite's own backup function, `pg_dump`'s snapshot. Neither
holds sessions or what a cache remembers, so that a backup that gets into wrong hands lets nobody in.
"""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection, connections
from django.db.backends.postgresql.client import DatabaseClient

# Who is signed in where. The second table names the keys of the first.
SESSIONS = {"django_session", "usersessions_usersession"}
# Tables that a fresh installation fills by itself.
FILLED_BY_MIGRATIONS = {
    "django_migrations",
    "django_content_type",
    "auth_permission",
    "auth_group",
    "auth_group_permissions",
}


class CopyError(Exception):
    """The sentence says what stands in the way and what to do."""


def passing_tables() -> set[str]:
    """Tables whose rows are of the moment and are never carried anywhere: sessions and database caches."""
    caches = (cache for cache in settings.CACHES.values() if str(cache["BACKEND"]).endswith(".DatabaseCache"))
    return SESSIONS | {str(cache["LOCATION"]) for cache in caches}


def row_counts() -> dict[str, int]:
    """Rows by table, passing ones left out; read from the tables as they are, which models may be ahead of."""
    with connection.cursor() as cursor:
        names = set(connection.introspection.table_names(cursor)) - passing_tables()
        return {name: _count(cursor, name) for name in sorted(names)}


def _count(cursor: object, table: str) -> int:
    cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")  # type: ignore[attr-defined]  # noqa: S608 -- a table's own name
    return int(cursor.fetchone()[0])  # type: ignore[attr-defined]


def has_rows() -> bool:
    """Has anybody kept anything here? Costs one short query a table."""
    with connection.cursor() as cursor:
        for table in set(connection.introspection.table_names(cursor)) - FILLED_BY_MIGRATIONS - passing_tables():
            cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")  # noqa: S608 -- a table's own name
            if cursor.fetchone():
                return True
    return False


def dump(target: Path) -> None:
    """Write the database to the new file `target`; raises `CopyError`."""
    {"sqlite": _dump_sqlite, "postgresql": _dump_postgresql}[connection.vendor](target)


def load(source: Path) -> None:
    """Replace the database by the copy in `source`, in one transaction: all of it or, with `CopyError`, nothing."""
    {"sqlite": _load_sqlite, "postgresql": _load_postgresql}[connection.vendor](source)


# SQLite


def _open(path: Path | str, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(str(path))}?mode={mode}", uri=True, timeout=20)


def _dump_sqlite(target: Path) -> None:
    """A copy of the copy leaves free pages behind, which may hold what was deleted for good, or a former session."""
    raw = target.with_suffix(".raw")
    try:
        with closing(_open(connection.settings_dict["NAME"], "ro")) as live, closing(_open(raw, "rwc")) as copy:
            live.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            present = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            for table in passing_tables() & present:
                copy.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608 -- a table's own name
            copy.commit()
            copy.execute("VACUUM INTO ?", [str(target)])
    except sqlite3.Error as error:
        raise CopyError(f"The database could not be copied: {error}.") from error
    finally:
        raw.unlink(missing_ok=True)


def _load_sqlite(source: Path) -> None:
    """SQLite copies page by page into the live file under its own locks: whoever has it open sees old or new."""
    connections.close_all()
    try:
        with closing(_open(source, "ro")) as copy, closing(_open(connection.settings_dict["NAME"], "rwc")) as live:
            if copy.execute("PRAGMA quick_check").fetchone() != ("ok",):
                raise CopyError("The database in this backup is damaged. Nothing was changed.")
            copy.backup(live)
    except sqlite3.Error as error:
        raise CopyError(f"The database could not be restored: {error}. Nothing was changed.") from error


# PostgreSQL


def _dump_postgresql(target: Path) -> None:
    options = ["--format=custom", "--no-owner", "--no-privileges", "--no-comments"]
    without = [f"--exclude-table-data={table}" for table in sorted(passing_tables())]
    _run("pg_dump", *options, *without, f"--file={target}", to_database=True)


def _load_postgresql(source: Path) -> None:
    """First plain SQL beside the copy, so that a damaged one is found before the transaction begins."""
    script = source.with_suffix(".sql")
    _run("pg_restore", "--no-owner", "--no-privileges", "--no-comments", f"--file={script}", str(source))
    with connection.cursor() as cursor:
        tables = ", ".join(map(connection.ops.quote_name, connection.introspection.table_names(cursor)))
    connections.close_all()
    drop = ["-c", f"DROP TABLE {tables} CASCADE"] if tables else []
    options = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", "--output=/dev/null"]
    _run("psql", *options, *drop, f"--file={script}", to_database=True)


def _run(program: str, *options: str, to_database: bool = False) -> None:
    """Call one of PostgreSQL's programs; the password travels in the environment, never on the command line."""
    if shutil.which(program) is None:
        raise CopyError(f"{program} is missing. On Debian or Ubuntu: apt install postgresql-client")
    [_psql, *place], environment = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    done = subprocess.run(  # noqa: S603 -- fixed programs, no shell
        [program, *options, *(place if to_database else [])],
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CopyError(f"{program} gave up: {done.stderr.strip()}")
