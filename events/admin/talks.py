"""Talks and who appears in them, at the desk."""

from __future__ import annotations

from datetime import tzinfo
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.text import smart_split, unescape_string_literal
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from events.admin.base import WorldAdmin
from events.admin.completion import key_of
from events.admin.filters import (
    ConferenceFilter,
    ConferenceOfAppearance,
    DayFilter,
    RoomFilter,
    YearOfTalk,
)
from events.admin.forms import DeskForm
from events.admin.inlines import AppearanceInline, LinkInline
from events.admin.merging import Mergeable
from events.admin.together import change_together
from events.models import Appearance, Conference, Speaker, Talk
from events.moments import clock_range, date_short, zone_name
from events.names import clean_line


class TalkForm(DeskForm):
    """Day and room are completed within the talk's conference; a talk is shared once its conference is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name in {"day", "room"} & self.selects().keys():
                self.selects()[name].within = self.instance.conference_id

    def clean(self) -> dict[str, Any]:
        """Raises what sharing a talk raises."""
        data = super().clean()
        conference = data.get("conference") or (self.instance.conference if self.instance.pk else None)
        if data.get("listed") and "listed" in self.changed_data and conference and not conference.listed:
            sentence = gettext("Share the conference first; a talk is seen where its conference is.")
            raise ValidationError({"listed": sentence}, code="early")
        return data


@admin.register(Talk)
class TalkAdmin(Mergeable, WorldAdmin):
    form = TalkForm
    list_display = ["shown", "speakers", "as_what", "conference", "when", "where", "shared", "page"]
    list_filter = ["kind", "state", "listed", YearOfTalk, ConferenceFilter, DayFilter, RoomFilter]
    list_select_related = ["conference__series", "day__venue", "room__venue"]
    date_hierarchy = "day__date"
    ordering = ["-pk"]
    search_fields = ["title"]
    search_help_text = _("Title, track, names of speakers in any spelling, organisation or affiliation")
    autocomplete_fields = ["conference", "day", "room"]
    inlines = [AppearanceInline, LinkInline]
    actions = [change_together]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Address, identity and preview come with the row."""
        fieldsets = [
            (None, {"fields": ["conference", "kind", "title", "subtitle", "track", "language"]}),
            (_("When and where"), {"fields": ["day", "starts_at", "ends_at", "clock", "room"]}),
            (_("More"), {"fields": ["abstract", "state", "listed"]}),
        ]
        return [*fieldsets, (_("On its page"), {"fields": ["preview", "slug", "uid"]})] if obj else fieldsets

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """A talk does not change its conference: what people wrote about it is of that one."""
        return ["conference", "clock", "preview", "uid"] if obj else ["clock"]

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """By the programme's day within a year: the years are a filter, which does not count 50,000 talks to name them.

        Once a conference is chosen, its days are a filter too.
        """
        found = super().get_changelist_instance(request)
        dated = any(name == YearOfTalk.parameter_name or name.startswith("day__date") for name in request.GET)
        if not dated or ConferenceFilter.parameter_name in request.GET:
            found.date_hierarchy = None
        return found

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Every word somewhere in the talk, or in a name of who gives it; without joining the three tables."""
        for word in _words(clean_line(search_term)):
            queryset = queryset.filter(_holding(word))
        return queryset, False

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Clocks are the conference's, typed as printed; the page is written out while they are."""
        with timezone.override(_zone(request, object_id)):
            answer = super().changeform_view(request, object_id, form_url, extra_context)
            return answer.render() if isinstance(answer, TemplateResponse) else answer

    @admin.display(description=_("talk"), ordering="title")
    def shown(self, talk: Talk) -> str:
        return talk.display_title()

    @admin.display(description=_("speakers"))
    def speakers(self, talk: Talk) -> str:
        return ", ".join(row.display_name() for row in talk.appearances.all())

    @admin.display(description=_("kind"), ordering="kind")
    def as_what(self, talk: Talk) -> str:
        """The kind, and that it was cancelled."""
        kind = str(talk.get_kind_display())
        return f"{kind} · {talk.get_state_display()}" if talk.is_cancelled else kind

    @admin.display(description=_("shared"), ordering="listed", boolean=True)
    def shared(self, talk: Talk) -> bool:
        return talk.listed

    @admin.display(description=_("when"), ordering="starts_at")
    def when(self, talk: Talk) -> str:
        """By the conference's clocks."""
        day = talk.day.date if talk.day else None
        clock = clock_range(talk.starts_at, talk.ends_at, talk.conference.zone, day=day) if talk.starts_at else ""
        return " ".join(filter(None, [date_short(day) if day else "", clock]))

    @admin.display(description=pgettext_lazy("of a talk", "where"), ordering="room__name")
    def where(self, talk: Talk) -> str:
        """Room and venue."""
        venue = (talk.room and talk.room.venue) or (talk.day and talk.day.venue)
        return " · ".join(filter(None, [talk.room.name if talk.room else "", venue.own_name() if venue else ""]))

    @admin.display(description=_("clocks"))
    def clock(self, talk: Talk) -> str:
        """Whose time is typed above."""
        return zone_name(talk.conference.zone) if talk.conference_id else gettext("Those of the conference")

    @admin.display(description=_("preview"))
    def preview(self, talk: Talk) -> str:
        """What the page says, with a link to it."""
        shown = {"talk": talk, "speakers": self.speakers(talk), "when": self.when(talk), "where": self.where(talk)}
        return render_to_string("admin/events/_talk_preview.html", shown)


@admin.register(Appearance)
class AppearanceAdmin(WorldAdmin):
    list_display = ["__str__", "talk", "speaker", "organisation", "affiliation", "job_title"]
    list_display_links = ["__str__", "talk"]
    list_filter = ["role", ConferenceOfAppearance]
    list_select_related = ["talk", "speaker"]
    ordering = ["-pk"]
    search_fields = [
        "speaker__name",
        "speaker__other_name",
        "speaker__aka",
        "organisation",
        "affiliation",
        "job_title",
        "talk__title",
    ]
    autocomplete_fields = ["talk", "speaker"]


def _words(term: str) -> list[str]:
    """As Django's own search takes them: a quoted phrase is one."""
    quoted = [bit for bit in smart_split(term) if bit]
    return [unescape_string_literal(bit) if bit[0] == bit[-1] in "\"'" and len(bit) > 1 else bit for bit in quoted]


def _holding(word: str) -> Q:
    """The word in the talk, or in a spelling of who appears in it, or in what they were then."""
    spelled = Q(name__icontains=word) | Q(other_name__icontains=word) | Q(aka__icontains=word)
    there = Q(organisation__icontains=word) | Q(affiliation__icontains=word)
    there |= Q(speaker__in=Speaker.objects.filter(spelled).order_by().values("pk"))
    named = Appearance.objects.filter(there).order_by().values("talk")
    return Q(title__icontains=word) | Q(subtitle__icontains=word) | Q(track__icontains=word) | Q(pk__in=named)


def _zone(request: HttpRequest, object_id: str | None) -> str | tzinfo:
    """The zone of the talk's conference, or of the one that is being chosen, else the reader's."""
    rows = Conference.objects.visible_to(request.user)
    chosen = request.POST.get("conference") or request.GET.get("conference") or ""
    found = rows.filter(pk__in=[key_of(chosen)]) if object_id is None else rows.filter(talks__in=[key_of(object_id)])
    name = found.values_list("timezone", flat=True).first()
    return name or timezone.get_current_timezone()
