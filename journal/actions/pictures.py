"""Filing pictures: one at a time, recognised by content, files first and the row when they are safe."""

from __future__ import annotations

import logging
import uuid
from contextlib import suppress
from datetime import UTC, datetime, tzinfo
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.names import clean_line
from journal.models import Entry, Photo, Preferences, Visibility
from journal.photos import Intake, PictureRefused, intake
from journal.storage import folder_of
from journal.subjects import Subject

logger = logging.getLogger(__name__)

SUBJECT = ("conference", "day", "talk", "speaker", "venue")


def file_photo(
    *,
    owner: User,
    file: BinaryIO,
    name: str,
    entry: Entry | None = None,
    subject: Subject | None = None,
    caption: str = "",
    alt_text: str = "",
    visibility: str = Visibility.PRIVATE,
    uid: uuid.UUID | None = None,
) -> Photo:
    """The picture, kept. One whose content is here already is returned as it is, out of the bin if it was in it.

    Raises `journal.photos.PictureRefused` with a sentence, and ValidationError for a contradicting subject.
    """
    settled = Subject() if entry else (subject or Subject()).settled()
    taken_in = intake(file, name=name)
    known = Photo.objects.of(owner).filter(digest=taken_in.digest).first()
    if known is not None:
        return _again(known, entry, settled)
    photo = Photo(
        owner=owner,
        uid=uid or uuid.uuid4(),
        entry=entry,
        caption=clean_line(caption),
        alt_text=clean_line(alt_text),
        visibility=visibility,
        **{part: getattr(settled, part) for part in SUBJECT},
    )
    _describe(photo, taken_in, keep_original=_keeps_originals(owner))
    written = _write_files(photo, taken_in, file)
    try:
        with transaction.atomic():
            photo.save(force_insert=True)
    except IntegrityError:
        _remove(written)
        return _again(Photo.objects.of(owner).get(digest=taken_in.digest), entry, settled)
    except BaseException:
        _remove(written)
        raise
    return photo


def attach_photo(*, photo: Photo, entry: Entry) -> Photo:
    """The picture with the entry, whose subject it takes; one that stands with another entry stays there."""
    if photo.entry_id is None:
        photo.entry = entry
        for part in SUBJECT:
            setattr(photo, part, None)
        photo.save(update_fields=["entry", *SUBJECT])
    return photo


def describe_photo(*, photo: Photo, **fields: Any) -> Photo:
    """Caption, alt text, visibility, time by hand, subject: what a person says of a picture."""
    subject = fields.pop("subject", None)
    if photo.entry_id is None:
        settled = subject.settled() if subject else Subject.of(photo).followed().settled()
        for part in SUBJECT:
            setattr(photo, part, getattr(settled, part))
    if "taken_at" in fields and fields["taken_at"] != photo.taken_at:
        photo.taken_from = Photo.Taken.HAND if fields["taken_at"] else ""
    for name, value in fields.items():
        setattr(photo, name, clean_line(value) if isinstance(value, str) else value)
    photo.full_clean(exclude=["owner"], validate_unique=False)
    photo.save()
    return photo


def _again(known: Photo, entry: Entry | None, settled: Subject) -> Photo:
    """The same picture once more: back from the bin, and on the entry if it stood on none.

    One that stands with an entry in the bin leaves it: it would not be seen, and would go for good with that entry.
    """
    known.deleted_at = None
    if known.entry is not None and known.entry.is_binned:
        known.entry = None
        for part in SUBJECT:
            setattr(known, part, getattr(settled, part))
    known.save(update_fields=["deleted_at", "entry", *SUBJECT])
    return attach_photo(photo=known, entry=entry) if entry is not None else known


def _describe(photo: Photo, taken_in: Intake, *, keep_original: bool) -> None:
    photo.file = f"{folder_of(photo.owner_id)}/{photo.uid.hex}"
    photo.format = taken_in.format
    photo.has_original = keep_original
    photo.name = taken_in.name
    photo.width, photo.height = taken_in.width, taken_in.height
    photo.widths = [rendition.width for rendition in taken_in.renditions]
    photo.digest = taken_in.digest
    photo.taken_from = taken_in.taken_from
    if taken_in.taken_at is not None:
        photo.taken_at = _moment(photo, taken_in)
    if taken_in.offset is not None:
        photo.offset_minutes = int(taken_in.offset.total_seconds() // 60)


def _moment(photo: Photo, taken_in: Intake) -> datetime:
    """The camera's clock as a moment: by its own offset, else in the zone of what it is about, else in the owner's."""
    assert taken_in.taken_at is not None  # noqa: S101 -- narrowed by the caller
    if taken_in.offset is not None:
        return (taken_in.taken_at - taken_in.offset).replace(tzinfo=UTC)
    conference = photo.entry.conference if photo.entry else photo.conference
    return taken_in.taken_at.replace(tzinfo=conference.zone if conference else _own_zone(photo.owner))


def _own_zone(owner: User) -> tzinfo:
    preferences = Preferences.objects.filter(person=owner).first()
    return ZoneInfo(preferences.zone) if preferences and preferences.zone else timezone.get_current_timezone()


def _keeps_originals(owner: User) -> bool:
    preferences = Preferences.objects.filter(person=owner).first()
    return preferences is None or preferences.keep_originals


def _write_files(photo: Photo, taken_in: Intake, file: BinaryIO) -> list[str]:
    written: list[str] = []
    try:
        for made in taken_in.renditions:
            name = default_storage.save(f"{photo.file}-{made.width}.webp", ContentFile(made.data))
            written.append(name)
        if photo.has_original:
            file.seek(0)
            written.append(default_storage.save(f"{photo.file}-original.{photo.format}", ContentFile(file.read())))
    except OSError as error:  # a full disk, or a storage elsewhere that does not answer
        logger.exception("A picture could not be stored.")
        with suppress(OSError):
            _remove(written)
        raise PictureRefused(_("There is no room for the picture right now. Try again in a while.")) from error
    except BaseException:
        _remove(written)
        raise
    return written


def _remove(names: list[str]) -> None:
    for name in names:
        default_storage.delete(name)
