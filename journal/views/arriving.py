"""How somebody comes in for the first time: the first account, sign-up, an invitation, and looking around.

The three ways to an account have one form and one verb (`journal.forms.people`, `journal.people`); what differs is who
may go them.
"""

from __future__ import annotations

from collections.abc import Callable

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from events.views.saving import form_methods, posted
from journal import invitations, people, setup_code
from journal.forms.people import AccountForm, OwnersAccountForm
from journal.views.posting import status_of

BACKEND = "django.contrib.auth.backends.ModelBackend"

secret_parameters = sensitive_post_parameters("password1", "password2", "code")


@secret_parameters
@never_cache
@form_methods
def welcome(request: HttpRequest) -> HttpResponse:
    """Where nobody lives yet: the first account. Elsewhere the way to the login."""
    if people.somebody_lives_here():
        return redirect("account_login")
    form = _owners_form(request)
    if form.is_valid():
        answer = _first_account(request, form)
        if answer is not None:
            return answer
    return _form_page(request, "account/welcome.html", form)


@secret_parameters
@never_cache
@form_methods
def sign_up(request: HttpRequest) -> HttpResponse:
    """Where LANYARD_SIGNUP is open, an account for whoever comes; elsewhere a page that says so."""
    if _is_somebody(request):
        return redirect("today")
    if not settings.SIGNUP_IS_OPEN:
        return render(request, "account/signup_closed.html", status=403 if request.method == "POST" else 200)
    if not people.somebody_lives_here():
        return redirect("welcome")
    if not ratelimit.consume(request, action="make_account"):
        return _too_many(request)
    form = AccountForm(posted(request))
    if form.is_valid():
        answer = _moved_in(request, form, people.create_person)
        if answer is not None:
            return answer
    return _form_page(request, "account/signup.html", form)


@secret_parameters
@never_cache
@form_methods
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The form behind a link of `journal.invitations`. To open it uses nothing up: mail scanners open links, too."""
    if _is_somebody(request):
        messages.info(request, _("You are logged in already. Log out first to make another account."))
        return redirect("today")
    if not ratelimit.consume(request, action="make_account"):
        return _quiet(_too_many(request))
    try:
        return _quiet(_invited(request, token))
    except invitations.InvitationGone:
        return _quiet(render(request, "account/invitation_gone.html", status=404))


@require_POST
def look_around(request: HttpRequest) -> HttpResponse:
    """The demo journal, as a person of one's own for a day. Whoever is signed in stays who they are."""
    if not settings.DEMO:
        raise Http404
    if not request.user.is_authenticated:
        if not ratelimit.consume(request, action="look_around", key="server"):
            return _too_many(request)
        login(request, people.welcome_demo(), backend=BACKEND)
        request.session.set_expiry(int(people.DEMO_LIFE.total_seconds()))
        messages.info(request, _("Look around as you like: this journal is yours for a day, and nobody else sees it."))
    return redirect("today")


def _owners_form(request: HttpRequest) -> AccountForm:
    """With the setup code where it is asked for; a server that was started in another way than ours writes it now."""
    if not setup_code.is_asked():
        return AccountForm(posted(request))
    if request.method != "POST":
        setup_code.the_code()
    return OwnersAccountForm(posted(request))


def _first_account(request: HttpRequest, form: AccountForm) -> HttpResponse | None:
    """As `_moved_in`; a wrong setup code counts, and the page says when there were too many."""
    try:
        return _moved_in(request, form, people.create_owner)
    except people.OwnerExists:
        messages.error(request, _("Somebody else made the first account a moment ago. Please ask them for yours."))
        return redirect("account_login")
    except setup_code.WrongCode:
        form.add_error("code", _("This is not the setup code of this server."))
        return None
    except setup_code.TooManyTries:
        form.add_error("code", _("Too many tries. Please wait an hour, or start Lanyard again."))
        return _form_page(request, "account/welcome.html", form, status=429)


def _invited(request: HttpRequest, token: str) -> HttpResponse:
    """Signed in on Today, or the form; raises InvitationGone."""
    opened = invitations.opened_by(token)
    form = AccountForm(posted(request))
    if form.is_valid():
        answer = _moved_in(request, form, lambda **account: invitations.accept(token=token, **account))
        if answer is not None:
            return answer
    return _form_page(request, "account/signup.html", form, invited_by=people.pen_name_of(opened.made_by))


@sensitive_variables()
def _moved_in(request: HttpRequest, form: AccountForm, make: Callable[..., User]) -> HttpResponse | None:
    """Signed in on Today with the account that `make` made; None where it could not and the form says why."""
    try:
        person = make(**form.account())
    except ValidationError as error:
        form.refuse(error)
        return None
    login(request, person, backend=BACKEND)
    return redirect("today")


def _is_somebody(request: HttpRequest) -> bool:
    """Signed in with an account of their own. A demo visitor may still make one."""
    return request.user.is_authenticated and not request.session.get("is_demo")


def _form_page(
    request: HttpRequest, template: str, form: AccountForm, *, status: int | None = None, invited_by: str = ""
) -> HttpResponse:
    context = {"form": form, "invited_by": invited_by}
    return render(request, template, context, status=status or status_of(request))


def _too_many(request: HttpRequest) -> HttpResponse:
    return render(request, "account/too_many.html", status=429)


def _quiet(response: HttpResponse) -> HttpResponse:
    """The address is a secret: of a page that was opened by it no link and no picture tells more than the site.

    Not `no-referrer`: with it a browser says `Origin: null` of its own form, which the check for CSRF refuses.
    """
    response.headers["Referrer-Policy"] = "strict-origin"
    return response
