"""The world: conferences, days, venues, talks, speakers. Facts that belong to nobody."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    """Knows nothing of anyone's journal."""

    name = "events"
    verbose_name = _("The world")

    def ready(self) -> None:
        """What changes a programme is told apart by its stamp."""
        from events.stamps import listen  # noqa: PLC0415 -- models are there only now

        listen()
