"""Talks and who appears in them."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from events.addresses import address_of
from events.models.choices import SaysChoices
from events.models.conferences import Conference, Day
from events.models.naming import Addressed
from events.models.people import Speaker
from events.models.places import Room
from events.names import clean_line, slug_for
from events.querysets import AppearanceQuerySet, TalkQuerySet
from events.validators import validate_same_conference, validate_somebody, validate_time_range


class Talk(SaysChoices, Addressed):
    """Anything in a programme. It may be known only by its speaker, its organisation or its kind.

    `starts_at` and `ends_at` are moments in UTC; a talk at 00:30 belongs to the programme day before.
    """

    class Kind(models.TextChoices):
        KEYNOTE = "keynote", _("Keynote")
        TALK = "talk", pgettext_lazy("kind of talk", "Talk")
        PANEL = "panel", _("Panel")
        TUTORIAL = "tutorial", _("Tutorial")
        LIGHTNING = "lightning", _("Lightning talk")
        POSTER = "poster", _("Poster")
        BOOTH = "booth", _("Booth")
        CEREMONY = "ceremony", _("Opening or awards")
        REGISTRATION = "registration", _("Registration")
        BREAK = "break", _("Break")
        SOCIAL = "social", _("Social")
        OTHER = "other", _("Other")

    class State(models.TextChoices):
        SCHEDULED = "scheduled", _("Scheduled")
        CANCELLED = "cancelled", _("Cancelled")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Of talks that went up in this one (events.services.merging): what was begun under their uids is of this talk now.
    former_uids = models.JSONField(default=list, editable=False)
    conference = models.ForeignKey(
        Conference, on_delete=models.CASCADE, related_name="talks", verbose_name=_("conference")
    )
    day = models.ForeignKey(
        Day, on_delete=models.PROTECT, null=True, blank=True, related_name="talks", verbose_name=_("day")
    )
    room = models.ForeignKey(
        Room, on_delete=models.PROTECT, null=True, blank=True, related_name="talks", verbose_name=_("room")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.TALK)
    title = models.CharField(_("title"), max_length=500, blank=True)
    subtitle = models.CharField(_("subtitle"), max_length=500, blank=True)
    track = models.CharField(_("track"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=35, blank=True)
    abstract = models.TextField(_("abstract"), blank=True)
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.SCHEDULED)
    listed = models.BooleanField(_("shared with everyone here"), default=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    # Who gives it, in Latin letters, left by the maker of an untitled talk for its address; not a column.
    slug_hint = ""

    objects = TalkQuerySet.as_manager()

    class Meta:
        verbose_name = _("talk")
        verbose_name_plural = _("talks")
        constraints = [
            models.UniqueConstraint(fields=["conference", "slug"], name="talk_slug_once_a_conference"),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(starts_at__isnull=False, ends_at__gte=F("starts_at")),
                name="talk_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["conference", "day", "starts_at"])]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps the title in one Unicode form."""
        self.title = clean_line(self.title)
        self.subtitle = clean_line(self.subtitle)
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return self.title or f"{self.get_kind_display()} {self.pk}"

    def get_absolute_url(self) -> str:
        """The talk's page. Needs the conference."""
        return address_of("talk", self.conference.year, self.conference.slug, self.slug)

    def clean(self) -> None:
        """Day and room are of the talk's own conference; the end is not before the beginning."""
        validate_same_conference(self.conference_id, day=self.day, room=self.room)
        validate_time_range(self.starts_at, self.ends_at)

    @property
    def is_cancelled(self) -> bool:
        """Vanished from the programme, kept for what was written on it."""
        return self.state == self.State.CANCELLED

    @property
    def is_quiet(self) -> bool:
        """A break or a door: one line in the programme, and never a clash."""
        return self.kind in {self.Kind.BREAK, self.Kind.REGISTRATION, self.Kind.SOCIAL}

    @property
    def names_kind(self) -> bool:
        """Whether the kind says something: an untitled talk is called by it already, and most talks are talks."""
        return bool(self.title) and not self.is_quiet and self.kind != self.Kind.TALK

    def display_title(self) -> str:
        """The title; else who gives it, or its track, and its kind. Reads the appearances (prefetch them in lists)."""
        if self.title:
            return self.title
        names = ", ".join(appearance.display_name() for appearance in self.appearances.all()) or self.track
        if not names:
            return str(self.get_kind_display())
        return gettext("%(who)s · %(kind)s") % {"who": names, "kind": self.get_kind_display()}

    def slug_base(self) -> str:
        """The title, or the hint that a maker of an untitled talk leaves in `slug_hint`, or the kind."""
        return slug_for(self.title) if self.title else slug_for(f"{self.slug_hint} {self.kind}".strip())

    def slug_is_secret(self) -> bool:
        """While unlisted."""
        return not self.listed

    def slug_scope(self) -> dict[str, Any]:
        """A former address is one of its conference."""
        return {"scope": self.conference}

    def slug_siblings(self) -> models.QuerySet[Talk]:
        """Talks of the same conference."""
        return Talk.objects.filter(conference_id=self.conference_id)


class Appearance(SaysChoices):
    """Somebody in a talk, as what they were *then*: affiliation and job title belong here, and may be two at once."""

    class Role(models.TextChoices):
        SPEAKER = "speaker", _("Speaker")
        MODERATOR = "moderator", _("Moderator")
        PANELLIST = "panellist", _("Panellist")
        PRESENTER = "presenter", _("Presenter")
        HOST = "host", _("Host (MC)")

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="appearances", verbose_name=_("talk"))
    speaker = models.ForeignKey(
        Speaker,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="appearances",
        verbose_name=_("speaker"),
    )
    organisation = models.CharField(
        _("organisation"), max_length=200, blank=True, help_text=_("Where no person is known: a poster's university.")
    )
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.SPEAKER)
    affiliation = models.CharField(_("affiliation"), max_length=300, blank=True)
    job_title = models.CharField(_("job title"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = AppearanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("appearance")
        verbose_name_plural = _("appearances")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["talk", "speaker", "role"],
                condition=Q(speaker__isnull=False),
                name="appearance_once_a_role",
                violation_error_message=_("This speaker already has this role in this talk."),
            ),
            models.CheckConstraint(
                condition=Q(speaker__isnull=False) | ~Q(organisation=""),
                name="appearance_of_somebody",
                violation_error_message=_("Name a speaker or an organisation."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.pk}"

    def clean(self) -> None:
        """Names somebody."""
        validate_somebody(self.speaker_id, self.organisation)

    def display_name(self) -> str:
        """The speaker's name in the reader's script, else the organisation."""
        return self.speaker.own_name() if self.speaker else self.organisation
