"""Small pieces of Markdown, made of what people typed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.utils.text import capfirst

from journal.markdown import has_private

_MEANS_SOMETHING = re.compile(r"([\\`*\[\]<])")
# What would reach beyond its own text on a page of several: fences, headings, footnotes, addresses by reference.
_REACHES_OUT = re.compile(
    r"^[\s>]*(?:\#|`{3}|~{3}|[-=]+\s*$)"  # headings and code
    r"|\[\^|^\s*\[[^\]]+\]:"  # footnotes, addresses by reference
    r"|<",  # HTML
    re.MULTILINE,
)
LONGEST_INLINE = 1000
MOST_STARS = 5


def escaped(words: str) -> str:
    """One line of words that stands for itself, whatever signs are in it."""
    return _MEANS_SOMETHING.sub(r"\\\1", words)


def facts(pairs: Iterable[tuple[str, str]]) -> list[str]:
    """A list of labels and values; what is empty is left out."""
    return [f"- {label}: {escaped(value)}" for label, value in pairs if value]


def quoted(text: str) -> list[str]:
    """A text of its own within a page: nothing in it reaches out of the quote."""
    return [f"> {line}".rstrip() for line in text.strip().splitlines()]


def stars(rating: int | None) -> str:
    """★★★★☆, or nothing without a rating."""
    return "★" * rating + "☆" * (MOST_STARS - rating) if rating else ""


def label(model: type[Model], field: str) -> str:
    """What forms call this field, in the reader's language."""
    return str(capfirst(model._meta.get_field(field).verbose_name))  # type: ignore[union-attr]


def front_matter(values: dict[str, Any]) -> list[str]:
    """YAML that programs like Obsidian read as properties: JSON's strings and lists are YAML's too."""
    known = {name: value for name, value in values.items() if value not in (None, "", [])}
    return ["---", *(f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in known.items()), "---"]


def stands_inline(text: str) -> bool:
    """Short, and with nothing in it that would change what stands after it on the page."""
    return len(text) <= LONGEST_INLINE and not _REACHES_OUT.search(text) and not has_private(text)


def page_of(blocks: Iterable[str | list[str]]) -> str:
    """Blocks with an empty line between them; empty ones are left out."""
    texts = ("\n".join(block) if isinstance(block, list) else block for block in blocks)
    return "\n\n".join(text for text in texts if text) + "\n"
