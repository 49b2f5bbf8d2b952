"""Several talks out of one box, one a line: the posters behind registration, the booths of a hall."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.models import Appearance, Conference, Day, Talk
from events.names import clean_line, clean_text
from events.querysets import Person
from events.services.drafts import AppearanceDraft
from events.services.talks import add_talk

MOST_LINES = 200
_LONGEST = {"organisation": 200, "title": 500}
# A hyphen parts only between spaces, because names have hyphens.
_PARTED = re.compile(r"(?P<organisation>.*?)(?:\s*[|｜—]\s*|\s+[–-]\s+)(?P<title>.*)")


class LoneWord(models.TextChoices):
    """What a line without a bar names."""

    ORGANISATION = "organisation", _("An organisation (KAIST)")
    TITLE = "title", _("A title")


@dataclass(frozen=True)
class Parts:
    """One line: at least one of the two is there."""

    organisation: str = ""
    title: str = ""


def read_lines(text: str, *, lone: LoneWord = LoneWord.ORGANISATION) -> list[Parts]:
    """Each line that is not empty as "organisation — title" or "organisation | title"; a line may lack either.

    Raises ValidationError with the number of the line that is too long, or where there are too many.
    """
    numbered = enumerate(clean_text(text).split("\n"), 1)
    read = [(number, _parts(line, lone)) for number, line in numbered]
    found = [(number, parts) for number, parts in read if parts.organisation or parts.title]
    if len(found) > MOST_LINES:
        sentence = gettext("At most %(count)d lines go in at once. Save these, then add the rest.")
        raise ValidationError(sentence % {"count": MOST_LINES}, code="many")
    for number, parts in found:
        _refuse_long(number, parts)
    return [parts for _number, parts in found]


@transaction.atomic
def add_talks_from_lines(
    *,
    person: Person,
    conference: Conference,
    text: str,
    kind: str,
    day: Day | None = None,
    lone: LoneWord = LoneWord.ORGANISATION,
    listed: bool = False,
) -> list[Talk]:
    """A talk of this kind for every line, all of them or none."""
    return [
        add_talk(
            person=person,
            conference=conference,
            title=parts.title,
            kind=kind,
            day=day,
            speakers=_presenting(parts.organisation),
            listed=listed,
        )
        for parts in read_lines(text, lone=lone)
    ]


def _parts(line: str, lone: LoneWord) -> Parts:
    # White space at the beginning is kept for the pattern: " — title" names no organisation.
    found = _PARTED.fullmatch(f" {clean_line(line)} ")
    if found:
        return Parts(clean_line(found["organisation"]), clean_line(found["title"]))
    return Parts(**{str(lone.value): clean_line(line)})


def _refuse_long(number: int, parts: Parts) -> None:
    for name, longest in _LONGEST.items():
        if len(getattr(parts, name)) > longest:
            sentence = gettext("Line %(number)d is too long: shorten it to %(longest)d characters.")
            raise ValidationError(sentence % {"number": number, "longest": longest}, code="long")


def _presenting(organisation: str) -> list[AppearanceDraft]:
    if not organisation:
        return []
    return [AppearanceDraft(organisation=organisation, role=Appearance.Role.PRESENTER)]
