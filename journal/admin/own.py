"""Rows of one's own, saved through the verbs of the book."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import ModelChoiceField
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from events.admin import visible
from events.admin.forms import NamedChoice
from events.labels import with_labels
from events.names import clean_line
from journal import actions

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin


class OwnRows(ModelAdmin):
    """Somebody else's row answers as an id that never existed."""

    owner_path = "owner"
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """The person's own rows."""
        return super().get_queryset(request).filter(**{self.owner_path: request.user.pk})

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet[Any], search_term: str
    ) -> tuple[models.QuerySet[Any], bool]:
        """Of what is typed in whatever normal form."""
        return super().get_search_results(request, queryset, clean_line(search_term))

    def formfield_for_dbfield(self, db_field: models.Field[Any, Any], request: HttpRequest, **kwargs: Any) -> Any:
        """A thing of the world is not deleted from the form of a row about it."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = False  # type: ignore[union-attr]
        return field

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey[Any], request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField[Any] | None:
        """Selects offer one's own rows and what one may see of the world."""
        rows = db_field.remote_field.model._default_manager.all()
        kwargs["queryset"] = rows.of(request.user) if hasattr(rows, "of") else with_labels(visible(rows, request.user))
        kwargs.setdefault("form_class", NamedChoice)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class MadeOnPages(OwnRows):
    """Rows that are made on the pages, which know their subject; here they are looked after."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Made on the pages."""
        return False


class Looked(MadeOnPages):
    """Rows to look at."""

    owner_path = "entry__owner"

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Not changed here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Goes with its entry."""
        return False


class Refused(Exception):
    """A verb has something against it: `error` in words; `version` is the entry's current one after a conflict."""

    def __init__(self, error: ValidationError, *, version: int | None = None) -> None:
        super().__init__(error)
        self.error, self.version = error, version


class SavedThroughVerbs(OwnRows):
    """Saving calls `act`; what the verb has against it stands in the form, with everything that was typed.

    Django saves a valid form in a transaction and has no way back to it. So a refusal leaves that transaction as an
    exception, which undoes it, and the same request is answered once more by a form that knows of the refusal.
    """

    def act(self, request: HttpRequest, row: Any, form: Any, *, is_new: bool) -> models.Model:
        """The verb; `row` is as the form would have it. Raises ValidationError or `actions.Conflict`."""
        raise NotImplementedError

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 -- Django's
        """Nothing is saved but by the verb."""
        try:
            obj.pk = self.act(request, obj, form, is_new=not change).pk
        except actions.Conflict as conflict:
            raise Refused(ValidationError(_conflict()), version=conflict.current.version) from conflict
        except ValidationError as error:
            raise Refused(error) from error

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Twice, where the verb refused."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except Refused as refused:
            request.refused = refused  # type: ignore[attr-defined]  # read by get_form just below
            return super().changeform_view(request, *args, **kwargs)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002 -- Django's
        """A form that knows whose it is; Django makes a class of its own for every request."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.person = request.user
        form.refused = getattr(request, "refused", None)
        return form


def _conflict() -> str:
    return _(
        "It was saved on another device since you opened this page. Nothing you typed is lost: it stands here, and "
        "the other text is among the versions below. Save again to keep what stands here."
    )
