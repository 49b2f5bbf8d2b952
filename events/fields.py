"""Form fields that read what people type: a day, a clock time, a time zone."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.moments import (
    COMMON_ZONES,
    NotUnderstood,
    Reading,
    date_examples,
    date_typed,
    known_zones,
    read_date,
    read_time,
    time_examples,
    time_typed,
    zone_city,
    zone_name,
)

_AREAS = {
    "Africa": gettext_lazy("Africa"),
    "America": gettext_lazy("America"),
    "Antarctica": gettext_lazy("Antarctica"),
    "Arctic": gettext_lazy("Arctic"),
    "Asia": gettext_lazy("Asia"),
    "Atlantic": gettext_lazy("Atlantic Ocean"),
    "Australia": gettext_lazy("Australia"),
    "Europe": gettext_lazy("Europe"),
    "Indian": gettext_lazy("Indian Ocean"),
    "Pacific": gettext_lazy("Pacific Ocean"),
}


def _typed_widget(examples: Callable[[], str]) -> forms.TextInput:
    """A plain text box: a browser's own picker takes no "11/8" and no "9시 반", and shows its own language."""
    first_example = lazy(lambda: examples().split(", ")[0], str)
    return forms.TextInput(attrs={"autocomplete": "off", "placeholder": first_example()})


class DateField(forms.DateField):
    """A day as people type it. `near` (also settable later, per form) supplies the year where none is typed."""

    def __init__(self, *, near: date | None = None, **options: Any) -> None:
        options.setdefault("widget", _typed_widget(date_examples))
        super().__init__(**options)
        self.near = near

    def to_python(self, value: Any) -> date | None:
        """Raises ValidationError with the sentence of NotUnderstood."""
        if not isinstance(value, str):
            return super().to_python(value)
        if not value.strip():
            return None
        try:
            return read_date(value, today=timezone.localdate(), near=self.near)
        except NotUnderstood as error:
            raise ValidationError(str(error), code="invalid") from error

    def prepare_value(self, value: Any) -> Any:
        """The day with its year and without weekday, so that what is shown can be edited and read back."""
        if isinstance(value, datetime):
            value = value.date()
        return date_typed(value) if isinstance(value, date) else value


class TimeField(forms.Field):
    """A clock time as people type it: cleans to a `time`, or with `about=True` to a `Reading`, which keeps a "쯤"."""

    def __init__(self, *, about: bool = False, **options: Any) -> None:
        options.setdefault("widget", _typed_widget(time_examples))
        super().__init__(**options)
        self.about = about

    def to_python(self, value: Any) -> time | Reading | None:
        """Raises ValidationError with the sentence of NotUnderstood."""
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        if isinstance(value, time):
            value = Reading(value, about=False)
        if not isinstance(value, Reading):
            value = self._read(str(value))
        return value if self.about else value.time

    def _read(self, text: str) -> Reading:
        try:
            return read_time(text)
        except NotUnderstood as error:
            raise ValidationError(str(error), code="invalid") from error

    def prepare_value(self, value: Any) -> Any:
        """09:30, or 09:30쯤: what is shown can be read back."""
        if isinstance(value, Reading):
            return time_typed(value.time, about=value.about)
        return time_typed(value) if isinstance(value, time) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compares what was read: 9시 is no change of 09:00."""
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True


class ZoneField(forms.ChoiceField):
    """A time zone by its name: the common ones first, then every one of the system by part of the world."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=zone_choices, **options)

    def valid_value(self, value: str) -> bool:
        """Asks the system's list instead of building all labels again."""
        return value in known_zones()


def zone_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Groups of (id, label), labels in the reader's language."""
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for zone in known_zones().difference(COMMON_ZONES):
        area, label = _place(zone)
        groups[area].append((zone, label))
    others = groups.pop("", [])
    common = [(zone, zone_name(zone)) for zone in COMMON_ZONES if zone in known_zones()]
    areas = [(area, _by_label(zones)) for area, zones in sorted(groups.items())]
    return [(_("Common"), common), *areas, (_("Other"), _by_label(others))]


def _by_label(zones: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(zones, key=lambda zone: (zone[1], zone[0]))


def _place(zone: str) -> tuple[str, str]:
    """(Europe, Brussels); (America, "Knox, Indiana"); ("", name) for an id that names no place."""
    area, _slash, rest = zone.partition("/")
    if area not in _AREAS:
        return "", zone_name(zone)
    region = rest.rpartition("/")[0].replace("_", " ")
    city = zone_city(zone)
    return str(_AREAS[area]), f"{city}, {region}" if region else city
