"""The words layer in templates."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.test import override_settings
from django.utils import translation

from events.models import Appearance, Speaker
from events.templatetags.words import icon
from tests.factories import a_conference, a_talk


@dataclass
class Person:
    name: str = "Sebastian Seung"
    other_name: str = "승현준"


CONTEXT = {
    "day": date(2022, 11, 8),
    "next": date(2022, 11, 9),
    "start": datetime(2022, 11, 8, 0, 30, tzinfo=UTC),
    "late": datetime(2022, 11, 8, 15, 30, tzinfo=UTC),
    "zone": "Asia/Seoul",
    "price": Decimal(15000),
    "speaker": Person(),
    "text": "베이지안을 공부할 때",
}


def render(source, language="en", **more):
    with translation.override(language):
        return Template(source).render(Context({**CONTEXT, **more}))


@pytest.mark.parametrize(
    ("source", "korean", "english"),
    [
        ("{{ day|date_short }}", "11월 8일(화)", "Tue 8 Nov"),
        ("{{ day|date_long }}", "2022. 11. 8.(화)", "Tue 8 Nov 2022"),
        ("{% date_range day next %}", "11월 8일(화)–9일(수)", "8–9 Nov"),
        ("{% date_range_long day next %}", "2022. 11. 8.(화)–9.(수)", "8–9 Nov 2022"),
        ("{% day_number 2 %}", "2일차", "Day 2"),
        ("{{ 3|years_ago }}", "3년 전 오늘", "On this day 3 years ago"),
        ("{{ start|clock:zone }}", "09:30", "09:30"),
        ("{{ late|clock:zone }}", "00:30 +1", "00:30 +1"),
        ("{{ late|wall_clock:zone }}", "00:30", "00:30"),
        ("{% clock_range start late zone %}", "09:30–00:30 +1", "09:30–00:30 +1"),
        ("{{ start|moment:zone }}", "2022. 11. 8.(화) 09:30", "Tue 8 Nov 2022, 09:30"),
        ("{{ zone|zone_name }}", "한국 시간", "Korean time"),
        ("{{ 90|duration }}", "1시간 30분", "1 h 30 min"),
        ("{{ price|money:'KRW' }}", "15,000원", "₩15,000"),
        ("{{ speaker|both_names }}", "승현준 (Sebastian Seung)", "Sebastian Seung (승현준)"),
        ("{{ speaker|own_name }}", "승현준", "Sebastian Seung"),
        ("{{ text|lang_of }}", "ko", "ko"),
    ],
)
def test_words_need_no_loading_and_speak_both_languages(source, korean, english):
    assert render(source, "ko") == korean
    assert render(source, "en") == english


@pytest.mark.parametrize(
    "source",
    [
        "{{ none|date_short }}{{ none|date_long }}",
        "{{ none|clock:zone }}{{ none|wall_clock:zone }}{{ none|moment:zone }}{% clock_range none none zone %}",
        "{{ none|duration }}{{ none|money:'KRW' }}{{ none|zone_name }}",
        "{{ none|both_names }}{{ none|own_name }}{{ none|lang_of }}{% stars none %}",
    ],
)
def test_nothing_is_shown_for_what_is_not_known(source):
    assert render(source, none=None) == ""


def test_names_are_escaped():
    assert render("{{ speaker|both_names }}", speaker=Person("<b>", "")) == "&lt;b&gt;"


def test_stars_are_a_sentence_for_a_reader_and_glyphs_for_the_eye():
    shown = render("{% stars 4 %}")
    assert '<span class="visually-hidden">Rating: 4 of 5</span>' in shown
    assert '<span aria-hidden="true">★★★★☆</span>' in shown


def test_icon_is_one_drawing_of_the_sprite():
    assert render('{% icon "pen" %}') == (
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="/static/img/icons.svg#pen"></use></svg>'
    )


def test_icon_asks_for_the_hashed_file(tmp_path):
    """The address of the sprite changes with its content, the name of the drawing stays behind it."""
    manifest = {"version": "1.1", "paths": {"img/icons.svg": "img/icons.abc123.svg"}, "hash": ""}
    (tmp_path / "staticfiles.json").write_text(json.dumps(manifest))
    backend = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    icon.cache_clear()
    with override_settings(STATIC_ROOT=tmp_path, STORAGES={"staticfiles": {"BACKEND": backend}}):
        assert 'href="/static/img/icons.abc123.svg#pen"' in render('{% icon "pen" %}')
    icon.cache_clear()


@pytest.mark.django_db
def test_people_of_a_talk_are_named_as_what_they_were_then_and_escaped() -> None:
    talk = a_talk(a_conference(None), title="Panel", speaker="Ada <Lovelace>")
    Appearance.objects.filter(talk=talk).update(job_title="Countess", affiliation="A & B", role="moderator")
    Appearance.objects.create(talk=talk, organisation="KAIST <lab>", order=1)

    page = Template("{% load people %}{% people_of talk %}").render(Context({"talk": talk}))

    assert page == (
        f'<span class="person"><b><a href="/speakers/{Speaker.objects.get().slug}/">Ada &lt;Lovelace&gt;</a></b>'
        " <small>Moderator</small> <span>Countess, A &amp; B</span></span>"
        ' <span class="person"><b>KAIST &lt;lab&gt;</b></span>'
    )
