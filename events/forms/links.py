"""Rows of links: slides, a recording, a paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from events.forms.sheets import RowFormSet, ShownAsTyped
from events.forms.typed import LineField
from events.models import Conference, Link, Speaker, Talk
from events.services import LinkDraft


class LinkRow(ShownAsTyped, forms.Form):
    """One link."""

    url = forms.URLField(label=_("Address"), max_length=1000, required=False, assume_scheme="https")
    title = LineField(label=_("Title"), max_length=300, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=Link.Kind, initial=Link.Kind.OTHER, required=False)

    def clean(self) -> None:
        """A title needs its address."""
        if self.cleaned_data.get("title") and "url" not in self.errors and not self.cleaned_data.get("url"):
            self.add_error("url", _("Add the address of this link."))

    @cached_property
    def draft(self) -> LinkDraft | None:
        """None for a row without an address: a row that was emptied removes its link."""
        data = self.cleaned_data
        if not data.get("url"):
            return None
        return LinkDraft(url=data["url"], title=data["title"], kind=data["kind"] or Link.Kind.OTHER)


LinkRows = forms.formset_factory(LinkRow, formset=RowFormSet, extra=1, max_num=50, absolute_max=60)


def links_of(thing: Conference | Speaker | Talk | None) -> list[dict[str, Any]]:
    """The links there are, for the rows to start with."""
    return [dict(link) for link in thing.links.values("url", "title", "kind")] if thing is not None else []
