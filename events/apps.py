"""The world: conferences, days, venues, talks, speakers. Facts that belong to nobody."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    """Knows nothing of anyone's journal."""

    name = "events"
    verbose_name = _("The world")
