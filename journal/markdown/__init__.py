"""The one Markdown renderer: pages, preview, reports and exports all come through here.

No rows and no request are known here: text in, HTML or plain facts out. Everything takes the audience, and for
`Audience.OTHERS` what is off the record is cut before anything is parsed (see `off_record`).
"""

import hashlib
import re
from collections.abc import Mapping

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from journal.markdown.html import Picture, to_html
from journal.markdown.off_record import blocks, is_fence
from journal.markdown.parser import Audience, find_code, parse
from journal.markdown.reading import FollowUp, Gathered, Quote, Reference, gather_from, shorten, text_of
from journal.markdown.source import lines_of, normalise
from journal.shelf import Shelf

__all__ = [
    "Audience",
    "FollowUp",
    "Gathered",
    "Picture",
    "Quote",
    "Reference",
    "fence_count",
    "gather",
    "has_private",
    "normalise",
    "plain",
    "private_spans",
    "render",
    "render_preview",
]

_DOC_ID = re.compile(r"[a-z0-9-]+")
# A text is parsed when it is first read, not at every look: a journal of two hundred entries would cost half a second.
# The key holds everything that the HTML depends on.
_rendered: Shelf[SafeString] = Shelf(2000)


def render(
    text: str,
    *,
    doc_id: str,
    audience: Audience = Audience.OWNER,
    pictures: Mapping[str, Picture] | None = None,
) -> SafeString:
    """The text as clean HTML. Labels are in the active language.

    `doc_id` keeps the footnotes of several texts on one page apart; ValueError if it is not made of a-z, 0-9 and "-".
    `pictures` is keyed by uid in lower case; a uid it lacks is shown as missing to the owner, and not at all to others.
    """
    if not _DOC_ID.fullmatch(doc_id):
        raise ValueError(f"A doc_id has only a-z, 0-9 and -, not {doc_id!r}")
    lowered = text.lower() if pictures else ""
    shown = {uid: picture for uid, picture in (pictures or {}).items() if uid in lowered}
    key = (_digest(text), doc_id, audience, get_language(), tuple(shown.items()))
    return _rendered.get(key, lambda: _render(text, doc_id, audience, shown))


def _render(text: str, doc_id: str, audience: Audience, pictures: Mapping[str, Picture]) -> SafeString:
    html = to_html(parse(text, audience), doc_id, audience, pictures)
    return mark_safe(html)  # noqa: S308  # nh3 has just cleaned it


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=16).digest()


def render_preview(text: str) -> str:
    """The text as its owner will see it, for the editor's live preview; it knows no pictures."""
    return render(text, doc_id="preview")


def plain(text: str, *, audience: Audience, limit: int | None = None) -> str:
    """The text on one line without markup or footnotes, at most `limit` characters, ellipsis included.

    Others get no alternative texts: which pictures are private is not known here.
    """
    words = text_of(parse(text, audience), alt_texts=audience is Audience.OWNER)
    return words if limit is None else shorten(words, limit)


def gather(text: str, *, audience: Audience) -> Gathered:
    """What can be read out of the text. Pictures are only named: whether one is private its row must say."""
    return gather_from(parse(text, audience), alt_texts=audience is Audience.OWNER)


def has_private(text: str) -> bool:
    """Whether any part of the text is off the record."""
    return any(is_fence(line) for line in lines_of(text))


def fence_count(text: str) -> int:
    """How many lines open or may close a private block, those in code fences included."""
    return sum(is_fence(line) for line in lines_of(text))


def private_spans(text: str) -> tuple[tuple[int, int], ...]:
    """First and last line, from 1 and fences included, of every private block of the text in its normal form."""
    return tuple((block.first + 1, block.last + 1) for block in blocks(lines_of(text), find_code))
