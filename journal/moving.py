"""All rows of this site's database into another, empty one: from SQLite to PostgreSQL, or back.

Every row is read and written through its model's fields, which know what a moment, an exact number or a JSON text is in
either database. Keys stay as they are. On the target it is one transaction, which ends only when every table has been
read back and says the same; the source is only read. Sessions and caches are not carried over.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import environ
from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model
from django.db.utils import ConnectionHandler

from journal.database_copy import FILLED_BY_MIGRATIONS, CopyError, passing_tables
from journal.running import nobody_else

TARGET = "target"
BATCH = 500
SCHEMES = {"postgres", "postgresql", "psql", "pgsql", "sqlite"}


@dataclass(frozen=True)
class Moved:
    """Rows by table; `cleaned` counts texts that lost NUL characters, which PostgreSQL has no form for; `left_behind`
    are tables that no part of this version uses."""

    rows: dict[str, int]
    cleaned: int
    left_behind: list[str]


@dataclass
class _Digest:
    """Number of rows and a sum of their hashes: the same in whatever order a database hands them out."""

    rows: int = 0
    total: int = 0

    def add(self, values: list[Any]) -> None:
        content = json.dumps(values, default=_plain, sort_keys=True)
        self.rows += 1
        self.total = (self.total + int.from_bytes(sha256(content.encode()).digest())) % 2**256


@dataclass
class _Reader:
    """The rows of one table, batch by batch, as Python values of its columns."""

    model: type[Model]
    alias: str
    takes_nul: bool = True
    digest: _Digest = field(default_factory=_Digest)
    cleaned: int = 0

    @property
    def columns(self) -> list[Any]:
        return [column for column in self.model._meta.concrete_fields if not column.generated]

    def batches(self) -> Iterator[list[list[Any]]]:
        names = [column.attname for column in self.columns]
        rows = self.model._base_manager.using(self.alias).order_by("pk")  # noqa: SLF001 -- every row, whatever a manager hides
        last = None
        while batch := list((rows if last is None else rows.filter(pk__gt=last)).values_list("pk", *names)[:BATCH]):
            last = batch[-1][0]
            yield [self._read(row[1:]) for row in batch]

    def _read(self, row: tuple[Any, ...]) -> list[Any]:
        values = list(row) if self.takes_nul else [self._without_nul(value) for value in row]
        self.digest.add(values)
        return values

    def _without_nul(self, value: Any) -> Any:
        if isinstance(value, str) and "\0" in value:
            self.cleaned += 1
            return value.replace("\0", "")
        if isinstance(value, list):
            return [self._without_nul(part) for part in value]
        if isinstance(value, dict):
            return {self._without_nul(name): self._without_nul(part) for name, part in value.items()}
        return value


def move_database(address: str) -> Moved:
    """Copy everything into the database at `address` (postgres://… or sqlite:///…). Raises `CopyError`.

    The target has to be empty, or to hold what migrations leave; it is migrated first. Where this raises, no row is in
    the target, and the source is as it was in any case.
    """
    with nobody_else(), _connected(address) as target:
        source = connections[DEFAULT_DB_ALIAS]
        _check_source(source)
        _check_empty(target)
        _migrate(target)
        try:
            with transaction.atomic(using=TARGET):
                return _copy(source, target)
        except DatabaseError as error:
            raise CopyError(f"The target refused the rows: {_sentence(error)}. Nothing was moved.") from error


@contextmanager
def _connected(address: str) -> Iterator[BaseDatabaseWrapper]:
    target = ConnectionHandler({DEFAULT_DB_ALIAS: connections.databases[DEFAULT_DB_ALIAS], TARGET: _config(address)})[
        TARGET
    ]
    connections[TARGET] = target
    try:
        try:
            target.ensure_connection()
        except DatabaseError as error:
            raise CopyError(f"The target cannot be reached: {_sentence(error)}.") from error
        yield target
    finally:
        target.close()
        del connections[TARGET]


def _config(address: str) -> dict[str, Any]:
    """The settings of the address; `CopyError` for one that is none, or this site's own."""
    scheme = address.partition(":")[0]
    found: dict[str, Any] = environ.Env.db_url_config(address) if scheme in SCHEMES else {}
    if found.get("NAME") in {None, "", ":memory:"}:
        raise CopyError("Name the target as in DATABASE_URL: postgres://user@host/name or sqlite:////folder/file.")
    own = connections.databases[DEFAULT_DB_ALIAS]
    if (found["ENGINE"], found["NAME"]) == (own["ENGINE"], str(own["NAME"])) and found["HOST"] == own["HOST"]:
        raise CopyError("The target is the database that this site has now.")
    if found["ENGINE"] == "django.db.backends.sqlite3":
        Path(found["NAME"]).touch(mode=0o600)
        found["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 20}
    return found


def _check_source(source: BaseDatabaseWrapper) -> None:
    executor = MigrationExecutor(source)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CopyError("This site's database is not up to date. Start the site once, stop it, and come back.")
    try:
        source.check_constraints()
    except DatabaseError as error:
        raise CopyError(f"This site's database refers to rows that are not there: {_sentence(error)}.") from error


def _check_empty(target: BaseDatabaseWrapper) -> None:
    """Nothing but what a fresh installation makes by itself."""
    with target.cursor() as cursor:
        tables = set(target.introspection.table_names(cursor))
        foreign = tables - {model._meta.db_table for model in _models()} - passing_tables() - FILLED_BY_MIGRATIONS
        if foreign:
            raise CopyError(f"The target holds other tables ({', '.join(sorted(foreign))}). Give Lanyard its own.")
        for table in sorted(tables - FILLED_BY_MIGRATIONS - passing_tables()):
            cursor.execute(f"SELECT 1 FROM {target.ops.quote_name(table)} LIMIT 1")  # noqa: S608 -- a table's own name
            if cursor.fetchone():
                raise CopyError(f"The target is not empty: there are rows in {table}.")


def _migrate(target: BaseDatabaseWrapper) -> None:
    try:
        call_command("migrate", database=target.alias, verbosity=0, interactive=False)
        call_command("createcachetable", database=target.alias, verbosity=0)
    except DatabaseError as error:
        raise CopyError(f"The target could not be made ready: {_sentence(error)}.") from error


def _models() -> list[type[Model]]:
    """Every model with a table of its own, the tables between two others included; parents before children is no
    matter, foreign keys are checked at the end of the transaction."""
    found = [model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy]
    return [model for model in found if model._meta.managed and model._meta.db_table not in passing_tables()]


def _copy(source: BaseDatabaseWrapper, target: BaseDatabaseWrapper) -> Moved:
    models = _models()
    with target.cursor() as cursor:
        for model in models:
            cursor.execute(f"DELETE FROM {target.ops.quote_name(model._meta.db_table)}")  # noqa: S608 -- a table's own name
    readers = [_Reader(model, source.alias, takes_nul=target.vendor == "sqlite") for model in models]
    for reader in readers:
        _carry(reader, target)
    with target.cursor() as cursor:
        for statement in target.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
    for reader in readers:
        _compare(reader)
    target.check_constraints()
    known = {model._meta.db_table for model in models} | passing_tables() | FILLED_BY_MIGRATIONS
    return Moved(
        rows={reader.model._meta.db_table: reader.digest.rows for reader in readers},
        cleaned=sum(reader.cleaned for reader in readers),
        left_behind=sorted(set(source.introspection.table_names()) - known),
    )


def _carry(reader: _Reader, target: BaseDatabaseWrapper) -> None:
    """Rows go in as they are: through `save()`, a moment of creation would become now."""
    meta = reader.model._meta
    columns = reader.columns
    names = ", ".join(target.ops.quote_name(column.column) for column in columns)
    places = ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {target.ops.quote_name(meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608 -- own names
    with target.cursor() as cursor:
        for batch in reader.batches():
            for row in batch:
                _check_lengths(meta.db_table, columns, row)
            try:
                cursor.executemany(statement, [_prepared(columns, row, target) for row in batch])
            except (DatabaseError, ValueError, OverflowError) as error:
                place = f"{meta.db_table}, rows {batch[0][0]} to {batch[-1][0]}"
                raise CopyError(
                    f"The target refused a row ({place}): {_sentence(error)}. Nothing was moved."
                ) from error


def _prepared(columns: list[Any], row: list[Any], target: BaseDatabaseWrapper) -> list[Any]:
    return [column.get_db_prep_save(value, target) for column, value in zip(columns, row, strict=True)]


def _check_lengths(table: str, columns: list[Any], row: list[Any]) -> None:
    """SQLite does not hold a text to its length, PostgreSQL does."""
    for column, value in zip(columns, row, strict=True):
        limit = getattr(column, "max_length", None)
        if limit and isinstance(value, str) and len(value) > limit:
            raise CopyError(
                f"{table}, row {row[0]}: {column.column} has {len(value)} characters, and {limit} fit. "
                "Shorten it first. Nothing was moved."
            )


def _compare(reader: _Reader) -> None:
    """Reads the table back from the target."""
    there = _Reader(reader.model, TARGET)
    for _batch in there.batches():
        pass
    if there.digest != reader.digest:
        raise CopyError(
            f"{reader.model._meta.db_table} reads differently in the target ({there.digest.rows} rows of "
            f"{reader.digest.rows}). Nothing was moved."
        )


def _plain(value: Any) -> Any:
    """A text for what JSON has no form for, the same for the same value of either database."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, Decimal):
        return str(value.normalize())
    if isinstance(value, (date, time, timedelta, UUID)):
        return str(value)
    if isinstance(value, (bytes, memoryview)):
        return bytes(value).hex()
    raise TypeError(f"{type(value).__name__} in a row")


def _sentence(error: Exception) -> str:
    return " ".join(str(error).split())
