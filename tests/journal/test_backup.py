"""Backup and restore by round trip, on whichever database the suite runs on."""

import gzip
import io
import json
import os
import tarfile
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import Group, User
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from journal import backup, database_copy
from journal.database_copy import CopyError
from journal.running import announce_server, nobody_else

pytestmark = pytest.mark.django_db(transaction=True)

DATABASE = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
PICTURE = os.urandom(100_000)


@pytest.fixture(autouse=True)
def _own_folder(settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Backups and pictures of a test of its own; the database is the suite's."""
    settings.DATA_DIR = tmp_path / "data"
    (tmp_path / "data").mkdir()
    monkeypatch.setattr(backup, "media_folder", lambda: tmp_path / "data" / "media")


@pytest.fixture
def journal_with_picture(tmp_path: Path) -> Path:
    """Ann, a login of hers, what a cache remembers of her, and a picture; returns the picture."""
    User.objects.create_user("ann")
    cache.set("ann-was-here", "marker-of-a-cache", 3600)
    Session.objects.create(session_key="k" * 32, session_data="marker-of-a-session", expire_date=timezone.now())
    picture = tmp_path / "data" / "media" / "2022" / "점심 도시락.webp"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(PICTURE)
    return picture


def people() -> list[str]:
    return list(User.objects.order_by("username").values_list("username", flat=True))


def members(file: Path) -> list[tarfile.TarInfo]:
    with tarfile.open(file) as tar:
        return tar.getmembers()


def pack(target: Path, *files: tuple[tarfile.TarInfo | str, bytes]) -> Path:
    """A tar with exactly these members, as somebody else may have made it."""
    with tarfile.open(target, "w:gz") as tar:
        for name, content in files:
            member = tarfile.TarInfo(name) if isinstance(name, str) else name
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return target


def repack(source: Path, target: Path, change: Callable[[dict[str, object]], None]) -> Path:
    """`source` with its manifest changed."""
    with tarfile.open(source) as tar:
        files = [(member.name, tar.extractfile(member).read()) for member in tar.getmembers()]
    manifest = json.loads(files[0][1])
    change(manifest)
    return pack(target, (backup.MANIFEST, json.dumps(manifest).encode()), *files[1:])


def test_round_trip_brings_back_rows_and_pictures(journal_with_picture: Path, tmp_path: Path) -> None:
    made = backup.make(tmp_path / "b.tar.gz")
    assert made.rows["auth_user"] == 1
    assert made.pictures == 1

    User.objects.all().delete()
    User.objects.create_user("bob")
    journal_with_picture.write_bytes(b"another picture")
    extra = journal_with_picture.with_name("later.webp")
    extra.write_bytes(b"later")
    safety = backup.restore(tmp_path / "b.tar.gz")

    assert people() == ["ann"]
    assert journal_with_picture.read_bytes() == PICTURE
    assert not extra.exists()

    assert safety is not None
    backup.restore(safety)
    assert people() == ["bob"]
    assert journal_with_picture.read_bytes() == b"another picture"
    assert extra.exists()


def test_rows_can_be_added_after_a_restore(journal_with_picture: Path, tmp_path: Path) -> None:
    """Counters of keys come back too."""
    backup.make(tmp_path / "b.tar.gz")
    backup.restore(tmp_path / "b.tar.gz")
    User.objects.create_user("carol")
    assert people() == ["ann", "carol"]


def test_table_made_after_the_backup_is_gone_after_the_restore(journal_with_picture: Path, tmp_path: Path) -> None:
    """As after an upgrade that is taken back: its tables must not stand in the way of the next one."""
    backup.make(tmp_path / "b.tar.gz")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE newer (id integer PRIMARY KEY, person integer REFERENCES auth_user (id))")
    backup.restore(tmp_path / "b.tar.gz")
    assert "newer" not in connection.introspection.table_names()
    assert people() == ["ann"]


def test_backup_holds_no_session_no_key_and_no_name_of_the_machine(journal_with_picture: Path, tmp_path: Path) -> None:
    backup.make(tmp_path / "b.tar.gz")
    with tarfile.open(tmp_path / "b.tar.gz") as tar:
        contents = b"".join(tar.extractfile(member).read() for member in tar.getmembers())
    assert b"marker-of-a-session" not in contents
    assert b"marker-of-a-cache" not in contents
    assert b"ann-was-here" not in contents
    assert {member.uname for member in members(tmp_path / "b.tar.gz")} == {""}
    assert [member.name for member in members(tmp_path / "b.tar.gz")] == [
        backup.MANIFEST,
        DATABASE[connection.vendor],
        "media/2022/점심 도시락.webp",
    ]
    backup.restore(tmp_path / "b.tar.gz")
    assert not Session.objects.exists()


def test_backup_holds_nothing_of_what_was_deleted_for_good(tmp_path: Path) -> None:
    """SQLite leaves deleted rows in its free pages until they are used again."""
    marker = "marker-of-a-deleted-note"
    for number in range(50):
        User.objects.create(username=f"u{number}", first_name=marker)
    User.objects.all().delete()
    backup.make(tmp_path / "b.tar.gz")
    with tarfile.open(tmp_path / "b.tar.gz") as tar:
        assert marker.encode() not in tar.extractfile(DATABASE[connection.vendor]).read()


def test_cache_and_seeded_rows_are_no_journal(tmp_path: Path) -> None:
    """A site on which nobody has written yet is migrated and restored into without a backup before."""
    cache.set("a-visitor", "was here", 3600)
    Group.objects.get_or_create(name="Desk")
    assert not database_copy.has_rows()
    assert not {"lanyard_cache", "django_session"} & backup.make(tmp_path / "b.tar.gz").rows.keys()


def test_every_other_table_is_in_the_backup(tmp_path: Path) -> None:
    """Also one that a later version makes."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE newer (id integer PRIMARY KEY)")
        cursor.execute("INSERT INTO newer VALUES (7)")
    try:
        assert backup.make(tmp_path / "b.tar.gz").rows["newer"] == 1
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE newer")


def test_pictures_elsewhere_are_left_where_they_are(
    journal_with_picture: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    backup.make(tmp_path / "with-pictures")
    monkeypatch.setattr(backup, "media_is_local", lambda: False)
    call_command("backup", str(tmp_path / "b"))
    assert "no pictures (they lie in a storage elsewhere" in capsys.readouterr().out
    assert backup.read(tmp_path / "b").pictures is None
    unchanged(lambda: backup.restore(tmp_path / "with-pictures"), journal_with_picture, "storage elsewhere")


def test_backup_is_for_its_owner_only(journal_with_picture: Path, tmp_path: Path) -> None:
    backup.make(tmp_path / "b.tar.gz")
    assert (tmp_path / "b.tar.gz").stat().st_mode & 0o777 == 0o600


def test_backup_while_others_write_is_of_one_moment(tmp_path: Path) -> None:
    """Two rows are always written together; no copy holds one without the other."""
    stop = threading.Event()
    failures: list[BaseException] = []

    def write() -> None:
        number = 0
        try:
            while not stop.is_set() and number < 5000:
                with transaction.atomic():
                    User.objects.create(username=f"left-{number}")
                    User.objects.create(username=f"right-{number}")
                number += 1
        except BaseException as error:  # noqa: BLE001 -- told to the test
            failures.append(error)
        finally:
            connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while User.objects.count() < 10:
            pass
        for number in range(3):
            backup.make(tmp_path / f"{number}.tar.gz")
    finally:
        stop.set()
        writer.join()
    assert failures == []
    acknowledged = User.objects.count()
    for number in range(3):
        backup.restore(tmp_path / f"{number}.tar.gz")
        sides = [name.split("-") for name in people()]
        assert {n for side, n in sides if side == "left"} == {n for side, n in sides if side == "right"}
        assert 10 <= len(sides) <= acknowledged


def test_existing_file_and_missing_folder_are_refused(journal_with_picture: Path, tmp_path: Path) -> None:
    (tmp_path / "b.tar.gz").write_text("precious")
    with pytest.raises(CopyError, match="exists already"):
        backup.make(tmp_path / "b.tar.gz")
    assert (tmp_path / "b.tar.gz").read_text() == "precious"
    with pytest.raises(CopyError, match="no folder"):
        backup.make(tmp_path / "nowhere" / "b.tar.gz")


def test_failed_backup_leaves_nothing_behind(
    journal_with_picture: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "target").mkdir()
    journal_with_picture.chmod(0o600)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(backup, "_pack", lambda *_: (_ for _ in ()).throw(CopyError("full")))
    with pytest.raises(CopyError):
        backup.make(tmp_path / "target" / "b.tar.gz")
    assert list((tmp_path / "target").iterdir()) == []


# What restore refuses


def unchanged(action: Callable[[], object], picture: Path, match: str) -> None:
    with pytest.raises(CopyError, match=match):
        action()
    assert people() == ["ann"]
    assert picture.read_bytes() == PICTURE
    assert [path.name for path in picture.parents[2].glob(".lanyard-*")] == []


@pytest.mark.parametrize("content", [b"", b"not a backup", gzip.compress(b"neither", mtime=0), b"\x1f\x8b\x08"])
def test_foreign_file_is_refused(journal_with_picture: Path, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "b").write_bytes(content)
    unchanged(lambda: backup.restore(tmp_path / "b"), journal_with_picture, "backup of Lanyard's")


def test_missing_file_is_refused(journal_with_picture: Path, tmp_path: Path) -> None:
    unchanged(lambda: backup.restore(tmp_path / "nowhere"), journal_with_picture, "cannot be read")


def test_foreign_archive_is_refused(journal_with_picture: Path, tmp_path: Path) -> None:
    file = pack(tmp_path / "b", ("readme.txt", b"hello"))
    unchanged(lambda: backup.restore(file), journal_with_picture, "does not begin")


@pytest.mark.parametrize("manifest", [b"{", b"[]", b"{}", b'{"format": 1}', b"\xff"])
def test_unreadable_manifest_is_refused(journal_with_picture: Path, tmp_path: Path, manifest: bytes) -> None:
    file = pack(tmp_path / "b", (backup.MANIFEST, manifest))
    unchanged(lambda: backup.restore(file), journal_with_picture, "cannot be read")


def _hostile() -> list[tarfile.TarInfo | str]:
    link, hard, device, folder = (tarfile.TarInfo("media/x") for _ in range(4))
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    hard.type, hard.linkname = tarfile.LNKTYPE, backup.MANIFEST
    device.type, folder.type = tarfile.CHRTYPE, tarfile.DIRTYPE
    names = [
        "../evil",
        "/tmp/evil",
        "media/../../evil",
        "media/..",
        "media",
        "secret-key",
        "static/x.js",
        "./media/x/../../y",
    ]
    return [*names, link, hard, device, folder]


@pytest.mark.parametrize("member", _hostile(), ids=lambda member: getattr(member, "type", member))
def test_member_that_no_backup_holds_is_refused(
    journal_with_picture: Path, tmp_path: Path, member: tarfile.TarInfo | str
) -> None:
    backup.make(tmp_path / "good")
    with tarfile.open(tmp_path / "good") as tar:
        manifest = tar.extractfile(backup.MANIFEST).read()
    file = pack(tmp_path / "b", (backup.MANIFEST, manifest), (member, b""))
    unchanged(lambda: backup.restore(file), journal_with_picture, "no backup of Lanyard's holds")


def test_backup_without_a_database_is_refused(journal_with_picture: Path, tmp_path: Path) -> None:
    backup.make(tmp_path / "good")
    with tarfile.open(tmp_path / "good") as tar:
        manifest = tar.extractfile(backup.MANIFEST).read()
    file = pack(tmp_path / "b", (backup.MANIFEST, manifest))
    unchanged(lambda: backup.restore(file), journal_with_picture, "holds no database")


def test_damaged_database_inside_changes_nothing(journal_with_picture: Path, tmp_path: Path) -> None:
    backup.make(tmp_path / "good")
    with tarfile.open(tmp_path / "good") as tar:
        files = [(member.name, tar.extractfile(member).read()) for member in tar.getmembers()]
    broken = files[1][1][:5000] + os.urandom(2000)
    file = pack(tmp_path / "b", files[0], (files[1][0], broken), ("media/new.webp", b"new"))
    unchanged(lambda: backup.restore(file), journal_with_picture, "could not be restored|damaged|pg_restore")
    assert not (tmp_path / "data" / "media" / "new.webp").exists()


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_truncated_backup_changes_nothing(journal_with_picture: Path, tmp_path: Path, share: float) -> None:
    backup.make(tmp_path / "good")
    whole = (tmp_path / "good").read_bytes()
    (tmp_path / "b").write_bytes(whole[: int(len(whole) * share)])
    unchanged(lambda: backup.restore(tmp_path / "b"), journal_with_picture, "damaged")


def test_backup_of_the_other_database_is_refused(journal_with_picture: Path, tmp_path: Path) -> None:
    backup.make(tmp_path / "good")
    file = repack(tmp_path / "good", tmp_path / "b", lambda manifest: manifest.update(engine="oracle"))
    unchanged(lambda: backup.restore(file), journal_with_picture, "oracle")


@pytest.mark.parametrize("change", [{"format": 2}, {"migrations": ["journal.9999_of_the_future"]}])
def test_backup_of_a_newer_lanyard_is_refused(
    journal_with_picture: Path, tmp_path: Path, change: dict[str, object]
) -> None:
    backup.make(tmp_path / "good")
    file = repack(tmp_path / "good", tmp_path / "b", lambda manifest: manifest.update(change))
    unchanged(lambda: backup.restore(file), journal_with_picture, "newer Lanyard")


def test_restore_under_a_running_server_is_refused(journal_with_picture: Path, tmp_path: Path) -> None:
    backup.make(tmp_path / "b")
    with announce_server():
        unchanged(lambda: backup.restore(tmp_path / "b"), journal_with_picture, "is running")
    with nobody_else(), pytest.raises(CopyError, match="being restored"):
        announce_server()


# The commands


def test_commands_name_the_file_and_ask_before_replacing(
    journal_with_picture: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("backup")
    (made,) = (tmp_path / "data" / "backups").glob("lanyard-*.tar.gz")
    assert str(made) in capsys.readouterr().out
    with pytest.raises(CommandError, match="Say --yes"):
        call_command("restore", str(made))
    call_command("restore", str(made), "--yes")
    out = capsys.readouterr().out
    assert "What was here before" in out
    assert "before-restore" in out


def test_restore_into_an_empty_site_needs_no_yes(journal_with_picture: Path, tmp_path: Path) -> None:
    backup.make(tmp_path / "b")
    User.objects.all().delete()
    journal_with_picture.unlink()
    call_command("restore", str(tmp_path / "b"))
    assert people() == ["ann"]
    assert not (tmp_path / "data" / "backups").exists()


def test_backup_before_a_migration_leaves_pictures_alone(journal_with_picture: Path, tmp_path: Path) -> None:
    backup.make(tmp_path / "b", pictures=False)
    User.objects.all().delete()
    backup.restore(tmp_path / "b")
    assert people() == ["ann"]
    assert journal_with_picture.read_bytes() == PICTURE


def test_only_the_newest_automatic_backups_are_kept(tmp_path: Path) -> None:
    names = [backup.new_name("before-migration") for _ in range(4)]
    for name in [*names, other := backup.new_name("lanyard")]:
        name.touch()
    backup.keep_newest("before-migration", 2)
    assert sorted((tmp_path / "data" / "backups").iterdir()) == sorted([*names[2:], other])


@given(st.text(min_size=1, max_size=30))
def test_checked_name_never_leads_out(name: str) -> None:
    try:
        checked = backup._checked_name(tarfile.TarInfo(f"media/{name}"))
    except CopyError:
        return
    assert Path("/s", checked).resolve().is_relative_to("/s/media")


def test_memory_stays_bounded_with_a_large_picture(tmp_path: Path) -> None:
    """A 300 MB file is packed and unpacked in a process that may not hold half of it."""
    media = tmp_path / "data" / "media"
    media.mkdir()
    with (media / "big.webp").open("wb") as file:
        file.truncate(300_000_000)
    before = _peak_memory()
    backup.make(tmp_path / "b")
    backup.restore(tmp_path / "b")
    assert (media / "big.webp").stat().st_size == 300_000_000
    grown = _peak_memory() - before
    print(f"backup and restore of 300 MB: {grown / 1e6:.0f} MB more memory")  # noqa: T201 -- a figure to be read
    assert grown < 100_000_000


def _peak_memory() -> int:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


# Prepare


def test_prepare_with_nothing_pending_makes_no_backup(journal_with_picture: Path, tmp_path: Path) -> None:
    call_command("prepare")
    assert not (tmp_path / "data" / "backups").exists()
    assert (tmp_path / "data" / "static.stamp").exists()


def test_prepare_backs_up_before_it_migrates(
    journal_with_picture: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("migrate", "admin", "0002", verbosity=0)
    try:
        call_command("prepare")
    finally:
        call_command("migrate", "admin", verbosity=0)
    (made,) = (tmp_path / "data" / "backups").glob("before-migration-*.tar.gz")
    assert str(made) in capsys.readouterr().out
    manifest = backup.read(made)
    assert "admin.0003_logentry_add_action_flag_choices" not in manifest.migrations
    assert manifest.pictures is None


def test_prepare_of_an_empty_database_makes_no_backup(tmp_path: Path) -> None:
    User.objects.all().delete()
    call_command("migrate", "admin", "0002", verbosity=0)
    call_command("prepare")
    assert not (tmp_path / "data" / "backups").exists()


def test_prepare_without_a_backup_does_not_migrate(
    journal_with_picture: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call_command("migrate", "admin", "0002", verbosity=0)
    (tmp_path / "data" / "backups").touch()
    try:
        with pytest.raises(CommandError, match="no migration"):
            call_command("prepare")
        assert "[ ] 0003" in _migrations_of_admin()
    finally:
        call_command("migrate", "admin", verbosity=0)


def _migrations_of_admin() -> str:
    out = io.StringIO()
    call_command("showmigrations", "admin", stdout=out)
    return out.getvalue()
