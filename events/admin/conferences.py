"""Series, conferences and their days, links and addresses at the desk."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.admin.options import get_content_type_for_model
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from events.admin.base import WorldAdmin
from events.admin.completion import of_the_conference
from events.admin.filters import ConferenceFilter, YearFilter
from events.admin.inlines import DayInline, LinkInline, RoomInline
from events.admin.named import NAMES, NamedAdmin
from events.models import Conference, Day, FormerSlug, Link, Series, Talk
from events.moments import date_range_long, zone_name
from events.querysets import Person


@admin.register(Series)
class SeriesAdmin(NamedAdmin):
    list_display = ["name", "other_name", "aka", "organiser", "page"]
    fieldsets = [(None, NAMES), (_("More"), {"fields": ["organiser", "website"]})]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Also those one has just added here, which no conference names yet."""
        own = LogEntry.objects.filter(
            user=request.user.pk, content_type=get_content_type_for_model(Series), action_flag=ADDITION
        )
        keys = [int(key) for key in own.values_list("object_id", flat=True) if key and key.isdecimal()]
        named = Series.objects.visible_to(request.user).values("pk")
        return Series.objects.filter(Q(pk__in=named) | Q(pk__in=keys)).order_by("sort_key")


_DATES = ["starts_on", "ends_on", "timezone"]


def _talks_seen_by(person: Person) -> Subquery:
    seen = Talk.objects.visible_to(person).filter(conference=OuterRef("pk")).order_by().values("conference")
    return Subquery(seen.annotate(count=Count("pk")).values("count"))


@admin.register(Conference)
class ConferenceAdmin(NamedAdmin):
    list_display = ["name", "other_name", "starts_on", "ends_on", "mode", "series", "places", "talks", "shared", "page"]
    list_filter = ["listed", "mode", YearFilter]
    list_select_related = ["series"]
    date_hierarchy = "starts_on"
    search_fields = ["name", "other_name", "aka", "series__name", "series__other_name", "series__aka"]
    autocomplete_fields = ["series"]
    readonly_fields = ["page", "dates"]
    inlines = [DayInline, RoomInline, LinkInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """A list also names places and counts talks that can be seen."""
        rows = super().get_queryset(request).select_related("series")
        match = request.resolver_match
        if match is None or not (match.url_name or "").endswith("_changelist"):
            return rows
        return rows.prefetch_related("days__venue").annotate(talk_count=_talks_seen_by(request.user))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Dates and zone are given once; later the page for it asks what becomes of days and talks."""
        when = ["dates"] if obj else _DATES
        return [
            (None, NAMES if obj else {"fields": ["name", "other_name", "aka"]}),
            (_("When"), {"fields": when}),
            (_("More"), {"fields": ["series", "mode", "website", "about", "listed"]}),
        ]

    @admin.display(description=_("shared"), ordering="listed", boolean=True)
    def shared(self, conference: Conference) -> bool:
        return conference.listed

    @admin.display(description=_("dates"))
    def dates(self, conference: Conference) -> str:
        """With a link to the page that changes them."""
        shown = f"{date_range_long(conference.starts_on, conference.ends_on)} · {zone_name(conference.zone)}"
        there = reverse("conference-edit", args=[conference.year, conference.slug])
        return format_html('{} · <a href="{}">{}</a>', shown, there, _("Change dates or time zone"))

    @admin.display(description=_("places"))
    def places(self, conference: Conference) -> str:
        """Each once."""
        venues = [day.venue.own_name() for day in conference.days.all() if day.venue]
        return ", ".join(dict.fromkeys(venues))

    @admin.display(description=_("talks"))
    def talks(self, conference: Any) -> str:
        """How many can be seen, with a link to them."""
        there = f"{reverse('admin:events_talk_changelist')}?{ConferenceFilter.parameter_name}={conference.pk}"
        return format_html('<a href="{}">{}</a>', there, conference.talk_count or 0)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001 -- Django's
        """A new conference has a day for every date, as on the page that adds one."""
        super().save_related(request, form, formsets, change)
        if not change:
            held = set(form.instance.days.values_list("date", flat=True))
            Day.objects.bulk_create(
                Day(conference=form.instance, date=on) for on in form.instance.dates() if on not in held
            )


@admin.register(Day)
class DayAdmin(WorldAdmin):
    list_display = ["date", "conference", "title", "host", "venue", "page"]
    list_filter = [ConferenceFilter]
    list_select_related = ["conference", "venue"]
    date_hierarchy = "date"
    ordering = ["-date"]
    search_fields = [
        "title",
        "host",
        "conference__name",
        "conference__other_name",
        "conference__aka",
        "venue__name",
        "venue__other_name",
        "venue__aka",
    ]
    autocomplete_fields = ["conference", "venue"]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Completion on a talk's page offers the days of its conference, in order."""
        narrowed = of_the_conference(request, queryset)
        rows = narrowed if narrowed is queryset else narrowed.order_by("date")
        return super().get_search_results(request, rows, search_term)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """A day does not change its conference: talks and people's own pages are of it."""
        return ["conference", "page"] if obj else []


@admin.register(Link)
class LinkAdmin(WorldAdmin):
    list_display = ["__str__", "kind", "url", "of"]
    list_filter = ["kind"]
    list_select_related = ["talk", "speaker", "conference"]
    ordering = ["-pk"]
    search_fields = ["title", "url"]
    autocomplete_fields = ["talk", "speaker", "conference"]

    @admin.display(description=_("of"))
    def of(self, link: Link) -> str:
        """What it belongs to."""
        return str(link.talk or link.speaker or link.conference)


@admin.register(FormerSlug)
class FormerSlugAdmin(WorldAdmin):
    list_display = ["slug", "year", "leads_to"]
    list_select_related = ["series", "conference", "talk", "speaker", "venue"]
    ordering = ["-pk"]
    search_fields = ["slug"]
    autocomplete_fields = ["scope", "series", "conference", "talk", "speaker", "venue"]

    @admin.display(description=_("leads to"))
    def leads_to(self, former: FormerSlug) -> str:
        """What somebody who comes by it finds."""
        return str(former.series or former.conference or former.talk or former.speaker or former.venue)
