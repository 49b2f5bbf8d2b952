"""Footnotes: gathered at the end, numbered as they are first met, and only those that can be reached.

The plug-in counts a mark inside a footnote that nothing refers to; a footnote used only off the record would keep its
own footnotes alive for other readers. So reachability starts here from the text itself.
"""

from collections.abc import Iterator

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

Definitions = dict[str, list[Token]]


def collect_footnotes(state: StateCore) -> None:
    """Core rule: move the definitions that the text leads to behind it, drop the others."""
    if "footnotes" not in state.env:
        return
    body, definitions = _take_definitions(state.tokens)
    uses = _number(body, definitions)
    state.tokens = body
    if uses:
        state.tokens.append(Token("footnote_block_open", "div", 1, block=True))
        for number, (label, count) in enumerate(uses.items(), 1):
            state.tokens.extend(_item(number, count, definitions[label]))
        state.tokens.append(Token("footnote_block_close", "div", -1, block=True))


def _take_definitions(tokens: list[Token]) -> tuple[list[Token], Definitions]:
    body: list[Token] = []
    definitions: Definitions = {}
    targets = [body]
    for token in tokens:
        if token.type == "footnote_reference_open":
            content: list[Token] = []
            definitions.setdefault(token.meta["label"], content)
            targets.append(content)
        elif token.type == "footnote_reference_close":
            targets.pop()
        else:
            targets[-1].append(token)
    return body, definitions


def _number(body: list[Token], definitions: Definitions) -> dict[str, int]:
    """Number all marks that can be reached; the result says how often each label is used, in order of number."""
    uses: dict[str, int] = {}
    numbers: dict[str, int] = {}
    waiting = [body]
    for tokens in waiting:
        for mark in _marks(tokens):
            label = mark.meta["label"]
            if label not in numbers:
                numbers[label] = len(numbers) + 1
                waiting.append(definitions.setdefault(label, []))
            uses[label] = uses.get(label, 0) + 1
            mark.meta = {"number": numbers[label], "use": uses[label]}
    return uses


def _marks(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        for child in token.children or ():
            if child.type == "footnote_ref":
                yield child


def _item(number: int, count: int, content: list[Token]) -> Iterator[Token]:
    """A footnote as a list item, its ways back to the text at the end of its last paragraph."""
    yield Token("footnote_open", "li", 1, block=True, meta={"number": number})
    back = [Token("footnote_back", "a", 0, meta={"number": number, "use": use}) for use in range(1, count + 1)]
    if content and content[-1].type == "paragraph_close":
        yield from content[:-1]
        yield from back
        yield content[-1]
    else:
        yield from content
        yield from back
    yield Token("footnote_close", "li", -1, block=True)
