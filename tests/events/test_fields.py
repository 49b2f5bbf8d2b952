"""Form fields that read what people type."""

from datetime import date, datetime, time
from zoneinfo import available_timezones

import pytest
from django import forms
from django.utils import translation

from events.fields import DateField, TimeField, ZoneField, zone_choices
from events.moments import Reading

NEAR = date(2022, 11, 8)


class Form(forms.Form):
    on = DateField(near=NEAR, required=False)
    arrived = TimeField(about=True, required=False)
    starts = TimeField(required=False)
    zone = ZoneField(required=False)


def test_what_was_typed_is_read():
    form = Form({"on": "11/8", "arrived": "9시쯤", "starts": "9시 반", "zone": "Asia/Seoul"})
    assert form.is_valid()
    assert form.cleaned_data == {
        "on": NEAR,
        "arrived": Reading(time(9), about=True),
        "starts": time(9, 30),
        "zone": "Asia/Seoul",
    }


def test_empty_fields_are_nothing():
    form = Form({"on": " ", "arrived": "", "starts": " ", "zone": ""})
    assert form.is_valid()
    assert form.cleaned_data == {"on": None, "arrived": None, "starts": None, "zone": ""}


def test_a_required_field_may_not_be_empty():
    for field in (DateField(), TimeField(), ZoneField()):
        with pytest.raises(forms.ValidationError):
            field.clean("")


def test_what_is_not_understood_stays_in_the_box_beside_a_sentence():
    form = Form({"on": "11/31", "starts": "soon"})
    assert not form.is_valid()
    assert "11/31" in form.errors["on"][0]
    assert "soon" in form.errors["starts"][0]
    assert 'value="11/31"' in str(form["on"])
    assert 'value="soon"' in str(form["starts"])


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("ko", {"on": "2022. 11. 8.", "arrived": "09:00쯤", "starts": "09:30"}),
        ("en", {"on": "8 Nov 2022", "arrived": "about 09:00", "starts": "09:30"}),
    ],
)
def test_what_is_shown_is_read_back_as_no_change(language, shown):
    initial = {"on": NEAR, "arrived": Reading(time(9), about=True), "starts": time(9, 30), "zone": "Asia/Seoul"}
    with translation.override(language):
        assert {name: Form(initial=initial)[name].value() for name in shown} == shown
        assert not Form({**shown, "zone": "Asia/Seoul"}, initial=initial).has_changed()
        assert Form({**shown, "starts": "soon", "zone": "Asia/Seoul"}, initial=initial).changed_data == ["starts"]


def test_a_moment_shows_its_date():
    with translation.override("ko"):
        assert DateField().prepare_value(datetime(2022, 11, 8, 9, 30)) == "2022. 11. 8."  # noqa: DTZ001


def test_the_placeholder_speaks_the_readers_language():
    field = DateField()
    with translation.override("ko"):
        assert 'placeholder="11/8"' in field.widget.render("on", "", field.widget.attrs)
    with translation.override("en"):
        assert 'placeholder="8 Nov 2022"' in field.widget.render("on", "", field.widget.attrs)


def test_near_may_be_set_for_one_form():
    form = Form({"on": "1/2"})
    form.fields["on"].near = date(2019, 12, 31)
    assert form.is_valid()
    assert form.cleaned_data["on"] == date(2020, 1, 2)
    assert Form().fields["on"].near == NEAR


def test_zones_are_named_and_the_common_ones_come_first():
    with translation.override("ko"):
        groups = zone_choices()
    assert groups[0][1][0] == ("Asia/Seoul", "한국 시간")
    offered = [zone for _group, zones in groups for zone, _label in zones]
    assert len(offered) == len(set(offered))
    assert set(offered) == available_timezones() - {"Factory", "localtime"}
    assert ("America/Indiana/Knox", "Knox, Indiana") in [zone for _group, zones in groups for zone in zones]


def test_a_zone_that_is_none_is_refused():
    assert not Form({"zone": "Moon/Tranquility"}).is_valid()
    assert Form({"zone": "Japan"}).is_valid()
