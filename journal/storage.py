"""Where a picture's files lie in the storage. No address leads there; `journal.serving` hands them out."""

from __future__ import annotations

from django.core.files.storage import FileSystemStorage, default_storage

from journal.models import Photo


def media_is_local() -> bool:
    """Whether the pictures are files of this machine. If not, its backups hold none."""
    return isinstance(default_storage, FileSystemStorage)


def folder_of(owner_id: int) -> str:
    """One folder a person."""
    return f"photos/{owner_id}"


def rendition(photo: Photo, width: int) -> str:
    """The WebP of this width."""
    return f"{photo.file}-{width}.webp"


def original(photo: Photo) -> str:
    """The file as it came from the camera; never served to anyone but its owner."""
    return f"{photo.file}-original.{photo.format}"


def files_of(photo: Photo) -> list[str]:
    """Every file of the picture."""
    kept = [original(photo)] if photo.has_original else []
    return [rendition(photo, width) for width in photo.widths] + kept
