"""People as the programme knows them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.addresses import address_of
from events.models.naming import Addressed, Named
from events.querysets import SpeakerQuerySet


class Speaker(Named, Addressed):
    """A person who appears in programmes. What they were at the time stands on the appearance."""

    about = models.TextField(_("about"), blank=True)
    website = models.URLField(_("website"), blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    objects = SpeakerQuerySet.as_manager()

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["sort_key"]
        constraints = [models.UniqueConstraint(fields=["slug"], name="speaker_slug_once")]

    def get_absolute_url(self) -> str:
        """Everything of theirs."""
        return address_of("speaker", self.slug)
