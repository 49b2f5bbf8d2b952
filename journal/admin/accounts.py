"""Accounts on the desk, for superusers: switched off and on here; closed by a command that first writes an export."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected as delete_chosen
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group, User
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy, ngettext

from journal.admin.filters import AskedFor
from journal.demo import remove_demo
from journal.removal import end_sessions, has_a_journal, is_last_superuser, remove_person

admin.site.unregister(User)
admin.site.unregister(Group)


class ForSuperusers:
    """Whoever keeps accounts could raise themselves; so nobody does who is not at the top already."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """In the list of what there is."""
        return _is_superuser(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Looking."""
        return _is_superuser(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Adding."""
        return _is_superuser(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Changing."""
        return _is_superuser(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Deleting."""
        return _is_superuser(request)


def _is_superuser(request: HttpRequest) -> bool:
    return bool(request.user.is_active and request.user.is_superuser)


class DemoVisitors(AskedFor):
    """People, unless the demo visitors are asked for."""

    title = gettext_lazy("kind of account")
    parameter_name = "who"
    first_choice = gettext_lazy("People")

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """One choice beside people."""
        return [("demo", gettext_lazy("Demo visitors"))]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """By their preferences."""
        demo = models.Q(preferences__demo=True)
        return queryset.filter(demo) if self.value() == "demo" else queryset.exclude(demo)


class PersonForm(UserChangeForm):
    """`keeper` is who changes the account."""

    keeper: int | None = None

    def clean(self) -> dict[str, Any]:
        """Somebody must be left who looks after the server, and nobody saws off the branch they sit on."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.instance.pk == self.keeper and cleaned.get("is_active") is False:
            self.add_error("is_active", _own())
        stays = cleaned.get("is_superuser") and cleaned.get("is_active")
        if not stays and "is_superuser" in cleaned and is_last_superuser(User.objects.get(pk=self.instance.pk)):
            self.add_error("is_superuser", gettext("This is the last account that looks after the server."))
        return cleaned


@admin.register(User)
class PeopleAdmin(ForSuperusers, UserAdmin):
    form = PersonForm
    list_display = ["username", "pen_name", "email", "is_active", "is_staff", "is_superuser", "last_login"]
    list_filter = [DemoVisitors, "is_active", "is_staff", "is_superuser"]
    list_select_related = ["preferences"]
    show_full_result_count = False
    actions = ["delete_selected", "remove_demo_visitors"]
    readonly_fields = ["closing", "last_login", "date_joined"]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002 -- Django's
        """A form that knows who is at it."""
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.keeper = request.user.pk
        return form

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """With the way to close the account."""
        fieldsets = super().get_fieldsets(request, obj)
        return [*fieldsets, (gettext_lazy("Closing the account"), {"fields": ["closing"]})] if obj else fieldsets

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 -- Django's
        """Switched off, it is signed out everywhere: switched on again, no old session comes back to life."""
        super().save_model(request, obj, form, change)
        if change and not obj.is_active:
            end_sessions(obj)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """An account with a journal is not deleted here: no page lists what would stand in the way."""
        person = self.get_object(request, object_id)
        refusal = (
            _refusal(request, [person]) if person is not None and self.has_delete_permission(request, person) else ""
        )
        if person is not None and refusal:
            self.message_user(request, refusal, messages.ERROR)
            return HttpResponseRedirect(reverse("admin:auth_user_change", args=[person.pk]))
        return super().delete_view(request, object_id, extra_context)

    def get_deleted_objects(
        self, objs: Iterable[Any], request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[str]]:
        """The accounts themselves; what goes with them is theirs."""
        rows = list(objs)
        return [str(row) for row in rows], {str(self.opts.verbose_name_plural): len(rows)}, set(), []

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """With what only this person could see."""
        remove_person(obj)

    def delete_queryset(self, request: HttpRequest, queryset: Iterable[Any]) -> None:
        """Each."""
        for person in queryset:
            remove_person(person)

    @admin.action(permissions=["delete"], description=gettext_lazy("Delete the chosen accounts"))
    def delete_selected(self, request: HttpRequest, queryset: models.QuerySet[User]) -> HttpResponse | None:
        """All or none: where one of them has a journal, a sentence says so."""
        refusal = _refusal(request, list(queryset))
        if refusal:
            self.message_user(request, refusal, messages.ERROR)
            return None
        return delete_chosen(self, request, queryset)

    @admin.action(permissions=["delete"], description=gettext_lazy("Remove the chosen demo visitors"))
    def remove_demo_visitors(self, request: HttpRequest, queryset: models.QuerySet[User]) -> None:
        """Nobody else; whoever else was chosen stays."""
        visitors = list(queryset.filter(preferences__demo=True))
        for visitor in visitors:
            remove_demo(visitor)
        done = len(visitors)
        said = ngettext("%(count)s demo visitor removed.", "%(count)s demo visitors removed.", done) % {"count": done}
        self.message_user(request, said, messages.SUCCESS)

    @admin.display(description=gettext_lazy("pen name"))
    def pen_name(self, person: User) -> str:
        """What stands on their reports."""
        preferences = getattr(person, "preferences", None)
        return preferences.display_name if preferences else ""

    @admin.display(description=gettext_lazy("the way"))
    def closing(self, person: User) -> SafeString:
        """In words."""
        sentence = gettext(
            "Without “Active” nobody can sign in with this account, and it is signed out everywhere; everything stays. "
            "To close it, run this where Lanyard runs. It writes the journal to the file first, then removes it:"
        )
        command = f"./lanyard manage close_account {person.get_username()} --export {person.get_username()}.zip"
        return format_html("<p>{}</p><p><code>{}</code></p>", sentence, command)


@admin.register(Group)
class GroupsAdmin(ForSuperusers, GroupAdmin):
    """What a group may do, its members may do."""


def _own() -> str:
    return gettext("This is your own account. Ask another superuser, or close it by the command.")


def _refusal(request: HttpRequest, persons: list[User]) -> str:
    """Why these accounts are not deleted; empty where nothing is against it."""
    names = ", ".join(person.get_username() for person in persons if has_a_journal(person))
    if names:
        return gettext(
            "There is a journal: %(names)s. An account with a journal is switched off, or closed by a command that "
            "first writes the journal to a file: ./lanyard manage close_account NAME --export FILE.zip"
        ) % {"names": names}
    if is_last_superuser(*persons):
        return gettext("This is the last account that looks after the server.")
    return _own() if request.user in persons else ""
