"""Signing in and all that belongs to it, by django-allauth: only the doors that are open here."""

from django.urls import path, re_path

from journal.views import accounts, arriving

urlpatterns = [
    path("login/", accounts.log_in, name="account_login"),
    path("logout/", accounts.log_out, name="account_logout"),
    path("signup/", arriving.sign_up, name="account_signup"),
    path("invitation/<str:token>/", arriving.invitation, name="invitation"),
    path("inactive/", accounts.inactive, name="account_inactive"),
    # password
    path("password/change/", accounts.change_password, name="account_change_password"),
    path("password/reset/", accounts.reset_password, name="account_reset_password"),
    path("password/reset/sent/", accounts.reset_sent, name="account_reset_password_done"),
    path("password/reset/done/", accounts.reset_done, name="account_reset_password_from_key_done"),
    re_path(
        "^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",  # the key has hyphens too
        accounts.reset_by_link,
        name="account_reset_password_from_key",
    ),
    # e-mail address
    path("email/", accounts.address, name="account_email"),
    path("email/<str:key>/", accounts.confirm_address, name="account_confirm_email"),
    # is it you?
    path("reauthenticate/", accounts.reauthenticate, name="account_reauthenticate"),
    path("reauthenticate/code/", accounts.reauthenticate_by_code, name="mfa_reauthenticate"),
    path("reauthenticate/passkey/", accounts.reauthenticate_by_passkey, name="mfa_reauthenticate_webauthn"),
    # sign-in and security
    path("security/", accounts.overview, name="mfa_index"),
    path("security/sessions/", accounts.sessions, name="usersessions_list"),
    # second steps
    path("second-step/", accounts.second_step_of_login, name="mfa_authenticate"),
    path("app/on/", accounts.activate_app, name="mfa_activate_totp"),
    path("app/off/", accounts.deactivate_app, name="mfa_deactivate_totp"),
    path("recovery-codes/", accounts.recovery_codes, name="mfa_view_recovery_codes"),
    path("recovery-codes/new/", accounts.make_recovery_codes, name="mfa_generate_recovery_codes"),
    path("recovery-codes/file/", accounts.download_recovery_codes, name="mfa_download_recovery_codes"),
    # passkeys
    path("passkeys/login/", accounts.log_in_by_passkey, name="mfa_login_webauthn"),
    path("passkeys/add/", accounts.add_passkey, name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/name/", accounts.rename_passkey, name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/remove/", accounts.remove_passkey, name="mfa_remove_webauthn"),
]
