"""One person's book: every row has an owner."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JournalConfig(AppConfig):
    """May import events; is imported by config alone."""

    name = "journal"
    verbose_name = _("The book")

    def ready(self) -> None:
        """Signing in puts language and pen name into the session; adding a conference means going there."""
        from django.contrib.auth.signals import user_logged_in  # noqa: PLC0415 -- models are loaded only now

        from events.signals import conference_added  # noqa: PLC0415 -- as above
        from journal.going import goes_to_what_one_adds  # noqa: PLC0415 -- as above
        from journal.people import remember_person_in_session  # noqa: PLC0415 -- models are loaded only now

        user_logged_in.connect(remember_person_in_session, dispatch_uid="journal.people")
        conference_added.connect(goes_to_what_one_adds, dispatch_uid="journal.going")
