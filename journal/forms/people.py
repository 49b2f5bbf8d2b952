"""Forms of people: a new account, an invitation, and what a person prefers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from events.fields import ZoneField, zone_choices
from events.names import clean_line
from journal.models import Invitation, Preferences


class AccountForm(forms.Form):
    """Name and password, the latter twice: the one form of the first account, of the invited, and of open sign-up."""

    username = forms.CharField(
        label=_("Username"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        help_text=_("Letters, digits and @ . + - _"),
    )
    password1 = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least eight characters; a few words in a row are good."),
    )
    password2 = forms.CharField(
        label=_("Password once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def account(self) -> dict[str, str]:
        """What the verbs of `journal.people` take. Nothing else that was sent gets through here."""
        return {"username": self.cleaned_data["username"], "password": self.cleaned_data["password1"]}

    def refuse(self, error: ValidationError) -> None:
        """What the verb has against it, beside its field where that is one of ours."""
        ours = hasattr(error, "error_dict") and error.error_dict.keys() <= self.fields.keys()
        self.add_error(None, error if ours else ValidationError(error.messages))

    field_order = ("code", "username", "password1", "password2")

    def clean_username(self) -> str:
        """By the rules of the account itself."""
        username = clean_line(self.cleaned_data["username"])
        User._meta.get_field("username").run_validators(username)
        return username

    def clean(self) -> dict[str, Any]:
        """Both passwords alike, and a good one."""
        cleaned = super().clean() or {}
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if not first or not second:
            return cleaned
        if first != second:
            self.add_error("password2", _("The two passwords are not the same."))
            return cleaned
        try:
            validate_password(first, User(username=cleaned.get("username", "")))
        except ValidationError as error:
            self.add_error("password1", error)
        return cleaned


class OwnersAccountForm(AccountForm):
    """The first account of a server that others reach too."""

    code = forms.CharField(
        label=_("Setup code"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        help_text=_("Lanyard printed it when it started. It is in the log and in the data folder, too."),
    )

    def account(self) -> dict[str, str]:
        """With the code."""
        return {**super().account(), "code": self.cleaned_data["code"]}


class InvitationForm(forms.ModelForm):
    """For whom it is."""

    class Meta:
        model = Invitation
        fields = ["note"]
        widgets = {"note": forms.TextInput(attrs={"autocomplete": "off"})}


class PreferencesForm(forms.ModelForm):
    """Pen name, language, zone, originals."""

    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("As the browser says")), *settings.LANGUAGES]
    )
    zone = ZoneField(
        label=_("Time zone"),
        required=False,
        help_text=_("Where you are. A conference keeps its own time, and you can switch to yours."),
    )

    class Meta:
        model = Preferences
        fields = ["display_name", "language", "zone", "keep_originals"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].choices = [("", _("As the device says")), *zone_choices()]  # type: ignore[attr-defined]
        self.fields["display_name"].widget.attrs["autocomplete"] = "nickname"
