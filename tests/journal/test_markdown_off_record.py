"""Off the record fails closed: what opens, what closes, and what goes with it."""

import pytest
from django.utils import translation

from journal.markdown import Audience, fence_count, gather, has_private, plain, private_spans, render

OPENING = [
    "::: private", "::: 비밀", ":::비공개", "::", ":::::::", ":: whatever", "::: PRIVATE", "：：： 비밀", ":： x",
    "   ::: x", "        ::: x", "\t::: x", "\u3000::: x", "\xa0::: x", "\u200b::: x", "\ufeff::: x", "\u3164::: x",
    ":\u200b: x", "﹕﹕ x", "∷ x", "- ::: x", "* ::: x", "1. ::: x", "12) ::: x", "> ::: x", "> > - ::: x", ">::: x",
    "- [ ] ::: x", "# ::: x", "## :::", "[^1]: ::: x", "<!-- ::: x", "<!--\n::: x", "\x00::: x", "\x1b::: x",
    "문단\n::: x", "문단\r::: x", "문단\r\n::: x", "문단\u2028::: x", "문단\v::: x", "문단\f::: x", "문단\x85::: x",
    "- 항목\n::: x", "> 말\n::: x", "```\n::: x", "- ```\n  ::: x", "|a|\n|-|\n::: x", "[a]: b\n::: x",
]  # fmt: skip


def seen(text: str, audience: Audience = Audience.OTHERS) -> str:
    """Everything that goes out, as one string."""
    with translation.override("en"):
        rendered = render(text, doc_id="n", audience=audience)
    return f"{rendered}{plain(text, audience=audience)}{gather(text, audience=audience)}"


@pytest.mark.parametrize("opening", OPENING)
def test_each_opening_hides_what_follows_to_the_end(opening):
    text = f"PUBLIC\n\n{opening} MARKER\nMARKER\n\n# MARKER\n\n- MARKER\n\n> MARKER\n\n|MARKER|\n|-|\n|MARKER|"
    assert "MARKER" not in seen(text)
    assert "PUBLIC" in seen(text)
    assert has_private(text)
    assert "MARKER" in seen(text, Audience.OWNER)
    assert 'class="off-record"' in render(text, doc_id="n")


@pytest.mark.parametrize("line", ["a :: b", ": x", "a::", "\\::: x", ":a:", "std::x", "`::` x", "|:-:|", "|::|"])
def test_a_line_that_does_not_begin_with_colons_is_public(line):
    assert not has_private(line)
    assert private_spans(line) == ()
    assert 'class="off-record"' not in render(line, doc_id="n")


@pytest.mark.parametrize("closing", [":::", "::", "：：：", "  :::  ", "\t::", ":::\u200b", "::::::", "\u3000：："])
def test_a_bare_fence_closes(closing):
    text = f"::: 비밀\nMARKER\n{closing}\nPUBLIC"
    assert "MARKER" not in seen(text)
    assert "PUBLIC" in seen(text)
    assert private_spans(text) == ((1, 3),)


@pytest.mark.parametrize(
    "not_closing",
    ["::: end", "::: 비밀", "- :::", "> :::", "# :::", "text :::", "```\n:::\n```", "~~~\n:::\n~~~",
     "- ```\n  :::\n  ```", "> ```\n> :::\n> ```", "````\n```\n:::\n````"],
)  # fmt: skip
def test_nothing_else_closes(not_closing):
    text = f"::: 비밀\n{not_closing}\nMARKER\n:::\nPUBLIC"
    assert "MARKER" not in seen(text)
    assert "PUBLIC" in seen(text)


def test_a_code_fence_that_is_never_closed_keeps_the_block_open():
    assert "MARKER" not in seen("::: 비밀\n```\n:::\nMARKER")


@pytest.mark.parametrize(
    "text",
    [
        "```\n::: x\nMARKER\n:::\nMARKER\n```\nMARKER\n:::\nMARKER",
        "```\n:: x\n```\n:::\nMARKER\n```",
        "- ```\n  :: x\n  ```\n:::\nMARKER",
    ],
)
def test_a_block_opened_in_code_runs_to_the_end(text):
    assert "MARKER" not in seen(f"PUBLIC\n\n{text}")
    assert "PUBLIC" in seen(f"PUBLIC\n\n{text}")
    assert "MARKER" in seen(text, Audience.OWNER)


@pytest.mark.parametrize(
    "text",
    [
        "  ::: 비밀\n- ```\n  MARKER\n  :::\n  MARKER\n  ```\nMARKER",
        "> ::: 비밀\n```\n> ```\n:::\nMARKER\n```",
        "- ::: 비밀\n  ```\n  :::\n  MARKER\n  ```\n  MARKER",
        "    ::: 비밀\n    ```\n    :::\n    MARKER",
        "- ```\n  ::: x\n  MARKER\n  :::\n  MARKER",
    ],
)
def test_code_is_told_from_text_in_any_container(text):
    assert "MARKER" not in seen(text)


def test_after_a_block_the_next_fence_opens_again():
    text = "A\n:::\nMARKER\n:::\nB\n:::\nMARKER"
    assert "MARKER" not in seen(text)
    assert private_spans(text) == ((2, 4), (6, 7))


def test_a_block_in_a_quote_closes_in_it():
    text = "> 말\n> ::: 비밀\n> MARKER\n> :::\n> PUBLIC"
    assert "MARKER" not in seen(text)
    assert "<blockquote>\n<p>PUBLIC</p>" in seen(text)


def test_a_block_in_a_list_item_ends_the_list():
    text = "- 하나\n  ::: 비밀\n  - MARKER\n  :::\n- PUBLIC"
    assert "MARKER" not in seen(text)
    assert seen(text).count("<ul>") == 2


def test_the_owner_sees_it_as_such():
    with translation.override("en"):
        rendered = render("앞\n\n::: 비밀 제목 **하나**\n- 둘\n:::\n뒤", doc_id="n")
    assert rendered == (
        '<p>앞</p>\n<aside class="off-record" role="note">\n'
        '<p class="off-record-label">Off the record · never leaves</p>\n'
        "<p>제목 <strong>하나</strong></p>\n<ul>\n<li>둘</li>\n</ul>\n</aside>\n<p>뒤</p>\n"
    )


def test_an_unknown_word_on_the_fence_is_kept_for_the_owner():
    assert "<p>confidential</p>" in render("::: confidential\nx", doc_id="n").replace("<br>\nx", "")


@pytest.mark.parametrize(
    "text",
    [
        "A\n::: 비밀\n[^1]\n:::\n\n[^1]: MARKER",
        "A\n::: 비밀\n[^1]\n:::\n\n[^1]: 하나 [^2]\n\n[^2]: MARKER #MARKER ![MARKER](photo:marker)",
        "A [^1]\n::: 비밀\n\n[^1]: MARKER\n:::\n",
        "A [MARK][m]\n::: 비밀\n\n[m]: https://MARKER.kr\n:::\n",
        "A\n::: 비밀\n[x][m] [m]\n:::\n\n[m]: https://MARKER.kr 'MARKER'",
        "A\n::: 비밀\n![MARKER](photo:marker) #MARKER @[MARKER](speaker:marker) http://MARKER.kr\n- [ ] MARKER",
        "A\n\n[^1]: 밖\n\n    ::: 비밀\n    MARKER\n    :::\n\n[^1]",
        "A | B\n--|--\na | b\n:: MARKER | c\n",
        "A\n\n    코드\n    ::: 비밀\n    MARKER",
        "A [링크](https://a.kr\n::: 비밀 MARKER)",
        "A **굵게\n::: MARKER**",
        "A `코드\n::: MARKER`",
    ],
)
def test_what_is_used_only_inside_goes_with_it(text):
    assert "marker" not in seen(text).lower()
    assert "A" in seen(text)


def test_a_footnote_used_outside_too_stays_and_counts_only_what_is_seen():
    text = "::: 비밀\n[^2][^1]\n:::\nA[^1]\n\n[^1]: 주\n[^2]: MARKER"
    assert 'id="fnref-n-1"' in seen(text)
    assert "fnref-n-1-2" not in seen(text)
    assert "MARKER" not in seen(text)


def test_numbers_betray_nothing():
    assert render("::: x\n[^a]\n:::\nA[^b]\n\n[^a]: 가\n[^b]: 나", doc_id="n", audience=Audience.OTHERS) == render(
        "A[^b]\n\n[^b]: 나", doc_id="n"
    )


def test_fences_are_counted_wherever_they_stand():
    assert fence_count("a\n::: 비밀\n```\n:::\n```\n:::\n- ：： x\n: y") == 4
    assert fence_count("") == 0


def test_private_spans_reach_to_the_end_of_an_open_block():
    assert private_spans("a\nb\n- ::: x\nc\nd") == ((3, 5),)
