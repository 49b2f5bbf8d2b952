"""What a choice is called, without looking it up anew for every row of a long page."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import models


class SaysChoices(models.Model):
    """`get_…_display()` as Django's; that one makes a dictionary of all choices, and hashes each label, at every call.

    Labels are translated when they are asked for, as Django's are.
    """

    class Meta:
        abstract = True

    def _get_FIELD_display(self, field: models.Field[Any, Any]) -> Any:  # noqa: N802 -- Django's name
        value = getattr(self, field.attname)
        label = _labels(field).get(value, value)
        return label if label is None else str(label)


@cache
def _labels(field: models.Field[Any, Any]) -> dict[Any, Any]:
    return dict(field.flatchoices)
