"""Addresses of the world's forms. The pages that show a thing together with a person's notes belong to journal."""

from django.urls import URLPattern, path

import events.converters  # noqa: F401 -- registers <year:…> and <date:…>
from events.views import completion, conferences, days, speakers, talks, venues

# /<year>/<slug>/ and what lies below
CONFERENCE = "<year:year>/<slug:slug>/"
DAY = CONFERENCE + "days/<date:on>/"
TALK = CONFERENCE + "talks/<slug:talk_slug>/"

conference_urls = [
    path("add/conference/", conferences.conference_add, name="conference-add"),
    path("add/conference/days/", conferences.day_rows, name="day-rows"),
    path(CONFERENCE + "edit/", conferences.conference_edit, name="conference-edit"),
    path(CONFERENCE + "share/", conferences.conference_share, name="conference-share"),
    path(CONFERENCE + "delete/", conferences.conference_delete, name="conference-delete"),
    path(DAY + "edit/", days.day_edit, name="day-edit"),
    path(DAY + "delete/", days.day_delete, name="day-delete"),
]

talk_urls = [
    path(CONFERENCE + "add/talk/", talks.talk_add, name="talk-add"),
    path(CONFERENCE + "add/talks/", talks.talks_add, name="talks-add"),
    path(TALK + "edit/", talks.talk_edit, name="talk-edit"),
    path(TALK + "share/", talks.talk_share, name="talk-share"),
    path(TALK + "delete/", talks.talk_delete, name="talk-delete"),
]

name_urls = [
    path("add/speaker/", speakers.speaker_add, name="speaker-add"),
    path("speakers/<slug:slug>/edit/", speakers.speaker_edit, name="speaker-edit"),
    path("add/venue/", venues.venue_add, name="venue-add"),
    path("venues/<slug:slug>/edit/", venues.venue_edit, name="venue-edit"),
    path("complete/speaker/", completion.complete_speaker, name="complete-speaker"),
    path("complete/venue/", completion.complete_venue, name="complete-venue"),
    path("complete/series/", completion.complete_series, name="complete-series"),
]

urlpatterns: list[URLPattern] = [*conference_urls, *talk_urls, *name_urls]
