"""From text to tokens: the segments a reader may see, each parsed for itself, then read as one document."""

import threading
from collections.abc import Sequence
from enum import Enum

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from journal.markdown.footnotes import collect_footnotes
from journal.markdown.inline import add_inline_rules
from journal.markdown.korean import KoreanHelpers, KoreanInline, KoreanLinks
from journal.markdown.off_record import CodeFence, Segment, segments
from journal.markdown.shape import shape
from journal.markdown.source import lines_of

_OPTIONS = {"html": False, "linkify": True, "breaks": True, "tasklists": True, "maxNesting": 24}
_SCHEMES = ("http:", "https:", "mailto:", "tel:")
_PICTURE_SCHEMES = ("photo:", "data:")
_local = threading.local()


class Audience(Enum):
    """For whom a text is read: its owner, or anybody else."""

    OWNER = "owner"
    OTHERS = "others"


def parse(text: str, audience: Audience) -> list[Token]:
    """The tokens of what the audience may read. Nothing private is among them for others, nor in their `meta`."""
    parser = _parser()
    visible = [
        segment for segment in segments(lines_of(text), find_code) if audience is Audience.OWNER or not segment.private
    ]
    return parser.parse("", {"segments": visible})


def find_code(lines: Sequence[str]) -> list[CodeFence]:
    """The code fences among the lines, as the parser sees them."""
    tokens: list[Token] = []
    parser = _parser()
    parser.block.parse("\n".join(lines), parser, {}, tokens)
    fences = [token for token in tokens if token.type == "fence"]
    return [CodeFence(start, end, f.markup + f.info) for f in fences for start, end in [f.map or (0, 0)]]


def _parser() -> MarkdownIt:
    """The parser of this thread. A parse keeps its state in objects of its own, but no promise says so for the
    parser and the finder of addresses, and making one costs some milliseconds."""
    if not hasattr(_local, "parser"):
        _local.parser = _make_parser()
    return _local.parser


def _make_parser() -> MarkdownIt:
    parser = MarkdownIt("js-default", _OPTIONS)
    parser.inline = KoreanInline()
    parser.linkify = KoreanLinks()
    parser.helpers = KoreanHelpers  # type: ignore[assignment]
    parser.validateLink = _is_allowed  # type: ignore[method-assign,assignment]
    parser.use(footnote_plugin, inline=False, move_to_end=False)
    add_inline_rules(parser)
    parser.core.ruler.at("block", _parse_segments)
    parser.core.ruler.after("inline", "footnotes", collect_footnotes)
    parser.core.ruler.push("shape", shape)
    return parser


def _is_allowed(address: str) -> bool:
    """Picture addresses pass too: whether a link or a picture is meant is known only later (see `shape`)."""
    return address.lower().startswith(_SCHEMES + _PICTURE_SCHEMES)


def _parse_segments(state: StateCore) -> None:
    for segment in state.env["segments"]:
        if segment.private:
            state.tokens.append(Token("off_record_open", "aside", 1, block=True))
        state.tokens.extend(_block_tokens(state, segment))
        if segment.private:
            state.tokens.append(Token("off_record_close", "aside", -1, block=True))


def _block_tokens(state: StateCore, segment: Segment) -> list[Token]:
    tokens: list[Token] = []
    state.md.block.parse("\n".join(segment.lines), state.md, state.env, tokens)
    seen: set[int] = set()
    for token in tokens:
        if token.map and id(token.map) not in seen:
            seen.add(id(token.map))
            token.map[:] = [line + segment.offset for line in token.map]
    return tokens
