"""The Korean catalogue: whole, in step with the sources and with its compiled form, and free of broken particles."""

from __future__ import annotations

import ast
import gettext
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import allauth
import django
import pytest
from django.conf import settings
from django.utils import formats, translation
from django.utils.translation import gettext as translated

HERE = Path(settings.BASE_DIR)
CATALOGUE = HERE / "locale/ko/LC_MESSAGES/django.po"
SOURCES = ("config", "events", "journal", "templates")
PLACEHOLDER = re.compile(r"%\(\w+\)[sdr]|%[sd]|\{\w*\}")
# Words that begin right behind a value are no particles: %(time)s쯤, %(count)d개, %(limit)s메가픽셀.
PARTICLES = re.compile(
    rf"(?:{PLACEHOLDER.pattern})[”’»)\"']*(?:[을를은는이가과와로]|으로|이나|이라|이에요|예요)(?![가-힣])"
)
EITHER_OR = re.compile(r"[을를은는이가과와]\([을를은는이가과와]\)|을/를|를/을|은/는|이/가|와/과|과/와|\((?:으|이)\)")
STIFF = re.compile(r"니다|십시오|당신|귀하")


@dataclass(frozen=True)
class Message:
    """One entry; `plural` is empty where there is one form only."""

    context: str
    text: str
    plural: str
    korean: str
    comments: str


def _quoted(block: str, keyword: str) -> str:
    found = re.search(rf'^{re.escape(keyword)} ((?:"(?:[^"\\]|\\.)*"\n?)+)', block, re.MULTILINE)
    return "".join(ast.literal_eval(line) for line in found[1].splitlines()) if found else ""


def read(path: Path) -> list[Message]:
    """The entries of a .po file, its header left out."""
    messages = []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        korean = _quoted(block, "msgstr") or _quoted(block, "msgstr[0]")
        comments = "\n".join(line for line in block.splitlines() if line.startswith("#"))
        text = _quoted(block, "msgid")
        if text:
            plural = _quoted(block, "msgid_plural")
            messages.append(Message(_quoted(block, "msgctxt"), text, plural, korean, comments))
    return messages


@pytest.fixture(scope="module")
def messages() -> list[Message]:
    return read(CATALOGUE)


def names_of(messages: list[Message]) -> set[tuple[str, str, str]]:
    return {(message.context, message.text, message.plural) for message in messages}


def test_every_message_has_its_korean(messages):
    assert len(messages) > 500
    assert [message.text for message in messages if not message.korean] == []


def test_nothing_is_fuzzy_or_left_over(messages):
    assert [message.text for message in messages if "fuzzy" in message.comments] == []
    assert "#~" not in CATALOGUE.read_text(encoding="utf-8")


def test_the_compiled_catalogue_says_the_same(messages):
    with CATALOGUE.with_suffix(".mo").open("rb") as compiled:
        catalogue = gettext.GNUTranslations(compiled)
    for message in messages:
        if message.plural and message.context:
            said = catalogue.npgettext(message.context, message.text, message.plural, 1)
        elif message.plural:
            said = catalogue.ngettext(message.text, message.plural, 1)
        elif message.context:
            said = catalogue.pgettext(message.context, message.text)
        else:
            said = catalogue.gettext(message.text)
        assert said == message.korean


def test_the_catalogue_is_in_step_with_the_sources(messages, tmp_path):
    if not shutil.which("xgettext"):
        assert not os.environ.get("CI"), "gettext is missing"
        pytest.skip("gettext is not installed: apt install gettext")
    for name in SOURCES:
        shutil.copytree(HERE / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "migrations"))
    (tmp_path / "locale").mkdir()
    (tmp_path / "data").mkdir()
    shutil.copy(HERE / "manage.py", tmp_path)
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "LANYARD_DATA": str(tmp_path / "data")}
    arguments = ["makemessages", "--locale=ko", "--no-obsolete", "--no-wrap", "--add-location=file"]
    subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=tmp_path, env=environment, check=True, capture_output=True
    )
    wanted = names_of(read(tmp_path / "locale/ko/LC_MESSAGES/django.po"))
    ours = names_of(messages)
    assert {"not in the catalogue yet": wanted - ours, "in no source any more": ours - wanted} == {
        "not in the catalogue yet": set(),
        "in no source any more": set(),
    }


def test_placeholders_are_kept(messages):
    broken = [
        message.text
        for message in messages
        if set(PLACEHOLDER.findall(message.korean)) - set(PLACEHOLDER.findall(message.text + message.plural))
        or set(PLACEHOLDER.findall(message.text)) - set(PLACEHOLDER.findall(message.korean))
    ]
    assert broken == []


def test_no_particle_stands_behind_a_value(messages):
    assert [message.korean for message in messages if PARTICLES.search(message.korean)] == []


def test_no_particle_leaves_the_choice_to_the_reader(messages):
    assert [message.korean for message in messages if EITHER_OR.search(message.korean)] == []


def test_sentences_are_in_the_polite_informal_style(messages):
    assert [message.korean for message in messages if STIFF.search(message.korean)] == []


def test_only_names_that_makemessages_knows_mark_strings():
    alias = re.compile(r"import .*?\bn?p?gettext(?:_lazy|_noop)? as (?!_$)", re.MULTILINE)
    sources = (path for name in SOURCES for path in (HERE / name).rglob("*.py"))
    assert [str(path) for path in sources if alias.search(path.read_text(encoding="utf-8"))] == []


def test_borrowed_sentences_stand_in_their_libraries(messages):
    borrowed = {message.text for message in messages if "journal/borrowed_words.py" in message.comments}
    homes = [Path(django.__file__).parent, Path(allauth.__file__).parent]
    catalogues = (path for home in homes for path in home.rglob("locale/en/LC_MESSAGES/django.po"))
    known = {message.text for path in catalogues for message in read(path)}
    assert borrowed
    assert borrowed - known == set()


@pytest.mark.parametrize(
    ("sentence", "korean"),
    [
        ("This field is required.", "꼭 써야 하는 칸이에요."),
        (
            "The username and/or password you specified are not correct.",
            "아이디나 비밀번호가 맞지 않아요. 다시 써 주세요.",
        ),
    ],
)
def test_our_words_come_before_those_of_libraries(sentence, korean):
    with translation.override("ko"):
        assert translated(sentence) == korean


def test_django_writes_times_on_a_24_hour_clock():
    with translation.override("ko"):
        assert formats.get_format("TIME_FORMAT") == "H:i"
        assert "A" not in formats.get_format("DATETIME_FORMAT")
