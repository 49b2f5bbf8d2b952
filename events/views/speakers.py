"""Adding and changing a speaker."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from events import access, services
from events.forms import SpeakerSheet
from events.models import Speaker
from events.views.saving import form_methods, next_page, onward, posted, saved, wants_another_row


@form_methods
def speaker_add(request: HttpRequest) -> HttpResponse:
    """A speaker in no talk yet."""
    sheet = SpeakerSheet(posted(request))
    status = 200
    if wants_another_row(request):
        sheet.show_as_typed()
    elif request.method == "POST":
        speaker = saved(sheet, lambda: services.add_speaker(person=request.user, **sheet.values()))
        if speaker:
            return onward(request, speaker.get_absolute_url())
        status = 422
    context = {**sheet.context(), "next": next_page(request)}
    return render(request, "events/speaker_form.html", context, status=status)


@form_methods
def speaker_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Names in both scripts, further spellings, and what stays true of a person."""
    speaker = access.to_change(request.user, access.speaker(request.user, slug))
    sheet = SpeakerSheet(posted(request), speaker)
    status = 200
    if wants_another_row(request):
        sheet.show_as_typed()
    elif request.method == "POST":
        if saved(sheet, lambda: _change(speaker, sheet)):
            return onward(request, speaker.get_absolute_url())
        status = 422
    crumbs = [(speaker.own_name(), speaker.get_absolute_url())]
    context = {**sheet.context(), "speaker": speaker, "crumbs": crumbs, "next": next_page(request)}
    return render(request, "events/speaker_form.html", context, status=status)


def _change(speaker: Speaker, sheet: SpeakerSheet) -> bool:
    services.change_named(thing=speaker, **sheet.values())
    return True
