"""Speakers and venues: forms of their own pages."""

from __future__ import annotations

from copy import copy
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from events.forms.links import LinkRows, links_of
from events.forms.sheets import Sheet, ShownAsTyped, chosen, rows_of
from events.forms.typed import typed_field
from events.models import Speaker, Venue


class SpeakerForm(ShownAsTyped, forms.ModelForm):
    """What stays the same about a person; what they were then stands on the appearance."""

    class Meta:
        model = Speaker
        fields = ["name", "other_name", "aka", "website", "about"]
        formfield_callback = typed_field


class SpeakerSheet(Sheet):
    """A speaker with links."""

    def __init__(self, data: QueryDict | None, speaker: Speaker | None = None) -> None:
        form = SpeakerForm(data, instance=copy(speaker) if speaker else None)
        super().__init__(form, links=rows_of(LinkRows, "links", data, links_of(speaker)))

    def values(self) -> dict[str, Any]:
        """Arguments for `add_speaker` and `change_named`."""
        return chosen(self.form.cleaned_data, list(SpeakerForm.Meta.fields)) | self.drafts("links")


class VenueForm(ShownAsTyped, forms.ModelForm):
    """A house and where it stands."""

    class Meta:
        model = Venue
        fields = [
            "name",
            "city",
            "country",
            "address",
            "other_name",
            "aka",
            "latitude",
            "longitude",
            "website",
            "about",
        ]
        help_texts = {"other_name": _("The same name in the other script, Korean or Latin.")}
        formfield_callback = typed_field

    MORE = ["address", "other_name", "aka", "latitude", "longitude", "website", "about"]

    def __init__(self, data: QueryDict | None, venue: Venue | None = None) -> None:
        super().__init__(data, instance=copy(venue) if venue else None)

    @property
    def more_is_open(self) -> bool:
        """An error must not be hidden."""
        return self.is_bound and any(name in self.errors for name in self.MORE)

    def values(self) -> dict[str, Any]:
        """Arguments for `add_venue` and `change_named`."""
        return chosen(self.cleaned_data, list(self.Meta.fields))
