"""Signing in and what belongs to it. The views are allauth's; here they become pages of ours."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.core import ratelimit
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.mfa.webauthn.internal import auth
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse_lazy
from django.utils.cache import add_never_cache_headers
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from django.views.generic.edit import FormView

from events.views.saving import form_methods
from journal import access, people, qr_code, security
from journal.accounts import MailFailed, passkey_address, passkeys_work
from journal.http import Request
from journal.views.posting import status_of

View = Callable[..., HttpResponseBase]


def door(view: View) -> View:
    """A view of allauth's as a page of ours, kept by no cache.

    404 for whoever has no password of their own, which is a visitor of the demo. 422 for a form that comes back, 404
    for a link that leads nowhere any more, a sentence where the mail server took nothing.
    """

    @form_methods
    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not request.user.has_usable_password():
            raise Http404
        try:
            answer = view(request, *args, **kwargs)
        except MailFailed:
            messages.error(request, _("The mail could not be sent just now. Please try again later."))
            answer = redirect(request.path)
        if isinstance(answer, TemplateResponse):
            _make_ours(request, answer)
        add_never_cache_headers(answer)
        return answer

    return opened


def _make_ours(request: HttpRequest, answer: TemplateResponse) -> None:
    """`site` is our own name in every template (journal.context), and a refused form says so by its status."""
    context = answer.context_data or {}
    context.pop("site", None)
    forms = [context.get("form"), context.get("webauthn_form")]
    if request.method == "POST" and any(form is not None and form.is_bound and form.errors for form in forms):
        answer.status_code = status_of(request)
    if context.get("token_fail") or ("confirmation" in context and not context["confirmation"]):
        answer.status_code = 404


# Signing in and out


class LoginView(account.LoginView):
    """Where passkeys work it offers them."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the login template prints."""
        return {**super().get_context_data(**kwargs), "passkeys_work": passkeys_work(self.request)}


_login = LoginView.as_view()


@form_methods
def log_in(request: HttpRequest) -> HttpResponseBase:
    """allauth's login; where there is no account to log in with, the welcome page instead."""
    if request.method != "POST" and not request.user.is_authenticated and not people.somebody_lives_here():
        return redirect("welcome")
    answer = _login(request)
    if isinstance(answer, TemplateResponse):
        _make_ours(request, answer)
    if request.user.is_anonymous and LOGIN_SESSION_KEY in request.session:
        # The password was right and a second step follows: whoever planted this session's key is left behind here.
        request.session.cycle_key()
    return answer


class LoginByPasskeyView(webauthn.LoginWebAuthnView):
    """GET gives a script what the browser has to sign, POST takes it."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Each makes a session, so they are counted."""
        refused = ratelimit.consume_or_429(request, action="passkey_options", limit_get=True)
        return refused or super().get(request, *args, **kwargs)


class SecondStepView(second_step.AuthenticateView):
    """A code, or a passkey where the person has one and this address takes it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """`has_passkey` decides what is offered."""
        has_passkey = passkeys_work(self.request) and bool(security.security_of(self.stage.login.user).passkeys)
        return {**super().get_context_data(**kwargs), "has_passkey": has_passkey}


second_step_of_login = door(SecondStepView.as_view())
log_in_by_passkey = door(LoginByPasskeyView.as_view())
log_out = form_methods(account.logout)
inactive = require_GET(account.account_inactive)


# Is it you?


class ReauthenticateByPasskeyView(webauthn.ReauthenticateWebAuthnView):
    """Where it fails, once more; allauth would lead to the login, which leads a signed-in person away."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """The same page, with what was wrong."""
        for said in form.errors.get("credential", []):
            messages.error(self.request, said)
        return HttpResponseRedirect(self.request.get_full_path())


reauthenticate = door(account.reauthenticate)
reauthenticate_by_code = door(second_step.reauthenticate)
reauthenticate_by_passkey = door(ReauthenticateByPasskeyView.as_view())


# Password and address

change_password = door(account.password_change)
_reset = door(account.password_reset)
reset_sent = door(account.password_reset_done)
reset_by_link = door(account.password_reset_from_key)
reset_done = door(account.password_reset_from_key_done)


def reset_password(request: HttpRequest) -> HttpResponseBase:
    """A link by mail; where no mail is sent, the page says so and names the command."""
    return _reset(request) if settings.SENDS_MAIL else _reset_without_mail(request)


@door
def _reset_without_mail(request: HttpRequest) -> HttpResponse:
    return render(request, "account/password_reset_without_mail.html", status=status_of(request))


class AddressView(account.EmailView):
    """The person's one address."""

    def form_valid(self, form: Any) -> HttpResponse:
        """With mail allauth says that a link is on its way."""
        answer: HttpResponse = super().form_valid(form)
        if not settings.SENDS_MAIL:
            messages.success(self.request, _("Your e-mail address is saved."))
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The template prints two addresses: the one in use, and one that waits to be confirmed."""
        shown = security.security_of(self.request.user)
        return {**super().get_context_data(**kwargs), "security": shown, "sends_mail": settings.SENDS_MAIL}


class ConfirmView(account.ConfirmEmailView):
    """The link in a mail. Opening it confirms nothing yet, and signs nobody out."""

    def logout_other_user(self, confirmation: Any) -> None:
        """A stranger's link would else end one's own session."""


address = door(AddressView.as_view())
confirm_address = door(ConfirmView.as_view())


# Sign-in and security


@require_GET
def overview(request: Request) -> HttpResponse:
    """Everything by which one signs in, on one page."""
    if not request.user.has_usable_password():
        raise Http404
    shown = {
        "security": security.security_of(request.user),
        "sign_ins": security.sign_ins(request),
        "passkeys_work": passkeys_work(request),
        "passkey_address": passkey_address(request),
        "zone": get_current_timezone(),
    }
    return render(request, "account/security.html", shown)


@door
def sessions(request: Request) -> HttpResponse:
    """Where one is signed in. A POST ends the one that is named, or all others."""
    if request.method == "POST":
        _end_sessions(request)
        return redirect("usersessions_list")
    shown = {"sign_ins": security.sign_ins(request), "zone": get_current_timezone()}
    return render(request, "usersessions/usersession_list.html", shown)


def _end_sessions(request: Request) -> None:
    named = request.POST.get("session")
    if named is None:
        security.end_other_sign_ins(request.user, but=request.session.session_key)
        messages.success(request, _("You are logged out everywhere else."))
        return
    if not named.isdecimal() or not security.end_sign_in(request.user, int(named[:18])):
        raise Http404
    messages.success(request, _("You are logged out there."))


# Authenticator app and recovery codes


class ActivateAppView(totp.ActivateTOTPView):
    """The secret as a drawing, and in letters."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """In groups of four: it may be typed by hand."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        secret = context["form"].secret
        groups = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
        return {**context, "drawing": qr_code.drawn(context["totp_url"]), "secret": groups}


activate_app = door(ActivateAppView.as_view())
deactivate_app = door(totp.deactivate_totp)
recovery_codes = door(recovery.view_recovery_codes)
make_recovery_codes = door(recovery.generate_recovery_codes)
download_recovery_codes = require_GET(door(recovery.download_recovery_codes))


# Passkeys


class AddPasskeyView(webauthn.AddWebAuthnView):
    """Every passkey asks for a finger, a face or a PIN, and is found by the browser without a username."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Like allauth's, which forgets a refused form."""
        return {
            **FormView.get_context_data(self, **kwargs),
            "options": auth.begin_registration(self.request.user, passwordless=True),
        }


class RenamePasskeyView(webauthn.EditWebAuthnView):
    """Back to where it stands."""

    success_url = reverse_lazy("mfa_index")


class RemovePasskeyView(webauthn.RemoveWebAuthnView):
    """Back to where it stood."""

    success_url = reverse_lazy("mfa_index")


def of_ones_own(view: View) -> View:
    """404 for a passkey that is not the person's, before anybody is asked who they are."""

    @wraps(view)
    def opened(request: Request, pk: int) -> HttpResponseBase:
        access.passkey(request.user, pk)
        return view(request, pk=pk)

    return opened


@door
def add_passkey(request: Request) -> HttpResponseBase:
    """Where passkeys do not work the page says where they do."""
    if not passkeys_work(request):
        shown = {"passkey_address": passkey_address(request)}
        return render(request, "mfa/webauthn/not_here.html", shown, status=status_of(request))
    return _add_passkey(request)


_add_passkey = AddPasskeyView.as_view()
rename_passkey = door(of_ones_own(RenamePasskeyView.as_view()))
remove_passkey = door(of_ones_own(RemovePasskeyView.as_view()))
