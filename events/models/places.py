"""Where conferences are held."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.addresses import address_of
from events.models.naming import Addressed, Named
from events.names import clean_line
from events.querysets import RoomQuerySet, VenueQuerySet
from events.validators import validate_coordinates


class Venue(Named, Addressed):
    """A house: COEX Grand Ballroom, the R&D centre in Yangjae."""

    address = models.CharField(_("street address"), max_length=300, blank=True)
    city = models.CharField(_("city"), max_length=100, blank=True)
    country = models.CharField(_("country"), max_length=100, blank=True)
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    website = models.URLField(_("website"), blank=True)
    about = models.TextField(_("about"), blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    objects = VenueQuerySet.as_manager()

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ["sort_key"]
        constraints = [models.UniqueConstraint(fields=["slug"], name="venue_slug_once")]

    def get_absolute_url(self) -> str:
        """The venue's page."""
        return address_of("venue", self.slug)

    def clean(self) -> None:
        """Half a coordinate is refused."""
        validate_coordinates(self.latitude, self.longitude)


class Room(models.Model):
    """A room of one conference; two of a conference may share a name (programmes have such rooms)."""

    conference = models.ForeignKey(
        "events.Conference", on_delete=models.CASCADE, related_name="rooms", verbose_name=_("conference")
    )
    venue = models.ForeignKey(
        Venue, on_delete=models.PROTECT, null=True, blank=True, related_name="rooms", verbose_name=_("venue")
    )
    name = models.CharField(_("name"), max_length=200)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = RoomQuerySet.as_manager()

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ["conference", "position", "name"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps the name in one Unicode form."""
        self.name = clean_line(self.name)
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return self.name
