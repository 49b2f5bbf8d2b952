"""Links of a talk, a speaker or a conference, and addresses that once led somewhere."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.querysets import FormerSlugQuerySet, LinkQuerySet


def exactly_one(*names: str) -> Q:
    """Exactly one of these columns is set."""
    choices = Q()
    for chosen in names:
        choices |= Q(**{f"{name}__isnull": name != chosen for name in names})
    return choices


class Link(models.Model):
    """Slides, a recording, a paper: an address with a name, of one talk, speaker or conference."""

    class Kind(models.TextChoices):
        SLIDES = "slides", _("Slides")
        RECORDING = "recording", _("Recording")
        PAPER = "paper", _("Paper")
        CODE = "code", _("Code")
        OTHER = "other", _("Other")

    url = models.URLField(_("address"), max_length=1000)
    title = models.CharField(_("title"), max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.OTHER)
    talk = models.ForeignKey(
        "events.Talk", on_delete=models.CASCADE, null=True, blank=True, related_name="links", verbose_name=_("talk")
    )
    speaker = models.ForeignKey(
        "events.Speaker",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="links",
        verbose_name=_("speaker"),
    )
    conference = models.ForeignKey(
        "events.Conference",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="links",
        verbose_name=_("conference"),
    )

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=exactly_one("talk", "speaker", "conference"),
                name="link_of_one_thing",
                violation_error_message=_("A link belongs to one talk, one speaker or one conference."),
            )
        ]

    def __str__(self) -> str:
        return self.title or self.url


class FormerSlug(models.Model):
    """A slug that was changed by hand or lost in a merge; whoever comes by it is led on.

    `year` scopes a conference's, `scope` a talk's.
    """

    slug = models.SlugField(_("former address"), max_length=80)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    scope = models.ForeignKey(
        "events.Conference", on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("of")
    )
    series = models.ForeignKey(
        "events.Series", on_delete=models.CASCADE, null=True, blank=True, related_name="former_slugs"
    )
    conference = models.ForeignKey(
        "events.Conference", on_delete=models.CASCADE, null=True, blank=True, related_name="former_slugs"
    )
    talk = models.ForeignKey(
        "events.Talk", on_delete=models.CASCADE, null=True, blank=True, related_name="former_slugs"
    )
    speaker = models.ForeignKey(
        "events.Speaker", on_delete=models.CASCADE, null=True, blank=True, related_name="former_slugs"
    )
    venue = models.ForeignKey(
        "events.Venue", on_delete=models.CASCADE, null=True, blank=True, related_name="former_slugs"
    )

    objects = FormerSlugQuerySet.as_manager()

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        constraints = [
            models.CheckConstraint(
                condition=exactly_one("series", "conference", "talk", "speaker", "venue"),
                name="former_slug_of_one_thing",
            ),
            models.UniqueConstraint(fields=["slug"], condition=Q(series__isnull=False), name="former_series_slug_once"),
            models.UniqueConstraint(
                fields=["slug"], condition=Q(speaker__isnull=False), name="former_speaker_slug_once"
            ),
            models.UniqueConstraint(fields=["slug"], condition=Q(venue__isnull=False), name="former_venue_slug_once"),
            models.UniqueConstraint(
                fields=["year", "slug"], condition=Q(conference__isnull=False), name="former_conference_slug_once"
            ),
            models.UniqueConstraint(
                fields=["scope", "slug"], condition=Q(talk__isnull=False), name="former_talk_slug_once"
            ),
        ]

    def __str__(self) -> str:
        return self.slug
