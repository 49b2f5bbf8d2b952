"""What a form showed, sent back with it: what was not touched stays as another device has made it since."""

from __future__ import annotations

import json
from typing import Any


class TellsWhatItShowed:
    """For forms over rows that have no versions. The template sends `shown` along as a hidden input of that name.

    A form that comes without it means everything it sends.
    """

    shown_fields: tuple[str, ...]

    # Of the form.
    data: Any
    initial: Any
    is_bound: bool

    @property
    def shown(self) -> str:
        """The fields as the page first showed them, as JSON."""
        kept = self.data.get("shown") if self.is_bound else self.initial.get("shown")
        return str(kept or json.dumps({name: _plain(self[name].value()) for name in self.shown_fields}))  # type: ignore[index]

    def touched(self, name: str) -> bool:
        """Was the field changed on the page?"""
        shown = _read(self.data.get("shown", ""))
        return name not in shown or shown[name] != _plain(self.data.get(self.add_prefix(name)))  # type: ignore[attr-defined]


def _plain(value: Any) -> str:
    """As a browser sends it, but for its line ends."""
    return "" if value is None else str(value).replace("\r\n", "\n")


def _read(sent: str) -> dict[str, Any]:
    try:
        shown = json.loads(sent)
    except ValueError:
        return {}
    return shown if isinstance(shown, dict) else {}
