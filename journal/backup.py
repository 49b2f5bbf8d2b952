"""Database and pictures in one file, and back.

The file is a gzipped tar that any computer can open:

    lanyard-backup.json     what it is: format, version, engine, moment, migrations, counts; always first
    database.sqlite3        or database.dump, PostgreSQL's custom format
    media/…                 the pictures, where the backup was made with them

Neither sessions nor the secret key are in it: after a restore people log in again. Pictures that lie in a storage
elsewhere are not in it either; they stay where they are.
"""

import gzip
import json
import os
import tarfile
import tempfile
import tomllib
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from shutil import copyfileobj
from typing import BinaryIO

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from journal import database_copy
from journal.database_copy import CopyError
from journal.running import nobody_else
from journal.storage import media_is_local

FORMAT = 1
MANIFEST = "lanyard-backup.json"
DATABASE = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
MANIFEST_LIMIT = 1024 * 1024
# Pictures do not shrink, and text shrinks well at any level: the fastest one.
COMPRESSION = 1
COPY_STEP = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """`made_at` is a moment in UTC; `rows` are counts by table; `pictures` is None for a copy of the database alone."""

    format: int
    version: str
    engine: str
    made_at: str
    migrations: list[str]
    rows: dict[str, int]
    pictures: int | None


def new_name(prefix: str) -> Path:
    """A new name in the folder for backups nobody named a file for, with the moment in UTC."""
    folder: Path = settings.DATA_DIR / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / f"{prefix}-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.tar.gz"


def keep_newest(prefix: str, count: int) -> None:
    """Remove all but the newest `count` files that `new_name(prefix)` named."""
    for old in sorted((settings.DATA_DIR / "backups").glob(f"{prefix}-*.tar.gz"))[:-count]:
        old.unlink()


def media_folder() -> Path:
    """Where the pictures are, links followed; where they would be, if they lie in a storage elsewhere."""
    if not media_is_local():
        return Path(settings.DATA_DIR / "media")
    return Path(default_storage.location).resolve()  # type: ignore[attr-defined]


# Making one


def make(target: Path, *, pictures: bool = True) -> Manifest:
    """Write a backup to the new file `target`, which appears only when it is whole. Raises `CopyError`."""
    target = target.absolute()
    if target.exists():
        raise CopyError(f"{target} exists already. Name another file.")
    if not target.parent.is_dir():
        raise CopyError(f"There is no folder {target.parent}.")
    pictures = pictures and media_is_local()
    with tempfile.TemporaryDirectory(prefix=".lanyard-", dir=target.parent) as staging:
        copy, archive = Path(staging, DATABASE[connection.vendor]), Path(staging, "backup")
        manifest = _describe(pictures=pictures)
        database_copy.dump(copy)
        _pack(archive, manifest, copy)
        archive.rename(target)
    return manifest


def _describe(*, pictures: bool) -> Manifest:
    return Manifest(
        format=FORMAT,
        version=tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]["version"],
        engine=connection.vendor,
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        migrations=sorted(".".join(key) for key in MigrationLoader(connection).applied_migrations),
        rows=database_copy.row_counts(),
        pictures=sum(1 for _ in _pictures()) if pictures else None,
    )


def _pictures() -> Iterator[Path]:
    for place, _folders, names in os.walk(media_folder()):
        yield from (path for name in names if (path := Path(place, name)).is_file() and not path.is_symlink())


def _pack(archive: Path, manifest: Manifest, database: Path) -> None:
    """The database was copied first, so every picture it names is still there, or was deleted for good meanwhile."""
    description = database.with_name(MANIFEST)
    description.write_text(json.dumps(asdict(manifest), indent=1))
    with _private(archive) as file:
        with (
            gzip.GzipFile("", "wb", COMPRESSION, file) as packed,
            tarfile.open(fileobj=packed, mode="w|") as tar,
        ):
            tar.add(description, MANIFEST, filter=_anonymous)
            tar.add(database, database.name, filter=_anonymous)
            for picture in _pictures() if manifest.pictures is not None else ():
                with suppress(FileNotFoundError):
                    tar.add(picture, f"media/{picture.relative_to(media_folder())}", filter=_anonymous)
                tar.members.clear()  # type: ignore[attr-defined]  # a list that only grows, of no use in a stream
        file.flush()
        os.fsync(file.fileno())


def _private(path: Path) -> BinaryIO:
    """A new file that only its owner can read."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o600
    return member


# Bringing one back


def read(source: Path) -> Manifest:
    """What a backup says of itself, checked against this installation; raises `CopyError`."""
    with _opened(source) as (tar, _packed):
        return _read_manifest(tar)


def restore(source: Path) -> Path | None:
    """Replace database and pictures by those in `source`: all of it or, with `CopyError`, nothing.

    Returns the backup that was made of what was here before, or None where there was nothing.
    """
    media = media_folder()
    media.parent.mkdir(parents=True, exist_ok=True)
    with nobody_else(), tempfile.TemporaryDirectory(prefix=".lanyard-", dir=media.parent) as folder:
        staging = Path(folder)
        manifest = _unpack(source, staging)
        safety = _backup_of_present()
        pictures = nullcontext() if manifest.pictures is None else _exchanged(media, staging)
        with pictures:
            database_copy.load(staging / DATABASE[connection.vendor])
    return safety


def _backup_of_present() -> Path | None:
    if not database_copy.has_rows() and not any(_pictures()):
        return None
    safety = new_name("before-restore")
    make(safety)
    return safety


@contextmanager
def _exchanged(media: Path, staging: Path) -> Iterator[None]:
    """Put the unpacked pictures in place; the present ones come back if what follows fails."""
    new, old = staging / "media", staging / "old-media"
    media.mkdir(mode=0o700, exist_ok=True)
    media.rename(old)
    new.rename(media)
    try:
        yield
    except BaseException:
        media.rename(new)
        old.rename(media)
        raise


@contextmanager
def _opened(source: Path) -> Iterator[tuple[tarfile.TarFile, gzip.GzipFile]]:
    """`source` as a stream; whatever is wrong with it becomes one sentence."""
    try:
        with gzip.open(source) as packed, tarfile.open(fileobj=packed, mode="r|") as tar:
            yield tar, packed
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise CopyError(f"{source} is not a backup of Lanyard's, or it is damaged ({error}).") from error
    except OSError as error:
        raise CopyError(f"{source} cannot be read: {error}.") from error


def _read_manifest(tar: tarfile.TarFile) -> Manifest:
    member = tar.next()
    if member is None or member.name != MANIFEST or not member.isreg() or member.size > MANIFEST_LIMIT:
        raise CopyError("This is not a backup of Lanyard's: it does not begin with lanyard-backup.json.")
    try:
        manifest = Manifest(**json.loads(tar.extractfile(member).read()))  # type: ignore[union-attr]
    except (ValueError, TypeError) as error:
        raise CopyError(f"{MANIFEST} in this backup cannot be read ({error}).") from error
    _check(manifest)
    return manifest


def _check(manifest: Manifest) -> None:
    """Could this installation hold what the backup holds?"""
    if manifest.engine != connection.vendor:
        raise CopyError(
            f"This backup is of a {manifest.engine} database, and this site keeps a {connection.vendor} one."
        )
    if manifest.pictures and not media_is_local():
        raise CopyError(
            "This backup holds pictures, and this site keeps its pictures in a storage elsewhere. Restore it into a "
            "site that keeps them in its data folder (without LANYARD_MEDIA)."
        )
    on_disk = MigrationLoader(None).disk_migrations
    known = {".".join(key) for key in on_disk}
    known |= {".".join(key) for migration in on_disk.values() for key in migration.replaces}
    if manifest.format > FORMAT or set(manifest.migrations) - known:
        raise CopyError(
            f"This backup was made by a newer Lanyard ({manifest.version}). Bring this one up to date first."
        )


def _unpack(source: Path, staging: Path) -> Manifest:
    """Write the members of `source` below `staging`, each by a name that was checked."""
    (staging / "media").mkdir(mode=0o700)
    with _opened(source) as (tar, packed):
        manifest = _read_manifest(tar)
        while member := tar.next():
            target = staging / _checked_name(member)
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with _private(target) as file:
                copyfileobj(tar.extractfile(member), file)  # type: ignore[arg-type]
            tar.members.clear()  # type: ignore[attr-defined]
        while packed.read(COPY_STEP):  # the checksum stands at the very end
            pass
    if not (staging / DATABASE[connection.vendor]).exists():
        raise CopyError(f"{source} holds no database.")
    return manifest


def _checked_name(member: tarfile.TarInfo) -> PurePosixPath:
    """The name of the database or of a picture; links, devices and ways out of the folder are refused."""
    name = PurePosixPath(member.name)
    inside = name.parts[:1] == ("media",) and len(name.parts) > 1 and ".." not in name.parts
    if not member.isreg() or "\0" in member.name or not (inside or member.name == DATABASE[connection.vendor]):
        raise CopyError(f"This backup holds {member.name!r}, which no backup of Lanyard's holds. Nothing was changed.")
    return name
