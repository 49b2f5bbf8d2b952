"""One person's book: every row has an owner."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JournalConfig(AppConfig):
    """May import events; is imported by config alone."""

    name = "journal"
    verbose_name = _("The book")

    def ready(self) -> None:
        """Whoever signs in, by whatever door, has their language and pen name in the session."""
        from django.contrib.auth.signals import user_logged_in  # noqa: PLC0415 -- models are loaded only now

        from journal.people import remember_person_in_session  # noqa: PLC0415 -- models are loaded only now

        user_logged_in.connect(remember_person_in_session, dispatch_uid="journal.people")
