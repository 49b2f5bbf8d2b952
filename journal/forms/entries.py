"""Writing down a note, a meal, a piece of swag, somebody met: two fields in front, the rest behind “more”.

Only the kind is obligatory. Every form carries a uid made when it was rendered, so that a double tap is one entry,
and an edit carries the version that it began from.
"""

from __future__ import annotations

import re
import uuid
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from events.fields import TimeField
from events.moments import Reading, at, programme_date
from events.querysets import Person
from journal import access
from journal.forms.editor import text_field
from journal.forms.subjects import SubjectFields, date_of
from journal.models import Encounter, Entry, Meal, Swag, Visibility
from journal.subjects import Subject

NOW = "now"
# The way there and the way home: days around a conference on which a time without a date still means today.
_AROUND = timedelta(days=7)
STARS = [("", _("No stars")), *((str(count), str(count)) for count in range(1, 6))]


def _pills(choices: Any) -> forms.RadioSelect:
    return forms.RadioSelect(attrs={"class": "segments"}, choices=choices)


def _pill_field(column: models.Field[Any, Any]) -> forms.ChoiceField:
    """The choices of a column as pills, with “not said” for empty."""
    choices = [("", _("Not said")), *(choice for choice in column.choices or [] if choice[0])]
    label = capfirst(column.verbose_name)  # lazy still: str() would freeze the language of the import
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=_pills(choices))


class PriceField(forms.DecimalField):
    """A price as people type it: 15,000원, ₩15,000, 12.50."""

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        """Raises ValidationError for what is no number."""
        if isinstance(value, str):
            value = re.sub(r"[\s,원₩€$£¥]", "", value)
        return super().to_python(value)


class EntryForm(SubjectFields):
    """What every kind has. `entry` is the row that is edited, None for a new one."""

    kind: ClassVar[str]
    front: ClassVar[tuple[str, ...]] = ("text",)
    columns: ClassVar[tuple[str, ...]] = ()

    uid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    base_version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    kept_photo = forms.UUIDField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("Title"), required=False, max_length=300)
    text = text_field(label=_("Text"))
    picture = forms.FileField(
        label=_("Picture"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "image/*,.heic,.heif"}),
    )
    at = TimeField(label=_("Time"), required=False, about=True)
    part = forms.ChoiceField(
        label=_("When"),
        required=False,
        choices=[("", _("Not said")), (NOW, _("Now")), *Entry.Part.choices],
        widget=forms.RadioSelect(attrs={"class": "segments"}),
    )
    rating = forms.TypedChoiceField(
        label=_("Stars"),
        required=False,
        choices=STARS,
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect(attrs={"class": "stars"}),
    )
    visibility = forms.ChoiceField(
        label=_("Who may read it"),
        required=False,
        choices=Visibility.choices,
        widget=forms.RadioSelect(attrs={"class": "segments"}),
        help_text=_("Shared means: it may stand in a report that you publish. Until then only you read it."),
    )

    def __init__(self, person: Person, *args: Any, entry: Entry | None = None, **options: Any) -> None:
        self.entry = entry
        initial = dict(options.pop("initial", None) or {})
        if entry is not None:
            options.setdefault("given", Subject.of(entry).followed())
            initial = _as_it_stands(entry, self.kind, self.columns) | initial
        else:
            initial = {"uid": uuid.uuid4(), "visibility": Visibility.PRIVATE, "base_version": 0} | initial
        super().__init__(person, *args, initial=initial, **options)
        self.at_moment: datetime | None = None

    # What the template lays out

    @property
    def front_fields(self) -> list[forms.BoundField]:
        """What one fills in with a phone in one hand."""
        return [self[name] for name in self.front]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """Everything else that says more of the thing itself."""
        details = [name for name in self.columns if name not in self.front]
        named = [*details, "title", "part", "at", "on", "rating", "visibility"]
        return [self[name] for name in named if name in self.fields and name not in self.front]

    @property
    def more_is_open(self) -> bool:
        """Is there something behind “more” that must be seen: a mistake, or a value that somebody gave?"""
        return any((self.is_bound and field.errors) or _says_something(field) for field in self.more_fields)

    # What was typed, as the verbs take it

    def clean(self) -> dict[str, Any]:
        """Subject, moment, and that a note is not wholly empty."""
        cleaned = super().clean()
        self._find_the_moment(cleaned)
        self._ask_for_a_word(cleaned)
        return cleaned

    def texts(self) -> str:
        """The Markdown, exactly as it was typed."""
        return str(self.cleaned_data["text"])

    def columns_of_entry(self) -> dict[str, Any]:
        """For `fields=` of the verbs."""
        cleaned = self.cleaned_data
        reading = cleaned.get("at")
        return {
            "title": cleaned["title"],
            "at": self.at_moment,
            "about": bool(reading and reading.about and cleaned["part"] != NOW),
            "part": "" if cleaned["part"] == NOW else cleaned["part"],
            "rating": cleaned["rating"],
            "visibility": cleaned.get("visibility") or Visibility.PRIVATE,
        }

    def details(self) -> dict[str, Any]:
        """For `details=` of the verbs: every one, so that a field can be emptied."""
        return {name: self.cleaned_data[name] for name in self.columns}

    def _find_the_moment(self, cleaned: dict[str, Any]) -> None:
        """The moment that `at` or “now” names: on the subject's date, else today, in the conference's zone."""
        reading, is_now = cleaned.get("at"), cleaned.get("part") == NOW
        if self.errors or not (reading or is_now):
            return
        zone = self.subject.conference.zone if self.subject.conference else timezone.get_current_timezone()
        today = programme_date(timezone.now(), zone)
        on = self.date_of_subject()
        if is_now and not reading and on not in (None, today):
            self.add_error("part", _("Now is another day than the one chosen. Write the time instead."))
            return
        if on is None and reading and self._is_long_ago(today):
            self.add_error("day", _("Choose the day, so that the time has a date."))
            return
        if on is None:
            self.dated(today)
        if not reading:
            self.at_moment = timezone.now().astimezone(UTC)
        else:
            self.at_moment = self._unchanged_moment(on) or at(on or today, reading.time, zone)

    def _is_long_ago(self, today: date) -> bool:
        """Or long to come: a time without a date cannot mean today then."""
        conference = self.subject.conference
        return conference is not None and not (conference.starts_on - _AROUND <= today <= conference.ends_on + _AROUND)

    def _unchanged_moment(self, on: Any) -> datetime | None:
        """An edit that touches neither time nor date keeps the moment to the second."""
        if self.entry is None or "at" in self.changed_data:
            return None
        return self.entry.at if on == date_of(Subject.of(self.entry)) else None

    def _ask_for_a_word(self, cleaned: dict[str, Any]) -> None:
        """A note without a word, a star or a picture says nothing; a meal, swag or somebody met says what it is."""
        if self.kind != Entry.Kind.NOTE or self.errors:
            return
        said = (cleaned["text"].strip(), cleaned["title"], cleaned["rating"], cleaned["picture"], cleaned["kept_photo"])
        if not any(said) and not self._has_pictures():
            self.add_error("text", _("Write a word, or add a picture."))

    def _has_pictures(self) -> bool:
        return self.entry is not None and access.photos(self.person).filter(entry=self.entry).exists()


class NoteForm(EntryForm):
    """A line worth keeping."""

    kind = Entry.Kind.NOTE


class MealForm(EntryForm):
    """What there was to eat."""

    kind = Entry.Kind.MEAL
    front = ("dishes", "text")
    columns = ("occasion", "dishes", "provider", "place", "companions", "price", "currency", "included")

    occasion = _pill_field(Meal._meta.get_field("occasion"))
    dishes = forms.CharField(label=_("Dishes"), required=False, max_length=500)
    provider = forms.CharField(label=_("Provided by"), required=False, max_length=200)
    place = forms.CharField(label=_("Place"), required=False, max_length=200)
    companions = forms.CharField(label=_("With whom"), required=False, max_length=300)
    included = forms.BooleanField(label=_("Included in the fee"), required=False)
    price = PriceField(label=_("Price"), required=False, min_value=0, max_digits=12, decimal_places=2)
    currency = forms.CharField(
        label=_("Currency"),
        required=False,
        max_length=3,
        widget=forms.TextInput(attrs={"class": "is-short", "autocomplete": "off"}),
        help_text=_("Three letters: KRW, USD, EUR."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial.setdefault("currency", "KRW")
        price = forms.TextInput(attrs={"class": "is-short", "inputmode": "decimal", "autocomplete": "off"})
        self.fields["price"].widget = price

    def clean_currency(self) -> str:
        """In capitals, as ISO 4217 has it."""
        return currency_of(self.cleaned_data["currency"])


class SwagForm(EntryForm):
    """What was carried home."""

    kind = Entry.Kind.SWAG
    front = ("item", "text")
    columns = ("item", "quantity", "variant", "won", "from_whom", "encounter", "state")

    item = forms.CharField(label=_("What it is"), required=False, max_length=200)
    quantity = forms.IntegerField(label=_("How many"), required=False, min_value=1, max_value=32767, initial=1)
    variant = forms.CharField(label=_("Colour or size"), required=False, max_length=200)
    won = _pill_field(Swag._meta.get_field("won"))
    from_whom = forms.CharField(label=_("From whom"), required=False, max_length=200)
    encounter = forms.ChoiceField(label=_("Got it from someone I met"), required=False)
    state = _pill_field(Swag._meta.get_field("state"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        mine = access.entries(self.person).filter(kind=Entry.Kind.ENCOUNTER).order_by("-created")
        self._encounters = {str(one.pk): one for one in mine[:100]}
        swag: Swag | None = getattr(self.entry, self.kind, None)
        kept = swag.encounter if swag is not None else None
        if kept is not None:
            self._encounters.setdefault(str(kept.pk), kept)
        offered = [(key, name_of_person(one)) for key, one in self._encounters.items()]
        self.fields["encounter"].choices = [("", _("Nobody in particular")), *offered]  # type: ignore[attr-defined]

    def clean_quantity(self) -> int:
        """One, where nothing is said."""
        return int(self.cleaned_data["quantity"] or 1)

    def clean_encounter(self) -> Entry | None:
        """The person's own encounter."""
        return self._encounters.get(self.cleaned_data["encounter"])


class EncounterForm(EntryForm):
    """Somebody met: a name is welcome and never needed. Always private, so nothing asks who may read it."""

    kind = Entry.Kind.ENCOUNTER
    front = ("person", "text")
    columns = ("person", "affiliation", "where", "contact")
    visibility = None  # type: ignore[assignment]

    person = forms.CharField(  # type: ignore[assignment]  # as a field it leaves the class; the writer is on the form
        label=_("Who"), required=False, max_length=200, help_text=_("Leave it empty if you do not know the name.")
    )
    affiliation = forms.CharField(label=_("Affiliation"), required=False, max_length=300)
    where = forms.CharField(label=_("Where"), required=False, max_length=200)
    contact = forms.CharField(label=_("Contact"), required=False, max_length=300)


class TalkNoteForm(forms.Form):
    """My note of a talk, open for writing; `base_version` is 0 while there is none, `uid` the one that is there."""

    text = text_field(label=_("My note"))
    uid = forms.UUIDField(required=False, widget=forms.HiddenInput)
    base_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, note: Entry | None = None, **options: Any) -> None:
        """`note` is the note as it stands, in the bin or not; a binned one is not shown."""
        kept = note if note is not None and not note.is_binned else None
        super().__init__(*args, **options)
        self.note = kept
        if kept is not None:
            self.initial = {"text": kept.text, "uid": kept.uid, "base_version": kept.version, **self.initial}
        else:
            self.initial = {"base_version": 0, **self.initial}

    def clean(self) -> dict[str, Any]:
        """A note begins with a word; one that is there may be emptied."""
        cleaned = super().clean() or self.cleaned_data
        if self.note is None and not (cleaned.get("text") or "").strip():
            self.add_error("text", _("Write a word first."))
        return cleaned


FORMS: dict[str, type[EntryForm]] = {form.kind: form for form in (NoteForm, MealForm, SwagForm, EncounterForm)}


def currency_of(typed: str) -> str:
    """In capitals, as ISO 4217 has it; raises ValidationError."""
    currency = typed.strip().upper()
    if currency and not re.fullmatch("[A-Z]{3}", currency):
        raise ValidationError(_("A currency is three letters, such as KRW or USD."))
    return currency


def name_of_person(entry: Entry) -> str:
    """The name of somebody met, or that it is not known."""
    met: Encounter | None = getattr(entry, "encounter", None)
    return (met.person if met else "") or entry.title or str(_("Name unknown"))


def _as_it_stands(entry: Entry, kind: str, columns: tuple[str, ...]) -> dict[str, Any]:
    """The initial values of an edit as this kind."""
    initial: dict[str, Any] = {name: getattr(entry, name) for name in ("uid", "title", "text", "part", "visibility")}
    initial |= {"base_version": entry.version, "rating": entry.rating or ""}
    if entry.at is not None:
        zone = entry.conference.zone if entry.conference else timezone.get_current_timezone()
        initial["at"] = Reading(entry.at.astimezone(zone).time().replace(second=0, microsecond=0), entry.about)
    details = getattr(entry, kind, None) if columns else None
    if details is not None:
        initial |= {name: detail_value(details, name) for name in columns}
    return initial


def detail_value(details: models.Model, name: str) -> Any:
    """A detail as a form takes it: a key where it names another row."""
    value = getattr(details, name)
    return value.pk if isinstance(value, models.Model) else value


# What a field holds before anybody has said anything.
_USUAL = {"visibility": "private", "currency": "KRW", "quantity": "1"}


def _says_something(field: forms.BoundField) -> bool:
    value = field.value()
    return value not in (None, "", False) and str(value) != _USUAL.get(field.name, "")
