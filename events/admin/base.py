"""What every page of the world's desk shares: it shows what the person may see on the pages, and nothing more.

Unlisted rows of other people do not show in lists, forms, selects, completions, filters or histories, nor on delete
pages; there, what stands in the way is named by its kind and number.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.admin.options import BaseModelAdmin, get_content_type_for_model
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import IntegrityError, models, transaction
from django.forms import ModelChoiceField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from events.admin.forms import DeskForm, KnownSelect, NamedChoice, at_the_same_moment, say_labels
from events.admin.naming import Namer, collected, log_names, refuse_protected, visible
from events.labels import with_labels
from events.names import clean_line

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
    TabularInline = admin.TabularInline[Any, Any]
    BaseAdmin = BaseModelAdmin[Any]
else:
    BaseAdmin = BaseModelAdmin
    ModelAdmin = admin.ModelAdmin
    TabularInline = admin.TabularInline

__all__ = ["WorldAdmin", "WorldInline", "change_page", "visible"]


def change_page(row: models.Model) -> str:
    """Where the desk changes this row."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


class ReadsTheWorld(BaseAdmin):
    """Reads the catalogue through `visible_to`, like every page."""

    form: Any = DeskForm
    formfield_overrides: ClassVar[Any] = {models.URLField: {"assume_scheme": "https"}}

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """Listed rows and one's own, with what names them."""
        return with_labels(visible(super().get_queryset(request), request.user))

    def view_on_site(self, obj: Any) -> str | None:
        """Straight to the row's page, where it has one."""
        return obj.get_absolute_url() if hasattr(obj, "get_absolute_url") else None

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey[Any], request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField[Any] | None:
        """Selects offer what this person may see, as the desk of that kind of row knows it."""
        desk = self.admin_site._registry.get(db_field.remote_field.model)  # noqa: SLF001 -- as Django's own does
        rows = db_field.remote_field.model._default_manager.all()
        kwargs["queryset"] = desk.get_queryset(request) if isinstance(desk, WorldAdmin) else visible(rows, request.user)
        kwargs.setdefault("form_class", NamedChoice)
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = KnownSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: models.Field[Any, Any], request: HttpRequest, **kwargs: Any) -> Any:
        """A select has no button that deletes what it names: that is one slip away from the button beside it."""
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = False
        return field


class WorldInline(ReadsTheWorld, TabularInline):  # type: ignore[misc]  # a method where Django allows one
    """Rows of one thing on its page: no query for each."""

    extra = 0

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """A row that something hangs on stays, and what that is is named as on a delete page."""
        formset = super().get_formset(request, obj, **kwargs)
        rows: Any = formset.form

        class Guarded(rows):
            def hand_clean_DELETE(self) -> None:  # noqa: N802 -- Django's
                if self.cleaned_data.get("DELETE") and self.instance.pk:
                    refuse_protected(request.user, self.instance)

        class Heard(formset):  # type: ignore[misc,valid-type]  # made for this request
            def add_fields(self, form: Any, index: int | None) -> None:
                super().add_fields(form, index)
                say_labels(form, every=True)

        formset.form = Guarded
        return Heard


class WorldAdmin(ReadsTheWorld, ModelAdmin):
    """The desk of one kind of row."""

    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """With what a list prints: Django adds its own only to rows that come with nothing else."""
        also = self.list_select_related
        rows = super().get_queryset(request)
        return rows if isinstance(also, bool) else rows.select_related(*also)

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet[Any], search_term: str
    ) -> tuple[models.QuerySet[Any], bool]:
        """What is typed may come in another Unicode form than what is stored."""
        return super().get_search_results(request, queryset, clean_line(search_term))

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Two who save the same thing at one moment: the later one gets the form again, and nothing is half saved.

        The database found what no form could have seen. Django's transaction is undone by then, so the same request is
        answered once more, by a form that refuses.
        """
        try:
            return super().changeform_view(request, *args, **kwargs)
        except IntegrityError:
            if request.method != "POST" or hasattr(request, "collided"):
                raise
            request.collided = True  # type: ignore[attr-defined]  # read by get_form just below
            return self.changeform_view(request, *args, **kwargs)

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What somebody names at the very moment stays, with what they wrote."""
        return self._or_nothing(request, super().delete_view, *args, **kwargs)

    def response_action(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse | None:
        """An action is done whole, or not at all."""
        return self._or_nothing(request, super().response_action, *args, **kwargs)

    def _or_nothing(self, request: HttpRequest, view: Any, *args: Any, **kwargs: Any) -> Any:
        """The view in one transaction; what the database has against it is told where the person was."""
        try:
            with transaction.atomic():
                return view(request, *args, **kwargs)
        except (IntegrityError, models.ProtectedError):
            list(messages.get_messages(request))  # Django has said already that it was done
            self.message_user(request, at_the_same_moment(), messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002 -- Django's
        """A form that knows whether another save came in between; Django makes a class of its own for every request."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.collided = hasattr(request, "collided")
        return form

    @admin.display(description=_("page"))
    def page(self, obj: Any) -> str:
        """A link to what everyone sees."""
        return format_html('<a href="{}">{}</a>', obj.get_absolute_url(), _("Open")) if obj.pk else ""

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
        collector = collected(rows)
        named = Namer(request.user, collector)
        return collector.nested(named), counts, perms_needed, [named(row) for row in collector.protected]

    # What is kept of a change: names that everyone sees, else kind and number.

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:  # noqa: FBT001, FBT002 -- Django's
        """As Django's, with rows of an inline by their number: some are not for everyone who reads this history."""
        messages: list[Any] = super().construct_change_message(request, form, formsets, add)
        named = [change for message in messages for change in message.values() if "object" in change]
        for change, row in zip(named, _rows_of(formsets), strict=True):
            change["object"] = str(row.pk or "")
        return messages

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> LogEntry:
        return self.log_rows(request, [obj], ADDITION, message)[0]

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> LogEntry:
        return self.log_rows(request, [obj], CHANGE, message)[0]

    def log_deletions(self, request: HttpRequest, queryset: Iterable[Any]) -> Any:
        return self.log_rows(request, queryset, DELETION)

    def log_rows(self, request: HttpRequest, rows: Iterable[Any], flag: int, message: Any = "") -> list[LogEntry]:
        """One line of history for each row of one kind; a message is text or Django's list of changes."""
        text = json.dumps(message) if isinstance(message, list) else message
        return LogEntry.objects.bulk_create(
            LogEntry(
                user_id=request.user.pk or 0,
                content_type_id=get_content_type_for_model(row).pk,
                object_id=str(row.pk),
                object_repr=name[:200],
                action_flag=flag,
                change_message=text,
            )
            for row, name in log_names(rows).items()
        )


def _rows_of(formsets: Any) -> list[models.Model]:
    """Rows of inlines in the order in which Django tells of them."""
    found: list[models.Model] = []
    for formset in formsets or ():
        changed = [row for row, _fields in formset.changed_objects]
        found += [*formset.new_objects, *changed, *formset.deleted_objects]
    return found
