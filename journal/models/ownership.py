"""What every row of the book has: an owner, and perhaps a subject in the world."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.models.choices import SaysChoices
from journal.subjects import Subject

STARS = [MinValueValidator(1), MaxValueValidator(5)]


class Owned(SaysChoices):
    """A row of one person's book. Its `__str__` is its kind and number, never its text: Django's admin prints it to
    whoever tries to delete what it hangs on."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("owner")
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class Visibility(models.TextChoices):
    """Private until its author says otherwise."""

    PRIVATE = "private", _("Only me")
    SHARED = "shared", _("Shared")


class AboutTheWorld(models.Model):
    """What a row is about. No subject at all means unfiled; `journal.subjects` keeps the parts consistent.

    Where a talk is named, day and room are read from it and are not stored here, so that they follow when it moves.
    """

    conference = models.ForeignKey(
        "events.Conference",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("conference"),
    )
    day = models.ForeignKey(
        "events.Day", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("day")
    )
    talk = models.ForeignKey(
        "events.Talk", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("talk")
    )
    speaker = models.ForeignKey(
        "events.Speaker", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("speaker")
    )
    venue = models.ForeignKey(
        "events.Venue", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("venue")
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Its parts do not contradict each other, and what follows from them is filled in."""
        for column, value in Subject.of(self).settled().columns().items():
            if hasattr(self, column):
                setattr(self, column, value)


def rating_field() -> models.PositiveSmallIntegerField[int | None, int | None]:
    """One to five stars, or none given."""
    return models.PositiveSmallIntegerField(_("rating"), null=True, blank=True, validators=STARS)


def rating_within(name: str) -> models.CheckConstraint:
    """The database's half of `rating_field`."""
    return models.CheckConstraint(condition=Q(rating=None) | Q(rating__range=(1, 5)), name=name)
