"""By whose clock a page goes, for fragments that stand on pages of many conferences."""

from __future__ import annotations

from django import template
from django.template import Context
from django.utils import timezone

from events.models import Conference
from events.moments import Zone, zone_of
from journal import zones
from journal.models import Entry

register = template.Library()


@register.simple_tag(takes_context=True)
def zone_shown(context: Context, conference: Conference) -> Zone:
    """The zone in which the conference's times are shown."""
    return zones.zone_shown(context["request"], conference)


@register.simple_tag(takes_context=True)
def zone_note(context: Context, conference: Conference | None) -> zones.ZoneNote | None:
    """What is to be said of the conference's times; nothing where the reader's clock shows the same."""
    return zones.zone_note(context["request"], conference) if conference else None


@register.simple_tag(takes_context=True)
def zone_of_entry(context: Context, entry: Entry) -> Zone:
    """As its conference's times are shown; where it is about none, the reader's."""
    if entry.conference is None:
        return zone_of(str(timezone.get_current_timezone()))
    return zones.zone_shown(context["request"], entry.conference)


@register.simple_tag(takes_context=True)
def zone_of_reader(context: Context, entry: Entry) -> Zone:
    """The reader's own, for what has nothing to do with the conference; else the entry's."""
    return zones.zone_of_reader(context["request"]) or zone_of_entry(context, entry)
