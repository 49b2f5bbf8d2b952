"""What people wrote, rendered: entries with their pictures, and the world's descriptions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString

from journal.markdown import Audience, Picture, plain, render
from journal.models import Entry

register = template.Library()

EXCERPT = 120


@register.simple_tag
def prose(entry: Entry, pictures: Mapping[str, Picture] | str | None = None, audience: str = "owner") -> SafeString:
    """The entry's text as HTML; `audience` "others" leaves out what is off the record."""
    return render(
        entry.text,
        doc_id=f"e-{entry.uid.hex}",
        audience=Audience(audience),
        pictures=pictures or {},  # type: ignore[arg-type]
    )


@register.simple_tag
def text_prose(text: str, name: object, pictures: Mapping[str, Picture] | str | None = None) -> SafeString:
    """A text of the person's own that is no entry now: an earlier version. `name` keeps its footnotes apart."""
    return render(text, doc_id=_doc_id("t", name), pictures=pictures or {})  # type: ignore[arg-type]


@register.simple_tag
def world_prose(text: str, name: object) -> SafeString:
    """A description of the world, which everybody reads alike. `name` keeps its footnotes apart."""
    return render(text, doc_id=_doc_id("w", name), audience=Audience.OTHERS)


def _doc_id(prefix: str, name: Any) -> str:
    kept = "".join(char for char in str(name).lower() if char in "abcdefghijklmnopqrstuvwxyz0123456789-")
    return f"{prefix}-{kept}"


@register.filter
def excerpt(entry: Entry, length: int = EXCERPT) -> str:
    """The first words of an entry for its owner's lists, without markup."""
    return plain(entry.text, audience=Audience.OWNER, limit=length)
