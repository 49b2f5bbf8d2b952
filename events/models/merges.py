"""What became of rows of the world that were merged into others."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from events.models.links import exactly_one

# What can be merged, by the column that names the row which stands for both.
THINGS = ("talk", "speaker", "venue")


class MergeQuerySet(models.QuerySet["Merge"]):
    """Merges, the oldest first where a list has no other order."""

    def into(self, kept: Model) -> Self:
        """What this row has taken in, and what that had taken in before."""
        return self.filter(**{kept._meta.model_name or "": kept})

    def standing_for(self, kind: type[Model], key: int) -> Any:
        """The row that stands for one of this kind that is no more, or None. A moved database may use a key again: the
        latest counts."""
        name = str(kind._meta.model_name)
        if name not in THINGS:
            return None
        record = self.filter(**{f"{name}__isnull": False}, lost_key=key).select_related(name).order_by("-pk").first()
        return record and getattr(record, name)


class Merge(models.Model):
    """A row that is no more, and the one that stands for it: keys of then still lead somewhere.

    `facts` are the columns of the lost row as they stood, of the world alone. `moved` says what came with it, by model,
    column and primary key, so that speakers merged by mistake can be taken apart; no word of anybody's book is in it.
    `took` is what the kept row got from it (see `events.services.merging.facts`), `dropped` the rows of the world that
    were joined with one of the kept row's.
    """

    talk = models.ForeignKey("events.Talk", on_delete=models.CASCADE, null=True, blank=True, related_name="merges")
    speaker = models.ForeignKey(
        "events.Speaker", on_delete=models.CASCADE, null=True, blank=True, related_name="merges"
    )
    venue = models.ForeignKey("events.Venue", on_delete=models.CASCADE, null=True, blank=True, related_name="merges")
    lost_key = models.PositiveBigIntegerField(editable=False)
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder, editable=False)
    moved = models.JSONField(default=dict, editable=False)
    took = models.JSONField(default=dict, encoder=DjangoJSONEncoder, editable=False)
    dropped = models.JSONField(default=list, encoder=DjangoJSONEncoder, editable=False)
    merged_at = models.DateTimeField(auto_now_add=True)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=exactly_one(*THINGS), name="merge_into_one_thing"),
        ]
        indexes = [models.Index(fields=["lost_key"])]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
