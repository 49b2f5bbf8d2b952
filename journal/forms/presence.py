"""Being there: attendance, the log of a day, marks of talks."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from events.fields import TimeField
from events.models import Day, Talk
from events.moments import Reading, at
from journal.forms.entries import STARS
from journal.forms.shown import TellsWhatItShowed
from journal.markdown import Audience, plain
from journal.models import Attendance, DayLog, Entry, Mark
from journal.models.presence import HUE_STEP

HUES = range(0, 360, HUE_STEP)
MARKS = [("", _("No mark")), *Mark.State.choices]


class Swatches(forms.RadioSelect):
    """Each radio is a piece of ribbon of its hue (class `hue-N`); the words are for ears."""

    def __init__(self, attrs: dict[str, Any] | None = None, choices: Any = ()) -> None:
        super().__init__({"class": "swatches", **(attrs or {})}, choices)

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With the hue as a class of the input itself."""
        option = super().create_option(name, value, *args, **kwargs)
        option["attrs"]["class"] = f"hue-{value}"
        return option


class StarsField(forms.TypedChoiceField):
    """One to five, or None."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.RadioSelect(attrs={"class": "stars"}))
        options.setdefault("label", _("Stars"))
        super().__init__(choices=STARS, coerce=int, empty_value=None, required=False, **options)

    def prepare_value(self, value: Any) -> Any:
        """None is the choice “no stars”."""
        return "" if value is None else value


class AttendanceForm(TellsWhatItShowed, forms.ModelForm):
    """How one was there. Saving it for the first time says “I was there”."""

    shown_fields = ("mode", "role", "companions", "lodging", "expectation", "ribbon")

    ribbon = forms.TypedChoiceField(
        label=_("Ribbon"),
        coerce=int,
        choices=lambda: [(hue, gettext("Colour %(number)s") % {"number": hue // HUE_STEP + 1}) for hue in HUES],
        widget=Swatches,
        help_text=_("The colour by which you know this conference again."),
    )

    class Meta:
        model = Attendance
        fields = ["mode", "role", "companions", "lodging", "expectation", "ribbon"]
        widgets = {
            "mode": forms.RadioSelect(attrs={"class": "segments"}),
            "expectation": forms.Textarea(attrs={"rows": 4}),
        }
        labels = {"companions": _("With whom"), "expectation": _("What do you expect of it?")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mode"].choices = Attendance.Mode.choices  # type: ignore[attr-defined]

    def fields_of_attendance(self) -> dict[str, Any]:
        """For `attend`: everything the first time, then what was touched."""
        is_new = self.instance.pk is None
        return {name: value for name, value in self.cleaned_data.items() if is_new or self.touched(name)}


class DayLogForm(TellsWhatItShowed, forms.Form):
    """One day in a few lines. `talks` and `entries` are those of the day, of which one may be its highlight."""

    shown_fields = ("mode", "arrived", "left", "mood", "rating", "highlight", "travel")

    mode = forms.ChoiceField(
        label=_("How were you there?"),
        required=False,
        choices=[("", _("Not said")), *DayLog.Mode.choices],
        widget=forms.RadioSelect(attrs={"class": "segments"}),
    )
    arrived = TimeField(label=pgettext_lazy("clock time", "Arrived"), required=False, about=True)
    left = TimeField(label=pgettext_lazy("clock time", "Left"), required=False, about=True)
    mood = forms.CharField(
        label=_("Mood"), required=False, max_length=300, help_text=_("The day in one line, as it felt to you.")
    )
    rating = StarsField()
    highlight = forms.ChoiceField(label=_("Highlight of the day"), required=False)
    travel = forms.CharField(
        label=_("Travel"), required=False, max_length=300, help_text=_("How you got there and back.")
    )

    def __init__(
        self, data: Any = None, *, day: Day, log: DayLog | None, talks: list[Talk], entries: list[Entry]
    ) -> None:
        self.day, self.log, self.zone = day, log, day.conference.zone
        super().__init__(data, initial=self._as_it_stands())
        self._talks = {f"talk:{talk.pk}": talk for talk in talks}
        self._entries = {f"entry:{entry.uid}": entry for entry in entries}
        self._keep_the_highlight()
        self.fields["highlight"].choices = self._highlights()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Nobody leaves before they arrive."""
        cleaned = super().clean() or self.cleaned_data
        arrived, left = self._moment("arrived"), self._moment("left")
        if arrived and left and left < arrived:
            self.add_error("left", _("This is before the arrival. Please look at both times."))
        return cleaned

    def log_fields(self) -> dict[str, Any]:
        """For `log_day`: what was touched; a time that was not keeps its seconds."""
        cleaned = self.cleaned_data
        fields = {name: cleaned[name] for name in ("mode", "mood", "rating", "travel") if self.touched(name)}
        if self.touched("highlight"):
            fields["highlight_talk"] = self._talks.get(cleaned["highlight"])
            fields["highlight_entry"] = self._entries.get(cleaned["highlight"])
        for name in ("arrived", "left"):
            if name in self.changed_data and self.touched(name):
                fields[name] = self._moment(name)
                fields[f"{name}_about"] = bool(cleaned[name] and cleaned[name].about)
        return fields

    def _moment(self, name: str) -> datetime | None:
        reading: Reading | None = self.cleaned_data.get(name)
        return at(self.day.date, reading.time, self.zone) if reading else None

    def _as_it_stands(self) -> dict[str, Any]:
        if self.log is None:
            return {}
        initial = {name: getattr(self.log, name) for name in ("mode", "mood", "rating", "travel")}
        for name in ("arrived", "left"):
            moment = getattr(self.log, name)
            if moment is not None:
                clock = moment.astimezone(self.zone).time().replace(second=0, microsecond=0)
                initial[name] = Reading(clock, getattr(self.log, f"{name}_about"))
        if self.log.highlight_talk_id:
            initial["highlight"] = f"talk:{self.log.highlight_talk_id}"
        elif self.log.highlight_entry is not None:
            initial["highlight"] = f"entry:{self.log.highlight_entry.uid}"
        return initial

    def _keep_the_highlight(self) -> None:
        """One that has moved to another day since is offered still, or saving would lose it."""
        if self.log is None:
            return
        if self.log.highlight_talk is not None:
            self._talks.setdefault(f"talk:{self.log.highlight_talk_id}", self.log.highlight_talk)
        if self.log.highlight_entry is not None:
            self._entries.setdefault(f"entry:{self.log.highlight_entry.uid}", self.log.highlight_entry)

    def _highlights(self) -> list[Any]:
        groups = [
            (gettext("Talks"), [(key, talk.display_title()) for key, talk in self._talks.items()]),
            (gettext("What you kept"), [(key, words_of(entry)) for key, entry in self._entries.items()]),
        ]
        return [("", gettext("None yet")), *(group for group in groups if group[1])]


class MarkForm(TellsWhatItShowed, forms.Form):
    """What one did with a talk. Of what is not sent, nothing changes."""

    shown_fields = ("rating", "verdict")

    state = forms.ChoiceField(label=_("Mark"), required=False, choices=MARKS)
    rating = StarsField()
    verdict = forms.CharField(label=_("In one line"), required=False, max_length=300)

    def __init__(self, data: Any = None, *, talk: Talk, mark: Mark | None) -> None:
        initial = {"rating": mark.rating, "verdict": mark.verdict} if mark else {}
        super().__init__(data, initial=initial, auto_id=f"mark-{talk.pk}-%s")

    def sent(self) -> dict[str, Any]:
        """What was sent and touched, cleaned, by name."""
        sent = {name: value for name, value in self.cleaned_data.items() if name in self.data}
        return {name: value for name, value in sent.items() if self.touched(name)}


class MarkRow(forms.Form):
    """One talk among several: mark, stars and verdict."""

    state = forms.ChoiceField(label=_("Mark"), required=False, choices=MARKS)
    rating = StarsField(widget=forms.Select)
    verdict = forms.CharField(label=_("In one line"), required=False, max_length=300)

    def __init__(self, data: Any = None, *, talk: Talk, mark: Mark | None) -> None:
        self.talk, self.mark = talk, mark
        super().__init__(data, prefix=str(talk.pk), initial=self.shown(mark))

    @staticmethod
    def shown(mark: Mark | None) -> dict[str, Any]:
        """A mark as the page shows it."""
        return {"state": mark.state, "rating": mark.rating, "verdict": mark.verdict} if mark else _NO_MARK

    def told(self) -> dict[str, Any]:
        """What the row says now; every field, empty or not."""
        return {name: self.cleaned_data[name] for name in _NO_MARK}


_NO_MARK: dict[str, Any] = {"state": "", "rating": None, "verdict": ""}


def words_of(entry: Entry) -> str:
    """An entry in a few words, for a list to choose from."""
    details = entry.details
    candidates = [entry.title, *(getattr(details, name, "") for name in ("item", "dishes", "person"))]
    words = next((text for text in candidates if text.strip()), "") or _begin_of(entry.text)
    return Truncator(f"{entry.get_kind_display()}: {words}" if words else str(entry.get_kind_display())).chars(80)


def _begin_of(text: str) -> str:
    return plain(text, audience=Audience.OWNER, limit=60)


def by_day(rows: list[MarkRow]) -> list[tuple[Day | None, list[MarkRow]]]:
    """Rows in programme order under their days."""
    return [(day, list(group)) for day, group in groupby(rows, key=lambda row: row.talk.day)]
