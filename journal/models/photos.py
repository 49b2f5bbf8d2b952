"""Pictures of one person's days."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from journal.models.entries import Entry
from journal.models.ownership import AboutTheWorld, Owned, Visibility
from journal.querysets import PhotoQuerySet


class Photo(Owned, AboutTheWorld):
    """A picture. With an entry it takes that entry's subject and the stricter of the two visibilities.

    `width` and `height` are the upright original's; `taken_at` is a moment in UTC, read with `offset_minutes` where the
    camera gave one, else with the zone of the conference or person. `file` is the stem of its files in the storage.
    """

    class Taken(models.TextChoices):
        EXIF_OFFSET = "exif_offset", _("Camera, with its zone")
        EXIF = "exif", _("Camera")
        FILE_NAME = "file_name", _("File name")
        HAND = "hand", _("By hand")

    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(
        Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="photos", verbose_name=_("entry")
    )
    file = models.CharField(_("file"), max_length=200, editable=False)
    format = models.CharField(_("format"), max_length=5, editable=False)
    has_original = models.BooleanField(_("original kept"), default=True, editable=False)
    widths = models.JSONField(_("widths"), default=list, editable=False)
    name = models.CharField(_("file name"), max_length=200, blank=True, editable=False)
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    taken_at = models.DateTimeField(_("taken"), null=True, blank=True)
    offset_minutes = models.SmallIntegerField(_("offset from UTC, in minutes"), null=True, blank=True)
    taken_from = models.CharField(_("time known from"), max_length=11, choices=Taken, blank=True)
    order = models.FloatField(_("order"), null=True, blank=True)
    caption = models.CharField(_("caption"), max_length=500, blank=True)
    alt_text = models.CharField(
        _("alt text"), max_length=500, blank=True, help_text=_("What it shows, for those who cannot see it.")
    )
    visibility = models.CharField(_("visibility"), max_length=7, choices=Visibility, default=Visibility.PRIVATE)
    digest = models.CharField(_("digest"), max_length=64, editable=False)
    created = models.DateTimeField(_("created"), auto_now_add=True)
    deleted_at = models.DateTimeField(_("binned"), null=True, blank=True, editable=False)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints = [
            models.UniqueConstraint(fields=["owner", "digest"], name="photo_once"),
            models.UniqueConstraint(fields=["owner", "uid"], name="photo_uid_once"),
        ]
        indexes = [models.Index(fields=["owner", "conference", "deleted_at"])]

    @property
    def is_shared(self) -> bool:
        """Shared itself, and its entry too where it has one."""
        own = self.visibility == Visibility.SHARED
        return own and (self.entry is None or self.entry.visibility == Visibility.SHARED)
