"""Parts of the book's addresses: the kind of an entry."""

from __future__ import annotations

from django.urls import register_converter

from journal.models import Entry


class KindConverter:
    """note, meal, swag or encounter."""

    regex = "|".join(Entry.Kind.values)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return str(value)


register_converter(KindConverter, "kind")
