"""Names: cleaned, sorted, compared, put into addresses, and shown in the reader's script. Pure functions, no ORM."""

import re
import secrets
import unicodedata
from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import Literal

from django.utils.translation import get_language

SLUG_LENGTH = 60
SORT_KEY_LENGTH = 255

# Words that stand where a slug stands in an address of ours.
RESERVED_SLUGS = frozenset({"add", "bin", "days", "edit", "journal", "programme", "report", "share", "talks"})

# Without vowels no id is a word; without 0, 1 and l it can be read out and typed.
_ID_ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
_ID_LENGTH = 6

# Letters that Unicode does not take apart into a base letter and an accent.
_UNACCENTED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "n", "ŧ": "t"}
)
_ACCENTS = re.compile("[\u0300-\u036f]")
_APOSTROPHES = re.compile("['’‘ʼ`´]")
_LONE_GREEK = re.compile("(?<![α-ω])[α-ω](?![α-ω])")
_HANGUL = re.compile("[\u1100-\u11ff\u3131-\u318e\ua960-\ua97c\uac00-\ud7a3\ud7b0-\ud7fb]")
_URL = re.compile(r"https?://\S+")

# Line ends of other systems, and what no text has a use for: control characters and lone surrogates.
_LINE_END = re.compile("\r\n?|[\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
# Zero-width characters, bidi controls and Hangul fillers; a joiner after an emoji holds that emoji together.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0]"
    "|(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d"
)


# Cleaning


def clean_text(value: str) -> str:
    """`value` in NFC with \\n line ends, without control characters and outer white space."""
    return clean_prose(value).strip()


def clean_prose(value: str) -> str:
    """`value` as somebody typed it: NFC and \\n line ends, without control characters; white space is theirs."""
    return unicodedata.normalize("NFC", _CONTROL.sub("", _LINE_END.sub("\n", value)))


def clean_line(value: str) -> str:
    """`value` as `clean_text` has it, on one line: white space is one space, nothing invisible is left."""
    visible = _INVISIBLE.sub("", _CONTROL.sub("", _LINE_END.sub("\n", value)))
    return " ".join(unicodedata.normalize("NFC", visible).split())


# Comparing and sorting


def _folded(name: str) -> str:
    """`name` without case, accents and width: Łódź → lodz, ＡＩ → ai; Hangul stays in whole syllables."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    return unicodedata.normalize("NFKC", _ACCENTS.sub("", apart).translate(_UNACCENTED))


def _words(folded: str) -> list[str]:
    """The runs of letters and digits; combining marks of scripts that need them belong to the letters."""
    kept = (char if char.isalnum() or unicodedata.category(char).startswith("M") else " " for char in folded)
    return "".join(kept).split()


def _rank(char: str) -> str:
    """Decimal digits for one folded character. No code begins another, so joined codes sort as the text does."""
    point = ord(char)
    if char == " ":
        return "10"
    if "0" <= char <= "9":
        return f"2{char}"
    if 0x1100 <= point <= 0x11FF:
        return str(30000 + point - 0x1100)
    if 0xAC00 <= point <= 0xD7A3:
        return str(30256 + point - 0xAC00)
    if "a" <= char <= "z":
        return str(50 + point - ord("a"))
    return str(80000000 + point)


def sort_key(name: str) -> str:
    """The key to store beside `name`: digits, 가나다, Latin, then the rest; case, accents, punctuation ignored.

    It holds nothing but ASCII digits, because those are the only characters whose order every collation agrees on:
    even hexadecimal is not safe where "aa" sorts as å (Danish) or "dd" is a letter of its own (Welsh). At most
    255 characters, cut between two codes; a name with nothing to sort by comes last.
    """
    key = ""
    for char in " ".join(_words(_folded(name))):
        code = _rank(char)
        if len(key) + len(code) > SORT_KEY_LENGTH:
            break
        key += code
    return key or "9"


def same_person_key(name: str) -> str:
    """Equal for two spellings that differ only in case, accents, hyphens, punctuation or the order of their parts."""
    joined = re.sub("[-‐‑]", "", _APOSTROPHES.sub("", _folded(name)))
    return " ".join(sorted(_words(joined)))


# Addresses


def short_id() -> str:
    """Six random characters that are never a word and cannot be misread."""
    return "".join(secrets.choice(_ID_ALPHABET) for _ in range(_ID_LENGTH))


def _latin_words(name: str) -> list[str]:
    """The words of a name that is Latin throughout, in ASCII; of any other name none.

    A single Greek letter, as titles have it, is spelled out: β-VAE → beta vae.
    """
    folded = _LONE_GREEK.sub(lambda found: unicodedata.name(found[0]).split()[-1].lower(), _folded(name))
    folded = _APOSTROPHES.sub("", folded)
    if any(char.isalpha() and not char.isascii() for char in folded):
        return []
    return re.findall("[a-z0-9]+", folded)


def _cut(words: list[str], length: int) -> list[str]:
    """As many of the words as `length` characters hold when joined; a first word that is longer is cut itself."""
    slug = "-".join(words)[: length + 1]
    if len(slug) <= length:
        return words
    whole, hyphen, _rest = slug.rpartition("-")
    return whole.split("-") if hyphen else [slug[:length]]


def _slug_of(name: str, year: int | None) -> str:
    words = _cut(_latin_words(name), SLUG_LENGTH)
    while words and words[-1] == str(year):
        words.pop()
    return "-".join(words)


def slug_for(*names: str, year: int | None = None, random_id: Callable[[], str] = short_id) -> str:
    """An address from the first of `names` that is Latin throughout, without a last word that repeats `year`.

    Never empty, only a–z, 0–9 and hyphens, at most 60 characters. Without such a name it is a short id: the Latin
    part of "삼성 AI 포럼 2022" would not say what it names. A reserved word gets an id behind it.
    """
    slugs = (_slug_of(name, year) for name in names)
    slug = next((slug for slug in slugs if slug), "") or random_id()
    return f"{slug}-{random_id()}" if slug in RESERVED_SLUGS else slug


def _with_ending(base: str, ending: str) -> str:
    return "-".join([*_cut(base.split("-"), SLUG_LENGTH - len(ending) - 1), ending])


def unique_slug(base: str, taken: Callable[[str], bool], *, unlisted: bool = False) -> str:
    """`base`, else base-2, base-3 …: the first that is not `taken` and not reserved.

    An unlisted one always ends in a short id, so that trying names tells nobody which exist. At most 60 characters.
    """
    if unlisted:
        while taken(slug := _with_ending(base, short_id())):
            pass
        return slug
    slug, number = base[:SLUG_LENGTH], 1
    while slug in RESERVED_SLUGS or taken(slug):
        number += 1
        slug = _with_ending(base, str(number))
    return slug


# Showing


def reads_korean() -> bool:
    """Whether the active language is Korean. There are two languages: everybody else reads English."""
    return (get_language() or "").startswith("ko")


def has_hangul(text: str) -> bool:
    """Whether there is any Hangul in it, a single jamo included."""
    return _HANGUL.search(text) is not None


def own_name(name: str, other_name: str = "") -> str:
    """The one of the two names that is in the reader's script, else `name`, else `other_name`."""
    given = [text for text in (name, other_name) if text]
    return next((text for text in given if has_hangul(text) == reads_korean()), given[0] if given else "")


def both_names(name: str, other_name: str = "") -> str:
    """승현준 (Sebastian Seung) in Korean, Sebastian Seung (승현준) in English; the only one where there is one."""
    first = own_name(name, other_name)
    second = other_name if first == name else name
    return f"{first} ({second})" if second and second != first else first


@cache
def _is_latin(char: str) -> bool:
    return unicodedata.name(char, "").startswith(("LATIN", "FULLWIDTH LATIN"))


def language_of(text: str) -> Literal["ko", "en", ""]:
    """The language for a `lang` attribute, told by script; empty where neither script carries the text.

    A Korean text full of English terms is Korean: one syllable block stands for about three letters.
    """
    letters = Counter(filter(str.isalpha, _URL.sub("", text)))
    hangul = sum(count for char, count in letters.items() if has_hangul(char))
    latin = sum(count for char, count in letters.items() if _is_latin(char))
    other = letters.total() - hangul - latin
    if 3 * hangul >= max(latin, other, 1):
        return "ko"
    return "en" if latin > other else ""
