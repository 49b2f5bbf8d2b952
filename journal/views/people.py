"""People who live here: signing in, language and preferences. How they came: `journal.views.arriving`."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as set_cookie_of_language

from events.views.saving import form_methods, posted
from journal import access, people
from journal.forms.people import PreferencesForm
from journal.http import Request
from journal.models import Preferences
from journal.views.posting import status_of


@require_POST
def set_language(request: HttpRequest) -> HttpResponseBase:
    """Django's (a cookie, and back to where one was), and for a person also the preference."""
    answer = set_cookie_of_language(request)
    language = request.POST.get("language", "")
    if request.user.is_authenticated and language in dict(settings.LANGUAGES):
        people.save_preferences(person=request.user, language=language)
        request.session["language"] = language
    return answer


@form_methods
def preferences(request: Request) -> HttpResponse:
    """Pen name, language, zone, originals."""
    stored = access.preferences(request.user)
    form = PreferencesForm(posted(request), instance=stored)
    if form.is_valid():
        return _preferences_saved(request, people.save_preferences(person=request.user, **form.cleaned_data))
    return render(request, "journal/preferences.html", {"form": form}, status=status_of(request))


def _preferences_saved(request: Request, saved: Preferences) -> HttpResponse:
    people.remember_preferences(request.session, saved)
    answer = HttpResponseRedirect(request.path)
    if saved.language:
        translation.activate(saved.language)
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, saved.language, samesite="Lax")
    else:
        answer.delete_cookie(settings.LANGUAGE_COOKIE_NAME, samesite="Lax")
    messages.success(request, _("Your preferences are saved."))
    return answer
