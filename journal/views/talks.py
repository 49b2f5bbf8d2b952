"""The page of a talk: what it is, my mark, my note open for writing, my pictures, the talk before and after."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from events import access as world
from journal import access, gallery, ribbons, trail
from journal.forms.entries import TalkNoteForm
from journal.http import Request
from journal.neighbours import neighbours
from journal.own_note import own_note_among
from journal.zones import zone_shown


@require_safe
def talk(request: Request, year: int, slug: str, talk_slug: str) -> HttpResponse:
    """The talk."""
    found = world.talk(request.user, year, slug, talk_slug)
    conference = found.conference
    if found.day is not None:
        found.day.conference = conference
    attendance = access.attendance(request.user, conference)
    entries = list(access.entries(request.user).about_talk(found).order_by("created"))
    note = own_note_among(entries, found, request.user.pk)
    photos = list(access.photos(request.user).of_talk(found))
    before, after = neighbours(request.user, found)
    context = {
        "talk": found,
        "conference": conference,
        "zone": zone_shown(request, conference),
        "crumbs": trail.below(conference, found.day),
        "hue": ribbons.hue(attendance, conference),
        "links": found.links.all(),
        "about": f"conference={conference.year}/{conference.slug}&talk={found.slug}",
        "mark": access.mark(request.user, found),
        "note": note,
        "note_form": TalkNoteForm(note=note),
        "others": [(entry, [p for p in photos if p.entry_id == entry.pk]) for entry in entries if entry is not note],
        "photos": [photo for photo in photos if photo.entry_id is None or (note and photo.entry_id == note.pk)],
        "pictures": gallery.pictures_for(request.user, [entry.text for entry in entries], photos),
        "previous": before,
        "next": after,
        "may_change": world.may_change(request.user, found),
    }
    return render(request, "journal/talk.html", context)
