"""Venues and rooms at the desk."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from events.admin.base import WorldAdmin
from events.admin.completion import of_the_conference
from events.admin.filters import ConferenceFilter
from events.admin.merging import Mergeable
from events.admin.named import NAMES, NamedAdmin
from events.models import Room, Venue


@admin.register(Venue)
class VenueAdmin(Mergeable, NamedAdmin):
    list_display = ["name", "other_name", "aka", "city", "country", "page"]
    search_fields = ["name", "other_name", "aka", "address", "city", "country"]
    fieldsets = [
        (None, NAMES),
        (_("Where it is"), {"fields": ["address", "city", "country", ("latitude", "longitude")]}),
        (_("More"), {"fields": ["website", "about"]}),
    ]


@admin.register(Room)
class RoomAdmin(WorldAdmin):
    list_display = ["name", "conference", "venue", "position"]
    list_filter = [ConferenceFilter]
    list_select_related = ["conference", "venue"]
    search_fields = ["name", "conference__name", "conference__other_name", "conference__aka", "venue__name"]
    autocomplete_fields = ["conference", "venue"]
    ordering = ["-conference__starts_on", "conference", "position", "name"]

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet[Any], search_term: str
    ) -> tuple[models.QuerySet[Any], bool]:
        """Completion on a talk's page offers the rooms of its conference."""
        return super().get_search_results(request, of_the_conference(request, queryset), search_term)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """A room does not change its conference: talks stand in it."""
        return ["conference"] if obj else []
