"""Conferences, their days, and the series they are editions of."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.addresses import address_of
from events.models.naming import Addressed, Named
from events.models.places import Venue
from events.names import slug_for
from events.querysets import ConferenceQuerySet, DayQuerySet, SeriesQuerySet
from events.stamps import new_stamp
from events.validators import validate_date_range, validate_day_within, validate_zone


class Series(Named, Addressed):
    """What comes again: Samsung AI Forum, of which there is an edition every year."""

    organiser = models.CharField(_("organiser"), max_length=200, blank=True)
    website = models.URLField(_("website"), blank=True)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series (all)")
        ordering = ["sort_key"]
        constraints = [models.UniqueConstraint(fields=["slug"], name="series_slug_once")]

    def get_absolute_url(self) -> str:
        """The editions side by side."""
        return address_of("series", self.slug)


class Conference(Named, Addressed):
    """One edition: dates in its own time zone (IANA name); `year` is stored from the first day for addresses."""

    class Mode(models.TextChoices):
        IN_PERSON = "in_person", _("In person")
        ONLINE = "online", _("Online")
        HYBRID = "hybrid", _("Hybrid")

    series = models.ForeignKey(
        Series, on_delete=models.SET_NULL, null=True, blank=True, related_name="editions", verbose_name=_("series")
    )
    year = models.PositiveSmallIntegerField(_("year"), editable=False)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    timezone = models.CharField(_("time zone"), max_length=64, default="Asia/Seoul", validators=[validate_zone])
    mode = models.CharField(_("mode"), max_length=10, choices=Mode, default=Mode.IN_PERSON)
    website = models.URLField(_("website"), blank=True)
    about = models.TextField(_("about"), blank=True)
    listed = models.BooleanField(_("shared with everyone here"), default=False)
    # Another word whenever anything in its programme changes (events.stamps): what is kept of a rendered programme
    # is kept under it.
    programme_stamp = models.CharField(max_length=32, default=new_stamp, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    objects = ConferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("conference")
        verbose_name_plural = _("conferences")
        ordering = ["-starts_on", "sort_key"]
        constraints = [
            models.UniqueConstraint(fields=["year", "slug"], name="conference_slug_once_a_year"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="conference_ends_after_start"),
        ]
        indexes = [models.Index(fields=["starts_on", "ends_on"])]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Sets `year` from the first day when the row is made; an address does not change with a corrected date."""
        if not self.year:
            self.year = self.starts_on.year
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The conference's page."""
        return address_of("conference", self.year, self.slug)

    def clean(self) -> None:
        """First day before last day."""
        validate_date_range(self.starts_on, self.ends_on)

    @property
    def zone(self) -> ZoneInfo:
        """The zone its clock times are meant in."""
        return ZoneInfo(self.timezone)

    def differs_from(self, zone: ZoneInfo) -> bool:
        """Whether clocks in `zone` show another time than the conference's own, at noon of any of its days."""
        noons = (datetime.combine(on, time(12), tzinfo=self.zone) for on in self.dates())
        return any(noon.utcoffset() != noon.astimezone(zone).utcoffset() for noon in noons)

    @property
    def lies_ahead(self) -> bool:
        """Its first day is still to come, by its own clocks."""
        return self.starts_on > timezone.localdate(timezone=self.zone)

    def dates(self) -> list[date]:
        """Every date from the first to the last."""
        count = (self.ends_on - self.starts_on).days + 1
        return [date.fromordinal(self.starts_on.toordinal() + offset) for offset in range(count)]

    def slug_base(self) -> str:
        """The Latin name without the year, which the address has already."""
        return slug_for(self.name, self.other_name, year=self.year)

    def slug_is_secret(self) -> bool:
        """While unlisted."""
        return not self.listed

    def slug_scope(self) -> dict[str, Any]:
        """A former address is one of its year."""
        return {"year": self.year}

    def slug_siblings(self) -> models.QuerySet[Conference]:
        """Conferences of the same year."""
        return Conference.objects.filter(year=self.year)


class Day(models.Model):
    """One day with a host and a venue of its own: two days of one forum can be two worlds. No opinions here."""

    conference = models.ForeignKey(
        Conference, on_delete=models.CASCADE, related_name="days", verbose_name=_("conference")
    )
    date = models.DateField(_("date"))
    title = models.CharField(_("title"), max_length=200, blank=True)
    host = models.CharField(_("host"), max_length=200, blank=True)
    venue = models.ForeignKey(
        Venue, on_delete=models.PROTECT, null=True, blank=True, related_name="days", verbose_name=_("venue")
    )
    about = models.TextField(_("about"), blank=True)

    objects = DayQuerySet.as_manager()

    class Meta:
        verbose_name = _("day")
        verbose_name_plural = _("days")
        ordering = ["conference", "date"]
        constraints = [models.UniqueConstraint(fields=["conference", "date"], name="day_once_a_conference")]

    def __str__(self) -> str:
        return f"{self.conference} · {self.date.isoformat()}"

    def get_absolute_url(self) -> str:
        """The day's page."""
        return address_of("day", self.conference.year, self.conference.slug, self.date.isoformat())

    def clean(self) -> None:
        """Lies within the conference."""
        if self.date and self.conference_id:
            validate_day_within(self.date, self.conference.starts_on, self.conference.ends_on)

    @property
    def number(self) -> int:
        """1 for the first day; counted by date, so a day off in between is counted too. Needs the conference."""
        return (self.date - self.conference.starts_on).days + 1
