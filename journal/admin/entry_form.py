"""The form of an entry on the desk: one page for all kinds, with the details of each folded below."""

from __future__ import annotations

import uuid
from datetime import tzinfo
from typing import Any

from django import forms
from django.contrib.admin import widgets
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Conference, Day, Talk
from journal import access
from journal.actions.entries import DETAILS, FIELDS
from journal.admin.clock import ClockField, date_input
from journal.admin.forms import SUBJECT, DeskForm, EntryChoice, followed, offer_entries
from journal.forms.entries import currency_of
from journal.models import Entry, Meal, Swag, Visibility
from journal.subjects import Subject


def _detail_field(column: models.Field[Any, Any], **options: Any) -> forms.Field | None:
    if isinstance(column, models.ForeignKey):
        return EntryChoice(queryset=Entry.objects.none(), label=_("Got it from someone I met"), required=False)
    if isinstance(column, models.CharField) and not column.choices:
        options["widget"] = widgets.AdminTextInputWidget
    return column.formfield(**options)


def _detail_fields() -> dict[str, forms.Field]:
    """`meal_dishes`, `swag_item`, `encounter_person` and so on: every column of the details."""
    return {
        f"{kind}_{name}": field
        for kind, model in DETAILS.items()
        for name, field in forms.fields_for_model(model, exclude=["entry"], formfield_callback=_detail_field).items()
    }


DETAIL_FIELDS = {
    str(kind): [name for name in _detail_fields() if name.startswith(f"{kind}_")] for kind in DETAILS
}  # fmt: skip

_Details: type[forms.Form] = type("_Details", (forms.Form,), _detail_fields())


class EntryForm(_Details, DeskForm):  # type: ignore[misc, valid-type]
    """`base_version` is the version that the page was opened with; `new_uid` makes a double click one entry."""

    base_version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    new_uid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    at = ClockField(label=_("Time"))

    class Meta:
        model = Entry
        fields = ["kind", "title", "text", *SUBJECT, "at", "about", "part", "rating", "visibility"]
        widgets = {"on": date_input()}

    def __init__(self, *args: Any, **options: Any) -> None:
        instance = options.get("instance")
        given = options.pop("initial", None) or {}
        super().__init__(*args, initial=_as_it_stands(instance) | given, **options)
        if "text" not in self.fields:
            return  # a page to look at, without fields
        self.fields["text"].strip = False  # type: ignore[attr-defined]
        self.fields["at"].go_by(self._zone())  # type: ignore[attr-defined]
        swag: Swag | None = getattr(self.instance, "swag", None) if self.instance.pk else None
        met = access.entries(self.person).filter(kind=Entry.Kind.ENCOUNTER)
        offer_entries(self.fields["swag_encounter"], self.person, met, swag.encounter_id if swag else None)
        if self.refused is not None and self.refused.version is not None:
            sent: Any = self.data
            self.data = sent.copy()
            self.data["base_version"] = str(self.refused.version)  # type: ignore[index]

    def clean(self) -> dict[str, Any]:
        """Details belong to the kind; nothing that was typed is dropped in silence."""
        cleaned = super().clean()
        for kind, names in DETAIL_FIELDS.items():
            strays = [name for name in names if name in self.data and name in self.changed_data]
            if strays and cleaned.get("kind") != kind:
                self.add_error(strays[0], _("This belongs to another kind of entry. Choose that kind, or take it out."))
        if cleaned.get("kind") == Entry.Kind.ENCOUNTER:
            cleaned["visibility"] = Visibility.PRIVATE
        return cleaned

    def clean_meal_currency(self) -> str:
        """In capitals, as ISO 4217 has it."""
        return currency_of(self.cleaned_data["meal_currency"])

    def clean_swag_quantity(self) -> int:
        """One, where nothing is said."""
        return int(self.cleaned_data["swag_quantity"] or 1)

    def for_the_verb(self, row: Entry) -> dict[str, Any]:
        """Everything that `write_entry` and `revise_entry` take; a time that was not touched keeps its seconds."""
        kind = self.cleaned_data["kind"]
        fields = {name: getattr(row, name) for name in FIELDS}
        if "at" not in self.changed_data and row.pk:
            fields["at"] = self.initial.get("at")
        details = {name.removeprefix(f"{kind}_"): self.cleaned_data[name] for name in DETAIL_FIELDS.get(kind, [])}
        return {"kind": kind, "text": row.text, "subject": Subject.of(row), "fields": fields, "details": details}

    def _zone(self) -> tzinfo:
        """The clock of what the entry is about, as it stands or as it is being chosen."""
        conference = self.instance.conference if self.instance.pk else self._conference_chosen()
        return conference.zone if conference else timezone.get_current_timezone()

    def _conference_chosen(self) -> Conference | None:
        parts: dict[str, Any] = {"conference": Conference, "day": Day, "talk": Talk}
        for name, model in parts.items():
            key = str(self.data.get(name) or self.initial.get(name) or "")
            if key.isascii() and key.isdigit() and len(key) < 19:
                row = model.objects.visible_to(self.person).filter(pk=key).first()
                if row is not None:
                    return row if isinstance(row, Conference) else row.conference
        return None


def _as_it_stands(entry: Entry | None) -> dict[str, Any]:
    if entry is None or entry.pk is None:
        return {"base_version": 0, "new_uid": uuid.uuid4(), "meal_currency": Meal._meta.get_field("currency").default}
    initial = {"base_version": entry.version, "at": entry.at, **followed(entry)}
    for kind, names in DETAIL_FIELDS.items():
        details = getattr(entry, kind, None) or DETAILS[kind]()
        for name in names:
            column: Any = DETAILS[kind]._meta.get_field(name.removeprefix(f"{kind}_"))
            initial[name] = column.value_from_object(details)
    return initial
