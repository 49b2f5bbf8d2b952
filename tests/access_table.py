"""Who may open what: one table of every route. tests/test_access.py holds it against the resolver and walks it.

A rule gives the statuses for a visitor, the owner (Alice, who added the world's rows and wrote the private ones),
another user (Bob) and staff (Carol), first where the world's rows are listed, then where they are unlisted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.contrib import admin
from django.urls import URLPattern, URLResolver, get_resolver

PEOPLE = ("visitor", "owner", "other user", "staff")


class Rule(NamedTuple):
    """Statuses by person, in the order of PEOPLE."""

    listed: tuple[int, int, int, int]
    unlisted: tuple[int, int, int, int]


def public(visitor: int, signed_in: int) -> Rule:
    """A door that a visitor may open."""
    return Rule(*[(visitor, signed_in, signed_in, signed_in)] * 2)


def everyone(status: int) -> Rule:
    """Whoever is signed in; what it shows is their own."""
    return Rule(*[(302, status, status, status)] * 2)


def world(status: int) -> Rule:
    """Whoever sees the thing of the world: an unlisted one is its maker's."""
    return Rule((302, status, status, status), (302, status, 404, 404))


def change(status: int) -> Rule:
    """Who added the thing, and staff; who only sees it is told so."""
    return Rule((302, status, 403, status), (302, status, 404, 404))


def mine(status: int) -> Rule:
    """Its owner, and nobody else on earth."""
    return Rule(*[(302, status, 404, 404)] * 2)


def own_part(owner: int, others: int) -> Rule:
    """A verb on one's own part of a thing of the world: others, who see it, have no such part and get `others`."""
    return Rule((302, owner, others, others), (302, owner, 404, 404))


def staff_only(status: int) -> Rule:
    """Whoever runs the server; for others it does not exist."""
    return Rule(*[(302, 404, 404, status)] * 2)


NOT_ALLOWED = everyone(405)


@dataclass(frozen=True)
class Route:
    """`of` is what the address is about (tests/whole_book.py). The POST sends `data`, an empty form by default.

    `shows` tells a page from a fragment, an answer for a script, or a file.
    """

    name: str
    of: str = ""
    get: Rule = NOT_ALLOWED
    post: Rule = NOT_ALLOWED
    shows: str = "page"
    data: Any = None

    @property
    def has_page(self) -> bool:
        """Whether its owner gets a whole page by GET."""
        return self.shows == "page" and self.get.listed[1] == 200


def _verb(name: str, of: str, rule: Rule, **data: str) -> Route:
    return Route(name, of, post=rule, data=data)


DOORS = [
    Route("account_login", get=public(200, 302), post=public(422, 302)),
    Route("account_logout", get=public(302, 200), post=public(302, 302)),
    Route("account_inactive", get=public(200, 200), post=public(405, 405)),
    Route("account_reauthenticate", get=everyone(200), post=everyone(422)),
    Route("account_change_password", get=everyone(200), post=everyone(422)),
    Route("welcome", get=public(302, 302), post=public(302, 302)),
    Route("account_signup", get=public(200, 302), post=public(403, 302)),
    # A token that lets nobody in; tests/journal/test_invitations.py has those that do.
    Route("invitation", "token", get=public(404, 302), post=public(404, 302)),
    Route("look_around", get=public(405, 405), post=public(302, 302)),
    Route("healthz", get=public(200, 200), post=public(405, 405), shows="script"),
    Route("set_language", get=public(405, 405), post=public(302, 302), data={"language": "ko"}),
    Route("journal:preferences", get=everyone(200), post=everyone(302)),
    Route("journal:download-journal", get=everyone(200), shows="file"),
    Route("journal:invitations", get=staff_only(200), post=staff_only(200)),
    _verb("journal:invitation-revoke", "invitation", staff_only(302)),
    Route("journal:times", post=everyone(302)),
]

SECURITY = [
    # Without a mail server, as the suite runs, there is no link to ask for.
    Route("account_reset_password", get=public(200, 200), post=public(422, 422)),
    Route("account_reset_password_done", get=public(200, 200), post=public(405, 405)),
    Route("account_reset_password_from_key", "reset link", get=public(302, 302), post=public(302, 302)),
    Route("account_reset_password_from_key_done", get=public(200, 200), post=public(405, 405)),
    Route("account_email", get=everyone(200), post=everyone(302)),
    Route("account_confirm_email", "confirmation link", get=public(200, 200), post=public(302, 302)),
    Route("mfa_index", get=everyone(200)),
    Route("usersessions_list", get=everyone(200), post=everyone(302)),
    # 302: to the login where no second step is under way, to "is it you?" where something is about to change.
    Route("mfa_authenticate", get=public(302, 302), post=public(302, 302)),
    Route("mfa_login_webauthn", get=public(302, 302), post=public(302, 302)),
    Route("mfa_reauthenticate", get=everyone(302), post=everyone(302)),
    Route("mfa_reauthenticate_webauthn", get=everyone(302), post=everyone(302)),
    Route("mfa_activate_totp", get=everyone(302), post=everyone(302)),
    Route("mfa_deactivate_totp", get=everyone(404), post=everyone(404)),
    Route("mfa_view_recovery_codes", get=everyone(404), post=everyone(405)),
    Route("mfa_generate_recovery_codes", get=everyone(302), post=everyone(302)),
    Route("mfa_download_recovery_codes", get=everyone(404), post=everyone(405), shows="file"),
    # The suite's browsers are at "testserver", where no passkey works: the page says so.
    Route("mfa_add_webauthn", get=everyone(200), post=everyone(422)),
    Route("mfa_edit_webauthn", "passkey", get=mine(302), post=mine(302)),
    Route("mfa_remove_webauthn", "passkey", get=mine(302), post=mine(302)),
]

WORLD_PAGES = [
    Route("today", get=everyone(200)),
    Route("years", get=everyone(200)),
    Route("year", "year", get=everyone(200)),
    Route("series", "series", get=world(200)),
    Route("speaker", "speaker", get=world(200)),
    Route("venue", "venue", get=world(200)),
    Route("conference", "conference", get=world(200)),
    Route("programme", "conference", get=world(200)),
    Route("day", "day", get=world(200)),
    Route("talk", "talk", get=world(200)),
]

WORLD_FORMS = [
    Route("conference-add", get=everyone(200), post=everyone(422)),
    Route("day-rows", get=everyone(204), shows="fragment"),
    Route("conference-edit", "conference", get=change(200), post=change(422)),
    Route("conference-share", "conference", get=change(200), post=change(302)),
    Route("conference-delete", "conference", get=change(200), post=change(409)),
    Route("day-edit", "day", get=change(200), post=change(302)),
    Route("day-delete", "day", get=change(200), post=change(409)),
    Route("talk-add", "conference", get=world(200), post=world(422)),
    Route("talks-add", "conference", get=world(200), post=world(422)),
    Route("talk-edit", "talk", get=change(200), post=change(422)),
    # An unlisted conference has to be shared first.
    Route("talk-share", "talk", get=change(200), post=Rule((302, 302, 403, 302), (302, 422, 404, 404))),
    Route("talk-delete", "talk", get=change(200), post=change(409)),
    Route("speaker-add", get=everyone(200), post=everyone(422)),
    Route("speaker-edit", "speaker", get=change(200), post=change(422)),
    Route("venue-add", get=everyone(200), post=everyone(422)),
    Route("venue-edit", "venue", get=change(200), post=change(422)),
    *(Route(f"complete-{noun}", get=everyone(200), shows="fragment") for noun in ("speaker", "venue", "series")),
]

PRESENCE = [
    Route("journal:attendance", "conference", get=world(200), post=world(422)),
    _verb("journal:attend", "conference", world(302)),
    _verb("journal:attendance-withdraw", "conference", own_part(302, 404)),
    _verb("journal:attendance-restore", "conference", world(302)),
    Route("journal:marks", "conference", get=world(200), post=world(302)),
    Route("journal:day-log", "day", get=world(200), post=world(302)),
    _verb("journal:arrive", "day", world(302)),
    _verb("journal:arrive-undo", "arrival undone", mine(302)),
    _verb("journal:leave", "day", world(302)),
    _verb("journal:leave-undo", "departure undone", mine(302)),
    _verb("journal:mark", "talk", world(302), state="want"),
    _verb("journal:mark-undo", "mark undone", mine(302)),
]

ENTRIES = [
    Route("journal:timeline", "conference", get=world(200)),
    Route("journal:report", "conference", get=world(200)),
    Route("journal:entry-add", "kind", get=everyone(200), post=everyone(302), data={"dishes": "Abalone"}),
    Route("journal:entry", "entry", get=mine(200)),
    Route("journal:entry-edit", "entry", get=mine(200), post=mine(409)),
    _verb("journal:entry-turn", "other kind", mine(302)),
    Route("journal:entry-history", "entry", get=mine(200)),
    _verb("journal:entry-restore-revision", "version", mine(302)),
    _verb("journal:talk-note", "talk", world(302), text="What was said.", base_version="1"),
    _verb("journal:entry-move", "entry", mine(302)),
    Route("journal:bin", get=everyone(200)),
    _verb("journal:entry-bin", "entry", mine(302)),
    _verb("journal:entry-restore", "binned entry", mine(302)),
    Route("journal:entry-delete", "binned entry", get=mine(200), post=mine(302)),
    Route("journal:markdown-preview", post=everyone(200), shows="fragment"),
    Route("journal:markdown-upload", post=everyone(422), shows="script"),
]

PHOTOS = [
    Route("journal:photo-add", get=everyone(200), post=everyone(422)),
    Route("journal:photo", "photo", get=mine(200)),
    Route("journal:photo-edit", "photo", get=mine(200), post=mine(302)),
    Route("journal:photo-file", "photo of a width", get=mine(200), shows="file"),
    Route("journal:photo-original", "photo", get=mine(200), shows="file"),
    _verb("journal:photo-bin", "photo", mine(302)),
    _verb("journal:photo-restore", "binned photo", mine(302)),
    Route("journal:photo-delete", "binned photo", get=mine(200), post=mine(302)),
]

TABLE = [*DOORS, *SECURITY, *WORLD_PAGES, *WORLD_FORMS, *PRESENCE, *ENTRIES, *PHOTOS]

# Django's admin, by rule: only staff come in (others are sent to its login), and there they see what they may.
ADMIN_DESK = {
    "admin:index": 200,
    "admin:password_change": 302,
    "admin:password_change_done": 200,
    "admin:jsi18n": 200,
    "admin:autocomplete": 403,
    # Without rows that are there, back to the list.
    "admin:events_speaker_merge": 302,
    "admin:events_talk_merge": 302,
    "admin:events_venue_merge": 302,
}
ADMIN_LEFT_OUT = {
    "admin:login",
    "admin:logout",
    "admin:app_list",
    "admin:events_speaker_split",  # about one speaker: tests/events/test_admin_merging.py
    "admin:auth_user_password_change",
}
ADMIN_PAGES = ("changelist", "add", "change", "delete", "history")


def admin_routes() -> set[str]:
    """Names of the pages of every registered model."""
    return {
        f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"
        for model in admin.site._registry
        for page in ADMIN_PAGES
    }


def resolved_routes(patterns: list[Any] | None = None, namespace: str = "") -> Iterator[str]:
    """The full name of every route that the resolver knows; an unnamed one by its pattern (the admin's own apart)."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from resolved_routes(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern) and (pattern.name or not namespace.startswith("admin:")):
            yield f"{namespace}{pattern.name or pattern.pattern}"
