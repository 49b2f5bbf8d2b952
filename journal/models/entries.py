"""Entries: notes, meals, swag and encounters, with every version of each."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.models import Talk
from events.models.choices import SaysChoices
from journal.models.ownership import AboutTheWorld, Owned, Visibility, rating_field, rating_within
from journal.querysets import EntryQuerySet, RevisionQuerySet


class Entry(Owned, AboutTheWorld):
    """One thing kept. Only its kind is obligatory; `journal.actions` is the only writer.

    `on` is the date as people count it, kept only where no talk and no day says it; `at` is a moment in UTC, perhaps
    approximate (`about`); `order` is a place within the day set by hand, in minutes after the day's midnight.
    """

    class Kind(models.TextChoices):
        NOTE = "note", _("Note")
        MEAL = "meal", _("Meal")
        SWAG = "swag", _("Swag")
        ENCOUNTER = "encounter", _("Encounter")

    class Part(models.TextChoices):
        MORNING = "morning", _("Morning")
        LUNCH = "lunch", _("Around lunch")
        AFTERNOON = "afternoon", _("Afternoon")
        EVENING = "evening", _("Evening")

    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.NOTE)
    title = models.CharField(_("title"), max_length=300, blank=True)
    room = models.ForeignKey(
        "events.Room", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("room")
    )
    on = models.DateField(_("date"), null=True, blank=True)
    at = models.DateTimeField(_("time"), null=True, blank=True)
    about = models.BooleanField(_("at about this time"), default=False)
    part = models.CharField(_("part of the day"), max_length=10, choices=Part, blank=True)
    order = models.FloatField(_("order"), null=True, blank=True)
    text = models.TextField(_("text"), blank=True)
    rating = rating_field()
    visibility = models.CharField(_("visibility"), max_length=7, choices=Visibility, default=Visibility.PRIVATE)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    created = models.DateTimeField(_("created"), auto_now_add=True)
    modified = models.DateTimeField(_("modified"), auto_now=True)
    deleted_at = models.DateTimeField(_("binned"), null=True, blank=True, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        constraints = [
            models.UniqueConstraint(fields=["owner", "uid"], name="entry_uid_once"),
            rating_within("entry_rating_of_five"),
            models.CheckConstraint(
                condition=~Q(kind="encounter") | Q(visibility="private"),
                name="encounter_is_private",
                violation_error_message=_("An encounter is always private."),
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "conference", "deleted_at"]),
            models.Index(fields=["owner", "talk"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def details(self) -> Meal | Swag | Encounter | None:
        """What only a meal, swag or an encounter has; None for a note."""
        return getattr(self, self.kind, None) if self.kind != self.Kind.NOTE else None

    @property
    def is_unfiled(self) -> bool:
        """About nothing yet."""
        subject = (self.conference_id, self.day_id, self.talk_id, self.speaker_id, self.venue_id)
        return all(key is None for key in subject)

    @property
    def is_binned(self) -> bool:
        """In the bin, from where it comes back or goes for good."""
        return self.deleted_at is not None

    @staticmethod
    def note_uid(talk: Talk, owner_id: int) -> uuid.UUID:
        """The uid of a person's own note of a talk: the same on every device (UUIDv5 of talk and owner)."""
        return uuid.uuid5(talk.uid, str(owner_id))


class Meal(SaysChoices):
    """What only a meal has. `price` is in `currency` (ISO 4217)."""

    class Occasion(models.TextChoices):
        BREAKFAST = "breakfast", _("Breakfast")
        COFFEE = "coffee", _("Coffee break")
        LUNCH = "lunch", _("Lunch")
        DINNER = "dinner", _("Dinner")
        SNACK = "snack", _("Snack")
        DRINKS = "drinks", _("Drinks")
        BANQUET = "banquet", _("Banquet")

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, primary_key=True, related_name="meal")
    occasion = models.CharField(_("occasion"), max_length=10, choices=Occasion, blank=True)
    dishes = models.CharField(_("dishes"), max_length=500, blank=True)
    provider = models.CharField(_("provided by"), max_length=200, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    companions = models.CharField(_("with whom"), max_length=300, blank=True)
    price = models.DecimalField(_("price"), max_digits=12, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True, default="KRW")
    included = models.BooleanField(_("included in the fee"), default=False)

    class Meta:
        verbose_name = _("meal")
        verbose_name_plural = _("meals")
        constraints = [
            models.CheckConstraint(
                condition=Q(price=None) | Q(price__gte=0),
                name="meal_price_is_not_negative",
                violation_error_message=_("A price is not below zero."),
            )
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class Swag(SaysChoices):
    """What only a thing carried home has."""

    class Won(models.TextChoices):
        REGISTRATION = "registration", _("Registration")
        BOOTH = "booth", _("Booth")
        STAMPS = "stamps", _("Stamps")
        CONVERSATION = "conversation", _("Conversation")
        TALK = "talk", _("Talk")
        RAFFLE = "raffle", _("Raffle")

    class State(models.TextChoices):
        KEPT = "kept", _("Kept")
        GIVEN_AWAY = "given_away", _("Given away")
        TO_GIVE = "to_give", _("To give")
        UNDECIDED = "undecided", _("Undecided")

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, primary_key=True, related_name="swag")
    item = models.CharField(_("item"), max_length=200, blank=True)
    quantity = models.PositiveSmallIntegerField(_("quantity"), default=1)
    variant = models.CharField(_("colour or size"), max_length=200, blank=True)
    from_whom = models.CharField(_("from whom"), max_length=200, blank=True)
    won = models.CharField(_("how it was won"), max_length=15, choices=Won, blank=True)
    encounter = models.ForeignKey(
        Entry, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("encounter")
    )
    state = models.CharField(_("what became of it"), max_length=10, choices=State, blank=True)

    class Meta:
        verbose_name = _("swag")
        verbose_name_plural = _("swag (all)")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class Encounter(models.Model):
    """What only an encounter has; `person` is words, and never makes a Speaker. A known speaker is the entry's."""

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, primary_key=True, related_name="encounter")
    person = models.CharField(_("who"), max_length=200, blank=True)
    affiliation = models.CharField(_("affiliation"), max_length=300, blank=True)
    where = models.CharField(_("where"), max_length=200, blank=True)
    contact = models.CharField(_("contact"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("encounter")
        verbose_name_plural = _("encounters")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class Revision(models.Model):
    """An entry as it stood at one version; made in the transaction that raised it. `fields` is everything but text."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField(_("version"))
    base_version = models.PositiveIntegerField(_("made from version"))
    text = models.TextField(_("text"), blank=True)
    fields = models.JSONField(_("other fields"), default=dict)
    device = models.CharField(_("device"), max_length=100, blank=True)
    saved_at = models.DateTimeField(_("saved"), auto_now_add=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["entry", "version"], name="revision_once_a_version")]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
