"""Every page: each route by GET, some with more than one address."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from journal.bench.picks import Picks
from journal.bench.routes import Route, routes
from journal.models import Entry

# The whole programme may take twice as long as other pages.
ALL_DAYS = "programme, all days"

# Routes whose arguments no data can give: they are sealed, spent, or of a device.
LEFT_OUT = {
    "account_confirm_email": "its key stands in a letter",
    "account_reset_password_from_key": "its key stands in a letter",
    "account_signup": "its rate limit counts every opening",
    "invitation": "its token is shown once",
    "mfa_edit_webauthn": "needs a passkey",
    "mfa_remove_webauthn": "needs a passkey",
    "journal:invitation-revoke": "needs an invitation",
    "journal:arrive-undo": "needs the sealed address that a tap gives",
    "journal:leave-undo": "needs the sealed address that a tap gives",
    "journal:mark-undo": "needs the sealed address that a tap gives",
}


class Page(NamedTuple):
    """A page by name, and its address."""

    name: str
    path: str


def pages(picks: Picks, *, desk: bool) -> tuple[list[Page], dict[str, str]]:
    """The pages of the site, or those of Django's admin; and which routes have no address here, with the reason."""
    found, left_out = [], {}
    for route in routes():
        if route.name.startswith("admin:") is not desk:
            continue
        made = list(_addresses(route, picks))
        found += made
        if not made:
            left_out[route.name] = LEFT_OUT.get(route.name, "nothing in this database fits its address")
    return found, left_out


def _addresses(route: Route, picks: Picks) -> Iterator[Page]:
    arguments = picks.arguments(route)
    if arguments is None or route.name in LEFT_OUT:
        return
    try:
        path = reverse(route.name, kwargs=arguments)
    except NoReverseMatch:
        return
    yield Page(route.name, path)
    yield from (Page(f"{route.name}, {name}", f"{path}{more}") for name, more in _further(route.name, picks).items())
    if "kind" in route.wants and "uid" not in route.wants:
        for kind in set(Entry.Kind.values) - {arguments["kind"]}:
            yield Page(f"{route.name}, {kind}", reverse(route.name, kwargs={**arguments, "kind": kind}))


def _further(name: str, picks: Picks) -> dict[str, str]:
    """Other addresses of the same route: what follows its path, by a name of its own."""
    about = f"?conference={picks.conference.year}/{picks.conference.slug}"
    kept = {
        "programme": {
            "all days": "?day=all",
            "one track": f"?{urlencode({'day': 'all', 'track': picks.talk.track})}",
            "my marks": "?day=all&mine=1",
        },
        "journal:marks": {"one day": f"?day={picks.day.date}"},
        "journal:entry-add": {"about a talk": f"{about}&talk={picks.talk.slug}"},
        "journal:photo-add": {"about a talk": f"{about}&talk={picks.talk.slug}"},
        "complete-speaker": {"typed": "?q=k"},
        "complete-venue": {"typed": "?q=h"},
        "complete-series": {"typed": "?q=s"},
        "admin:autocomplete": {
            "speaker": "?app_label=events&model_name=appearance&field_name=speaker&term=kim",
            "talk": "?app_label=events&model_name=appearance&field_name=talk&term=graph",
        },
    }
    if name.startswith("admin:") and name.endswith("_changelist"):
        return {"searched": "?q=kim"}
    return kept.get(name, {})
