"""Inline parsing that knows that Korean writes particles directly behind a word.

CommonMark lets a run of stars close only where punctuation before it is followed by white space or punctuation, so
`**벤지오(Bengio)**는` stays unmarked. Here a neighbouring Hangul, kana or Han character counts like white space on
that other side, as it is not held apart by spaces. Underscores keep the rule of CommonMark, so snake_case stays.
"""

import re
from typing import Any

from linkify_it import LinkifyIt
from linkify_it.main import Match
from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.helpers import parseLinkDestination, parseLinkLabel, parseLinkTitle
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token

_SPACELESS = re.compile(
    "[\u1100-\u11ff\u3005-\u3007\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f"
    "\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc\U00020000-\U0003ffff]"
)
# Hangul directly behind Latin within one part of an address is a particle, and no more the address.
_PARTICLE = re.compile("(?<=[A-Za-z0-9)])[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
_AFTER_HOST = re.compile(r"(\.[A-Za-z]{2,24})[\uac00-\ud7a3]")
_PARTS = re.compile(r"([/?&=#_.:%+-]+)")
# Without a scheme only these are taken for addresses: train.py and README.md are files.
_HOST = re.compile(r"(?i)www\.|[^/?#:]*@|[^/?#:]+\.(?:com|net|org|edu|gov|info|kr|jp|ai|io)(?![^/?#:])")
_MAX_ADDRESS = 2000
_MAX_DEPTH = 6


def _is_punctuation(character: str) -> bool:
    return isMdAsciiPunct(ord(character)) or isPunctChar(character)


class KoreanState(StateInline):
    """Inline state whose stars and tildes flank Korean words (see the module)."""

    def __init__(self, src: str, md: MarkdownIt, env: Any, outTokens: list[Token]) -> None:  # noqa: N803
        super().__init__(src, md, env, outTokens)
        self.last_bracket = src.rfind("]")

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: FBT001, N802, N803  # the parser's names
        """Whether the run of markers at `start` may open and may close."""
        scanned = super().scanDelims(start, canSplitWord)
        end = start + scanned.length
        before = self.src[start - 1] if start else " "
        after = self.src[end] if end < self.posMax else " "
        if not canSplitWord or (isWhiteSpace(ord(before)) and isWhiteSpace(ord(after))):
            return scanned
        opens = scanned.can_open or (_is_punctuation(after) and _SPACELESS.match(before) is not None)
        closes = scanned.can_close or (_is_punctuation(before) and _SPACELESS.match(after) is not None)
        return Scanned(opens, closes, scanned.length)


class KoreanHelpers:
    """The parser's helpers, the search for the end of a label spared where no bracket closes any more."""

    parseLinkDestination = staticmethod(parseLinkDestination)  # noqa: N815  # the parser's names
    parseLinkTitle = staticmethod(parseLinkTitle)  # noqa: N815

    @staticmethod
    def parseLinkLabel(state: StateInline, start: int, disableNested: bool = False) -> int:  # noqa: FBT001, FBT002, N802, N803
        """The index of the bracket that closes the label, or -1."""
        last = state.last_bracket if isinstance(state, KoreanState) else state.posMax
        return parseLinkLabel(state, start, disableNested) if start < last else -1


class KoreanInline(ParserInline):
    """The inline parser over `KoreanState`, with bounds on what lies within one another: pictures, and brackets."""

    def skipToken(self, state: StateInline) -> None:  # noqa: N802
        """Look ahead over one token. Each bracket counts threefold: looking ahead costs length times depth."""
        state.level += 2
        super().skipToken(state)
        state.level -= 2

    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        """Append the inline tokens of `src` to `tokens`."""
        depth = env.get("inline_depth", 0)
        if depth >= _MAX_DEPTH:
            tokens.append(Token("text", "", 0, content=src))
            return tokens
        env["inline_depth"] = depth + 1
        state = KoreanState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        env["inline_depth"] = depth
        return state.tokens


class KoreanLinks(LinkifyIt):
    """Finds bare addresses, without a Korean particle behind one and without file names that look like hosts."""

    def test(self, text: str) -> bool:
        """Whether `match` is worth its while."""
        return self.pretest(text)

    def match(self, text: str) -> list[Match] | None:
        """All addresses in the text, or None."""
        found = [_without_particle(match) for match in super().match(_AFTER_HOST.sub(r"\1 ", text)) or []]
        return [match for match in found if match.schema or _HOST.match(match.text)] or None

    def match_at_start(self, text: str) -> Match | None:
        """The address with a scheme at the start of the text."""
        found = super().match_at_start(_AFTER_HOST.sub(r"\1 ", text[:_MAX_ADDRESS]))
        return _without_particle(found) if found else None


def _without_particle(match: Match) -> Match:
    extra = len(match.text) - len(_trim(match.text))
    if extra:
        match.text, match.raw, match.url = match.text[:-extra], match.raw[:-extra], match.url[:-extra]
        match.last_index -= extra
    return match


def _trim(address: str) -> str:
    """The address up to a particle; a part that begins in Hangul is kept whole, as in `/wiki/베이지안`."""
    parts = _PARTS.split(address)
    for number, part in enumerate(parts):
        if part[:1].isascii() and (particle := _PARTICLE.search(part)):
            return "".join(parts[:number]) + part[: particle.start()]
    return address
