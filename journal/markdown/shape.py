"""From Markdown's tokens to ours: heading levels, task lists, tables, links, pictures, quotes with who said them."""

import re
from collections.abc import Iterator, Sequence

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_HEADINGS = {"h1": "h3", "h2": "h4", "h3": "h5"}
_MAX_MARKS = 16
_SAID_BY = re.compile(r"\s*(?:[—―–]|--)\s+")
_PARAPHRASE = re.compile(r"\s*[(（]\s*(?:옮김|번역|paraphrase|translation)\s*[)）]\s*$", re.IGNORECASE)
_BREAKS = ("softbreak", "hardbreak")


def shape(state: StateCore) -> None:
    """Core rule: make the tokens say what the pages show."""
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = _HEADINGS.get(token.tag, "h6")
        elif token.type in ("th_open", "td_open"):
            _align(token)
        elif token.children:
            token.children = list(_links(token.children))
            _bound_marks(token.children)
    _label_tasks(state.tokens)
    _label_tables(state.tokens)
    state.tokens = _quotes(state.tokens)


def inline_text(tokens: Sequence[Token], *, pictures: bool = True) -> str:
    """The text of inline tokens without markup; of pictures the alternative text, if wanted."""
    return "".join(_words(tokens, pictures=pictures)).strip()


def _words(tokens: Sequence[Token], *, pictures: bool) -> Iterator[str]:
    for token in tokens:
        if token.type in ("text", "text_special", "code_inline"):
            yield token.content
        elif token.type == "tag":
            yield "#" + token.content
        elif token.type in _BREAKS:
            yield "\n"
        elif token.type == "image" and (pictures or not photo_uid(token)):
            yield inline_text(token.children or ())


def photo_uid(image: Token) -> str | None:
    """The uid of the picture of ours that an image token names."""
    source = str(image.attrs.get("src", ""))
    return source[6:].strip("/").lower() if source.lower().startswith("photo:") else None


def _align(token: Token) -> None:
    """The policy of the site forbids style attributes."""
    style = str(token.attrs.pop("style", ""))
    if style:
        token.attrs["class"] = "align-" + style.rpartition(":")[2]


def _links(children: list[Token]) -> Iterator[Token]:
    """Links out get their relation; those that lead nowhere a link may lead become their text; no link in a link."""
    kept: list[bool] = []
    for token in children:
        if token.type == "link_open":
            kept.append(_may_link(token) and not any(kept))
            if kept[-1]:
                yield token
        elif token.type == "link_close":
            if kept.pop():
                yield token
        else:
            if token.type == "image":
                token.meta["linked"] = any(kept)
            yield token


def _may_link(token: Token) -> bool:
    if "kind" in token.meta:
        return True
    token.attrs["rel"] = "noopener noreferrer nofollow ugc"
    return not str(token.attrs["href"]).lower().startswith(("photo:", "data:"))


def _bound_marks(children: list[Token]) -> None:
    """Hide emphasis within emphasis beyond any use: a browser's tree, and the sanitiser's, has a depth."""
    depth = 0
    for token in children:
        if token.tag in ("em", "strong", "s"):
            depth += token.nesting == 1
            token.hidden = depth > _MAX_MARKS
            depth -= token.nesting == -1


def _label_tasks(tokens: list[Token]) -> None:
    for number, token in enumerate(tokens):
        if token.type == "list_item_open" and "checked" in token.meta:
            token.attrs["class"] = "task-item is-done" if token.meta["checked"] else "task-item"
            token.meta["label"] = _first_text(tokens, number + 1)
        elif token.attrs.get("class") == "contains-task-list":
            token.attrs["class"] = "task-list"


def _first_text(tokens: list[Token], start: int) -> str:
    """The text of the paragraph with which a list item begins."""
    if start + 1 < len(tokens) and tokens[start].type == "paragraph_open":
        return inline_text(tokens[start + 1].children or (), pictures=False)
    return ""


def _label_tables(tokens: list[Token]) -> None:
    table: Token | None = None
    for number, token in enumerate(tokens):
        if token.type == "table_open":
            table = token
            table.meta["columns"] = []
        elif token.type == "th_open" and table:
            table.meta["columns"].append(inline_text(tokens[number + 1].children or (), pictures=False))


def _quotes(tokens: list[Token]) -> list[Token]:
    """Block quotes; one whose last line says who said it becomes a figure with a caption."""
    out: list[Token | None] = []
    opened: list[int] = []
    for token in tokens:
        if token.type == "blockquote_open":
            opened.append(len(out))
            out.append(None)
        out.append(token)
        if token.type == "blockquote_close":
            start = opened.pop()
            if caption := _take_caption(out, start):
                out[start] = Token("quote_open", "figure", 1, block=True, attrs={"class": "quote"})
                out += [*caption, Token("quote_close", "figure", -1, block=True)]
    return [token for token in out if token]


def _take_caption(out: list[Token | None], start: int) -> list[Token]:
    """Take the attribution out of the quote that begins at `start` and ends `out`."""
    inline = out[-3] if len(out) - start > 4 and out[-2] and out[-2].type == "paragraph_close" else None
    children = inline.children if inline else None
    if not inline or not children:
        return []
    cut = _last_line(children)
    said_by = children[cut:]
    if not said_by or said_by[0].type != "text" or not (dash := _SAID_BY.match(said_by[0].content)):
        return []
    if cut == 0 and len(out) - start < 7:  # a quote of nothing
        return []
    said_by[0].content = said_by[0].content[dash.end() :]
    if cut:
        inline.children = children[: cut - 1]
    else:
        del out[-4:-1]
    return _caption(said_by)


def _last_line(children: list[Token]) -> int:
    """Where the last line begins; a break within emphasis or a link begins none."""
    for number in range(len(children) - 1, -1, -1):
        if children[number].type in _BREAKS:
            return number + 1 if children[number].level == 0 else len(children)
    return 0


def _caption(said_by: list[Token]) -> list[Token]:
    last = said_by[-1]
    paraphrase = last.type == "text" and _PARAPHRASE.search(last.content)
    if paraphrase:
        last.content = last.content[: paraphrase.start()]
    meta = {"paraphrase": bool(paraphrase)}
    return [
        Token("said_by_open", "figcaption", 1, block=True, meta=meta),
        Token("inline", "", 0, block=True, children=said_by),
        Token("said_by_close", "figcaption", -1, block=True, meta=meta),
    ]
