"""Rows that are kept on the page of what they belong to."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.db import models
from django.forms import Textarea
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from events.admin.base import WorldInline, change_page
from events.admin.formsets import AppearanceFormSet, DayFormSet
from events.labels import label_of
from events.models import Appearance, Day, Link, Room


class DayInline(WorldInline):
    model = Day
    formset = DayFormSet
    fields = ["date", "title", "host", "venue", "about"]
    autocomplete_fields = ["venue"]
    ordering = ["date"]
    formfield_overrides: ClassVar[Any] = {models.TextField: {"widget": Textarea(attrs={"rows": 2, "cols": 40})}}

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """With their venues."""
        return super().get_queryset(request).select_related("conference", "venue")


class RoomInline(WorldInline):
    model = Room
    fields = ["name", "position", "venue"]
    autocomplete_fields = ["venue"]
    ordering = ["position", "name"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """With their venues."""
        return super().get_queryset(request).select_related("conference", "venue")


class LinkInline(WorldInline):
    model = Link
    fields = ["url", "title", "kind"]


class AppearanceInline(WorldInline):
    """Who appears in a talk."""

    model = Appearance
    formset = AppearanceFormSet
    fields = ["order", "speaker", "organisation", "role", "affiliation", "job_title"]
    autocomplete_fields = ["speaker"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """With their speakers."""
        return super().get_queryset(request).select_related("speaker")


class SpeakerAppearanceInline(WorldInline):
    """What somebody was in each talk of theirs that can be seen. Talks are added and left on the talk's own page."""

    model = Appearance
    formset = AppearanceFormSet
    fields = ["talk_page", "role", "affiliation", "job_title"]
    readonly_fields = ["talk_page"]
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """On the talk's own page."""
        return False

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """With their talks, newest first."""
        rows = super().get_queryset(request).select_related("talk__conference")
        return rows.order_by("-talk__conference__starts_on", "talk__starts_at", "pk")

    @admin.display(description=_("talk"))
    def talk_page(self, row: Appearance) -> str:
        talk = row.talk
        return format_html('<a href="{}">{}</a> · {}', change_page(talk), talk, label_of(talk.conference))
