"""What a text becomes: marks, tags, references, pictures, quotes, tasks, tables, footnotes."""

import threading
import time

import pytest
from django.utils import translation
from django.utils.safestring import SafeString

from journal.markdown import (
    Audience,
    FollowUp,
    Picture,
    Quote,
    Reference,
    gather,
    plain,
    render,
    render_preview,
)

UID = "0190aaaa-bbbb-7ccc-8ddd-eeeeffff0000"
OPEN = Picture(url="/pictures/1", width=800, height=600, alt="무대 사진", caption="첫날 무대")
HIDDEN = Picture(url="/pictures/2", width=8, height=6, alt="비밀 사진", hidden=True)


def html(text: str, **options: object) -> str:
    with translation.override("en"):
        return render(text, **{"doc_id": "note", **options})


def others(text: str, **options: object) -> str:
    return html(text, audience=Audience.OTHERS, **options)


def test_render_returns_safe_text_and_nothing_for_nothing():
    assert isinstance(render("a", doc_id="n"), SafeString)
    assert html("") == html(" \n\n ") == ""


@pytest.mark.parametrize("doc_id", ["", "A", "a b", 'x"', "메모"])
def test_render_refuses_a_doc_id_that_is_no_id(doc_id):
    with pytest.raises(ValueError, match="doc_id"):
        render("a", doc_id=doc_id)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**강조**는", "<strong>강조</strong>는"),
        ('**"강조"**입니다', '<strong>"강조"</strong>입니다'),
        ("**벤지오(Bengio)**는", "<strong>벤지오(Bengio)</strong>는"),
        ('그는**"강조"**라고', '그는<strong>"강조"</strong>라고'),
        ("*벤지오(Bengio)*는", "<em>벤지오(Bengio)</em>는"),
        ("~~취소(선)~~은", "<s>취소(선)</s>은"),
        ("**`코드`**를", "<strong><code>코드</code></strong>를"),
        ("**100%**예요", "<strong>100%</strong>예요"),
        ("**「人工知能」**は", "<strong>「人工知能」</strong>は"),
        ("***굵고(기울임)***은", "<em><strong>굵고(기울임)</strong></em>은"),
        ("**밖 *안(속)*은 밖**은", "<strong>밖 <em>안(속)</em>은 밖</strong>은"),
        ("**bold** and *em*", "<strong>bold</strong> and <em>em</em>"),
        ("snake_case_name", "snake_case_name"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("한글 * 별 * 셋", "한글 * 별 * 셋"),
        ("a * (b) * c", "a * (b) * c"),
        ('"**"a" is', '"**"a" is'),
        ("un*frigging*believable", "un<em>frigging</em>believable"),
    ],
)
def test_emphasis_stands_beside_korean_particles(text, expected):
    assert html(text) == f"<p>{expected}</p>\n"


def test_emphasis_closes_behind_a_link_and_a_particle():
    assert "<strong><a" in html("**[링크](https://a.kr)**만")
    assert "</a></strong>만" in html("**[링크](https://a.kr)**만")


def test_a_line_end_is_a_line_break():
    assert html("하나\n둘\r\n셋\r넷\u2028다섯").count("<br>") == 4


def test_input_is_normalised():
    assert html("\u1112\u1161\u11ab\u1100\u1173\u11af\x00\x07\ud800") == "<p>한글</p>\n"


def test_headings_begin_below_those_of_the_page():
    rendered = html("# 하나\n## 둘\n### 셋\n#### 넷\n###### 여섯")
    assert [part[:2] for part in rendered.split("<")[1:] if part[0] == "h"] == ["h3", "h4", "h5", "h6", "h6"]


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "<img src=x onerror=y>", '<a href="javascript:x">y</a>'])
def test_html_is_shown_and_not_obeyed(text):
    assert "<script" not in html(text)
    assert "<img" not in html(text)
    assert "<a" not in html(text)
    assert "&lt;" in html(text)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "vbscript:x", "file:///etc", "//a.kr", "/2022/", "x", "data:x"]
)
def test_a_link_leads_only_where_links_may_lead(address):
    assert "href" not in html(f"[여기]({address})")
    assert "여기" in html(f"[여기]({address})")


def test_a_link_says_that_it_is_not_ours():
    expected = '<p><a href="https://a.kr/b" rel="noopener noreferrer nofollow ugc">여기</a></p>\n'
    assert html("[여기](https://a.kr/b)") == expected
    assert "mailto:a@b.kr" in html("<a@b.kr>")
    assert "tel:+82" in html("[전화](tel:+82)")


@pytest.mark.parametrize(
    ("text", "address", "rest"),
    [
        ("https://naver.com에서 봤다", "https://naver.com", "에서 봤다"),
        ("https://a.kr/b/c.html을", "https://a.kr/b/c.html", "을"),
        ("https://a.kr/deep는", "https://a.kr/deep", "는"),
        ("www.example.com은", "http://www.example.com", "은"),
        ("a@b.com으로", "mailto:a@b.com", "으로"),
    ],
)
def test_a_bare_address_ends_before_the_particle(text, address, rest):
    assert gather(text, audience=Audience.OWNER).links == (address,)
    assert f"</a>{rest}</p>" in html(text)


def test_a_bare_address_in_hangul_is_kept_whole():
    assert ">https://ko.wikipedia.org/wiki/베이지안</a>" in html("https://ko.wikipedia.org/wiki/베이지안")


def test_a_file_name_is_no_address():
    assert "<a" not in html("README.md와 train.py")


def test_a_quote_names_who_said_it():
    rendered = html("> 이제 베이지안으로 공부할 때가 된 것 같다\n> — Yoshua Bengio (옮김)")
    assert rendered == (
        '<figure class="quote">\n<blockquote>\n<p>이제 베이지안으로 공부할 때가 된 것 같다</p>\n</blockquote>\n'
        '<figcaption>Yoshua Bengio <span class="paraphrase">paraphrase</span></figcaption>\n</figure>\n'
    )


@pytest.mark.parametrize("line", ["— Seung", "-- Seung", "― Seung", "\n> — Seung"])
def test_a_quote_takes_each_kind_of_dash(line):
    assert "<figcaption>Seung</figcaption>" in html(f"> 말\n> {line}")


@pytest.mark.parametrize("mark", ["(옮김)", "(paraphrase)", "(번역)", "(translation)", "（옮김）"])
def test_a_quote_takes_each_mark_of_a_paraphrase(mark):
    assert gather(f"> 말\n> — Seung {mark}", audience=Audience.OTHERS).quotes == (Quote("말", "Seung", True),)


@pytest.mark.parametrize("text", ["> 말", "> — 이름뿐", "> — Seung\n> 말", "> 말\n> —Seung", "> 말\n>\n> - 항목"])
def test_a_quote_without_attribution_is_a_plain_one(text):
    assert "<figure" not in html(text)
    assert "<blockquote>" in html(text)


def test_an_attribution_may_hold_a_reference():
    rendered = html("> 말\n> — @[다니엘 리](speaker:daniel-lee)")
    assert '<figcaption><a href="/speakers/daniel-lee/" class="reference">다니엘 리</a></figcaption>' in rendered


def test_quotes_within_quotes_are_captioned_each():
    rendered = html("> > 안\n> > — 가\n>\n> 밖\n> — 나")
    assert rendered.count('<figure class="quote">') == 2
    assert gather("> > 안\n> > — 가\n>\n> 밖\n> — 나", audience=Audience.OWNER).quotes == (
        Quote("안 가 밖", "나", False),
    )


def test_a_task_is_a_checkbox_with_a_name():
    rendered = html("- [ ] **헤비안** 찾기\n- [x] 끝\n- 그냥")
    assert '<ul class="task-list">' in rendered
    assert '<li class="task-item"><input type="checkbox" disabled="" aria-label="헤비안 찾기"> ' in rendered
    assert '<li class="task-item is-done"><input type="checkbox" disabled="" checked="" aria-label="끝"> ' in rendered
    assert "<li>그냥</li>" in rendered


def test_follow_ups_know_their_lines():
    text = "앞\r\n\r\n- [ ] 하나\n  - [x] 둘\n\n::: 비밀\n- [ ] 셋\n:::\n\n> - [ ] 넷"
    found = gather(text, audience=Audience.OWNER).follow_ups
    assert found == (
        FollowUp("하나", False, 3),
        FollowUp("둘", True, 4),
        FollowUp("셋", False, 7),
        FollowUp("넷", False, 10),
    )
    assert [each.line for each in gather(text, audience=Audience.OTHERS).follow_ups] == [3, 4, 10]


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("#태그 그리고 #GPT-3, (#a_b)", ("태그", "GPT-3", "a_b")),
        ("#베이지안을", ("베이지안을",)),
        ("# 제목 #표", ("표",)),
        ("#제목", ("제목",)),
        ("가#나 a#b https://a.kr/#c example.com/#d", ()),
        ("`#코드` [#링크](https://a.kr) \\#x #1 ## #", ()),
        ("```\n#코드\n```", ()),
        ("#a #a #b", ("a", "b")),
        ("**#굵게**", ("굵게",)),
        ("![#a](photo:x)", ()),
    ],
)
def test_tags_are_words_behind_a_hash(text, tags):
    assert gather(text, audience=Audience.OWNER).tags == tags


def test_a_tag_is_marked():
    assert html("봄 #태그.") == '<p>봄 <span class="tag">#태그</span>.</p>\n'


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("speaker:daniel-lee", "/speakers/daniel-lee/"),
        ("venue:coex", "/venues/coex/"),
        ("series:samsung-ai-forum", "/series/samsung-ai-forum/"),
        ("conference:2022/samsung-ai-forum", "/2022/samsung-ai-forum/"),
        ("talk:2022/samsung-ai-forum/bengio-keynote", "/2022/samsung-ai-forum/talks/bengio-keynote/"),
    ],
)
def test_a_reference_leads_to_its_page(target, path):
    assert html(f"@[이름]({target})과") == f'<p><a href="{path}" class="reference">이름</a>과</p>\n'
    kind, key = target.split(":")
    assert gather(f"@[이름]({target})", audience=Audience.OTHERS).references == (Reference(kind, key, "이름"),)


@pytest.mark.parametrize(
    "target",
    ["speaker:", "speaker:A", "speaker:a/b", "speaker:../x", "talk:2022/a", "conference:a", "person:a", "speaker:한글",
     "javascript:x"],
)  # fmt: skip
def test_a_reference_that_names_nothing_is_its_label(target):
    assert html(f"@[**이름**]({target})") == "<p><strong>이름</strong></p>\n"
    assert not gather(f"@[이름]({target})", audience=Audience.OWNER).references


def test_a_bare_name_stays_text():
    assert html("@daniel @[x] @[y") == "<p>@daniel @[x] @[y</p>\n"


def test_a_picture_alone_is_a_figure():
    assert html(f"![](photo:{UID})", pictures={UID: OPEN}) == (
        '<figure class="picture"><img src="/pictures/1" width="800" height="600" alt="무대 사진" loading="lazy"'
        ' decoding="async"><figcaption>첫날 무대</figcaption></figure>\n'
    )


def test_a_picture_in_a_sentence_stays_in_it():
    rendered = html(f"이것 ![내 글](photo:{UID.upper()})", pictures={UID: OPEN})
    assert rendered.startswith('<p>이것 <img src="/pictures/1"')
    assert 'alt="내 글"' in rendered


def test_an_unknown_picture_is_named_to_its_owner():
    assert html("![<b>](photo:x)").strip() == '<p><span class="picture-missing">&lt;b&gt;</span></p>'
    assert "Missing picture" in html("![](photo:x)")


@pytest.mark.parametrize("pictures", [{UID: HIDDEN}, {}, None])
def test_a_picture_others_must_not_see_vanishes(pictures):
    text = f"앞\n\n![MARKER](photo:{UID})\n\n[![MARKER](photo:{UID})](https://a.kr) 뒤"
    assert "MARKER" not in others(text, pictures=pictures)
    assert "비밀" not in others(text, pictures=pictures)
    assert "<p></p>" not in others(text, pictures=pictures)
    assert "MARKER" not in plain(text, audience=Audience.OTHERS)
    assert "MARKER" in plain(text, audience=Audience.OWNER)


def test_a_remote_picture_is_a_link_and_never_loaded():
    rendered = html("![그림](https://a.kr/b.png) ![](https://a.kr/c.png) ![d](data:image/png;base64,AAAA)")
    assert "<img" not in rendered
    assert "AAAA" not in rendered
    link = '<a class="remote-image" href="https://a.kr/{}" rel="noopener noreferrer nofollow ugc">{}</a>'
    assert link.format("b.png", "그림") in rendered
    assert link.format("c.png", "https://a.kr/c.png") in rendered
    assert '<span class="remote-image">d</span>' in rendered


def test_a_remote_picture_in_a_link_does_not_nest_links():
    assert html("[![그림](https://a.kr/b.png)](https://c.kr)").count("<a") == 1


def test_a_table_aligns_by_class_and_can_be_scrolled():
    rendered = html("|이름|값|수|그 밖|\n|:-|:-:|-:|-|\n|a|b|c|d|")
    assert '<div class="table-scroll" tabindex="0" role="region" aria-label="Table: 이름, 값, 수, 그 밖">' in rendered
    assert [f'class="align-{side}"' in rendered for side in ("left", "center", "right")] == [True] * 3
    assert "<td>d</td>" in rendered
    assert "style" not in rendered


def test_footnotes_of_two_texts_do_not_collide():
    first, second = html("가[^1]\n\n[^1]: 주", doc_id="a"), html("나[^1]\n\n[^1]: 주", doc_id="b")
    assert 'id="fn-a-1"' in first
    assert 'id="fn-b-1"' in second
    assert 'href="#fnref-a-1" aria-label="Back from footnote 1 to the text"' in first


def test_footnotes_are_numbered_as_they_are_met_and_lead_back():
    rendered = html("가[^b] 나[^a] 다[^b]\n\n[^a]: 에이 [^c]\n[^b]: 비\n[^c]: 씨\n[^d]: 없음")
    assert rendered.index("비 <a") < rendered.index("에이") < rendered.index("씨")
    assert 'id="fnref-note-1-2"' in rendered
    assert 'href="#fnref-note-1-2"' in rendered
    assert "없음" not in rendered


def test_code_is_left_alone():
    rendered = html("`**a**`\n\n```python onload=x\n<b> #t\n```")
    assert rendered == '<p><code>**a**</code></p>\n<pre tabindex="0"><code>&lt;b&gt; #t\n</code></pre>\n'


def test_preview_is_the_same_renderer():
    assert render_preview("**a**[^1]\n\n[^1]: b") == render("**a**[^1]\n\n[^1]: b", doc_id="preview")


def test_labels_are_in_the_active_language():
    with translation.override("en"):
        assert "Off the record · never leaves" in render("::: 비밀", doc_id="n")


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("# 제목\n\n**굵게** [링크](https://a.kr) `코드`", None, "제목 굵게 링크 코드"),
        ("하나 둘 셋 넷", 7, "하나 둘 셋…"),
        ("하나 둘 셋 넷", 6, "하나 둘…"),
        ("가나다라마바사", 4, "가나다…"),
        ("가나다", 3, "가나다"),
        ("가나 👩\u200d🔬👩\u200d🔬", 6, "가나…"),
        ("가나", 1, "…"),
        ("가나", 0, ""),
        ("가[^1]\n\n[^1]: 주", None, "가"),
    ],
)
def test_plain_is_cut_between_words_or_characters(text, limit, expected):
    found = plain(text, audience=Audience.OWNER, limit=limit)
    assert found == expected
    assert limit is None or len(found) <= limit


def test_gather_names_pictures_and_links_once():
    text = f"![a](photo:{UID}) ![b](photo:{UID})\n\nhttps://a.kr [x](https://a.kr) ![c](https://b.kr/d.png)"
    found = gather(text, audience=Audience.OTHERS)
    assert found.pictures == (UID,)
    assert found.links == ("https://a.kr", "https://b.kr/d.png")


def test_threads_do_not_share_a_parser():
    text, found = "**벤지오(Bengio)**는 https://a.kr에서[^1]\n\n[^1]: 주", []
    threads = [threading.Thread(target=lambda: found.extend(html(text) for _ in range(20))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 80
    assert set(found) == {html(text)}


@pytest.mark.parametrize("piece", ["[", ">", "*", "(", "![", "@[", "[^", "- ", "`", "::\n", "*a ", "_", "~~", "<", "|"])
def test_long_nonsense_takes_no_time_that_matters(piece):
    start = time.process_time()
    render(piece * (100_000 // len(piece)), doc_id="n")
    assert time.process_time() - start < 4  # under 2 alone; what is quadratic takes minutes


@pytest.mark.parametrize(
    "text",
    ["![" * 9000 + "](x)" * 9000, "[" * 9000 + "](http://x)" * 9000, "**a " * 9000 + "a** " * 9000, "> " * 9000 + "x",
     "".join(" " * n + "- a\n" for n in range(300)), ":::\n```\n" + ":::\n" * 9000, ":::\n```\n```\n:::\n" * 3000,
     "[^0]\n\n" + "".join(f"[^{n}]: x[^{n + 1}]\n" for n in range(3000))],
)  # fmt: skip
def test_deep_nesting_neither_raises_nor_hangs(text):
    start = time.process_time()
    render(text, doc_id="n")
    gather(text, audience=Audience.OTHERS)
    assert time.process_time() - start < 6
