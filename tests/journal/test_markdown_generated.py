"""Generated texts: nothing raises, nothing strange comes out, nothing private leaves."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from journal.markdown import Audience, Picture, gather, has_private, plain, private_spans, render
from journal.markdown.html import ATTRIBUTES, CLASSES, TAGS, VALUES

MARKER = "zqMARKERqz"
PICTURES = {"marker": Picture(url=f"/{MARKER}", width=1, height=1, alt=MARKER)}

signs = st.sampled_from(
    [*"[]()*_~`>#-+!@:：^\\|<&\"'=.\n\n\n\t ", "가", "a", "1", "**", "](", "![", "@[", "[^", "[^1]", "[^1]: ", "```",
     "\n- ", "\n> ", "\n1. ", "\n:::", ":::\n", "- [ ] ", "— ", "photo:x", "https://a.kr/", "speaker:a", "|-|"]
)  # fmt: skip
texts = st.one_of(st.text(), st.lists(signs, max_size=80).map("".join))


class Reader(HTMLParser):
    """Collects what is not on the list of allowed tags, attributes and classes."""

    def __init__(self) -> None:
        super().__init__()
        self.strange: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag not in TAGS:
            self.strange.append(tag)
        allowed = {*ATTRIBUTES.get(tag, ()), *VALUES.get(tag, ()), "class"}
        for name, value in attrs:
            if name not in allowed or (name == "class" and not {*(value or "").split()} <= CLASSES.get(tag, set())):
                self.strange.append(f"{tag} {name}={value}")
            if name == "href" and not value.startswith(("http:", "https:", "mailto:", "tel:", "#fn", "/")):
                self.strange.append(value)
        if tag not in ("br", "hr", "img", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.strange.append(f"/{tag}")

    def handle_comment(self, data):
        self.strange.append(data)


def read(html: str) -> list[str]:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader.strange + reader.open


@given(texts, st.sampled_from(Audience))
def test_any_text_renders_to_allowed_html(text, audience):
    assert read(render(text, doc_id="n", audience=audience, pictures=PICTURES)) == []
    assert "\n" not in plain(text, audience=audience)
    gather(text, audience=audience)


@given(texts.filter(lambda text: not has_private(text) and "photo:" not in text))
def test_without_a_fence_everybody_reads_the_same(text):
    assert render(text, doc_id="n", audience=Audience.OTHERS) == render(text, doc_id="n")
    assert gather(text, audience=Audience.OTHERS) == gather(text, audience=Audience.OWNER)
    assert private_spans(text) == ()


def _with(piece: str) -> st.SearchStrategy[str]:
    """A piece of a text, indented anyhow."""
    indents = st.sampled_from(["", " ", "  ", "    ", "> ", "> > ", "- ", "  - ", "1. ", "\t"])
    return indents.map(lambda indent: "\n".join(indent + line for line in piece.split("\n")))


def pieces(word: str, name: str) -> st.SearchStrategy[str]:
    """Whole pieces of Markdown that hold the word; none begins a line with two colons, or leaves code open."""
    plain_pieces = [
        word, f"**{word}(a)**는", f"# {word}", f"- {word}\n  - {word}", f"> {word}\n> — {word} (옮김)", f"- [ ] {word}",
        f"```\n{word}\n```", f"|{word}|b|\n|-|-|\n|a|{word}|", f"#{word}", f"{word}\n===", f"`{word}`", f"    {word}",
        f"[{word}](https://{word}.kr)", f"[^{word}]", f"[^{word}]: {word}", f"[{word}]: https://{word}.kr", f"[{word}]",
        f"![{word}](photo:{name})", f"@[{word}](speaker:{name})", f"1. {word}\n\n   {word}", f"https://{word}.kr",
        f"<!-- {word} -->", f"\n{word}\n", f"[x]: {word}",
    ]  # fmt: skip
    return st.sampled_from(plain_pieces).flatmap(_with)


# Code that holds fences closes no block; an indent of four would make text of it.
code = st.sampled_from([
    f"```\n:::\n{MARKER}\n```", f"~~~ {MARKER}\n:: {MARKER}\n:::\n~~~",
    f"- ```\n  {MARKER}\n  :::\n  ```",
])  # fmt: skip
ends = st.sampled_from(["[^1]: 봄", "[x]", "```", "> ", "- 봄", "[봄", "**봄"])
public = st.lists(st.one_of(pieces("봄", "open"), ends), max_size=4).map("\n".join)
secret = st.lists(st.one_of(pieces(MARKER, "marker"), code, st.just("[^only]")), max_size=6).map("\n".join)
openings = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "  ", "\t", "- ", "> ", "> - ", "1. ", "\u200b", "\xa0", "# ", "    "]),
    st.sampled_from(["::", ":::", "：：", ":：", "::::"]),
    st.sampled_from(["", " private", " 비밀", "비공개", " PRIVATE", " else", f" {MARKER}", f"{MARKER} **{MARKER}"]),
)
# Footnotes that stand in public and are used inside only, one of them only by the other.
NOTES = f"[^only]: {MARKER} [^deep]\n\n[^deep]: {MARKER} ![](photo:marker)\n\n"


@given(public, openings, secret, st.booleans(), public)
def test_a_marker_in_a_block_never_reaches_others(before, opening, inside, closed, after):
    text = f"{NOTES}{before}\n{opening}\n{inside}" + (f"\n:::\n{after}" if closed else "")
    others = render(text, doc_id="n", audience=Audience.OTHERS, pictures=PICTURES)
    gathered = gather(text, audience=Audience.OTHERS)
    for out in (others, plain(text, audience=Audience.OTHERS), repr(gathered)):
        assert "marker" not in out.lower()


@given(openings, secret)
def test_the_owner_sees_what_is_written_after_a_fence(opening, inside):
    assert "봄봄" in render(f"앞\n{opening}\n{inside}\n\n봄봄", doc_id="n")
