"""What people of a sample write: Markdown of 50 to 3,000 characters with everything that ours knows."""

from __future__ import annotations

import math
from collections.abc import Sequence

from journal.sample import words
from journal.sample.chance import Chance
from journal.sample.titles import abstract, title

SHORTEST, LONGEST = 50, 3000
_USUAL = math.log(380)


def text(chance: Chance, *, korean: bool, speakers: Sequence[tuple[str, str]], picture: str = "") -> str:
    """Paragraphs up to a drawn length, most of them some hundred characters.

    `speakers` are (name, slug) to refer to, `picture` the uid of one that stands in it.
    """
    wanted = min(LONGEST - 160, max(SHORTEST, round(chance.lognormvariate(_USUAL, 0.8))))
    parts = [_plain(chance, korean=korean)]
    if picture:
        parts.append(f"![{chance.one(words.DISHES)}](photo:{picture})")
    while (length := len("\n\n".join(parts))) < wanted:
        part = _part(chance, korean=korean, speakers=speakers)
        if length + len(part) > LONGEST - 100:
            break
        parts.append(part)
    return "\n\n".join(parts).ljust(SHORTEST, ".")


def drafts(chance: Chance, final: str, versions: int) -> list[str]:
    """The texts of versions 1 … `versions`, the last one final: each a longer beginning of it."""
    blocks = final.split("\n\n")
    cuts = sorted(chance.randint(1, len(blocks)) for _version in range(versions - 1))
    return [*("\n\n".join(blocks[:cut]) for cut in cuts), final]


def _part(chance: Chance, *, korean: bool, speakers: Sequence[tuple[str, str]]) -> str:
    drawn = chance.random()
    if drawn < 0.52:
        return _plain(chance, korean=korean)
    if drawn < 0.64:
        return _quote(chance, korean=korean, speakers=speakers)
    if drawn < 0.74:
        return "\n".join(
            f"- [{chance.one(' x')}] {title(chance, korean=korean)}" for _row in range(chance.randint(1, 3))
        )
    if drawn < 0.82:
        return " ".join(f"#{tag}" for tag in chance.some(words.TAGS, 3))
    if drawn < 0.88:
        return "\n".join(f"{n + 1}. **{title(chance, korean=korean)}**" for n in range(chance.randint(2, 4)))
    if drawn < 0.93 and speakers:
        name, slug = chance.one(speakers)
        return f"@[{name}](speaker:{slug}) — {title(chance, korean=korean)}"
    if drawn < 0.97:
        return f"::: {chance.one(('비밀', 'private'))}\n{_plain(chance, korean=korean)}\n:::"
    return f"## {title(chance, korean=korean)[:80]}"


def _plain(chance: Chance, *, korean: bool) -> str:
    return abstract(chance, korean=korean) if chance.maybe(0.6) else f"{title(chance, korean=korean)}."


def _quote(chance: Chance, *, korean: bool, speakers: Sequence[tuple[str, str]]) -> str:
    said = f"> {title(chance, korean=korean)}."
    if not speakers:
        return said
    name, slug = chance.one(speakers)
    return f"{said}\n> — @[{name}](speaker:{slug})"
