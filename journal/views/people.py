"""People: the first account, looking around, signing in, language and preferences."""

from __future__ import annotations

from typing import Any

from allauth.account import views as accounts
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as set_cookie_of_language

from events.views.saving import form_methods, posted
from journal import access, people
from journal.forms.people import FirstAccountForm, PreferencesForm
from journal.http import Request
from journal.models import Preferences
from journal.views.posting import status_of

BACKEND = "django.contrib.auth.backends.ModelBackend"


@sensitive_post_parameters("password1", "password2")
@never_cache
@form_methods
def welcome(request: HttpRequest) -> HttpResponse:
    """Where nobody lives yet: the first account. Elsewhere the way to the login."""
    if people.somebody_lives_here():
        return redirect("account_login")
    form = FirstAccountForm(posted(request))
    if form.is_valid():
        answer = _move_in(request, form)
        if answer is not None:
            return answer
    return render(request, "account/welcome.html", {"form": form}, status=status_of(request))


@require_POST
def look_around(request: HttpRequest) -> HttpResponse:
    """The demo journal, as a person of one's own for a day. Whoever is signed in stays who they are."""
    if not settings.DEMO:
        raise Http404
    if not request.user.is_authenticated:
        login(request, people.welcome_demo(), backend=BACKEND)
        request.session.set_expiry(int(people.DEMO_LIFE.total_seconds()))
        messages.info(request, _("Look around as you like: this journal is yours for a day, and nobody else sees it."))
    return redirect("today")


class LoginView(accounts.LoginView):
    """allauth's, without its `site`: that name is ours in every template (journal.context)."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the login template prints."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context.pop("site", None)
        return context


allauth_login = LoginView.as_view()


@never_cache
@form_methods
def log_in(request: HttpRequest) -> HttpResponseBase:
    """allauth's login; where there is no account to log in with, the welcome page instead."""
    if request.method != "POST" and not request.user.is_authenticated and not people.somebody_lives_here():
        return redirect("welcome")
    return allauth_login(request)


@form_methods
def change_password(request: Request) -> HttpResponseBase:
    """allauth's; a demo visitor has no password to change."""
    if not request.user.has_usable_password():
        raise Http404
    return accounts.password_change(request)


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


def _move_in(request: HttpRequest, form: FirstAccountForm) -> HttpResponse | None:
    """Signed in on Today; None where the account could not be made and the form says why."""
    try:
        owner = people.create_owner(username=form.cleaned_data["username"], password=form.cleaned_data["password1"])
    except people.OwnerExists:
        messages.error(request, _("Somebody else made the first account a moment ago. Please ask them for yours."))
        return redirect("account_login")
    except ValidationError as error:
        form.add_error(None, ValidationError(error.messages))
        return None
    login(request, owner, backend=BACKEND)
    return redirect("today")


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
