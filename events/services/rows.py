"""How a row of the world is made ready for the database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import ProtectedError, RestrictedError

from events.models import Conference, Link, Speaker, Talk
from events.names import clean_line, clean_text
from events.querysets import Person
from events.services.drafts import LinkDraft

Row = TypeVar("Row", bound=models.Model)


def maker(person: Person) -> User | None:
    """Who is written down as having added a row: nobody, where an import has no person."""
    return person if isinstance(person, User) and person.pk else None


def checked(row: Row) -> Row:
    """`row` with every text in one Unicode form and by the rules of its `clean()`; raises ValidationError.

    Relations are not asked about again: they were fetched as rows a moment ago.
    """
    _tidy(row)
    skip = {field.name for field in row._meta.fields if field.is_relation or not field.editable}
    row.full_clean(exclude={*skip, "slug"}, validate_unique=False, validate_constraints=False)
    return row


def _tidy(row: models.Model) -> None:
    for field in row._meta.fields:
        value = getattr(row, field.attname)
        if isinstance(value, str) and not field.choices:
            clean = clean_text if isinstance(field, models.TextField) else clean_line
            setattr(row, field.attname, clean(value))


def assign(row: models.Model, values: dict[str, Any]) -> None:
    """Sets the columns of these names."""
    for name, value in values.items():
        setattr(row, name, value)


def delete_or_refuse(remove: Callable[[], object], sentence: str) -> None:
    """Calls `remove`; where somebody's rows stand in the way, raises ValidationError with `sentence`.

    Django asks before it deletes the first row, so a refusal leaves nothing half-way.
    """
    try:
        remove()
    except (ProtectedError, RestrictedError) as error:
        raise ValidationError(sentence, code="kept") from error


def set_links(thing: Conference | Speaker | Talk, drafts: Sequence[LinkDraft]) -> None:
    """Makes these the links of the thing; one whose address stays is the same row as before."""
    before = {link.url: link for link in thing.links.all()}
    wanted = {draft.url: draft for draft in drafts}
    for url, link in before.items():
        if url not in wanted:
            link.delete()
    for url, draft in wanted.items():
        link = before.get(url) or Link(**{thing._meta.model_name or "": thing, "url": url})
        assign(link, {"title": draft.title, "kind": draft.kind})
        checked(link).save()
