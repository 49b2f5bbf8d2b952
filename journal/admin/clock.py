"""Dates and times on the data desk: the browser's own fields, by the clock of the conference.

Django's calendar and clock fill in the time of the server's zone, which is nobody's clock here.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, tzinfo
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.moments import zone_name

_DATE, _TIME = "%Y-%m-%d", "%H:%M:%S"


def date_input() -> forms.DateInput:
    """A day."""
    return forms.DateInput(attrs={"type": "date"}, format=_DATE)


class _ClockInput(forms.SplitDateTimeWidget):
    """A day and a clock time, in `zone`."""

    template_name = "admin/widgets/split_datetime.html"
    zone: tzinfo

    def __init__(self) -> None:
        super().__init__(
            date_format=_DATE,
            time_format=_TIME,
            date_attrs={"type": "date"},
            time_attrs={"type": "time", "step": "1"},
        )
        self.zone = timezone.get_current_timezone()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With the words that Django's own template prints before each."""
        context = super().get_context(name, value, attrs)
        return context | {"date_label": _("Date:"), "time_label": _("Time:")}

    def decompress(self, value: Any) -> Any:
        """A moment as date and clock time."""
        if not isinstance(value, datetime):
            return [None, None]
        clock = value.astimezone(self.zone) if timezone.is_aware(value) else value
        return [clock.date(), clock.time().replace(microsecond=0)]


class ClockField(forms.SplitDateTimeField):
    """A moment, read and shown in the zone that `go_by` names."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=_ClockInput(), required=False, **options)

    def go_by(self, zone: tzinfo) -> None:
        """Shows and reads the clock of this zone, and says which it is."""
        self.widget.zone = zone
        self.help_text = zone_name(str(zone))

    def prepare_value(self, value: Any) -> Any:
        """Kept aware: the widget knows the zone."""
        return value

    def compress(self, data_list: Any) -> datetime | None:
        """The moment in UTC; both halves or neither."""
        on, clock = (data_list or [None, None])[:2]
        if not on and not clock:
            return None
        if not isinstance(on, date) or not isinstance(clock, time):
            raise ValidationError(_("Write both the day and the time."))
        return datetime.combine(on, clock, tzinfo=self.widget.zone).astimezone(UTC)
