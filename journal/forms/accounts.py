"""allauth's forms, as far as they are ours: an address, a link for a new password, the name of a passkey."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import AddEmailForm
from allauth.account.forms import ResetPasswordForm as AllauthResetPasswordForm
from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.names import clean_line
from journal import security

LONGEST_NAME = 60
# What fido2 raises where the answer of a browser is no such thing.
NONSENSE = (ValueError, TypeError, KeyError, AttributeError, IndexError)


class AddressForm(AddEmailForm):
    """The person's one e-mail address. Where no mail is sent it counts as confirmed at once."""

    def clean_email(self) -> str:
        """With mail the answer is the same for a taken address: its owner finds out by mail, nobody else does."""
        email: str = super().clean_email()
        if not settings.SENDS_MAIL and security.address_is_taken(self.user, email):
            raise ValidationError(_("This address cannot be used here. Please take another."))
        return email

    def save(self, request: HttpRequest) -> Any:
        """A mail with a link, or kept as it is."""
        if settings.SENDS_MAIL:
            return super().save(request)
        security.keep_address(self.user, self.cleaned_data["email"])
        return self.user.emailaddress_set.get()


class ResetPasswordForm(AllauthResetPasswordForm):
    """Whoever asks learns nothing from the answer."""

    users: list[User]

    def clean_email(self) -> str:
        """Those who may have a link at this address."""
        email: str = super().clean_email()
        self.users = [person for person in self.users if security.may_reset_by(person, email.lower())]
        return email


class _NamedPasskey(forms.Form):
    def clean_name(self) -> str:
        """One line; a forgotten name is made up, since the device has made its passkey already."""
        name = clean_line(self.cleaned_data["name"])
        return name or get_adapter().generate_authenticator_name(self.user, "webauthn")  # type: ignore[attr-defined]


class AddPasskeyForm(_NamedPasskey, AddWebAuthnForm):
    """Its name, and what the browser says about it. Every passkey here can sign in by itself."""

    passwordless = None
    name = forms.CharField(
        label=gettext_lazy("Name of this passkey"),
        required=False,
        max_length=LONGEST_NAME,
        help_text=gettext_lazy("So that you know it from others: the phone, the laptop."),
    )
    credential = forms.JSONField(required=True, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """What no browser sends is no passkey either."""
        try:
            return super().clean() or {}
        except NONSENSE:
            raise get_adapter().validation_error("incorrect_code") from None


class RenamePasskeyForm(EditWebAuthnForm):
    """Another name."""

    name = forms.CharField(label=gettext_lazy("Name of this passkey"), max_length=LONGEST_NAME)

    def clean_name(self) -> str:
        """One line."""
        return clean_line(self.cleaned_data["name"])


class _SignedByPasskey(forms.Form):
    def clean_credential(self) -> Any:
        """What no browser sends lets nobody in."""
        try:
            return super().clean_credential()  # type: ignore[misc]
        except NONSENSE:
            raise get_adapter().validation_error("incorrect_code") from None


class SecondStepForm(_SignedByPasskey, AuthenticateWebAuthnForm):
    """After the password."""


class LoginByPasskeyForm(_SignedByPasskey, LoginWebAuthnForm):
    """In place of the password."""


class ReauthenticateByPasskeyForm(_SignedByPasskey, ReauthenticateWebAuthnForm):
    """Before a change."""
