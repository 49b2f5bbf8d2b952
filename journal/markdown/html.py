"""From tokens to HTML, and through the sanitiser."""

import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import nh3
from django.utils.translation import gettext, pgettext
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from journal.markdown.parser import Audience
from journal.markdown.shape import inline_text, photo_uid

_OPTIONS = OptionsDict({"breaks": True, "xhtmlOut": False, "highlight": None, "langPrefix": ""})  # type: ignore[typeddict-item]
_REL = "noopener noreferrer nofollow ugc"
_ID = re.compile(r"(?:fn|fnref)-[a-z0-9-]+")
_MAX_LABEL = 80
_local = threading.local()

TAGS = frozenset(
    {"a", "aside", "blockquote", "br", "code", "div", "em", "figcaption", "figure", "h3", "h4", "h5", "h6", "hr"}
    | {"img", "input", "li", "ol", "p", "pre", "s", "span", "strong", "sup"}
    | {"table", "tbody", "td", "th", "thead", "tr", "ul"}
)
ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "title", "id", "aria-label"},
    "aside": set(),
    "div": {"aria-label"},
    "img": {"src", "width", "height", "alt"},
    "input": {"checked", "disabled", "aria-label"},
    "li": {"id"},
    "ol": {"start"},
}
VALUES = {
    "a": {"rel": {_REL}},
    "aside": {"role": {"note"}},
    "div": {"tabindex": {"0"}, "role": {"region"}},
    "img": {"loading": {"lazy"}, "decoding": {"async"}},
    "input": {"type": {"checkbox"}},
    "pre": {"tabindex": {"0"}},
}
CLASSES = {
    "a": {"reference", "remote-image", "footnote-back"},
    "aside": {"off-record"},
    "div": {"table-scroll", "footnotes"},
    "figure": {"quote", "picture", "is-tall"},
    "li": {"task-item", "is-done"},
    "ol": {"task-list"},
    "p": {"off-record-label"},
    "span": {"paraphrase", "picture-missing", "remote-image", "tag"},
    "sup": {"footnote-ref"},
    "td": {"align-left", "align-center", "align-right"},
    "th": {"align-left", "align-center", "align-right"},
    "ul": {"task-list"},
}


@dataclass(frozen=True)
class Picture:
    """A picture as a text may show it. `hidden` says that its owner keeps it to herself."""

    url: str
    width: int
    height: int
    alt: str
    caption: str = ""
    hidden: bool = False


def to_html(tokens: list[Token], doc_id: str, audience: Audience, pictures: Mapping[str, Picture]) -> str:
    """Clean HTML of parsed tokens."""
    tokens = _Placing(audience, pictures).place(tokens)
    return _cleaner().clean(_Renderer().render(tokens, _OPTIONS, {"doc_id": doc_id}))


def _cleaner() -> nh3.Cleaner:
    """The sanitiser of this thread; one must not serve two."""
    if not hasattr(_local, "cleaner"):
        _local.cleaner = nh3.Cleaner(
            tags=set(TAGS),
            attributes=ATTRIBUTES,
            tag_attribute_values=VALUES,
            allowed_classes=CLASSES,
            attribute_filter=_own_ids,
            url_schemes={"http", "https", "mailto", "tel"},
            link_rel=None,
        )
    return _local.cleaner


def _own_ids(_tag: str, attribute: str, value: str) -> str | None:
    return None if attribute == "id" and not _ID.fullmatch(value) else value


class _Placing:
    """Puts pictures where the text names them, or nothing where a reader must not know of them."""

    def __init__(self, audience: Audience, pictures: Mapping[str, Picture]) -> None:
        self.audience = audience
        self.pictures = pictures

    def place(self, tokens: list[Token]) -> list[Token]:
        """The tokens with pictures in place of image tokens; a paragraph of pictures only becomes figures."""
        out: list[Token] = []
        for number, token in enumerate(tokens):
            if token.type != "inline" or not any(child.type == "image" for child in token.children or ()):
                out.append(token)
                continue
            token.children = [new for child in token.children or () if (new := self._child(child))]
            if number and tokens[number - 1].type == "paragraph_open":
                tokens[number - 1].hidden = tokens[number + 1].hidden = tokens[number - 1].hidden or _is_only_pictures(
                    token.children
                )
            if _is_only_pictures(token.children):
                token.children = [_as_figure(child) for child in token.children if child.type == "picture"]
            out.append(token)
        return out

    def _child(self, token: Token) -> Token | None:
        if token.type != "image":
            return token
        alt, uid = inline_text(token.children or ()), photo_uid(token)
        if uid is None:
            return _remote(token, alt)
        picture = self.pictures.get(uid)
        if self.audience is Audience.OTHERS and (picture is None or picture.hidden):
            return None
        if picture is None:
            return Token("picture_missing", "span", 0, content=alt)
        return Token("picture", "img", 0, meta={"picture": picture, "alt": alt or picture.alt})


def _is_only_pictures(children: Sequence[Token]) -> bool:
    return all(
        child.type in ("picture", "softbreak", "hardbreak") or (child.type == "text" and not child.content.strip())
        for child in children
    )


def _as_figure(token: Token) -> Token:
    token.type = "picture_figure"
    return token


def _remote(token: Token, alt: str) -> Token:
    address = str(token.attrs["src"])
    linked = token.meta.get("linked") or address.lower().startswith("data:")
    shown = alt or (gettext("Picture") if linked else address)
    return Token("remote_image", "span", 0, content=shown, meta={"address": None if linked else address})


class _Renderer(RendererHTML):
    """One method for each kind of token that is not plain HTML."""

    def _id(self, env: Any, meta: dict[str, int]) -> str:
        first = meta["use"] == 1
        return f"fnref-{env['doc_id']}-{meta['number']}" + ("" if first else f"-{meta['use']}")

    def off_record_open(self, *_: Any) -> str:
        label = gettext("Off the record · never leaves")
        return f'<aside class="off-record" role="note">\n<p class="off-record-label">{escapeHtml(label)}</p>\n'

    def list_item_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Any) -> str:
        token = tokens[idx]
        opening = self.renderToken(tokens, idx, options, env)
        if "checked" not in token.meta:
            return opening
        label = " ".join(token.meta["label"].split())[:_MAX_LABEL] or gettext("Follow-up")
        checked = " checked" if token.meta["checked"] else ""
        return f'{opening}<input type="checkbox" disabled{checked} aria-label="{escapeHtml(label)}"> '

    def table_open(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        columns = ", ".join(column for column in tokens[idx].meta["columns"] if column)
        label = gettext("Table: %(columns)s") % {"columns": columns[:_MAX_LABEL]} if columns else gettext("Table")
        return f'<div class="table-scroll" tabindex="0" role="region" aria-label="{escapeHtml(label)}">\n<table>\n'

    def table_close(self, *_: Any) -> str:
        return "</table>\n</div>\n"

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Any) -> str:
        return f'<pre tabindex="0"><code>{escapeHtml(tokens[idx].content)}</code></pre>\n'

    def code_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Any) -> str:
        return self.fence(tokens, idx, options, env)

    def tag(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        return f'<span class="tag">#{escapeHtml(tokens[idx].content)}</span>'

    def said_by_close(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        if not tokens[idx].meta["paraphrase"]:
            return "</figcaption>\n"
        label = pgettext("beside the name of who is quoted", "paraphrase")
        return f' <span class="paraphrase">{escapeHtml(label)}</span></figcaption>\n'

    def picture(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        picture, alt = tokens[idx].meta["picture"], tokens[idx].meta["alt"]
        return (
            f'<img src="{escapeHtml(picture.url)}" width="{picture.width:d}" height="{picture.height:d}"'
            f' alt="{escapeHtml(alt)}" loading="lazy" decoding="async">'
        )

    def picture_figure(self, tokens: Sequence[Token], idx: int, *rest: Any) -> str:
        shown = tokens[idx].meta["picture"]
        caption, tall = shown.caption, " is-tall" if shown.height > shown.width else ""
        words = f"<figcaption>{escapeHtml(caption)}</figcaption>" if caption else ""
        return f'<figure class="picture{tall}">{self.picture(tokens, idx, *rest)}{words}</figure>\n'

    def picture_missing(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        shown = tokens[idx].content or gettext("Missing picture")
        return f'<span class="picture-missing">{escapeHtml(shown)}</span>'

    def remote_image(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        token = tokens[idx]
        if not (address := token.meta["address"]):
            return f'<span class="remote-image">{escapeHtml(token.content)}</span>'
        return f'<a class="remote-image" href="{escapeHtml(address)}" rel="{_REL}">{escapeHtml(token.content)}</a>'

    def footnote_ref(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Any) -> str:
        meta = tokens[idx].meta
        label = gettext("Footnote %(number)s") % {"number": meta["number"]}
        return (
            f'<sup class="footnote-ref"><a href="#fn-{env["doc_id"]}-{meta["number"]}" id="{self._id(env, meta)}"'
            f' aria-label="{escapeHtml(label)}">{meta["number"]}</a></sup>'
        )

    def footnote_block_open(self, *_: Any) -> str:
        return '<div class="footnotes">\n<ol>\n'

    def footnote_block_close(self, *_: Any) -> str:
        return "</ol>\n</div>\n"

    def footnote_open(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Any) -> str:
        return f'<li id="fn-{env["doc_id"]}-{tokens[idx].meta["number"]}">'

    def footnote_back(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Any) -> str:
        meta = tokens[idx].meta
        label = gettext("Back from footnote %(number)s to the text") % {"number": meta["number"]}
        return (
            f' <a class="footnote-back" href="#{self._id(env, meta)}" aria-label="{escapeHtml(label)}">\u21a9\ufe0e</a>'
        )
