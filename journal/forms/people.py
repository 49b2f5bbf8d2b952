"""Forms of people: the first account, and what a person prefers."""

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
from journal.models import Preferences


class FirstAccountForm(forms.Form):
    """Name and password, the latter twice."""

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
