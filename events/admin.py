"""The world in Django's admin, for staff: what the person may see on the pages, and nothing more.

Unlisted rows of other people do not show in lists, forms, selects or on delete pages; there, what stands in the way is
named by its kind and number.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.utils import NestedObjects
from django.db import models, router
from django.forms import ModelChoiceField
from django.http import HttpRequest
from django.utils.text import capfirst

from events.models import Appearance, Conference, Day, FormerSlug, Link, Room, Series, Speaker, Talk, Venue
from events.querysets import Person

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin


def visible(rows: models.QuerySet[Any], person: Person) -> models.QuerySet[Any]:
    """The rows of the world that this person may see; rows of other kinds as they are."""
    return rows.visible_to(person) if hasattr(rows, "visible_to") else rows


class WorldAdmin(ModelAdmin):
    """Reads the catalogue through `visible_to`, like every page."""

    show_full_result_count = False
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """Listed rows and one's own."""
        return visible(super().get_queryset(request), request.user)

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey[Any], request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField[Any] | None:
        """Selects offer what this person may see."""
        kwargs["queryset"] = visible(db_field.remote_field.model._default_manager.all(), request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def view_on_site(self, obj: Any) -> str | None:
        """Straight to the row's page, where it has one."""
        return obj.get_absolute_url() if hasattr(obj, "get_absolute_url") else None

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 -- Django's
        """Remembers who added a row."""
        if not change and hasattr(obj, "added_by_id"):
            obj.added_by = request.user
        super().save_model(request, obj, form, change)

    def get_deleted_objects(
        self, objs: Iterable[Any], request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[str]]:
        """As Django's, with what this person may not see named by kind and number only."""
        rows = list(objs)
        _names, counts, perms_needed, _protected = super().get_deleted_objects(rows, request)
        if not rows:
            return [], counts, perms_needed, []
        collector = NestedObjects(using=router.db_for_write(type(rows[0])))
        collector.collect(rows)
        named = _Namer(request.user, collector)
        return collector.nested(named), counts, perms_needed, [named(row) for row in collector.protected]


class _Namer:
    """Names rows on a delete page; one query for each kind of row that is among them."""

    def __init__(self, person: Person, collector: NestedObjects) -> None:
        self.visible: set[models.Model] = set()
        rows_by_kind: dict[type[models.Model], set[int]] = {}
        for row in (*(row for rows in collector.data.values() for row in rows), *collector.protected):
            rows_by_kind.setdefault(type(row), set()).add(row.pk)
        for kind, keys in rows_by_kind.items():
            if hasattr(kind._default_manager.all(), "visible_to"):
                self.visible |= set(visible(kind._default_manager.filter(pk__in=keys), person))

    def __call__(self, row: models.Model) -> str:
        kind = capfirst(str(row._meta.verbose_name))
        return f"{kind}: {row}" if row in self.visible else f"{kind} {row.pk}"


@admin.register(Series)
class SeriesAdmin(WorldAdmin):
    list_display = ["name", "other_name", "organiser"]
    search_fields = ["name", "other_name", "aka"]


@admin.register(Conference)
class ConferenceAdmin(WorldAdmin):
    list_display = ["name", "starts_on", "ends_on", "listed"]
    list_filter = ["listed", "year"]
    search_fields = ["name", "other_name", "aka"]
    autocomplete_fields = ["series"]


@admin.register(Day)
class DayAdmin(WorldAdmin):
    list_display = ["date", "conference", "host", "venue"]
    list_select_related = ["conference", "venue"]
    search_fields = ["conference__name", "host", "title"]
    autocomplete_fields = ["conference", "venue"]


@admin.register(Venue)
class VenueAdmin(WorldAdmin):
    list_display = ["name", "other_name", "city"]
    search_fields = ["name", "other_name", "aka", "city"]


@admin.register(Room)
class RoomAdmin(WorldAdmin):
    list_display = ["name", "conference", "position"]
    list_select_related = ["conference"]
    search_fields = ["name", "conference__name"]
    autocomplete_fields = ["conference", "venue"]


@admin.register(Talk)
class TalkAdmin(WorldAdmin):
    list_display = ["__str__", "conference", "kind", "starts_at", "state", "listed"]
    list_filter = ["kind", "state", "listed"]
    list_select_related = ["conference"]
    ordering = ["-pk"]
    search_fields = ["title", "appearances__speaker__name", "appearances__organisation"]
    autocomplete_fields = ["conference", "day", "room"]


@admin.register(Speaker)
class SpeakerAdmin(WorldAdmin):
    list_display = ["name", "other_name"]
    search_fields = ["name", "other_name", "aka"]


@admin.register(Appearance)
class AppearanceAdmin(WorldAdmin):
    list_display = ["__str__", "talk", "speaker", "organisation", "affiliation", "job_title"]
    list_select_related = ["talk", "speaker"]
    search_fields = ["speaker__name", "organisation", "affiliation", "talk__title"]
    autocomplete_fields = ["talk", "speaker"]


@admin.register(Link)
class LinkAdmin(WorldAdmin):
    list_display = ["__str__", "kind", "url"]
    search_fields = ["title", "url"]
    autocomplete_fields = ["talk", "speaker", "conference"]


@admin.register(FormerSlug)
class FormerSlugAdmin(WorldAdmin):
    list_display = ["slug", "year"]
    search_fields = ["slug"]
    autocomplete_fields = ["scope", "series", "conference", "talk", "speaker", "venue"]
