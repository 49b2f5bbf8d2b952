"""The editor's field, and the form that its scripts send: a picture on its way into a text."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from markdownx.fields import MarkdownxFormField

from events.models import Conference
from events.querysets import Person
from journal import access
from journal.models import Entry
from journal.subjects import Subject
from journal.widgets import EditorWidget


def text_field(**options: Any) -> MarkdownxFormField:
    """A field of Markdown. Nothing of what was typed is trimmed."""
    options.setdefault("widget", EditorWidget(attrs={"rows": 8}))
    return MarkdownxFormField(required=False, strip=False, **options)


class UploadForm(forms.Form):
    """One picture, and what it may stand with: an entry of one's own, or a conference one may see."""

    image = forms.FileField(error_messages={"required": _("No picture arrived. Choose it again.")})
    entry = forms.UUIDField(required=False)
    conference = forms.ModelChoiceField(Conference.objects.none(), required=False)

    def __init__(self, person: Person, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.person = person
        conferences = Conference.objects.visible_to(person)
        self.fields["conference"].queryset = conferences  # type: ignore[attr-defined]

    def clean_entry(self) -> Entry | None:
        """The person's own kept entry; raises Http404 for any other."""
        uid = self.cleaned_data["entry"]
        return access.entry(self.person, uid) if uid else None

    def subject(self) -> Subject:
        """What a picture is about that stands with no entry yet; its conference tells the zone of its clock."""
        return Subject(conference=self.cleaned_data.get("conference"))
