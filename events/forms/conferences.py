"""A conference on one screen, its days as rows; and one day by itself."""

from __future__ import annotations

from copy import copy
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.urls import reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from events.fields import DateField, ZoneField
from events.forms.links import LinkRows, links_of
from events.forms.sheets import RowFormSet, Sheet, ShownAsTyped, chosen, rows_of
from events.forms.typed import LineField, completing, typed_field
from events.models import Conference, Day
from events.services import ClockChange, DateChange, DayDraft
from events.validators import validate_date_range

# A longer conference has its days edited one by one.
MOST_ROWS = 31


class ConferenceForm(ShownAsTyped, forms.ModelForm):
    """Name and dates; the rest is behind "more". Two questions come up only where a change makes them."""

    series = LineField(
        label=_("Series"),
        max_length=200,
        required=False,
        widget=completing(reverse_lazy("complete-series")),
        help_text=_("Where it returns under one name: Samsung AI Forum."),
    )
    timezone = ZoneField(label=_("Time zone"), initial="Asia/Seoul")
    dates = forms.ChoiceField(label=_("Existing days"), choices=DateChange, required=False, widget=forms.RadioSelect)
    clocks = forms.ChoiceField(label=_("Existing times"), choices=ClockChange, required=False, widget=forms.RadioSelect)

    COLUMNS = ["name", "starts_on", "ends_on", "other_name", "aka", "timezone", "mode", "website", "about"]
    MORE = ["series", "other_name", "aka", "timezone", "mode", "website", "about"]

    class Meta:
        model = Conference
        fields = ["name", "starts_on", "ends_on", "other_name", "aka", "timezone", "mode", "website", "about"]
        help_texts = {"other_name": _("The same name in the other script, Korean or Latin.")}
        formfield_callback = typed_field

    def __init__(self, data: QueryDict | None = None, *, conference: Conference | None = None, **options: Any) -> None:
        initial = {"series": conference.series.name if conference and conference.series else ""}
        super().__init__(data, instance=copy(conference) if conference else None, initial=initial, **options)
        self.before = conference
        if conference is None and data is None:
            # static/js/zone.js puts the browser's own zone here, until somebody chooses one.
            self.fields["timezone"].widget.attrs["data-browser-zone"] = ""
        if conference is not None:
            self._near(conference.starts_on)

    def _near(self, day: date) -> None:
        for name in ("starts_on", "ends_on"):
            self.fields[name].near = day  # type: ignore[attr-defined]  # events.fields.DateField

    def clean_starts_on(self) -> date:
        """A last day typed without a year is near the first."""
        starts_on: date = self.cleaned_data["starts_on"]
        self._near(starts_on)
        return starts_on

    def clean(self) -> dict[str, Any]:
        """Asks what a change of dates or zone means for what is there."""
        data = super().clean() or self.cleaned_data
        if self.before is not None:
            self._ask(self.before, data)
        return data

    def _ask(self, before: Conference, data: dict[str, Any]) -> None:
        starts_on, zone = data.get("starts_on"), data.get("timezone")
        if starts_on and starts_on != before.starts_on and not data.get("dates") and before.days.exists():
            self.add_error("dates", _("The first day changes. Choose what happens to the existing days."))
        timed = before.talks.exclude(starts_at=None)
        if zone and zone != before.timezone and not data.get("clocks") and timed.exists():
            self.add_error("clocks", _("The time zone changes. Choose what happens to the existing times."))

    @property
    def asks_dates(self) -> bool:
        """Whether the question about the days is on the page."""
        return bool(self.is_bound and (self.errors.get("dates") or self.data.get("dates")))

    @property
    def asks_clocks(self) -> bool:
        """Whether the question about the times is on the page."""
        return bool(self.is_bound and (self.errors.get("clocks") or self.data.get("clocks")))

    @property
    def more_is_open(self) -> bool:
        """An error must not be hidden."""
        return self.is_bound and any(name in self.errors for name in self.MORE)

    def values(self) -> dict[str, Any]:
        """Arguments for `add_conference` and `change_conference`."""
        values = chosen(self.cleaned_data, [*self.COLUMNS, "series"])
        if self.before is not None:
            values["dates"] = DateChange(self.cleaned_data.get("dates") or DateChange.ENDS)
            values["clocks"] = ClockChange(self.cleaned_data.get("clocks") or ClockChange.CLOCK)
        return values


class DayRow(ShownAsTyped, forms.Form):
    """A date of the conference: whether something takes place, who hosts it, and where."""

    date = forms.DateField(widget=forms.HiddenInput, input_formats=["%Y-%m-%d"])
    held = forms.BooleanField(label=_("Takes place"), required=False, initial=True)
    host = LineField(label=_("Host"), max_length=200, required=False)
    venue = LineField(
        label=_("Venue"), max_length=200, required=False, widget=completing(reverse_lazy("complete-venue"))
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # The row's own date is its name, so that a reader of the page hears which day a box is about.
        self.day = _iso(self["date"].value())

    @cached_property
    def draft(self) -> DayDraft:
        """Nothing of a day that does not take place is kept."""
        data = self.cleaned_data
        return DayDraft(date=data["date"], held=data["held"], host=data["host"], venue=data["venue"])


class _Days(RowFormSet):
    def within(self, first: date, last: date) -> list[DayDraft]:
        """One row a date; what was typed for a date that is none any more is dropped."""
        by_date = {draft.date: draft for draft in self.drafts()}
        return [draft for on, draft in by_date.items() if first <= on <= last]


DayRows = forms.formset_factory(DayRow, formset=_Days, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS)


def rows_for_dates(data: QueryDict) -> Any:
    """The rows for the dates typed so far, with what was typed into rows of the same date; none for half a range."""
    typed = {form["date"].value(): form for form in rows_of(DayRows, "days", data).forms}
    return rows_of(DayRows, "days", None, [_row(on, typed.get(on.isoformat())) for on in _dates_typed(data)])


def _row(on: date, typed: DayRow | None) -> dict[str, Any]:
    if typed is None:
        return {"date": on.isoformat(), "held": True}
    return {"date": on.isoformat()} | {name: typed[name].value() for name in ("held", "host", "venue")}


def _dates_typed(data: QueryDict) -> list[date]:
    first = DateField(required=True)
    try:
        starts_on = first.clean(data.get("starts_on", ""))
        ends_on = DateField(required=True, near=starts_on).clean(data.get("ends_on", ""))
        validate_date_range(starts_on, ends_on)
    except ValidationError:
        return []
    dates = Conference(starts_on=starts_on, ends_on=ends_on).dates()
    return dates if len(dates) <= MOST_ROWS else []


def _rows_of_days(conference: Conference) -> list[dict[str, Any]]:
    """A row for every date, those without a day included, so that one can be put back."""
    days = {day.date: day for day in conference.days.select_related("venue")}
    dates = conference.dates()
    if len(dates) > MOST_ROWS:
        return []
    return [_row_of_day(on, days.get(on)) for on in dates]


def _row_of_day(on: date, day: Day | None) -> dict[str, Any]:
    if day is None:
        return {"date": on.isoformat(), "held": False}
    venue = day.venue.name if day.venue else ""
    return {"date": on.isoformat(), "held": True, "host": day.host, "venue": venue}


def _iso(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


class ConferenceSheet(Sheet):
    """A conference with its days and links."""

    form: ConferenceForm

    def __init__(self, data: QueryDict | None, conference: Conference | None = None) -> None:
        super().__init__(
            ConferenceForm(data, conference=conference),
            days=rows_of(DayRows, "days", data, _rows_of_days(conference) if conference else []),
            links=rows_of(LinkRows, "links", data, links_of(conference)),
        )
        self.conference = conference

    def has_day_rows(self) -> bool:
        """Whether the page that was sent had rows for the days."""
        return bool(self.rows["days"].forms)

    def values(self) -> dict[str, Any]:
        """Rows name dates as they were before a change."""
        values = self.form.values()
        of = self.conference or Conference(starts_on=values["starts_on"], ends_on=values["ends_on"])
        days: Any = self.rows["days"]
        return {**values, "days": days.within(of.starts_on, of.ends_on), **self.drafts("links")}


class DayForm(ShownAsTyped, forms.ModelForm):
    """What one day has of its own. Its date is changed with the conference's."""

    venue = LineField(
        label=_("Venue"), max_length=200, required=False, widget=completing(reverse_lazy("complete-venue"))
    )

    class Meta:
        model = Day
        fields = ["title", "host", "about"]
        formfield_callback = typed_field

    field_order = ["title", "host", "venue", "about"]

    def __init__(self, data: QueryDict | None, day: Day) -> None:
        initial = {"venue": day.venue.name if day.venue else ""}
        super().__init__(data, instance=copy(day), initial=initial)

    def draft(self) -> DayDraft:
        """What `change_day` is to set."""
        return DayDraft(date=self.instance.date, **chosen(self.cleaned_data, ["title", "host", "venue", "about"]))
