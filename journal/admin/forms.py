"""What the forms of the book's desk share: refusals in words, choices that keep what stands, what was touched."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.forms.models import ModelChoiceField

from events.admin.forms import say_labels
from events.labels import with_labels
from events.querysets import Person
from journal import access
from journal.admin.own import Refused
from journal.admin.words import named
from journal.models import Entry
from journal.subjects import Subject

SUBJECT = ("conference", "day", "talk", "room", "speaker", "venue", "on")
# A select with more than that is no help; the pages offer as many.
MOST_OFFERED = 100


class DeskForm(forms.ModelForm):
    """`person` and `refused` are set by `SavedThroughVerbs.get_form`."""

    person: Person
    refused: Refused | None = None

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        say_labels(self)
        for name in set(SUBJECT) & set(self.fields):
            keep_choice(self.fields[name], getattr(self.instance, f"{name}_id", None))

    def clean(self) -> dict[str, Any]:
        """What the verb had against the first attempt."""
        cleaned = super().clean() or self.cleaned_data
        if self.refused is not None:
            self._tell(self.refused.error)
        return cleaned

    def _tell(self, error: ValidationError) -> None:
        by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for name, sentences in by_field.items():
            self.add_error(name if name in self.fields else None, sentences)


class TouchedForm(DeskForm):
    """For rows without versions: what was not touched stays as another device has made it since.

    Every field is sent along as it was shown, and compared with that and not with the row of now.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.show_hidden_initial = True

    def touched(self, *names: str) -> dict[str, Any]:
        """The fields that were changed on the page, all or those named, for the verbs."""
        wanted = [name for name in self.changed_data if not names or name in names]
        return {name: self.cleaned_data[name] for name in wanted}


class EntryChoice(ModelChoiceField):
    """A select of one's own entries, by their first words."""

    def label_from_instance(self, obj: Any) -> str:
        """Only their owner reads this."""
        return named(obj)


def offer_entries(field: Any, person: Person, rows: QuerySet[Entry], kept: int | None) -> None:
    """The newest of these own entries, and the one that stands."""
    mine = access.entries(person)
    newest = rows.order_by("-pk").values_list("pk", flat=True)[:MOST_OFFERED]
    field.queryset = mine.filter(pk__in=[*newest, kept]).order_by("-pk")


def keep_choice(field: Any, kept: int | None) -> None:
    """What a row is about stays choosable, also where its maker has taken it from everyone's view since."""
    rows = getattr(field, "queryset", None)
    if kept is not None and rows is not None:
        everything = with_labels(rows.model._default_manager.all())
        field.queryset = everything.filter(Q(pk__in=rows.order_by().values("pk")) | Q(pk=kept))


def followed(row: Any) -> dict[str, Any]:
    """A stored subject as initial values: where its talk has moved since, that holds."""
    parts = Subject.of(row).followed().columns()
    return {name: parts[name].pk if hasattr(parts[name], "pk") else parts[name] for name in SUBJECT}
