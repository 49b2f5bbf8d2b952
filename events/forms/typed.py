"""Fields that keep what people type in one Unicode form, and the widgets that help with typing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.functional import Promise

from events.fields import DateField
from events.names import clean_line, clean_text


class LineField(forms.CharField):
    """One line of text."""

    def to_python(self, value: Any) -> str:
        return clean_line(super().to_python(value) or "")


class ParagraphsField(forms.CharField):
    """Text of several lines."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return clean_text(super().to_python(value) or "")


def typed_field(field: models.Field[Any, Any], **options: Any) -> forms.Field | None:
    """The form field of a model field, for `formfield_callback` of a ModelForm."""
    if isinstance(field, models.URLField):
        return field.formfield(assume_scheme="https", **options)
    if isinstance(field, models.TextField):
        return field.formfield(form_class=ParagraphsField, widget=forms.Textarea(attrs={"rows": 4}), **options)
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        return field.formfield(form_class=DateField, **options)
    if isinstance(field, models.CharField) and not field.choices:
        return field.formfield(form_class=LineField, **options)
    return field.formfield(**options)


def completing(address: str | Promise) -> forms.TextInput:
    """A text box that static/js/complete.js offers known names for; without a script it is a text box."""
    return forms.TextInput(attrs={"data-complete": address, "autocomplete": "off"})
