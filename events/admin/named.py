"""Things with a name in two scripts and an address."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from events.admin.base import WorldAdmin

NAMES: Any = {"fields": ["name", "other_name", "aka", "slug", "page"]}
_MADE_LATER = {"slug", "page"}


class NamedAdmin(WorldAdmin):
    """Found by every spelling. The address is made with the row; changed by hand later, the former one leads on."""

    search_fields = ["name", "other_name", "aka"]
    readonly_fields = ["page"]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Without what a new row does not have yet."""
        fieldsets = super().get_fieldsets(request, obj)
        return fieldsets if obj else [(title, _without_made_later(options)) for title, options in fieldsets]


def _without_made_later(options: Any) -> dict[str, Any]:
    return {**options, "fields": [name for name in options["fields"] if name not in _MADE_LATER]}
