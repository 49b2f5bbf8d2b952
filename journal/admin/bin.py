"""The bin on the desk: *delete* means bin; from there a row is restored, or goes for good after a question."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext, gettext_lazy, ngettext

from journal.admin.filters import AskedFor
from journal.admin.own import OwnRows


class InTheBin(AskedFor):
    """What is kept, unless the bin is asked for."""

    title = gettext_lazy("bin")
    parameter_name = "bin"
    first_choice = gettext_lazy("Outside the bin")

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """One choice beside what is kept."""
        return [("in", gettext_lazy("In the bin"))]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """By `deleted_at`."""
        return queryset.filter(deleted_at__isnull=self.value() != "in")


class GoesToTheBin(OwnRows):
    """Deleting here means the bin, as on the pages; nothing stands in its way and nothing goes with it for good."""

    actions = ["delete_selected", "restore", "delete_for_good"]
    delete_confirmation_template = "admin/journal/to_the_bin.html"

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """In the list of the bin those of the bin, else the way into it."""
        in_the_bin = request.GET.get(InTheBin.parameter_name) == "in"
        fitting = {"restore", "delete_for_good"} if in_the_bin else {"delete_selected"}
        return {name: action for name, action in super().get_actions(request).items() if name in fitting}

    def bin_it(self, row: Any) -> None:
        """The verb that puts one row into the bin."""
        raise NotImplementedError

    def restore_it(self, row: Any) -> None:
        """The verb that takes it out."""
        raise NotImplementedError

    def delete_it_for_good(self, row: Any) -> None:
        """The verb that removes it, from the bin only."""
        raise NotImplementedError

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What is in the bin is looked at; it is written on when it has been restored."""
        return super().has_change_permission(request, obj) and getattr(obj, "deleted_at", None) is None

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What is in the bin already leaves it by the actions of the list."""
        return super().has_delete_permission(request, obj) and getattr(obj, "deleted_at", None) is None

    def get_deleted_objects(
        self, objs: Iterable[Any], request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[str]]:
        """The rows themselves."""
        rows = list(objs)
        return [str(row) for row in rows], {str(self.opts.verbose_name_plural): len(rows)}, set(), []

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Into the bin."""
        self.bin_it(obj)

    def delete_queryset(self, request: HttpRequest, queryset: Iterable[Any]) -> None:
        """Into the bin, each."""
        for row in queryset:
            self.bin_it(row)

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: Any) -> HttpResponse:
        """As Django's, in the words of a bin."""
        sent: Any = messages.get_messages(request)
        answer = super().response_delete(request, obj_display, obj_id)
        list(sent)  # Django says that it was deleted
        self.message_user(request, gettext("In the bin: %(what)s") % {"what": obj_display}, messages.SUCCESS)
        return answer

    @admin.action(permissions=["delete"], description=gettext_lazy("Move to the bin"))
    def delete_selected(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        """Django's action by its name; it comes back, so nothing is asked."""
        done = self._each(request, queryset.filter(deleted_at=None), self.bin_it)
        said = ngettext("%(count)s is in the bin.", "%(count)s are in the bin.", done) % {"count": done}
        self.message_user(request, said, messages.SUCCESS)

    @admin.action(permissions=["change"], description=gettext_lazy("Restore from the bin"))
    def restore(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        """Out of the bin, each as it was."""
        done = self._each(request, queryset.exclude(deleted_at=None), self.restore_it)
        said = ngettext("%(count)s is out of the bin.", "%(count)s are out of the bin.", done) % {"count": done}
        self.message_user(request, said, messages.SUCCESS)

    @admin.action(permissions=["delete"], description=gettext_lazy("Delete for good"))
    def delete_for_good(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> HttpResponse | None:
        """Asks, then removes what is in the bin."""
        if "post" not in request.POST:
            return self._ask(request, queryset)
        done = self._each(request, queryset, self.delete_it_for_good)
        said = ngettext("%(count)s was deleted for good.", "%(count)s were deleted for good.", done) % {"count": done}
        self.message_user(request, said, messages.SUCCESS)
        return None

    def _each(self, request: HttpRequest, rows: Iterable[Any], verb: Callable[[Any], None]) -> int:
        """How many went well; what a verb has against one of them is a message."""
        done = 0
        for row in list(rows):
            try:
                verb(row)
                done += 1
            except ValidationError as error:
                self.message_user(request, f"{row}: {' '.join(error.messages)}", messages.ERROR)
            except (ValueError, models.ProtectedError, models.RestrictedError):
                sentence = gettext("%(what)s has changed since. Please look at it again.") % {"what": row}
                self.message_user(request, sentence, messages.ERROR)
        return done

    def _ask(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Delete for good?"),
            "rows": queryset,
            "opts": self.opts,
            "action_checkbox_name": admin.helpers.ACTION_CHECKBOX_NAME,
            "media": self.media,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/journal/delete_for_good.html", context)
