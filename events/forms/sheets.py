"""A form together with its rows: valid together, shown together, refused together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict, ErrorList
from django.http import QueryDict


class ShownAsTyped:
    """For forms: can be shown as typed, without being judged."""

    _errors: ErrorDict | None

    def show_as_typed(self) -> None:
        """Takes the errors away; the person asked for another row, not to save."""
        self._errors = ErrorDict()


class RowFormSet(forms.BaseFormSet):
    """Rows of one kind; a row left empty is no row."""

    def show_as_typed(self) -> None:
        """Takes the errors away, and remembers so."""
        self._errors: list[ErrorDict] = []
        self._non_form_errors = ErrorList()
        for form in self.forms:
            form.show_as_typed()


class Sheet:
    """A form and its formsets by name; `another` is what the button that asks for one more row says."""

    def __init__(self, form: Any, **rows: RowFormSet) -> None:
        self.form = form
        self.rows = rows

    def is_valid(self) -> bool:
        """Judges all parts, so that every error is shown at once."""
        return all([self.form.is_valid(), *(rows.is_valid() for rows in self.rows.values())])

    def values(self) -> dict[str, Any]:
        """The arguments for the verb that saves this sheet."""
        raise NotImplementedError

    def refuse(self, error: ValidationError) -> None:
        """Puts the verb's refusal where the person sees it: at the field if it is shown, else on top."""
        if not hasattr(error, "error_dict"):
            self.form.add_error(None, error)
            return
        for name, errors in error.error_dict.items():
            self.form.add_error(name if name in self.form.fields else None, errors)

    def show_as_typed(self) -> None:
        """Shows what was typed, without errors."""
        for part in (self.form, *self.rows.values()):
            part.show_as_typed()

    def context(self) -> dict[str, Any]:
        """The parts under the names that the templates use."""
        return {"sheet": self, "form": self.form, **self.rows}


def rows_of(
    kind: type[Any],
    prefix: str,
    data: QueryDict | None,
    initial: list[dict[str, Any]] | None = None,
    **form_kwargs: Any,
) -> Any:
    """The formset; rows that a plain POST leaves out altogether are none, not an error."""
    counted = _counted(data, prefix) if data is not None else None
    return kind(counted, prefix=prefix, initial=initial, form_kwargs=form_kwargs)


def _counted(data: QueryDict, prefix: str) -> QueryDict:
    """The data with the counts a formset needs, and one row more where the button for it was pressed."""
    total, first = f"{prefix}-TOTAL_FORMS", f"{prefix}-INITIAL_FORMS"
    counted = data.copy()
    counted.setdefault(total, "0")
    counted.setdefault(first, "0")
    count = str(counted[total])
    if data.get("another") == prefix and count.isdigit():
        counted[total] = str(int(count) + 1)
    return counted


def chosen(data: Mapping[str, Any], names: list[str]) -> dict[str, Any]:
    """Of cleaned data, what stands under these names."""
    return {name: data[name] for name in names if name in data}
