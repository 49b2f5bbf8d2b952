"""One person's book: every row has an owner."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JournalConfig(AppConfig):
    """May import events; is imported by config alone."""

    name = "journal"
    verbose_name = _("The book")

    def ready(self) -> None:
        """What hears of what: signing in fills the session and the list of sessions, a new password ends the others;
        adding a conference means going there; what two merged rows could not hold together is kept."""
        from allauth.account.signals import password_changed, password_reset  # noqa: PLC0415 -- as below
        from django.contrib.auth.signals import user_logged_in  # noqa: PLC0415 -- models are loaded only now

        from events.signals import conference_added, row_could_not_hold  # noqa: PLC0415 -- as above
        from journal.going import goes_to_what_one_adds  # noqa: PLC0415 -- as above
        from journal.merged import keep_what_did_not_fit  # noqa: PLC0415 -- as above
        from journal.people import remember_person_in_session  # noqa: PLC0415 -- models are loaded only now
        from journal.security import end_others_after_new_password, remember_sign_in  # noqa: PLC0415 -- as above

        user_logged_in.connect(remember_person_in_session, dispatch_uid="journal.people")
        user_logged_in.connect(remember_sign_in, dispatch_uid="journal.security")
        for new_password in (password_changed, password_reset):
            new_password.connect(end_others_after_new_password, dispatch_uid="journal.security")
        conference_added.connect(goes_to_what_one_adds, dispatch_uid="journal.going")
        row_could_not_hold.connect(keep_what_did_not_fit, dispatch_uid="journal.merged")
