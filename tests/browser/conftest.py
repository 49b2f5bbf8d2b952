"""A browser that is signed in, and that remembers what its console said."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

# Playwright's loop runs in the thread of the test, and Django takes that for an asynchronous context. The queries of a
# test are its own, between two steps of the browser, so nothing is shared that should not be.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

PHONE = {"viewport": {"width": 390, "height": 844}, "locale": "ko-KR", "color_scheme": "light"}
DESKTOP = {"viewport": {"width": 1280, "height": 900}, "locale": "en-GB", "color_scheme": "dark"}


@dataclass
class Tab:
    """A page and what its console has said since it was last asked."""

    page: Page
    site: str
    said: list[str] = field(default_factory=list)

    def open(self, address: str) -> None:
        """One of our own addresses."""
        self.page.goto(f"{self.site}{address}")

    def heard(self) -> list[str]:
        """Errors, warnings and refusals of the console, once."""
        heard, self.said[:] = [*self.said], []
        return heard

    def listen(self) -> None:
        """From now on."""
        loud = {"error", "warning"}
        self.page.on("console", lambda message: self.said.append(message.text) if message.type in loud else None)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))


OpenTab = Callable[..., Tab]


@pytest.fixture
def open_tab(new_context: Callable[..., BrowserContext], live_server: LiveServer) -> OpenTab:
    """`open_tab(person, **options of the context)`: a tab of that person, or of a visitor."""
    site = live_server.url.replace("127.0.0.1", "localhost")

    def open_one(person: User | None = None, **options: Any) -> Tab:
        context = new_context(**{"reduced_motion": "reduce", **options})
        context.set_default_timeout(15_000)
        if person is not None:
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session_of(person), "url": site}])
        tab = Tab(context.new_page(), site)
        tab.listen()
        return tab

    return open_one


def session_of(person: User) -> str:
    """The key of a new session: signing in without the form."""
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value
