"""Forms of a page, read as a browser reads them: what would be sent if nothing were touched."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

TOKEN = "csrfmiddlewaretoken"  # noqa: S105 -- a field's name
_NOT_SENT = {"submit", "button", "image", "reset", "file"}


@dataclass
class Form:
    """One form; `fields` in the order of the page. Buttons and files are not among them."""

    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)

    def filled(self, values: dict[str, str]) -> list[tuple[str, str]]:
        """The fields with some of them replaced or added. A name that begins with * is the first that ends so."""
        named = {self._named(name): value for name, value in values.items()}
        kept = [(name, value) for name, value in self.fields if name not in named]
        return [*kept, *named.items()]

    def value(self, wanted: str) -> str:
        """What a field holds; empty where it is not there."""
        return next((value for name, value in self.fields if name == wanted), "")

    def _named(self, name: str) -> str:
        if not name.startswith("*"):
            return name
        return next((known for known, _value in self.fields if known.endswith(name[1:])), name[1:])


def forms_of(page: str) -> list[Form]:
    """Every form of the page."""
    reader = _Reader()
    reader.feed(page)
    return reader.forms


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self._open: Form | None = None
        self._text: tuple[str, list[str]] | None = None
        self._select: str | None = None
        self._is_first_option = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self._open)
        elif self._open is None or "disabled" in given:
            return
        elif tag == "input":
            self._input(given)
        elif tag == "textarea":
            self._text = (given.get("name", ""), [])
        elif tag == "select":
            self._select, self._is_first_option = given.get("name", ""), True
        elif tag == "option" and self._select:
            self._option(given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea" and self._text and self._open:
            name, parts = self._text
            self._open.fields.append((name, "".join(parts).removeprefix("\n")))
            self._text = None

    def handle_data(self, data: str) -> None:
        if self._text:
            self._text[1].append(data)

    def _input(self, given: dict[str, str]) -> None:
        kind, name = given.get("type", "text"), given.get("name")
        unticked = kind in {"checkbox", "radio"} and "checked" not in given
        if name and self._open and kind not in _NOT_SENT and not unticked:
            self._open.fields.append((name, given.get("value", "on" if kind == "checkbox" else "")))

    def _option(self, given: dict[str, str]) -> None:
        """The first option is chosen until one says that it is."""
        assert self._open is not None  # noqa: S101 -- asked by the caller
        assert self._select is not None  # noqa: S101 -- asked by the caller
        if self._is_first_option:
            self._open.fields.append((self._select, given.get("value", "")))
        elif "selected" in given:
            self._open.fields[-1] = (self._select, given.get("value", ""))
        self._is_first_option = False
