"""What a text says, without its markup: excerpts, and the structure that is read out of it."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from markdown_it.token import Token

from journal.markdown.shape import inline_text, photo_uid

_ELLIPSIS = "…"
_JOINERS = "\u200d\ufe0e\ufe0f"


class Quote(NamedTuple):
    """A line worth keeping; `said_by` is empty where the text does not say."""

    text: str
    said_by: str
    paraphrase: bool


class FollowUp(NamedTuple):
    """Something to look up. `line` counts from 1 in the text in its normal form."""

    text: str
    done: bool
    line: int


class Reference(NamedTuple):
    """A reference to a thing of the world, by its kind and slug path."""

    kind: str
    key: str
    label: str


@dataclass(frozen=True)
class Gathered:
    """What is read out of a text, in its order; tags, pictures and links once each."""

    quotes: tuple[Quote, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    tags: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    pictures: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


def gather_from(tokens: list[Token], *, alt_texts: bool) -> Gathered:
    """Read the structure out of parsed tokens."""
    children = [child for token in tokens for child in token.children or ()]
    return Gathered(
        quotes=tuple(_quotes(tokens, alt_texts=alt_texts)),
        follow_ups=tuple(_follow_ups(tokens, alt_texts=alt_texts)),
        tags=tuple(dict.fromkeys(child.content for child in children if child.type == "tag")),
        references=tuple(_references(children)),
        pictures=tuple(dict.fromkeys(uid for child in children if (uid := _picture(child)))),
        links=tuple(dict.fromkeys(link for child in children if (link := _link(child)))),
    )


def text_of(tokens: list[Token], *, alt_texts: bool) -> str:
    """The running text of all blocks on one line. Footnotes are left out."""
    words: list[str] = []
    for token in tokens:
        if token.type == "footnote_block_open":
            break
        if token.type == "inline":
            words += inline_text(token.children or (), pictures=alt_texts).split()
        elif token.type in ("fence", "code_block"):
            words += token.content.split()
    return " ".join(words)


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, the ellipsis included; between words if that does not cost half of it."""
    if len(text) <= limit:
        return text
    end = max(limit - len(_ELLIPSIS), 0)
    space = text.rfind(" ", 0, end + 1)
    if space * 2 > end:
        end = space
    while 0 < end < len(text) and _sticks(text[end], text[end - 1]):
        end -= 1
    return text[:end].rstrip(" ,.;:·-–—") + _ELLIPSIS[:limit]


def _sticks(character: str, before: str) -> bool:
    """Whether a character belongs to the one before it, so that no cut may come between."""
    return (
        unicodedata.combining(character) > 0
        or character in _JOINERS
        or before == "\u200d"
        or "\U0001f3fb" <= character <= "\U0001f3ff"
    )


def _quotes(tokens: list[Token], *, alt_texts: bool) -> Iterator[Quote]:
    """Outermost quotes; a quote within a quote is part of its words."""
    depth = start = 0
    for number, token in enumerate(tokens):
        if token.type == "blockquote_open":
            start = start if depth else number
            depth += 1
        elif token.type == "blockquote_close":
            depth -= 1
            if not depth:
                yield _quote(tokens, start, number, alt_texts=alt_texts)


def _quote(tokens: list[Token], start: int, end: int, *, alt_texts: bool) -> Quote:
    text = text_of(tokens[start:end], alt_texts=alt_texts)
    caption = tokens[end + 1] if end + 1 < len(tokens) and tokens[end + 1].type == "said_by_open" else None
    if caption is None:
        return Quote(text, "", paraphrase=False)
    said_by = inline_text(tokens[end + 2].children or (), pictures=alt_texts)
    return Quote(text, said_by, caption.meta["paraphrase"])


def _follow_ups(tokens: list[Token], *, alt_texts: bool) -> Iterator[FollowUp]:
    for number, token in enumerate(tokens):
        if token.type == "list_item_open" and "checked" in token.meta:
            paragraph = tokens[number + 1 : number + 3]
            yield FollowUp(text_of(paragraph, alt_texts=alt_texts), token.meta["checked"], (token.map or [0])[0] + 1)


def _references(children: list[Token]) -> Iterator[Reference]:
    for number, child in enumerate(children):
        if child.type == "link_open" and "kind" in child.meta:
            end = next(n for n in range(number, len(children)) if children[n].type == "link_close")
            yield Reference(child.meta["kind"], child.meta["key"], inline_text(children[number:end]))


def _picture(child: Token) -> str | None:
    return photo_uid(child) if child.type == "image" else None


def _link(child: Token) -> str | None:
    if child.type == "link_open" and "kind" not in child.meta:
        return str(child.attrs["href"])
    if child.type == "image" and str(child.attrs["src"]).lower().startswith("http"):
        return str(child.attrs["src"])
    return None
