"""To look at on the desk: every version of one's entries, and the details of meals, swag and encounters as lists.

They are written with their entry, so that each save is a version.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from journal.admin.own import Looked
from journal.admin.words import named
from journal.models import Encounter, Meal, Revision, Swag


@admin.register(Revision)
class RevisionAdmin(Looked):
    list_display = ["__str__", "entry", "version", "base_version", "saved_at", "device"]
    list_filter = ["entry__kind"]
    list_select_related = ["entry"]
    ordering = ["-pk"]
    search_fields = ["text", "device"]
    date_hierarchy = "saved_at"

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """Without the texts, which only the page of one version shows."""
        return super().get_queryset(request).select_related("entry").defer("text", "fields", "entry__text")


class Details(Looked):
    """One row for an entry; its page leads to the entry's, where it is written."""

    ordering = ["-pk"]
    columns: tuple[str, ...] = ()

    def get_list_display(self, request: HttpRequest) -> Any:
        """The kind's own columns."""
        return ["__str__", *self.columns, "entry_named"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """Of entries that are kept."""
        rows = super().get_queryset(request).filter(entry__deleted_at=None)
        return rows.select_related("entry__meal", "entry__swag", "entry__encounter")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The entry first."""
        own = [field.name for field in self.opts.fields if not field.is_relation]
        return ["entry_named", *own]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """All of it."""
        return self.get_fields(request, obj)

    @admin.display(description=_("entry"))
    def entry_named(self, row: Any) -> SafeString:
        """With a way there."""
        to = reverse("admin:journal_entry_change", args=[row.entry_id])
        return format_html('<a href="{}">{}</a>', to, named(row.entry))


@admin.register(Meal)
class MealAdmin(Details):
    columns = ("occasion", "dishes", "provider", "place", "price", "currency")
    list_filter = ["occasion", "included"]
    search_fields = ["dishes", "provider", "place", "companions"]


@admin.register(Swag)
class SwagAdmin(Details):
    columns = ("item", "quantity", "from_whom", "won", "state")
    list_filter = ["won", "state"]
    search_fields = ["item", "variant", "from_whom"]


@admin.register(Encounter)
class EncounterAdmin(Details):
    columns = ("person", "affiliation", "where")
    search_fields = ["person", "affiliation", "where", "contact"]
