"""A pool of drawn pictures, taken in once each; a picture of a sample is one of them with a few bytes of its own."""

from __future__ import annotations

import hashlib
import io
from datetime import datetime

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from journal.demo.canvas import Sheet
from journal.models import Photo
from journal.photos import Intake, intake
from journal.sample.chance import Chance
from journal.storage import folder_of, original, rendition

POOL = 12
_COLOURS = ("#c9764b", "#4f8583", "#e0a94f", "#8a8b4e", "#a9c6c0", "#d98a85", "#6e4a35", "#fbf3e4")
_SIZE = (640, 480)


class Pool:
    """The drawn pictures and what the intake made of them."""

    def __init__(self, chance: Chance) -> None:
        self.chance = chance
        self._drawn = [_draw(chance) for _number in range(POOL)]
        self._taken = [intake(io.BytesIO(data), name="sample.jpg") for data in self._drawn]
        self.written: list[str] = []

    def picture(self, owner: User, *, taken_at: datetime, uid_of: Chance) -> Photo:
        """A row, not yet in the database, whose files are written. Bytes behind the end of a JPEG are not decoded."""
        number = self.chance.randrange(POOL)
        taken_in, uid = self._taken[number], uid_of.uid()
        data = self._drawn[number] + uid.bytes
        photo = Photo(
            owner=owner,
            uid=uid,
            file=f"{folder_of(owner.pk)}/{uid.hex}",
            format=taken_in.format,
            widths=[made.width for made in taken_in.renditions],
            name=f"IMG_{self.chance.randint(1000, 9999)}.jpg",
            width=taken_in.width,
            height=taken_in.height,
            taken_at=taken_at,
            taken_from=Photo.Taken.EXIF,
            digest=hashlib.sha256(data).hexdigest(),
            created=taken_at,
        )
        self._write(photo, taken_in, data)
        return photo

    def forget(self) -> None:
        """Removes the files again, where their rows did not come to be."""
        for name in self.written:
            default_storage.delete(name)

    def _write(self, photo: Photo, taken_in: Intake, data: bytes) -> None:
        for made in taken_in.renditions:
            self.written.append(default_storage.save(rendition(photo, made.width), ContentFile(made.data)))
        self.written.append(default_storage.save(original(photo), ContentFile(data)))


def _draw(chance: Chance) -> bytes:
    """Discs and boxes on coloured paper, as an upright JPEG."""
    sheet = Sheet(*_SIZE, chance.one(_COLOURS))
    for _shape in range(9):
        x, y, size = chance.uniform(0, _SIZE[0]), chance.uniform(0, _SIZE[1]), chance.uniform(20, 140)
        sheet.disc(x, y, size, chance.one(_COLOURS))
        sheet.box(x, y, size * 1.6, size / 3, chance.one(_COLOURS), round_by=size / 9)
    return sheet.jpeg("2022:11:08 12:10:00")
