"""The book in Django's admin: each staff person, superusers included, sees their own rows only.

Courtesy, not secrecy: whoever runs the server can read the database. Writing goes through `journal.actions`, so that a
save raises the version and leaves a revision, and *delete* means the bin.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db import models
from django.forms import ModelChoiceField
from django.http import HttpRequest

from events.admin import visible
from journal import actions
from journal.models import (
    Attendance,
    DayLog,
    Encounter,
    Entry,
    Mark,
    Meal,
    Photo,
    Preferences,
    Revision,
    Swag,
)
from journal.subjects import Subject
from journal.widgets import AdminEditorWidget

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin


class OwnRows(ModelAdmin):
    """Somebody else's row answers as an id that never existed."""

    owner_path = "owner"
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """The person's own rows."""
        return super().get_queryset(request).filter(**{self.owner_path: request.user.pk})

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey[Any], request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField[Any] | None:
        """Selects offer one's own rows and what one may see of the world."""
        rows = db_field.remote_field.model._default_manager.all()
        kwargs["queryset"] = rows.of(request.user) if hasattr(rows, "of") else visible(rows, request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class GoesToTheBin(OwnRows):
    """Deleting here means the bin, as on the pages; nothing stands in its way and nothing goes with it for good."""

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """What is not in the bin."""
        return super().get_queryset(request).filter(deleted_at=None)

    def get_deleted_objects(
        self, objs: Iterable[Any], request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[str]]:
        """The rows themselves."""
        rows = list(objs)
        return [str(row) for row in rows], {str(self.opts.verbose_name_plural): len(rows)}, set(), []

    def delete_queryset(self, request: HttpRequest, queryset: Iterable[Any]) -> None:
        """Into the bin, each."""
        for row in queryset:
            self.delete_model(request, row)


class MadeOnPages(OwnRows):
    """Rows that are made on the pages, which know their subject; here they are looked after."""

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """The owner is no field: a row does not change hands."""
        return [self.owner_path]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Made on the pages."""
        return False


class Looked(MadeOnPages):
    """Rows to look at."""

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Everything shows."""
        return []

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Not changed here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Goes with its entry."""
        return False


@admin.register(Entry)
class EntryAdmin(GoesToTheBin):
    list_display = ["__str__", "title", "conference", "version", "modified"]
    list_filter = ["kind"]
    list_select_related = ["conference"]
    ordering = ["-pk"]
    search_fields = ["title", "text"]
    fields = [
        "kind",
        "title",
        "text",
        "conference",
        "day",
        "room",
        "talk",
        "speaker",
        "venue",
        "on",
        "at",
        "about",
        "part",
        "rating",
        "visibility",
    ]
    autocomplete_fields = ["conference", "day", "room", "talk", "speaker", "venue"]

    def formfield_for_dbfield(self, db_field: models.Field[Any, Any], request: HttpRequest, **kwargs: Any) -> Any:
        """The text has the editor."""
        if db_field.name == "text":
            kwargs["widget"] = AdminEditorWidget()
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 -- Django's
        """Through the verb that raises the version."""
        given: dict[str, Any] = {
            "text": obj.text,
            "kind": obj.kind,
            "subject": Subject.of(obj),
            "fields": {name: getattr(obj, name) for name in ("title", "at", "about", "part", "rating", "visibility")},
            "device": "admin",
        }
        if change:
            actions.revise_entry(entry=obj, base_version=obj.version, **given)
        else:
            obj.pk = actions.write_entry(owner=request.user, **given).pk  # type: ignore[arg-type]

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Into the bin."""
        actions.bin_entry(entry=obj)


@admin.register(Photo)
class PhotoAdmin(GoesToTheBin, MadeOnPages):
    list_display = ["__str__", "caption", "conference", "taken_at"]
    list_select_related = ["conference"]
    search_fields = ["caption", "alt_text", "name"]
    fields = ["caption", "alt_text", "visibility"]

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Into the bin."""
        actions.bin_photo(photo=obj)


@admin.register(Attendance)
class AttendanceAdmin(MadeOnPages):
    list_display = ["__str__", "conference", "mode", "role"]
    list_select_related = ["conference"]
    autocomplete_fields = ["conference"]


@admin.register(DayLog)
class DayLogAdmin(MadeOnPages):
    list_display = ["__str__", "day", "mood", "rating"]
    list_select_related = ["day__conference"]
    autocomplete_fields = ["day", "highlight_talk", "highlight_entry"]


@admin.register(Mark)
class MarkAdmin(MadeOnPages):
    list_display = ["__str__", "talk", "state", "rating"]
    list_select_related = ["talk"]
    autocomplete_fields = ["talk"]


@admin.register(Preferences)
class PreferencesAdmin(MadeOnPages):
    owner_path = "person"


@admin.register(Meal, Swag, Encounter)
class DetailsAdmin(Looked):
    owner_path = "entry__owner"
    list_select_related = ["entry"]


@admin.register(Revision)
class RevisionAdmin(Looked):
    owner_path = "entry__owner"
    list_display = ["__str__", "entry", "version", "saved_at"]
    list_select_related = ["entry"]
