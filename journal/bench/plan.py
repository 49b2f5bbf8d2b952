"""What is to be measured in this house, with the queries of each: made by a process that has its settings."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from journal.bench.browser import Answer, File
from journal.bench.pages import Page, pages
from journal.bench.picks import Picks, measured_person
from journal.bench.saves import Save, saves

# A save is tried so often; the most queries count.
TRIED = 2


@dataclass
class Plan:
    """`pages` and `saves` are rows for `timing`; `left_out` says which routes are in neither, and why."""

    person: str
    cookies: dict[str, str]
    pages: list[dict[str, Any]] = field(default_factory=list)
    saves: list[dict[str, Any]] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)


def make_plan(*, desk: bool, only: str = "") -> Plan:
    """The pages and saves of the site as its person sees them, or the admin's pages as a superuser sees them.

    Those with `only` in their name.
    """
    person = measured_person()
    _staff(person, superuser=desk)
    picks, counter = Picks(person), Counter(person)
    found, left_out = pages(picks, desk=desk)
    plan = Plan(person.get_username(), counter.cookies, left_out=left_out)
    for page in found:
        if only in page.name:
            _look(plan, counter, page)
    if not desk:
        plan.saves = [_try(counter, save) for save in saves(picks) if only in save.name]
    return plan


def put_back() -> None:
    """The measured person is an ordinary one again."""
    _staff(measured_person(), superuser=False)


def _staff(person: User, *, superuser: bool) -> None:
    """Also gives a password that nobody knows where there is none: without one the pages of an account are shut."""
    person.is_staff = person.is_superuser = superuser
    if not person.has_usable_password():
        person.set_password(secrets.token_urlsafe())
    person.save(update_fields=["is_staff", "is_superuser", "password"])


def _look(plan: Plan, counter: Counter, page: Page) -> None:
    """A page that is shown is measured, a door as a visitor sees it; a verb, and what leads elsewhere, is not."""
    for visitor in (False, True):
        browser = Counter() if visitor else counter
        browser.get(page.path)
        answer = browser.get(page.path)
        if answer.status in {200, 204} or answer.status >= 500:
            found = {"name": page.name, "path": page.path, "visitor": visitor}
            plan.pages.append(found | {"queries": browser.asked, "status": answer.status})
            return
    plan.left_out[page.name] = _NOT_SHOWN.get(answer.status, "leads elsewhere, or is not for this person")


_NOT_SHOWN = {405: "a verb, without a page"}


def _try(counter: Counter, save: Save) -> dict[str, Any]:
    queries, status = 0, 0
    for number in range(TRIED):
        try:
            status = save.run(counter, number).status
        except KeyError as error:
            return {**save.plain(), "queries": 0, "status": 0, "trouble": str(error)}
        queries = max(queries, counter.asked)
    return {**save.plain(), "queries": queries, "status": status}


class Counter:
    """A browser without a wire: Django's test client, which tells how many queries the last answer cost."""

    def __init__(self, person: User | None = None) -> None:
        """Without a person it is a visitor's."""
        self.client = Client(raise_request_exception=False, SERVER_NAME="localhost", HTTP_ACCEPT="text/html")
        if person is not None:
            self.client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
            self._has_just_signed_in(person)
        self.asked = 0

    def _has_just_signed_in(self, person: User) -> None:
        """And will have for an hour, so that no page asks for the password again."""
        session = self.client.session
        at = time.time() + 3600
        session["account_authentication_methods"] = [{"method": "password", "at": at, "reauthenticated": True}]
        session["account_authentication_methods_user"] = str(person.pk)
        session.save()

    @property
    def cookies(self) -> dict[str, str]:
        """The session, for the browser with the wire."""
        return {name: morsel.value for name, morsel in self.client.cookies.items()}

    def get(self, path: str) -> Answer:
        with CaptureQueriesContext(connection) as captured:
            response = self.client.get(path)
            body = _body(response)
        self.asked = len(captured)
        return Answer(response.status_code, {}, body, 0)

    def post(self, path: str, fields: list[tuple[str, str]], files: dict[str, File] | None = None) -> Answer:
        data: dict[str, Any] = {}
        for name, value in fields:
            data.setdefault(name, []).append(value)
        for name, file in (files or {}).items():
            data[name] = SimpleUploadedFile(file.name, file.data, file.kind)
        with CaptureQueriesContext(connection) as captured:
            response = self.client.post(path, data)
            body = _body(response)
        self.asked = len(captured)
        return Answer(response.status_code, {}, body, 0)


def _body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else bytes(response.content)
