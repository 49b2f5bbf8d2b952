"""Entries on the desk."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from journal import access, actions
from journal.actions.entries import DETAILS
from journal.admin.bin import GoesToTheBin, InTheBin
from journal.admin.entry_form import DETAIL_FIELDS, EntryForm
from journal.admin.filters import CountedYear, OwnConference
from journal.admin.own import SavedThroughVerbs
from journal.admin.words import first_words, thumbnail
from journal.models import Entry, Revision
from journal.widgets import AdminEditorWidget

_LATEST = 10
_WRITTEN = [
    (None, {"fields": ["kind", "title", "text", "rating", "visibility"]}),
    (_("About"), {"fields": ["conference", "day", "talk", "room", "speaker", "venue"]}),
    (_("When"), {"fields": ["on", "at", "about", "part"]}),
]
_KEPT = (_("Pictures and versions"), {"fields": ["pictures", "versions"]})


@admin.register(Entry)
class EntryAdmin(GoesToTheBin, SavedThroughVerbs):
    form = EntryForm
    list_display = ["__str__", "words", "conference", "counted_on", "version", "modified"]
    list_filter = [InTheBin, "kind", CountedYear, OwnConference, "visibility"]
    list_select_related = ["conference", "meal", "swag", "encounter"]
    ordering = ["-pk"]
    search_fields = [
        "title", "text", "meal__dishes", "meal__provider", "meal__place", "meal__companions", "swag__item",
        "swag__variant", "swag__from_whom", "encounter__person", "encounter__affiliation", "encounter__where",
        "encounter__contact",
    ]  # fmt: skip
    search_help_text = _("Searches title, text and what meals, swag and encounters say.")
    autocomplete_fields = ["conference", "day", "room", "talk", "speaker", "venue"]
    readonly_fields = ["pictures", "versions", "more"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """With the date as people count it."""
        return super().get_queryset(request).counted()  # type: ignore[attr-defined]

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet[Any], search_term: str
    ) -> tuple[models.QuerySet[Any], bool]:
        """Completion offers nothing from the bin."""
        if request.resolver_match and request.resolver_match.url_name == "autocomplete":
            queryset = queryset.filter(deleted_at=None)
        return super().get_search_results(request, queryset, search_term)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The details of each kind folded, but for the entry's own."""
        if obj is not None and not self.has_change_permission(request, obj):
            return [*_WRITTEN, (None, {"fields": ["more"]}), _KEPT]
        about = [_WRITTEN[0], *(_details(kind, obj) for kind in DETAILS), *_WRITTEN[1:]]
        hidden = (None, {"fields": ["base_version", "new_uid"], "classes": ["hidden"]})
        return [*about, *([_KEPT] if obj else []), hidden]

    def formfield_for_dbfield(self, db_field: models.Field[Any, Any], request: HttpRequest, **kwargs: Any) -> Any:
        """The text has the editor."""
        if db_field.name == "text":
            kwargs["widget"] = AdminEditorWidget()
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def view_on_site(self, obj: Entry) -> str | None:
        """Its page; what is in the bin has none."""
        return None if obj.is_binned else reverse("journal:entry", args=[obj.uid])

    def act(self, request: HttpRequest, row: Any, form: Any, *, is_new: bool) -> Entry:
        """Through the verbs that raise the version and remember."""
        assert isinstance(request.user, User)  # noqa: S101 -- the desk lets nobody else in
        given = form.for_the_verb(row) | {"device": "admin"}
        if is_new:
            return actions.write_entry(owner=request.user, uid=form.cleaned_data["new_uid"], **given)
        return actions.revise_entry(entry=row, base_version=form.cleaned_data["base_version"] or 0, **given)

    def bin_it(self, row: Entry) -> None:
        """Into the bin."""
        actions.bin_entry(entry=row)

    def restore_it(self, row: Entry) -> None:
        """Out of it."""
        actions.restore_entry(entry=row)

    def delete_it_for_good(self, row: Entry) -> None:
        """And its revisions and pictures."""
        actions.delete_entry_for_good(entry=row)

    # What stands beside the fields

    @admin.display(description=_("words"))
    def words(self, entry: Entry) -> str:
        """For the list."""
        return first_words(entry)

    @admin.display(description=_("date"), ordering="counted_on")
    def counted_on(self, entry: Any) -> Any:
        """As people count it."""
        return entry.counted_on

    @admin.display(description=_("pictures"))
    def pictures(self, entry: Entry) -> SafeString | str:
        """Small, each with a link to where it is described."""
        photos = entry.photos.filter(deleted_at=None).in_order()
        return format_html_join(" ", "{}", ((thumbnail(photo),) for photo in photos)) or gettext("None yet")

    @admin.display(description=_("versions"))
    def versions(self, entry: Entry) -> SafeString:
        """The latest, newest first, and a way to all of them."""
        latest = access.revisions(entry.owner, entry).defer("text", "fields")[:_LATEST]
        listed = format_html_join("", "<li>{}</li>", ((_version(row),) for row in latest))
        everything = f"{reverse('admin:journal_revision_changelist')}?entry={entry.pk}"
        return format_html('<ul class="desk-versions">{}</ul><a href="{}">{}</a>', listed, everything, gettext("All"))

    @admin.display(description=_("details"))
    def more(self, entry: Entry) -> str:
        """What only its kind has, to look at."""
        details = entry.details
        columns = [field for field in details._meta.fields if not field.is_relation] if details else []
        pairs = ((capfirst(str(one.verbose_name)), getattr(details, one.attname)) for one in columns)
        return ", ".join(f"{name}: {value}" for name, value in pairs if value not in ("", None, False))


def _details(kind: str, entry: Entry | None) -> tuple[Any, dict[str, Any]]:
    is_own = entry is not None and entry.kind == kind
    return Entry.Kind(kind).label, {"fields": DETAIL_FIELDS[kind], "classes": [] if is_own else ["collapse"]}


def _version(revision: Revision) -> SafeString:
    to = reverse("admin:journal_revision_change", args=[revision.pk])
    saved = date_format(timezone.localtime(revision.saved_at), "SHORT_DATETIME_FORMAT")
    number = gettext("Version %(number)s") % {"number": revision.version}
    return format_html('<a href="{}">{}</a> · {} {}', to, number, saved, revision.device)
