"""Django's admin as this project has it: what it completes is named so that one can choose."""

from typing import Any, cast

from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.http import HttpRequest, HttpResponse

from events.labels import label_of


class NamedCompletion(AutocompleteJsonView):
    """A speaker in both scripts, a room with its conference."""

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        return {**super().serialize_result(obj, to_field_name), "text": label_of(obj)}


class Desk(AdminSite):
    """The one site at /admin/."""

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return cast("HttpResponse", NamedCompletion.as_view(admin_site=self)(request))
