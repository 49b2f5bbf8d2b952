"""Off the record: which lines of a text are private.

This is a scan over source lines, made before Markdown sees any of them. Both audiences are served from its one
answer: the text is cut into segments, every segment is parsed for itself, and readers other than the owner get the
public segments only. What is private can therefore not be gathered, counted, numbered or resolved for them, and no
list, quote, heading or paragraph reaches across a fence.

A block opens at any line that begins with two or more colons: full-width and look-alike colons too, behind any
indent, invisible character, quote mark, list mark, heading mark, task box, footnote label or comment mark, whatever
follows, and also inside a code fence. It closes at a bare fence (colons and white space only; behind quote marks if
the opening line stood behind as many) outside any code fence, else with the text. Blocks do not nest: the first bare
fence closes, the next fence opens again. A backslash keeps a line public that has to begin so: "\\:: like this".

Code fences are judged by the Markdown parser itself. A block that opens inside a code fence runs to the end of the
text: whether the next mark of code ends that code or begins some in the block, and so which bare fence lies outside,
can be read both ways, and of two readings the closed one holds.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

# Characters that show nothing: a line that seems to begin with colons begins with colons.
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_COLON = ":\uff1a\ufe55\ufe13\u2236\u2237\ua789"  # U+2237 is two colons in one character
_BLANK = rf"[\s{_INVISIBLE}]"
_PREFIX = rf"(?:{_BLANK}|[>#*+•-]|\d{{1,9}}[.)]|\[[ xX]\]|\[\^[^\s\]]*\]:|<!--)*+"
_COLONS = rf"(?:\u2237|[{_COLON}][{_INVISIBLE}]*+[{_COLON}])[{_COLON}{_INVISIBLE}]*+"

_FENCE = re.compile(rf"(?P<prefix>{_PREFIX}){_COLONS}(?P<rest>.*)")
_BARE_FENCE = re.compile(rf"{_BLANK}*+{_COLONS}{_BLANK}*+$")
_WORD = re.compile(r"\s*(?:private|비밀|비공개)(?![\w-])[\s:：]*", re.IGNORECASE)
_QUOTE_MARK = re.compile(r"[ \t]*> ?")
_CODE_MARK = re.compile(r"`{3}|~{3}")


class CodeFence(NamedTuple):
    """Lines from `start` to before `end` that are one code fence, and what its first line says."""

    start: int
    end: int
    opening: str


FindCode = Callable[[Sequence[str]], list[CodeFence]]


@dataclass(frozen=True)
class Segment:
    """Lines of one kind. Line n of `lines` comes from line `offset + n` (from 0) of the text."""

    lines: list[str]
    offset: int
    private: bool = False


@dataclass(frozen=True)
class Block:
    """A private block: its first and last line (from 0, fences included) and what stands between them."""

    first: int
    last: int
    content: Segment


def is_fence(line: str) -> bool:
    """Whether the line opens a private block where none is open."""
    return _FENCE.match(line) is not None


def blocks(lines: Sequence[str], find_code: FindCode) -> Iterator[Block]:
    """The private blocks of the text, in order."""
    start = 0
    for number, line in enumerate(lines):
        if number >= start and (fence := _FENCE.match(line)):
            code = _code_around(lines[start : number + 1], find_code)
            block = _block(lines, number, fence, code, find_code)
            start = block.last + 1
            yield block


def segments(lines: Sequence[str], find_code: FindCode) -> Iterator[Segment]:
    """The whole text as public and private segments, in order; fence lines are in neither."""
    start = 0
    for block in blocks(lines, find_code):
        if block.first > start:
            yield Segment(list(lines[start : block.first]), start)
        yield block.content
        start = block.last + 1
    if start < len(lines):
        yield Segment(list(lines[start:]), start)


def _code_around(before: Sequence[str], find_code: FindCode) -> str | None:
    """The opening line of the code fence in which the last line of `before` stands, if it stands in one."""
    if not any(_CODE_MARK.search(line) for line in before):
        return None
    last = len(before) - 1
    return next((code.opening for code in find_code(before) if code.start <= last < code.end), None)


def _block(lines: Sequence[str], first: int, fence: re.Match[str], code: str | None, find_code: FindCode) -> Block:
    inside = _Inside(lines, first, fence["prefix"], find_code)
    closing = inside.closing(never=code is not None)
    content = [_WORD.sub("", fence["rest"], count=1), *inside.read[1:closing]]
    last = len(lines) - 1 if closing is None else first + closing
    lead = [code] if code else []
    return Block(first, last, Segment(lead + content, first - len(lead), private=True))


class _Inside:
    """The lines after an opening fence, freed of the quote marks and the indent that stood before it.

    They are read as far as the closing fence asks for, so that many small blocks do not cost many long scans.
    """

    def __init__(self, lines: Sequence[str], first: int, prefix: str, find_code: FindCode) -> None:
        self.lines = lines
        self.next = first + 1
        self.depth = prefix.count(">")
        self.indent = len(prefix.rpartition(">")[2].expandtabs(4))
        self.read = [""]  # the fence line itself opens no code
        self.find_code = find_code
        self.code: set[int] = set()
        self.judged = 0

    def closing(self, *, never: bool) -> int | None:
        """The index in `read` of the closing fence; all of the text has been read if there is none."""
        number, may_be_code = 1, False
        while self._read_to(number):
            line = self.read[number]
            may_be_code = may_be_code or _CODE_MARK.search(line) is not None
            if not never and _BARE_FENCE.match(line) and not (may_be_code and self._is_code(number)):
                return number
            number += 1
        return None

    def _is_code(self, number: int) -> bool:
        if number >= self.judged:
            self._read_to(2 * number)
            self.code = {line for code in self.find_code(self.read) for line in range(code.start, code.end)}
            self.judged = len(self.read)
        return number in self.code

    def _read_to(self, number: int) -> bool:
        while len(self.read) <= number and self.next < len(self.lines):
            self.read.append(self._unwrap(self.lines[self.next]))
            self.next += 1
        return len(self.read) > number

    def _unwrap(self, line: str) -> str:
        """A line without that much of the container. One that lacks some has left it, and so have all after it."""
        if not line.strip():
            return line
        depth = 0
        while depth < self.depth and (mark := _QUOTE_MARK.match(line)):
            line = line[mark.end() :]
            depth += 1
        start = indent = 0
        while start < len(line) and indent < self.indent and line[start] in " \t":
            indent += 4 if line[start] == "\t" else 1
            start += 1
        self.depth, self.indent = depth, min(indent, self.indent)
        return line[start:]
