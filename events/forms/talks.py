"""A talk with one short form, and several of them out of one box."""

from __future__ import annotations

from copy import copy
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.urls import reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from events.fields import TimeField
from events.forms.links import LinkRows, links_of
from events.forms.sheets import RowFormSet, Sheet, ShownAsTyped, chosen, rows_of
from events.forms.typed import LineField, ParagraphsField, completing, typed_field
from events.models import Appearance, Conference, Day, Room, Speaker, Talk
from events.moments import at, date_short, day_number
from events.querysets import Person
from events.services import AppearanceDraft, LoneWord, find_speaker, read_lines
from events.services.finding import is_called, same_spelling

_SPOKEN = ["ko", "en", "ja", "zh-hans", "de", "es", "fr", "it", "nl", "pt", "ru"]


def _languages() -> list[tuple[str, str]]:
    """Languages that talks are given in, by their names in the reader's language."""
    return [("", "—"), *((code.partition("-")[0], get_language_info(code)["name_translated"]) for code in _SPOKEN)]


# Up to this hour an end that comes before the beginning is taken to be of the next morning.
MORNING = time(6)


class DayChoice(forms.ModelChoiceField):
    """Days of one conference, by number and date."""

    def label_from_instance(self, day: Day) -> str:
        return f"{day_number(day.number)} · {date_short(day.date)}"


class TalkForm(ShownAsTyped, forms.ModelForm):
    """Title, kind and when; the date of a time is the chosen day's."""

    day = DayChoice(label=_("Day"), queryset=Day.objects.none(), required=False, empty_label="—")
    start = TimeField(label=_("Starts"), required=False)
    end = TimeField(label=_("Ends"), required=False)
    room = LineField(label=_("Room"), max_length=200, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=_languages, required=False)

    COLUMNS = ["title", "kind", "subtitle", "track", "language", "abstract", "state"]
    MORE = ["subtitle", "track", "language", "abstract", "state"]
    WHEN = ["day", "start", "end"]

    class Meta:
        model = Talk
        fields = ["title", "kind", "subtitle", "track", "language", "abstract", "state"]
        formfield_callback = typed_field

    def __init__(
        self,
        data: QueryDict | None,
        *,
        person: Person,
        conference: Conference,
        talk: Talk | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        instance = copy(talk) if talk else Talk(conference=conference)
        super().__init__(data, instance=instance, initial={**_initial(talk, conference), **(initial or {})})
        self.conference = conference
        self.days = list(conference.days.order_by("date"))
        for day in self.days:
            day.conference = conference
        self._offer(person, talk)

    def _offer(self, person: Person, talk: Talk | None) -> None:
        """The choices of this conference and talk."""
        day: Any = self.fields["day"]
        day.queryset = self.conference.days.select_related("conference").order_by("date")
        rooms = Room.objects.visible_to(person).filter(conference=self.conference)
        self.room_names = list(dict.fromkeys(rooms.values_list("name", flat=True)))
        self.fields["room"].widget.attrs.update({"list": "rooms", "autocomplete": "off"})
        for name in ("start", "end"):
            self.fields[name].widget.attrs["class"] = "is-short"
        if talk is None:
            del self.fields["state"]
        elif talk.language and talk.language not in dict(_languages()):
            language: Any = self.fields["language"]
            language.choices = [*_languages(), (talk.language, talk.language)]

    def clean(self) -> dict[str, Any]:
        """A time needs a day, unless there is only one; an end needs a beginning."""
        data = super().clean() or self.cleaned_data
        if self._moves() and not self.errors.keys() & set(self.WHEN):
            self._place(data)
        return data

    def _moves(self) -> bool:
        return bool(set(self.changed_data) & set(self.WHEN))

    def _place(self, data: dict[str, Any]) -> None:
        start, end = data.get("start"), data.get("end")
        if data.get("day") is None and start is not None and len(self.days) == 1:
            data["day"] = self.days[0]
        if end is not None and start is None:
            self.add_error("start", _("An end needs a beginning: add when it starts."))
        elif start is not None and data.get("day") is None:
            self.add_error("day", _("Choose the day, so that the time has a date."))
        elif start is not None and end is not None and MORNING <= end < start:
            self.add_error("end", _("The end is before the beginning."))

    @property
    def more_is_open(self) -> bool:
        """An error must not be hidden."""
        return self.is_bound and any(name in self.errors for name in self.MORE)

    def values(self) -> dict[str, Any]:
        """Arguments for `add_talk` and `change_talk`; moments only where day or time were changed."""
        values = chosen(self.cleaned_data, [*self.COLUMNS, "room", "day"])
        if self._moves():
            data = self.cleaned_data
            starts_at, ends_at = moments_of(data.get("day"), data.get("start"), data.get("end"), self.conference)
            values |= {"starts_at": starts_at, "ends_at": ends_at}
        return values


def moments_of(
    day: Day | None, start: time | None, end: time | None, conference: Conference
) -> tuple[datetime | None, datetime | None]:
    """The two moments, in UTC, of clock times on that day; an end before its beginning is after midnight.

    The form lets that pass only up to `MORNING`: 11:00 to 10:00 is a slip, not a talk of 23 hours.
    """
    if day is None or start is None:
        return None, None
    zone = conference.zone
    starts_at = at(day.date, start, zone)
    if end is None:
        return starts_at, None
    ends_at = at(day.date, end, zone)
    if ends_at < starts_at:
        ends_at = at(day.date + timedelta(days=1), end, zone)
    return starts_at, ends_at


def _initial(talk: Talk | None, conference: Conference) -> dict[str, Any]:
    if talk is None:
        return {}
    return {
        "day": talk.day,
        "start": _clock(talk.starts_at, conference),
        "end": _clock(talk.ends_at, conference),
        "room": talk.room.name if talk.room else "",
    }


def _clock(moment: datetime | None, conference: Conference) -> time | None:
    return moment.astimezone(conference.zone).time().replace(second=0, microsecond=0) if moment else None


class SpeakerRow(ShownAsTyped, forms.Form):
    """Somebody in the talk. Without a name the affiliation is all that is known: an organisation."""

    row = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = LineField(
        label=_("Speaker"), max_length=200, required=False, widget=completing(reverse_lazy("complete-speaker"))
    )
    affiliation = LineField(label=_("Affiliation or organisation"), max_length=300, required=False)
    job_title = LineField(label=_("Job title"), max_length=300, required=False)
    role = forms.ChoiceField(label=_("Role"), choices=Appearance.Role, initial=Appearance.Role.SPEAKER, required=False)

    def __init__(
        self, *args: Any, person: Person, conference: Conference, rows: dict[int, Appearance], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.person, self.conference, self.appearances = person, conference, rows

    def clean(self) -> None:
        """A job title alone names nobody; an organisation has a shorter name than an affiliation may have."""
        data = self.cleaned_data
        name, affiliation = data.get("name"), data.get("affiliation")
        if data.get("job_title") and not name and not affiliation:
            self.add_error("name", _("Whose job title is this? Write a name or an organisation."))
        if affiliation and not name and len(affiliation) > 200:
            self.add_error("affiliation", _("Shorten the name of the organisation to 200 characters."))

    @cached_property
    def draft(self) -> AppearanceDraft | None:
        """Of a valid row. None for a row that names nobody: a row that was emptied takes its speaker off the talk."""
        data = self.cleaned_data
        row = self.appearances.get(data.get("row") or 0)
        rest = {"job_title": data.get("job_title", ""), "role": data.get("role") or Appearance.Role.SPEAKER, "row": row}
        if data.get("name"):
            return self._of_person(data["name"], data["affiliation"], row, rest)
        if data.get("affiliation"):
            then = row.affiliation if row and not row.speaker else ""
            return AppearanceDraft(organisation=data["affiliation"], affiliation=then, **rest)
        return None

    def _of_person(self, name: str, affiliation: str, row: Appearance | None, rest: dict[str, Any]) -> AppearanceDraft:
        """A row that still shows its speaker's name keeps that speaker, also where there are two of that name."""
        organisation = row.organisation if row and row.speaker else ""
        speaker: Speaker | None
        if row and row.speaker and is_called(row.speaker, name):
            speaker = row.speaker
        else:
            speaker = find_speaker(person=self.person, name=name, affiliation=affiliation, conference=self.conference)
        return AppearanceDraft(name=name, speaker=speaker, organisation=organisation, affiliation=affiliation, **rest)


class _Speakers(RowFormSet):
    def clean(self) -> None:
        """Names somebody once in a role."""
        seen: list[AppearanceDraft] = []
        for row in self.forms:
            draft = row.draft if row.is_valid() else None
            if draft is None:
                continue
            if any(_is_twice(draft, other) for other in seen):
                row.add_error("name", _("This speaker already has this role in this talk."))
            seen.append(draft)

    def ask_for_somebody(self, sentence: str) -> None:
        """Puts the sentence on the first row, where it can be answered."""
        for row in self.forms[:1]:
            row.add_error("name", sentence)
            row.add_error("affiliation", sentence)


def _is_twice(one: AppearanceDraft, other: AppearanceDraft) -> bool:
    if one.role != other.role or not one.name or not other.name:
        return False
    if one.speaker or other.speaker:
        return one.speaker == other.speaker
    return same_spelling(one.name, other.name)


SpeakerRows = forms.formset_factory(SpeakerRow, formset=_Speakers, extra=1, max_num=100, absolute_max=120)


def _row_of(appearance: Appearance) -> dict[str, Any]:
    speaker = appearance.speaker
    return {
        "row": appearance.pk,
        "name": speaker.own_name() if speaker else "",
        "affiliation": appearance.affiliation if speaker else appearance.organisation,
        "job_title": appearance.job_title,
        "role": appearance.role,
    }


class TalkSheet(Sheet):
    """A talk with who gives it and its links."""

    form: TalkForm

    def __init__(
        self,
        data: QueryDict | None,
        *,
        person: Person,
        conference: Conference,
        talk: Talk | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        rows = list(talk.appearances.select_related("speaker").order_by("order", "pk")) if talk else []
        kwargs: dict[str, Any] = {"person": person, "conference": conference}
        by_pk = {row.pk: row for row in rows}
        self.known = rows
        super().__init__(
            TalkForm(data, talk=talk, initial=initial, **kwargs),
            speakers=rows_of(SpeakerRows, "speakers", data, [_row_of(row) for row in rows], rows=by_pk, **kwargs),
            links=rows_of(LinkRows, "links", data, links_of(talk)),
        )

    def is_valid(self) -> bool:
        """Title or speaker or organisation is enough, and one of them is needed."""
        if not super().is_valid():
            return False
        speakers: Any = self.rows["speakers"]
        there = speakers.drafts() if speakers.sent else self.known
        if self.form.cleaned_data["title"] or there:
            return True
        sentence = gettext("Write a title, a speaker or an organisation: one of them is enough.")
        self.form.add_error("title", sentence)
        speakers.ask_for_somebody(sentence)
        return False

    def values(self) -> dict[str, Any]:
        """Arguments for `add_talk` and `change_talk`."""
        return self.form.values() | self.drafts("speakers", "links")


class TalksForm(ShownAsTyped, forms.Form):
    """Several booths or posters, one a line."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Talk.Kind, initial=Talk.Kind.POSTER)
    day = DayChoice(label=_("Day"), queryset=Day.objects.none(), required=False, empty_label="—")
    lone = forms.ChoiceField(
        label=_("A line without a bar is"),
        choices=LoneWord,
        initial=LoneWord.ORGANISATION,
        widget=forms.RadioSelect(attrs={"class": "segments"}),
    )
    text = ParagraphsField(
        label=_("One a line"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("KAIST | Title of the poster. Either part may be missing."),
    )

    def __init__(self, data: QueryDict | None, *, conference: Conference, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        day: Any = self.fields["day"]
        day.queryset = conference.days.select_related("conference").order_by("date")

    def clean(self) -> None:
        """Reads the lines once, so that a line which is too long is named at the box."""
        text, lone = self.cleaned_data.get("text"), self.cleaned_data.get("lone")
        if not text or not lone:
            return
        try:
            if not read_lines(text, lone=LoneWord(lone)):
                raise ValidationError(_("There is no name in these lines."))
        except ValidationError as error:
            self.add_error("text", error)

    def values(self) -> dict[str, Any]:
        """Arguments for `add_talks_from_lines`."""
        data = self.cleaned_data
        return {**chosen(data, ["kind", "day", "text"]), "lone": LoneWord(data["lone"])}
