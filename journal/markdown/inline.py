"""Inline rules of our own: tags, references to things of the world, and footnote marks."""

import re
import unicodedata

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

_SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_KEYS = {
    "speaker": (re.compile(_SLUG), "/speakers/{}/"),
    "venue": (re.compile(_SLUG), "/venues/{}/"),
    "series": (re.compile(_SLUG), "/series/{}/"),
    "conference": (re.compile(rf"[0-9]{{4}}/{_SLUG}"), "/{}/"),
    "talk": (re.compile(rf"([0-9]{{4}}/{_SLUG})/({_SLUG})"), "/{}/talks/{}/"),
}
_TARGET = re.compile(r"\(\s*([A-Za-z]+):([^()\s]{0,300})\s*\)")
_WEB = frozenset({"http", "https", "mailto", "tel"})
_FOOTNOTE = re.compile(r"\[\^([^\s\]]{1,200})\]")
_BEFORE_TAG = frozenset("([{<\"'“”‘’「」『』《》〈〉【】·,.;:!?~*_|>—–-…")
_MAX_TAG = 100


def address_of(kind: str, key: str) -> str | None:
    """The path of the page of a thing of the world, or None where kind or key has not the right form."""
    pattern, path = _KEYS.get(kind, (None, ""))
    if pattern is None or len(key) > 300 or not (match := pattern.fullmatch(key)):
        return None
    return path.format(*(match.groups() or (key,)))


def add_inline_rules(md: MarkdownIt) -> None:
    """Teach the parser tags, references and footnote marks (the footnote plug-in must be there)."""
    md.inline.ruler.before("link", "reference_to", _reference)
    md.inline.ruler.before("link", "tag", _tag)
    md.inline.ruler.at("footnote_ref", _footnote_mark)


def _tag(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    start = state.pos
    if state.src[start] != "#" or state.linkLevel or not _may_begin_tag(state.src[start - 1] if start else " "):
        return False
    name = _tag_name(state.src[start + 1 : min(state.posMax, start + 1 + _MAX_TAG)])
    if not any(character.isalpha() for character in name):
        return False
    if not silent:
        token = state.push("tag", "span", 0)
        token.content = name
    state.pos = start + 1 + len(name)
    return True


def _may_begin_tag(before: str) -> bool:
    return before.isspace() or before in _BEFORE_TAG


def _tag_name(text: str) -> str:
    end = 0
    while end < len(text) and (text[end].isalnum() or text[end] in "_-" or unicodedata.category(text[end])[0] == "M"):
        end += 1
    return text[:end].rstrip("-_")


def _reference(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """`@[label](kind:key)`; one that names nothing becomes its label, as a reader must not meet its markup."""
    start = state.pos
    if not state.src.startswith("@[", start):
        return False
    label_end = state.md.helpers.parseLinkLabel(state, start + 1, disableNested=True)
    target = _TARGET.match(state.src, label_end + 1, state.posMax) if label_end >= 0 else None
    if target is None or target[1].lower() in _WEB:
        return False
    if not silent:
        _push_reference(state, start + 2, label_end, target[1].lower(), target[2])
    state.pos = target.end()
    return True


def _push_reference(state: StateInline, start: int, end: int, kind: str, key: str) -> None:
    address = None if state.linkLevel else address_of(kind, key)
    after, state.pos, state.posMax = state.posMax, start, end
    if address:
        token = state.push("link_open", "a", 1)
        token.attrs = {"href": address, "class": "reference"}
        token.meta = {"kind": kind, "key": key}
    state.linkLevel += 1
    state.md.inline.tokenize(state)
    state.linkLevel -= 1
    if address:
        state.push("link_close", "a", -1)
    state.posMax = after


def _footnote_mark(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    defined = state.env.get("footnotes", {}).get("refs", {})
    if not defined or not (match := _FOOTNOTE.match(state.src, state.pos, state.posMax)):
        return False
    if ":" + match[1] not in defined:
        return False
    if not silent:
        state.push("footnote_ref", "", 0).meta = {"label": match[1]}
    state.pos = match.end()
    return True
