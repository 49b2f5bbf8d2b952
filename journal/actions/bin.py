"""The bin: delete means bin; from there a thing comes back, or goes for good."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from journal.models import Entry, Photo, Revision
from journal.storage import files_of


@transaction.atomic
def bin_entry(*, entry: Entry) -> None:
    """Into the bin; its pictures go with it and come back with it, but for those that another entry shows."""
    Entry.objects.filter(pk=entry.pk, deleted_at=None).update(deleted_at=timezone.now())
    _hand_over_pictures(entry)


def restore_entry(*, entry: Entry) -> None:
    """Out of the bin, as it was."""
    Entry.objects.filter(pk=entry.pk).update(deleted_at=None)


def bin_photo(*, photo: Photo) -> None:
    """Into the bin; the text that names it shows its words instead."""
    Photo.objects.filter(pk=photo.pk, deleted_at=None).update(deleted_at=timezone.now())


def restore_photo(*, photo: Photo) -> None:
    """Out of the bin, where it was."""
    Photo.objects.filter(pk=photo.pk).update(deleted_at=None)


@transaction.atomic
def delete_entry_for_good(*, entry: Entry) -> None:
    """Removes the row, its revisions and its pictures with their files; only from the bin."""
    if not entry.is_binned:
        raise ValueError("Only what is in the bin is deleted for good.")
    for photo in Photo.objects.filter(entry=entry):
        _remove_photo(photo)
    Revision.objects.filter(entry=entry).delete()
    entry.delete()


@transaction.atomic
def delete_photo_for_good(*, photo: Photo) -> None:
    """Removes the row and its files; only from the bin."""
    if photo.deleted_at is None:
        raise ValueError("Only what is in the bin is deleted for good.")
    _remove_photo(photo)


def _hand_over_pictures(entry: Entry) -> None:
    """A picture whose address was copied into another text belongs to that one from now on."""
    others = Entry.objects.filter(owner=entry.owner_id).kept().exclude(pk=entry.pk).order_by("pk")
    for photo in Photo.objects.filter(entry=entry):
        other = others.filter(text__icontains=f"photo:{photo.uid}").first()
        if other is not None:
            Photo.objects.filter(pk=photo.pk).update(entry=other)


def _remove_photo(photo: Photo) -> None:
    """The row now, the files once that is certain: a file without a row is litter, a row without files is a loss."""
    names = files_of(photo)
    photo.delete()
    transaction.on_commit(lambda: _remove_files(names))


def _remove_files(names: list[str]) -> None:
    for name in names:
        default_storage.delete(name)
