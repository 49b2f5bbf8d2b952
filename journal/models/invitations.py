"""An invitation: a link with which one person makes an account of their own."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LIFE = timedelta(days=7)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def unused(self) -> InvitationQuerySet:
        """Neither used nor taken back nor ended. Columns of the row alone, so that an UPDATE may ask it once more."""
        return self.filter(used_at=None, revoked_at=None, ends_at__gt=timezone.now())

    def open(self) -> InvitationQuerySet:
        """What lets somebody in. The links of those who are not staff any more, or switched off, do not."""
        return self.unused().filter(made_by__is_active=True, made_by__is_staff=True)


def a_life_from_now() -> datetime:
    return timezone.now() + LIFE


class Invitation(models.Model):
    """Of the token in the link only the digest is kept: whoever reads the database, or a backup of it, gets no link."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    note = models.CharField(
        _("for whom"),
        max_length=200,
        blank=True,
        help_text=_("For your own list. Whoever opens the link does not see it."),
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    ends_at = models.DateTimeField(_("ends"), default=a_life_from_now, editable=False)
    used_at = models.DateTimeField(_("used"), null=True, blank=True, editable=False)
    used_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("used by"),
    )
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
