"""Speakers at the desk."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from events.admin.inlines import LinkInline, SpeakerAppearanceInline
from events.admin.merging import Mergeable
from events.admin.named import NAMES, NamedAdmin
from events.admin.splitting import Splittable
from events.models import Appearance, Speaker


@admin.register(Speaker)
class SpeakerAdmin(Splittable, Mergeable, NamedAdmin):
    list_display = ["name", "other_name", "aka", "affiliation", "talks", "page"]
    fieldsets = [(None, NAMES), (_("More"), {"fields": ["website", "about"]})]
    inlines = [LinkInline, SpeakerAppearanceInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """A list also says of each in which talks they can be seen, and as what: two of one name are told apart."""
        rows = super().get_queryset(request)
        match = request.resolver_match
        if match is None or not (match.url_name or "").endswith("_changelist"):
            return rows
        seen = Appearance.objects.visible_to(request.user).order_by("-talk__conference__starts_on", "pk")
        return rows.prefetch_related(Prefetch("appearances", queryset=seen, to_attr="seen"))

    @admin.display(description=_("affiliation"))
    def affiliation(self, speaker: Any) -> str:
        """The last one known."""
        return next((row.affiliation for row in speaker.seen if row.affiliation), "")

    @admin.display(description=_("talks"))
    def talks(self, speaker: Any) -> int:
        return len({row.talk_id for row in speaker.seen})
