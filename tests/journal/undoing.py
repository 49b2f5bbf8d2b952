"""Pressing undo as a browser shows it."""

from __future__ import annotations

import html
import re

from django.test import Client


def undo_in(browser: Client) -> str:
    """The address of the latest undo button that the next page shows."""
    page = browser.get("/preferences/").content.decode()
    found = re.findall(r'<li class="message.*?action="([^"]+)"', page, re.DOTALL)
    return html.unescape(found[-1]) if found else ""
