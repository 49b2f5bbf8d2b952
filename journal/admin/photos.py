"""Pictures on the desk: what is said of them, and which entry they stand with. They are filed on the pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from journal import access, actions
from journal.admin.bin import GoesToTheBin, InTheBin
from journal.admin.clock import ClockField
from journal.admin.filters import OwnConference
from journal.admin.forms import EntryChoice, TouchedForm, followed, offer_entries
from journal.admin.own import MadeOnPages, SavedThroughVerbs
from journal.admin.words import named, thumbnail
from journal.models import Entry, Photo
from journal.subjects import Subject

SAID = ("caption", "alt_text", "visibility", "taken_at")
ABOUT = ("conference", "day", "talk", "speaker", "venue")


class PhotoForm(TouchedForm):
    """Which entry, and what it is about, are asked only where the picture stands with none."""

    taken_at = ClockField(label=capfirst(Photo._meta.get_field("taken_at").verbose_name))
    entry = EntryChoice(
        queryset=Entry.objects.none(),
        required=False,
        label=capfirst(Photo._meta.get_field("entry").verbose_name),
        help_text=_("Once it stands with an entry, it is about what that is about."),
    )

    class Meta:
        model = Photo
        fields = ["caption", "alt_text", "visibility", "taken_at", "entry", *ABOUT]
        widgets = {name: forms.TextInput(attrs={"class": "vTextField"}) for name in ("caption", "alt_text")}

    def __init__(self, *args: Any, **options: Any) -> None:
        photo: Photo = options["instance"]
        super().__init__(*args, **options)
        self.initial = {**self.initial, **{name: value for name, value in followed(photo).items() if name in ABOUT}}
        conference = (photo.entry or photo).conference
        self.fields["taken_at"].go_by(conference.zone if conference else timezone.get_current_timezone())  # type: ignore[attr-defined]
        if "entry" in self.fields:
            mine = access.entries(self.person)
            offer_entries(
                self.fields["entry"], self.person, mine.filter(conference=conference) if conference else mine, None
            )


@admin.register(Photo)
class PhotoAdmin(GoesToTheBin, MadeOnPages, SavedThroughVerbs):
    form = PhotoForm
    list_display = ["preview", "__str__", "caption", "conference_of", "taken_at", "visibility"]
    list_display_links = ["__str__"]
    list_filter = [InTheBin, OwnConference, "visibility", "taken_from"]
    list_select_related = ["conference", "entry__conference"]
    ordering = ["-pk"]
    search_fields = ["caption", "alt_text", "name", "entry__title"]
    autocomplete_fields = list(ABOUT)
    readonly_fields = ["preview", "stands_with", "name", "taken_from"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """Each with its entry, but not that one's text."""
        return super().get_queryset(request).select_related("conference", "entry__conference").defer("entry__text")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """One that stands with an entry is about what that is about."""
        place = ["stands_with"] if obj is not None and obj.entry_id else ["entry", *ABOUT]
        return [
            (None, {"fields": ["preview", "caption", "alt_text", "visibility"]}),
            (_("When"), {"fields": ["taken_at", "taken_from", "name"]}),
            (_("About"), {"fields": place}),
        ]

    def view_on_site(self, obj: Photo) -> str | None:
        """Its page; what is in the bin has none."""
        binned = obj.deleted_at is not None or (obj.entry is not None and obj.entry.is_binned)
        return None if binned else reverse("journal:photo", args=[obj.uid])

    def act(self, request: HttpRequest, row: Any, form: Any, *, is_new: bool) -> Photo:
        """What was touched is said of it; then it goes to its entry."""
        photo = Photo.objects.get(pk=row.pk)
        said = form.touched(*SAID)
        if "taken_at" in said:
            said["offset_minutes"] = None
        if photo.entry_id is None and form.touched(*ABOUT):
            said["subject"] = Subject(**{name: form.cleaned_data[name] for name in ABOUT})
        actions.describe_photo(photo=photo, **said)
        chosen = form.touched("entry").get("entry")
        return actions.attach_photo(photo=photo, entry=chosen) if chosen else photo

    def bin_it(self, row: Photo) -> None:
        """Into the bin."""
        actions.bin_photo(photo=row)

    def restore_it(self, row: Photo) -> None:
        """Out of it."""
        actions.restore_photo(photo=row)

    def delete_it_for_good(self, row: Photo) -> None:
        """With its files."""
        actions.delete_photo_for_good(photo=row)

    @admin.display(description=_("picture"))
    def preview(self, photo: Photo) -> SafeString:
        """Small."""
        return thumbnail(photo)

    @admin.display(description=_("conference"), ordering="conference")
    def conference_of(self, photo: Photo) -> Any:
        """Its own, or its entry's."""
        return (photo.entry or photo).conference

    @admin.display(description=_("entry"))
    def stands_with(self, photo: Photo) -> SafeString | str:
        """With a way there."""
        if photo.entry is None:
            return ""
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:journal_entry_change", args=[photo.entry_id]), named(photo.entry)
        )
