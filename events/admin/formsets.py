"""Rows of one page that may change places: what is unique among them is checked together and let go before saving."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import BaseInlineFormSet
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    FormSet = BaseInlineFormSet[Any, Any, Any]
else:
    FormSet = BaseInlineFormSet


class ChangingPlaces(FormSet):
    """`apart` are the columns by which two rows are told apart; two rows may swap them in one save."""

    apart: set[str] = set()

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 -- Django's
        """As Django's, which saves row by row and would meet the value that the next row is about to leave."""
        gone = {form.instance.pk for form in self.deleted_forms}
        changed = {form.instance.pk for form in self.initial_forms if self.apart & set(form.changed_data)}
        if commit and len(changed | gone) > 1:
            self.let_go(self.get_queryset().model._default_manager.filter(pk__in=changed | gone))
        return super().save(commit)

    def let_go(self, rows: models.QuerySet[Any]) -> None:
        """Sets values that no row has, for as long as the save takes."""
        raise NotImplementedError


class DayFormSet(ChangingPlaces):
    apart = {"date"}

    def let_go(self, rows: models.QuerySet[Any]) -> None:
        for number, day in enumerate(rows.order_by("pk")):
            rows.filter(pk=day.pk).update(date=date.min + timedelta(days=number))


class AppearanceFormSet(ChangingPlaces):
    apart = {"speaker", "role"}

    def clean(self) -> None:
        """One speaker has one role in a talk once."""
        super().clean()
        rows = [form.instance for form in self.forms if form not in self.deleted_forms and not form.errors]
        named = [(row.talk_id, row.speaker_id, row.role) for row in rows if row.speaker_id]
        if len(set(named)) < len(named):
            raise ValidationError(_("One speaker stands in two rows with the same role."), code="twice")

    def let_go(self, rows: models.QuerySet[Any]) -> None:
        rows.update(speaker=None, organisation="…")
