"""Filters of the desk. They offer what the person may see, and never more than a short list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from events.admin.completion import key_of
from events.labels import label_of
from events.models import Conference, Day, Room

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin

# A list that is longer is searched, not read; the newest come first.
MOST_CONFERENCES = 100


class _ByPath(admin.SimpleListFilter):
    """Filters by a column at the end of `path`; a value that is none of its kind finds nothing."""

    path = ""

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        if value is None:
            return queryset
        key = key_of(value)
        return queryset.none() if key is None else queryset.filter(**{self.path: key})


class YearFilter(_ByPath):
    """The years of conferences that can be seen."""

    title = _("year")
    parameter_name = "in"
    path = "year"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Iterable[tuple[str, str]]:
        years = Conference.objects.visible_to(request.user).order_by("-year").values_list("year", flat=True).distinct()
        return [(str(year), str(year)) for year in years]


class ConferenceFilter(_ByPath):
    """The newest conferences that can be seen: of the chosen year, where one is chosen."""

    title = _("conference")
    parameter_name = "of"
    path = "conference"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Iterable[tuple[str, str]]:
        rows = Conference.objects.visible_to(request.user)
        year = key_of(request.GET.get(YearFilter.parameter_name, ""))
        chosen = key_of(self.value() or "")
        found = list((rows.filter(year=year) if year else rows)[:MOST_CONFERENCES])
        if chosen and all(row.pk != chosen for row in found):
            found += rows.filter(pk=chosen)
        return [(str(row.pk), label_of(row)) for row in found]


class _OfTheConference(_ByPath):
    """Offered once a conference is chosen: what belongs to it."""

    def rows(self, request: HttpRequest) -> QuerySet[Any]:
        raise NotImplementedError

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Iterable[tuple[str, str]]:
        conference = key_of(request.GET.get(ConferenceFilter.parameter_name, ""))
        rows = self.rows(request).filter(conference=conference) if conference else []
        return [(str(row.pk), self.name(row)) for row in rows]

    def name(self, row: Any) -> str:
        return str(row)


class DayFilter(_OfTheConference):
    title = _("day")
    parameter_name = "on"
    path = "day"

    def rows(self, request: HttpRequest) -> QuerySet[Any]:
        return Day.objects.visible_to(request.user).order_by("date")

    def name(self, row: Day) -> str:
        return row.date.isoformat()


class RoomFilter(_OfTheConference):
    title = _("room")
    parameter_name = "where"
    path = "room"

    def rows(self, request: HttpRequest) -> QuerySet[Any]:
        return Room.objects.visible_to(request.user).order_by("position", "name")


class YearOfTalk(YearFilter):
    """For rows that know their year by their conference."""

    path = "conference__year"


class ConferenceOfAppearance(ConferenceFilter):
    path = "talk__conference"
