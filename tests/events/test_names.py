"""Names: cleaning, sorting, addresses, scripts."""

import re
import unicodedata

import pytest
from django.db import connection
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from events.names import (
    RESERVED_SLUGS,
    both_names,
    clean_line,
    clean_text,
    language_of,
    own_name,
    same_person_key,
    short_id,
    slug_for,
    sort_key,
    unique_slug,
)

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
IN_ORDER = [
    "2021 포럼",
    "2022 포럼",
    "가온",
    "강 나",
    "강가",
    "다니엘 리",
    "승현준",
    "힣",
    "Aaron",
    "abel",
    "Ahmed",
    "“AI” now",
    "AI  on the edge",
    "ÉCOLE",
    "Ecole b",
    "Łódź",
    "Loki",
    "Müller",
    "Muller, Z",
    "Zürich",
    "Бенджио",
    "松本",
]
any_text = st.text(st.characters())


# Cleaning


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  메모\r\n둘\r셋\n", "메모\n둘\n셋"),
        ("a\x00b\x07c\x1b[0m\x85d", "abc[0md"),
        ("tab\there", "tab\there"),
        (unicodedata.normalize("NFD", "승현준"), "승현준"),
        ("e\x00\u0301", "é"),
        ("half \ud83d pair", "half  pair"),
        ("", ""),
    ],
)
def test_clean_text_keeps_lines_and_tabs(typed, kept):
    assert clean_text(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Samsung \u00a0 AI\u3000Forum\n2022\t", "Samsung AI Forum 2022"),
        ("승\u200b현\ufeff준", "승현준"),
        ("\u202eevil\u2066", "evil"),
        ("a\u200db", "ab"),
        ("👩\u200d💻 workshop", "👩\u200d💻 workshop"),
        ("\u3164", ""),
    ],
)
def test_clean_line_is_one_visible_line(typed, kept):
    assert clean_line(typed) == kept


@given(any_text)
def test_cleaning_is_nfc_and_settles_at_once(text):
    for clean in (clean_text, clean_line):
        kept = clean(text)
        assert unicodedata.is_normalized("NFC", kept)
        assert clean(kept) == kept
        kept.encode()
    assert "\n" not in clean_line(text)


# Sorting


def test_sort_key_puts_digits_then_hangul_then_latin_then_the_rest():
    assert sorted(set(IN_ORDER), key=sort_key) == IN_ORDER


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“Quoted” title", "quoted TITLE"),
        ("Zoë", "zoe"),
        ("ＡＩ", "ai"),
        ("…and more", "And more"),
        ("Strauß", "STRAUSS"),
    ],
)
def test_sort_key_ignores_case_accents_and_punctuation(one, other):
    assert sort_key(one) == sort_key(other)


def test_sort_key_of_a_prefix_comes_first():
    assert sort_key("승") < sort_key("승 현준") < sort_key("승현준")


def test_sort_key_of_nothing_comes_last():
    assert sort_key("???") > max(map(sort_key, IN_ORDER))


@given(any_text)
def test_sort_key_is_short_and_only_digits(name):
    """Digits are the only characters that every collation orders alike."""
    assert re.fullmatch("[0-9]{1,255}", sort_key(name))
    assert sort_key(unicodedata.normalize("NFD", name)) == sort_key(name)


@given(st.text("가나다라마ㄱab zé0 9", max_size=20), st.text("가나다라마ㄱab zé0 9", max_size=20))
def test_sort_key_agrees_with_the_order_of_its_alphabet(one, other):
    def plain(name):
        return [" 09ㄱ가나다라마abez".index(char) for char in " ".join(name.replace("é", "e").split())]

    if plain(one) and plain(other):
        assert (sort_key(one) < sort_key(other)) == (plain(one) < plain(other))


def _sorted_by_the_database(keys, collation=""):
    rows = ", ".join(["(%s)"] * len(keys))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT column1 FROM (VALUES {rows}) AS keys ORDER BY column1 {collation}", keys)
        return [key for (key,) in cursor.fetchall()]


def _collations():
    if connection.vendor == "sqlite":
        return ["BINARY", "NOCASE", "RTRIM"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT collname FROM pg_collation WHERE collencoding IN (-1, 6) AND collnamespace = 11")
        return [name for (name,) in cursor.fetchall()]


@pytest.mark.django_db
def test_sort_key_sorts_alike_under_every_collation_of_the_database():
    keys = [sort_key(name) for name in IN_ORDER]
    assert _sorted_by_the_database(keys[::-1]) == keys
    for name in _collations():
        assert _sorted_by_the_database(keys[::-1], f'COLLATE "{name}"') == keys, name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sebastian Seung", "seung, SEBASTIAN"),
        ("José García", "Garcia Jose"),
        ("Hyun-June Seung", "Hyunjune Seung"),
        ("O’Neil", "O'Neil"),
        ("리 다니엘", unicodedata.normalize("NFD", "다니엘 리")),
    ],
)
def test_same_person_key_is_equal_for_spellings_of_one_name(one, other):
    assert same_person_key(one) == same_person_key(other)


def test_same_person_key_differs_for_two_people():
    assert same_person_key("Daniel Lee") != same_person_key("Daniel D. Lee")


# Addresses


@pytest.mark.parametrize(
    ("names", "slug"),
    [
        (("삼성 AI 포럼 2022",), "x7k2mq"),
        (("삼성 AI 포럼 2022", "Samsung AI Forum 2022"), "samsung-ai-forum"),
        (("승현준", "Sebastian Seung"), "sebastian-seung"),
        (("Samsung AI Forum 2022",), "samsung-ai-forum"),
        (("Samsung AI Forum 2021",), "samsung-ai-forum-2021"),
        (("2022",), "x7k2mq"),
        (("Müller",), "muller"),
        (("Łódź",), "lodz"),
        (("Ærø Þór Straße",), "aero-thor-strasse"),
        (("Women’s Day & more!",), "womens-day-more"),
        (("β-VAE in practice",), "beta-vae-in-practice"),
        (("松本", ""), "x7k2mq"),
        (("Edit",), "edit-x7k2mq"),
        (("Talks 2022",), "talks-x7k2mq"),
        (("ＡＩ Ｆｏｒｕｍ",), "ai-forum"),
        ((), "x7k2mq"),
        (("…", "🎉"), "x7k2mq"),
    ],
)
def test_slug_for_takes_a_latin_name_or_a_short_id(names, slug):
    assert slug_for(*names, year=2022, random_id=lambda: "x7k2mq") == slug


def test_slug_for_cuts_at_a_word():
    slug = slug_for("Unsupervised representation learning in biological and artificial networks")
    assert slug == "unsupervised-representation-learning-in-biological-and"
    assert slug_for("x" * 100) == "x" * 60


@given(st.lists(any_text, max_size=3), st.integers(1990, 2030) | st.none())
def test_slug_for_anything_is_an_address_and_settles_at_once(names, year):
    slug = slug_for(*names, year=year)
    assert SLUG.fullmatch(slug)
    assert len(slug) <= 60
    assert slug not in RESERVED_SLUGS
    assert slug_for(slug, year=year) == slug


@given(st.text("abł 2éŁ-2022", max_size=120))
def test_slug_for_latin_names_settles_at_once(name):
    slug = slug_for(name, year=2022)
    assert SLUG.fullmatch(slug)
    assert slug_for(slug, year=2022) == slug


def test_short_id_is_readable_and_new_each_time():
    ids = {short_id() for _ in range(200)}
    assert len(ids) == 200
    assert all(re.fullmatch("[2-9b-df-hjkm-np-tv-z]{6}", one) for one in ids)


def test_unique_slug_counts_up_to_a_free_one():
    assert unique_slug("seung", set().__contains__) == "seung"
    assert unique_slug("seung", {"seung"}.__contains__) == "seung-2"
    assert unique_slug("seung", {"seung", "seung-2"}.__contains__) == "seung-3"
    assert unique_slug("edit", set().__contains__) == "edit-2"


def test_unique_slug_stays_within_its_length():
    base = "-".join(["word"] * 12)
    assert len(base) == 59
    assert unique_slug(base, {base}.__contains__) == "-".join(["word"] * 11) + "-2"
    assert len(unique_slug("x" * 60, {"x" * 60}.__contains__)) == 60


def test_unique_slug_of_an_unlisted_thing_always_ends_in_an_id():
    assert re.fullmatch("seung-[a-z2-9]{6}", unique_slug("seung", set().__contains__, unlisted=True))
    refused = []

    def taken(slug):
        refused.append(slug)
        return len(refused) < 3

    assert unique_slug("seung", taken, unlisted=True) == refused[2]
    assert len(set(refused)) == 3


# Showing


@pytest.mark.parametrize(
    ("name", "other", "korean", "english"),
    [
        ("Sebastian Seung", "승현준", "승현준 (Sebastian Seung)", "Sebastian Seung (승현준)"),
        ("승현준", "Sebastian Seung", "승현준 (Sebastian Seung)", "Sebastian Seung (승현준)"),
        ("승현준", "", "승현준", "승현준"),
        ("", "승현준", "승현준", "승현준"),
        ("", "", "", ""),
        ("KAIST", "KAIST", "KAIST", "KAIST"),
        ("KAIST", "Korea Advanced Institute", "KAIST (Korea Advanced Institute)", "KAIST (Korea Advanced Institute)"),
    ],
)
def test_both_names_begin_with_the_readers_script(name, other, korean, english):
    with translation.override("ko"):
        assert both_names(name, other) == korean
    with translation.override("en-gb"):
        assert both_names(name, other) == english


def test_own_name_is_in_the_readers_script_or_the_only_one():
    with translation.override("ko"):
        assert own_name("Sebastian Seung", "승현준") == "승현준"
        assert own_name("Yoshua Bengio") == "Yoshua Bengio"
    with translation.override("en"):
        assert own_name("승현준", "Sebastian Seung") == "Sebastian Seung"
        assert own_name("두재") == "두재"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("베이지안을 공부할 때가 된 것 같다", "ko"),
        ("GPT-3 얘기가 두 번. 찾아볼 것: stacked Hebbian learning", "ko"),
        ("Talk by Sebastian Seung (승현준) about Hebbian learning", "en"),
        ("https://example.org/a/very/long/address 참고", "ko"),
        ("松本さんの話", ""),
        ("Бенджио", ""),
        ("", ""),
        ("2022 🎉 9:30", ""),
        ("ㅋㅋㅋ", "ko"),
    ],
)
def test_language_of_goes_by_script(text, language):
    assert language_of(text) == language
