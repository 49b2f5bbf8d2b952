"""Forms of the desk: the models' own rules, texts in one Unicode form, selects that complete what is typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from events.labels import label_of
from events.names import RESERVED_SLUGS, clean_line, clean_text

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Any]
    ModelChoiceField = forms.ModelChoiceField[Any]
else:
    ModelForm, ModelChoiceField = forms.ModelForm, forms.ModelChoiceField


def at_the_same_moment() -> str:
    """What somebody reads whose save met another one in the database."""
    return _("Somebody else saved at the same moment. Nothing is changed: look, then try again.")


class NamedChoice(ModelChoiceField):
    """Names rows as the completion does."""

    def label_from_instance(self, obj: Any) -> str:
        return label_of(obj)


class KnownSelect(AutocompleteSelect):
    """Completes what is typed. The row that is chosen already is printed from what the page has read: no query."""

    known: models.Model | None = None
    within: int | None = None

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> Any:
        if self.known is None or [str(key) for key in value] != [str(self.known.pk)]:
            return super().optgroups(name, value, attr)
        empty = [] if self.is_required else [self.create_option(name, "", "", selected=False, index=0)]
        chosen = self.create_option(name, self.known.pk, label_of(self.known), selected=True, index=len(empty))
        return [(None, [*empty, chosen], 0)]

    def get_url(self) -> str:
        """Where it asks; `within` a conference that offers only its own."""
        url = super().get_url()
        return f"{url}?conference={self.within}" if self.within else url


def say_labels(form: forms.BaseForm, *, every: bool = False) -> None:
    """Says what no `<label>` says: which half of a moment a field is, and, for `every` field, its column's heading."""
    halves = [_("Date:"), _("Time:")]
    for field in form.fields.values():
        widget: Any = getattr(field.widget, "widget", field.widget)
        if isinstance(widget, forms.SplitDateTimeWidget):
            for part, half in zip(widget.widgets, halves, strict=True):
                part.attrs["aria-label"] = f"{field.label}, {half.rstrip(':')}"
        elif every and field.label and not widget.is_hidden:
            widget.attrs["aria-label"] = str(field.label)


class DeskForm(ModelForm):
    """Of a row, also of a row among others of one page. `collided`: another save came between checking and saving."""

    collided = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_labels(self)
        for name, select in self.selects().items():
            column: Any = self._meta.model._meta.get_field(name)
            if column.is_cached(self.instance):
                select.known = column.get_cached_value(self.instance)

    def selects(self) -> dict[str, KnownSelect]:
        """The widgets that complete, by the name of their field; Django wraps them in its buttons."""
        widgets = {name: getattr(field.widget, "widget", field.widget) for name, field in self.fields.items()}
        return {name: widget for name, widget in widgets.items() if isinstance(widget, KnownSelect)}

    def clean(self) -> dict[str, Any]:
        """Every text in one Unicode form, as the services keep it. Raises what the database had against it."""
        super().clean()
        if self.collided:
            self.add_error(None, at_the_same_moment())
        columns = {field.name: field for field in self._meta.model._meta.fields}
        for name, value in self.cleaned_data.items():
            if isinstance(value, str) and name in columns and not columns[name].choices:
                tidy = clean_text if isinstance(columns[name], models.TextField) else clean_line
                self.cleaned_data[name] = tidy(value)
        return self.cleaned_data

    def clean_slug(self) -> str:
        """Free among its siblings, and no word that an address needs. Empty: it is made."""
        slug = str(self.cleaned_data["slug"])
        row: Any = self.instance
        if slug in RESERVED_SLUGS or (slug and row.slug_siblings().filter(slug=slug).exclude(pk=row.pk).exists()):
            raise ValidationError(_("This address is taken. Choose another."))
        return slug

    def clean_listed(self) -> bool:
        """What nobody has added by hand is everyone's: unlisted, no one at all would see it."""
        listed = bool(self.cleaned_data["listed"])
        row: Any = self.instance
        if row.pk and not listed and row.added_by_id is None:
            raise ValidationError(_("Nobody added this by hand, so no one would see it any more. It stays shared."))
        return listed
