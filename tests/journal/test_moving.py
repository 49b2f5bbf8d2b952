"""Moving between the two databases, in the direction that the suite's own database gives: from it to the other one."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.conf import LazySettings, settings
from django.contrib.auth.models import Group, Permission, User
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.utils import timezone
from django.utils.connection import ConnectionDoesNotExist
from pytest_django import DjangoDbBlocker

from events.models import Speaker, Venue
from journal import actions, moving
from journal.database_copy import CopyError
from journal.models import Entry, Meal, Photo, Revision, Swag
from journal.running import announce_server
from journal.takeaway import write_takeaway
from tests.conftest import IN_CI
from tests.factories import an_entry
from tests.postgresql import NO_POSTGRESQL, a_cluster, binaries
from tests.whole_book import WholeBook, a_whole_book

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).resolve().parents[2]
TAKE_AWAY = """
import django, sys
django.setup()
from django.contrib.auth.models import User
from journal.takeaway import write_takeaway
write_takeaway(User.objects.get(username="alice"), sys.stdout.buffer)
"""


@pytest.fixture(autouse=True)
def _own_folder(settings: LazySettings, tmp_path: Path) -> None:
    """The lock that says who uses the data is a test's own; pictures are the suite's."""
    settings.DATA_DIR = tmp_path / "data"
    (tmp_path / "data").mkdir()


@pytest.fixture(scope="module")
def other_server(django_db_setup: None) -> Iterator[str]:
    """Where the suite runs on SQLite, a PostgreSQL; empty where it runs on PostgreSQL."""
    if connection.vendor == "postgresql":
        yield ""
    elif binaries() is None and not IN_CI:
        pytest.skip(NO_POSTGRESQL)
    else:
        with a_cluster() as address:
            yield address


@pytest.fixture(scope="module")
def migrated(other_server: str, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> str:
    """The address of a database of the other kind, migrated and never used, to be copied: migrating takes seconds."""
    address = a_database(other_server, tmp_path_factory.mktemp("migrated"), "migrated")
    with django_db_blocker.unblock(), moving._connected(address) as target:
        moving._migrate(target)
    return address


@pytest.fixture
def empty_database(other_server: str, migrated: str, tmp_path: Path) -> str:
    """A database of the other kind with the rows of migrations alone."""
    return a_database(other_server, tmp_path, f"empty_{uuid4().hex}", like=migrated)


def a_database(server: str, folder: Path, name: str, *, like: str = "") -> str:
    """A new database on the server, else a new file in the folder."""
    if not server:
        file = folder / f"{name}.sqlite3"
        if like:
            shutil.copy(like.removeprefix("sqlite:///"), file)
        return f"sqlite:///{file}"
    template = f" TEMPLATE {like.rpartition('/')[2]}" if like else ""
    with psycopg.connect(server, autocommit=True) as own:
        own.execute(f"CREATE DATABASE {name}{template}")
    return f"{server.rpartition('/')[0]}/{name}"


def run_on(address: str, statement: str) -> list[tuple[object, ...]]:
    """What the other database answers, asked past Django's models."""
    with moving._connected(address) as target, target.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall()) if cursor.description else []


@pytest.fixture
def book(person: User, stranger: User, staff: User) -> WholeBook:
    """A book with everything that one database keeps in another way than the other."""
    book = a_whole_book(person)
    a_whole_book(stranger, listed=False, word="Zebra", starts_on=datetime(2021, 3, 1, tzinfo=UTC).date())
    Swag.objects.filter(entry=book.swag).update(encounter=book.encounter)
    actions.log_day(owner=person, day=book.day, highlight_talk=None, highlight_entry=book.meal)
    Venue.objects.update(latitude=Decimal("37.512345"), longitude=Decimal("-0.000001"))
    Speaker.objects.filter(pk=book.speaker.pk).update(aka="에이다\nÁda 🦊")
    Entry.objects.filter(pk=book.note.pk).update(at=datetime(2022, 11, 8, 0, 0, 0, 123456, tzinfo=UTC), order=570.25)
    desk, _made = Group.objects.get_or_create(name="Keepers")
    desk.permissions.set(Permission.objects.filter(codename__in=["view_talk", "change_talk"]))
    staff.groups.add(desk)
    Session.objects.create(session_key="k" * 32, session_data="marker", expire_date=timezone.now())
    return book


def taken_here(person: User) -> bytes:
    out = io.BytesIO()
    write_takeaway(person, out)
    return out.getvalue()


def taken_there(address: str, media: Path) -> bytes:
    """The same person's zip as a site on the other database makes it, in a process of its own."""
    environment = {**os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "config.settings"}
    environment["LANYARD_DATA"] = str(media)
    done = subprocess.run(
        [sys.executable, "-c", TAKE_AWAY], cwd=ROOT, env=environment, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def test_journal_is_the_same_after_the_move(
    book: WholeBook, empty_database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    data = Path(os.environ["LANYARD_DATA"])
    before = taken_here(book.person)
    versions = sorted(Entry.objects.values_list("uid", "version", "modified"))
    revisions = sorted(Revision.objects.values_list("pk", "entry__uid", "version", "text", "saved_at"))
    call_command("move_database", "--to", empty_database)
    told = capsys.readouterr().out
    assert "read back and found equal" in told
    assert "Not copied" not in told
    assert empty_database not in told

    assert hashlib.sha256(taken_there(empty_database, data)).hexdigest() == hashlib.sha256(before).hexdigest()
    assert taken_here(book.person) == before
    with moving._connected(empty_database):
        there = Entry.objects.using(moving.TARGET)
        assert sorted(there.values_list("uid", "version", "modified")) == versions
        kept = Revision.objects.using(moving.TARGET).values_list("pk", "entry__uid", "version", "text", "saved_at")
        assert sorted(kept) == revisions
        assert set(Meal.objects.using(moving.TARGET).values_list("price", flat=True)) == {Decimal("15000.00")}
        assert Photo.objects.using(moving.TARGET).count() == Photo.objects.count()
        carol = User.objects.using(moving.TARGET).get(username="carol")
        assert list(carol.groups.values_list("name", flat=True)) == ["Keepers"]
        assert carol.check_password("carol-has-a-word")
        assert User.objects.using(moving.TARGET).create(username="dora").pk > carol.pk
        assert not Session.objects.using(moving.TARGET).exists()


def test_target_with_somebody_in_it_is_refused(person: User, empty_database: str) -> None:
    moving.move_database(empty_database)
    with pytest.raises(CopyError, match="not empty"):
        moving.move_database(empty_database)


def test_target_with_foreign_tables_is_refused(person: User, empty_database: str) -> None:
    run_on(empty_database, "CREATE TABLE shop_orders (id integer PRIMARY KEY)")
    with pytest.raises(CopyError, match="shop_orders"):
        moving.move_database(empty_database)


def test_running_site_is_not_moved(person: User, empty_database: str) -> None:
    with announce_server(), pytest.raises(CommandError, match="Stop it first"):
        call_command("move_database", "--to", empty_database)


@pytest.mark.parametrize("address", ["", "mysql://a/b", "nonsense", "sqlite://", "postgres://lanyard@127.0.0.1:1/x"])
def test_address_that_leads_nowhere_is_refused(db: None, address: str) -> None:
    with pytest.raises(CopyError):
        moving.move_database(address)
    with pytest.raises(ConnectionDoesNotExist):
        connections[moving.TARGET]


def test_own_database_is_no_target(db: None) -> None:
    own = connection.settings_dict
    engine = {"sqlite": "sqlite:///", "postgresql": "postgres://lanyard@" + own["HOST"] + "/"}[connection.vendor]
    with pytest.raises(CopyError, match="has now"):
        moving.move_database(engine + str(own["NAME"]))


def test_nothing_is_moved_where_one_table_differs(
    book: WholeBook, empty_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was written is compared before the transaction ends."""
    real = moving._prepared

    def forgetful(columns: list, row: list, target: object) -> list:
        values = real(columns, row, target)
        return [value.replace("Astonished", "Astonish") if isinstance(value, str) else value for value in values]

    monkeypatch.setattr(moving, "_prepared", forgetful)
    with pytest.raises(CopyError, match="journal_daylog reads differently"):
        moving.move_database(empty_database)
    assert run_on(empty_database, "SELECT COUNT(*) FROM auth_user") == [(0,)]
    assert run_on(empty_database, "SELECT COUNT(*) FROM journal_entry") == [(0,)]


# What only SQLite lets in


@pytest.fixture
def lax(db: None) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL refuses such a row itself")


def test_too_long_text_is_named(lax: None, person: User, empty_database: str) -> None:
    entry = an_entry(person)
    Entry.objects.filter(pk=entry.pk).update(title="x" * 301)
    with pytest.raises(CopyError, match=rf"journal_entry, row {entry.pk}: title has 301 characters, and 300 fit"):
        moving.move_database(empty_database)


def test_nul_characters_go_and_are_counted(lax: None, person: User, empty_database: str) -> None:
    entry = an_entry(person)
    Entry.objects.filter(pk=entry.pk).update(text="a\0b")
    Revision.objects.filter(entry=entry).update(fields={"title": "c\0d"})
    moved = moving.move_database(empty_database)
    assert moved.cleaned == 2
    assert run_on(empty_database, "SELECT text FROM journal_entry") == [("ab",)]


def test_number_that_does_not_fit_is_placed(lax: None, person: User, empty_database: str) -> None:
    Swag.objects.create(entry=an_entry(person, kind=Entry.Kind.NOTE), quantity=40_000)
    with pytest.raises(CopyError, match=r"journal_swag, rows \d+ to \d+"):
        moving.move_database(empty_database)


def test_reference_to_nothing_is_refused(lax: None, person: User, empty_database: str) -> None:
    entry = an_entry(person)
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        cursor.execute("UPDATE journal_entry SET venue_id = 9999 WHERE id = %s", [entry.pk])
    try:
        with pytest.raises(CopyError, match="rows that are not there"):
            moving.move_database(empty_database)
    finally:
        Entry.objects.update(venue=None)


def test_settings_name_no_second_database() -> None:
    assert list(settings.DATABASES) == ["default"]
