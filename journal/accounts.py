"""How allauth lets people in here: where its links lead, whom a limit counts, what a mail says, where passkeys work."""

from __future__ import annotations

import ipaddress
import logging
import unicodedata
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

log = logging.getLogger(__name__)

# What a mail after the fact says, by allauth's name for it. Nothing else of allauth's mails is sent afterwards.
NOTICES = {
    "account/email/password_changed": gettext_lazy("The password of your account was changed."),
    "account/email/password_reset": gettext_lazy("The password of your account was set anew, by a link sent by mail."),
    "account/email/email_changed": gettext_lazy("Your account has another e-mail address now."),
    "account/email/email_deleted": gettext_lazy("The e-mail address of your account was removed."),
    "mfa/email/totp_activated": gettext_lazy("Your account asks for a code of an authenticator app now."),
    "mfa/email/totp_deactivated": gettext_lazy("Your account asks for no code of an authenticator app any more."),
    "mfa/email/recovery_codes_generated": gettext_lazy("New recovery codes were made. The former ones are void."),
    "mfa/email/webauthn_added": gettext_lazy("A passkey was added to your account."),
    "mfa/email/webauthn_removed": gettext_lazy("A passkey of your account was removed."),
}


class MailFailed(Exception):
    """The mail server did not take a mail."""


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up by allauth is closed: `journal.views.arriving` is the way in."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Not through allauth's form."""
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to where the other ways to sign in stand."""
        return reverse("mfa_index")

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """In our words."""
        ways = {
            "reauthenticate": _("Use the password"),
            "mfa_reauthenticate": _("Use a code"),
            "mfa_reauthenticate:webauthn": _("Use the passkey"),
        }
        return [{**way, "description": ways[way["id"]]} for way in super().get_reauthentication_methods(user)]

    # Links in mails lead to LANYARD_URL. The Host header is whatever somebody cared to send.

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Once, and for as long as password and address stay as they are."""
        uid, _dash, token = key.partition("-")
        return site_address(reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token}))

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """Three days."""
        return site_address(reverse("account_confirm_email", args=[emailconfirmation.key]))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Raises MailFailed. The log names the mail, never the person."""
        message = self.render_mail(template_prefix, email, {**context, "address": site_address("/")})
        try:
            message.send()
        except OSError as error:  # of which every exception of smtplib is one
            log.warning("The mail %s was not sent: %s", template_prefix, type(error).__name__)
            raise MailFailed from error

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """What has happened to the account. It has happened, whether the mail goes out or not."""
        to = email or EmailAddress.objects.get_primary_email(user)
        if not settings.SENDS_MAIL or not to:
            return
        try:
            self.send_mail("account/email/notice", to, {"user": user, "notice": NOTICES[template_prefix]})
        except MailFailed:
            return

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Failed logins are counted by account. allauth's key has the Host header in it, port included, so that a
        guesser could start anew with every port they name."""
        name = str(credentials.get("username") or credentials.get("email") or "")
        return f"login:{unicodedata.normalize('NFKC', name).casefold()}"


class MFAAdapter(DefaultMFAAdapter):
    """Second steps and passkeys go by the person's name here and by the address of the site."""

    def get_totp_label(self, user: User) -> str:
        """The name in an authenticator app."""
        return user.get_username()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Whose passkey it is: the site's, whatever the request calls it."""
        return {"id": passkey_host(), "name": "Lanyard"}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        """The username, not a mail address."""
        return {**super().get_public_key_credential_user_entity(user), "name": user.get_username()}

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 -- allauth's
        """Passkey, Passkey 2, …"""
        there = Authenticator.objects.filter(user=user, type=type).count()
        return _("Passkey") if not there else _("Passkey %(number)d") % {"number": there + 1}


def site_address(path: str) -> str:
    """`path` under LANYARD_URL."""
    return f"{settings.SITE_SCHEME}://{settings.SITE_HOST}{path}"


def passkey_host() -> str:
    """The host that passkeys belong to."""
    return urlsplit(f"//{settings.SITE_HOST}").hostname or "localhost"


def passkeys_work(request: HttpRequest) -> bool:
    """Whether a browser takes passkeys at this address: https, or localhost; never a bare number."""
    here = urlsplit(f"//{request.get_host()}").hostname
    if here != passkey_host() or _is_number(here):
        return False
    return request.is_secure() or here == "localhost"


def passkey_address(request: HttpRequest) -> str:
    """Where passkeys work if they do not work here: localhost instead of 127.0.0.1; empty where they never do."""
    if passkeys_work(request) or settings.SITE_HOST:
        return ""
    port = urlsplit(f"//{request.get_host()}").port
    return f"http://localhost{f':{port}' if port else ''}{request.path}"


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
