"""A form together with its rows: valid together, shown together, refused together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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
    """Rows of one kind; a row left empty is no row.

    Every row is read, also one that says what it said before: Django would skip it where the count of first rows that
    was sent is too low, and a row not read would be a row taken away. `sent` is whether the page had these rows at all.
    """

    sent = True

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.empty_permitted = False

    def drafts(self) -> list[Any]:
        """The rows that say something, in order."""
        return [draft for row in self.forms if (draft := row.draft)]

    def show_as_typed(self) -> None:
        """Takes the errors away, and remembers so."""
        self._errors: list[ErrorDict] = []
        self._non_form_errors = ErrorList()
        for form in self.forms:
            form.show_as_typed()


@dataclass(frozen=True)
class Problem:
    """An error, and the id and label of the field it is about; both empty where it is about the whole."""

    field: str
    label: str
    sentence: str


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

    def drafts(self, *names: str) -> dict[str, Any]:
        """What the rows of these names say; rows that were not on the page say nothing, and what is there stays."""
        sent = {name: rows for name in names if (rows := self.rows[name]).sent}
        return {name: rows.drafts() for name, rows in sent.items()}

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

    @property
    def problems(self) -> list[Problem]:
        """Every error of the form and its rows, for the summary on top."""
        if not self.form.is_bound:
            return []
        forms = [self.form, *(form for rows in self.rows.values() for form in rows.forms)]
        own = [problem for form in forms for problem in _problems(form)]
        of_rows = (error for rows in self.rows.values() for error in rows.non_form_errors())
        return [*own, *(Problem("", "", str(error)) for error in of_rows)]

    @property
    def more_is_open(self) -> bool:
        """What stands behind "more" must not hide an error or a row just asked for."""
        links = self.rows.get("links")
        asked = self.form.data.get("another") == "links" if self.form.is_bound else False
        wrong = bool(links and links.is_bound and any(links.errors))
        return bool(asked or wrong or getattr(self.form, "more_is_open", False))

    def context(self) -> dict[str, Any]:
        """The parts under the names that the templates use."""
        return {"sheet": self, "form": self.form, **self.rows}


def _problems(form: Any) -> list[Problem]:
    return [
        Problem(_anchor(form, name), "" if name == "__all__" else str(form[name].label), str(error))
        for name, errors in form.errors.items()
        for error in errors
    ]


def _anchor(form: Any, name: str) -> str:
    """The id of the field, where there is one to see."""
    if name not in form.fields or form[name].is_hidden:
        return ""
    return str(form[name].id_for_label or form[name].auto_id)


def rows_of(
    kind: type[Any],
    prefix: str,
    data: QueryDict | None,
    initial: list[dict[str, Any]] | None = None,
    **form_kwargs: Any,
) -> Any:
    """The formset; rows that a plain POST leaves out altogether are no error."""
    counted = _counted(data, prefix) if data is not None else None
    rows = kind(counted, prefix=prefix, initial=initial, form_kwargs=form_kwargs)
    rows.sent = data is not None and f"{prefix}-TOTAL_FORMS" in data
    return rows


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
