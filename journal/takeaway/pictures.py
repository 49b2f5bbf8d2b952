"""The pictures of a takeaway: where each lies in it, and its bytes."""

from __future__ import annotations

import logging
import posixpath
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, tzinfo
from uuid import UUID

from django.core.files import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from journal.models import Photo
from journal.storage import original, rendition
from journal.takeaway.archive import Member
from journal.takeaway.naming import Folders, link_to, safe_name
from journal.takeaway.words import escaped

FOLDER = "pictures"
CHUNK = 256 * 1024
_ENDINGS = {"jpeg": ".jpg"}
_NAMED = re.compile(r"photo:/{0,2}([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/?", re.IGNORECASE)
logger = logging.getLogger(__name__)


class Pictures:
    """Paths by uid, known for all pictures before the first page is written: a text may show one of another day."""

    def __init__(self, folders: Folders) -> None:
        self.paths: dict[UUID, str] = {}
        self.missing: list[str] = []
        self._folders = folders

    def place(self, photo: Photo, folder: str, zone: tzinfo) -> None:
        """Gives it a path: the date on which it was taken, and its own name."""
        taken = f"{photo.taken_at.astimezone(zone).date().isoformat()} " if photo.taken_at else ""
        name = safe_name(taken + posixpath.splitext(photo.name)[0], instead="picture")
        ending = _ENDINGS.get(photo.format, f".{photo.format}") if photo.has_original else ".webp"
        self.paths[photo.uid] = self._folders.place(posixpath.join(folder, FOLDER), name, ending)

    def members(self, photos: Iterable[Photo], zone: tzinfo) -> Iterator[Member]:
        """The original where it was kept, else the largest size there is; what cannot be read is noted as missing."""
        for photo in photos:
            stored, file = self._opened(photo)
            if file is None:
                continue
            path = self.paths[photo.uid]
            taken = (photo.taken_at or photo.created).astimezone(zone if photo.taken_at else UTC)
            yield Member(path, self._read(path, stored, file), at=taken, packed=False)

    def words(self, photo: Photo, *, page: str) -> str:
        """The picture as a page shows it, with its caption."""
        path = self.paths.get(photo.uid)
        if path is None:
            return "*" + escaped(_("The file of this picture is missing: %(name)s") % {"name": photo.name}) + "*"
        shown = f"![{escaped(photo.alt_text or photo.caption)}]({link_to(path, page=page)})"
        return f"{shown}\n*{escaped(photo.caption)}*" if photo.caption else shown

    def linked(self, text: str, *, page: str) -> str:
        """A text whose pictures are files of this zip; one that is not in it keeps the address it had."""

        def way(uid: str, as_it_was: str) -> str:
            path = self.paths.get(UUID(uid))
            return link_to(path, page=page) if path else as_it_was

        return _NAMED.sub(lambda found: way(found[1], found[0]), text)

    def _opened(self, photo: Photo) -> tuple[str, File | None]:
        sizes = [rendition(photo, width) for width in sorted(photo.widths, reverse=True)]
        wanted = [original(photo), *sizes] if photo.has_original else sizes
        for stored in wanted:
            file = _open(stored)
            if file is not None:
                if stored != wanted[0]:
                    self._replaced(photo)
                return stored, file
        self.missing.append(f"{self.paths.pop(photo.uid)}\t{photo.uid}")
        return "", None

    def _replaced(self, photo: Photo) -> None:
        """The original is gone, and a smaller size of another format takes its place."""
        lost = self.paths[photo.uid]
        folder, name = posixpath.split(posixpath.splitext(lost)[0])
        self.paths[photo.uid] = self._folders.place(folder, name, ".webp")
        self.missing.append(f"{lost}\t{photo.uid}\t→ {self.paths[photo.uid]}")

    def _read(self, path: str, stored: str, file: File) -> Iterator[bytes]:
        with file:
            try:
                yield from file.chunks(CHUNK)
            except OSError:
                logger.warning("A picture's file breaks off: %s", stored)
                self.missing.append(f"{path}\t…")


def _open(stored: str) -> File | None:
    try:
        return default_storage.open(stored)
    except Exception:  # noqa: BLE001 -- a storage raises whatever its maker chose; the rest is still wanted
        logger.warning("A picture's file cannot be opened: %s", stored)
        return None
