"""Filters whose choices come from the person's own rows: a filter must not name what others keep."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models.functions import ExtractYear
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from events.models import Conference

_MOST = 200


class AskedFor(admin.SimpleListFilter):
    """Two halves of a list of which one shows only when it is asked for; the other is the first choice, not “All”."""

    first_choice: Any  # a word, translated when it is shown

    def choices(self, changelist: Any) -> Any:
        """Django's, the first by its own name."""
        first, *others = super().choices(changelist)
        return [first | {"display": str(self.first_choice)}, *others]


class OwnConference(admin.SimpleListFilter):
    """The conferences of one's own rows in this list, the newest first. One query."""

    title = _("conference")
    parameter_name = "conference"
    path = "conference"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """By name and year."""
        mine = model_admin.get_queryset(request).order_by().values(self.path)
        rows = Conference.objects.filter(pk__in=mine).order_by("-starts_on", "pk")[:_MOST]
        return [(str(row.pk), f"{row.name} · {row.year}") for row in rows]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Of that conference; a key that is not offered is not asked for."""
        chosen = self.value()
        offered = {key for key, _name in self.lookup_choices}
        return queryset.filter(**{self.path: chosen}) if chosen in offered else queryset


class OwnConferenceOfTalk(OwnConference):
    """The same of rows about a talk."""

    path = "talk__conference"


class OwnConferenceOfDay(OwnConference):
    """The same of rows about a day."""

    path = "day__conference"


class CountedYear(admin.SimpleListFilter):
    """The year as people count it: of the talk's day, else the day's, else the entry's own date.

    Django's date hierarchy reads one column, and most entries have no date of their own.
    """

    title = _("year")
    parameter_name = "year"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The newest first. One query."""
        years = (
            model_admin.get_queryset(request).order_by().values_list(ExtractYear("counted_on"), flat=True).distinct()
        )
        return [(str(year), str(year)) for year in sorted({year for year in years if year}, reverse=True)]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Of that year."""
        chosen = self.value()
        offered = {key for key, _name in self.lookup_choices}
        return queryset.filter(counted_on__year=int(chosen)) if chosen and chosen in offered else queryset
