"""How a person was there: preferences, attendance, the log of a day, the mark of a talk."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.models import Conference
from events.validators import validate_zone
from journal.models.ownership import Owned, rating_field, rating_within
from journal.querysets import AttendanceQuerySet, DayLogQuerySet, MarkQuerySet

# Hues are kept in steps of ten: a stylesheet has one class for each, since inline styles are forbidden.
HUE_STEP = 10


class Preferences(models.Model):
    """What a person likes. `zone` is an IANA name, empty for the conference's own; `demo` marks a visitor's person."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="preferences"
    )
    display_name = models.CharField(
        _("pen name"), max_length=100, blank=True, help_text=_("Stands on reports instead of your username.")
    )
    language = models.CharField(_("language"), max_length=8, blank=True, choices=settings.LANGUAGES)
    zone = models.CharField(_("time zone"), max_length=64, blank=True, validators=[validate_zone])
    keep_originals = models.BooleanField(
        _("keep the originals of pictures"),
        default=True,
        help_text=_("Privately, as they came from the camera. What pages show carries no place and no camera."),
    )
    demo = models.BooleanField(_("demo visitor"), default=False, editable=False)

    class Meta:
        verbose_name = _("preferences")
        verbose_name_plural = _("preferences")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class Attendance(Owned):
    """“I was there”: once per person and conference. `ribbon` is a hue in degrees, a multiple of ten."""

    class Role(models.TextChoices):
        ATTENDEE = "attendee", _("Attendee")
        SPEAKER = "speaker", _("Speaker")
        PRESENTER = "presenter", _("Poster presenter")
        ORGANISER = "organiser", _("Organiser")
        VOLUNTEER = "volunteer", _("Volunteer")
        EXHIBITOR = "exhibitor", _("Exhibitor")
        PRESS = "press", _("Press")

    class Mode(models.TextChoices):
        IN_PERSON = "in_person", _("In person")
        ONLINE = "online", _("Online")

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="+", verbose_name=_("conference"))
    mode = models.CharField(_("mode"), max_length=10, choices=Mode, default=Mode.IN_PERSON)
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.ATTENDEE)
    ribbon = models.PositiveSmallIntegerField(_("ribbon"), default=0)
    companions = models.CharField(_("companions"), max_length=300, blank=True)
    lodging = models.CharField(_("lodging"), max_length=300, blank=True)
    expectation = models.TextField(_("expectation"), blank=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = [
            models.UniqueConstraint(fields=["owner", "conference"], name="attendance_once"),
            models.CheckConstraint(condition=Q(ribbon__lt=360), name="attendance_ribbon_is_a_hue"),
        ]


class DayLog(Owned):
    """One person's day: the mood is theirs, not the world's. `arrived` and `left` are moments, perhaps approximate."""

    class Mode(models.TextChoices):
        IN_PERSON = "in_person", _("In person")
        ONLINE = "online", _("Online")
        AWAY = "away", _("Not there")

    day = models.ForeignKey("events.Day", on_delete=models.PROTECT, related_name="+", verbose_name=_("day"))
    mode = models.CharField(_("mode"), max_length=10, choices=Mode, blank=True)
    arrived = models.DateTimeField(_("arrived"), null=True, blank=True)
    arrived_about = models.BooleanField(_("arrived at about this time"), default=False)
    left = models.DateTimeField(_("left"), null=True, blank=True)
    left_about = models.BooleanField(_("left at about this time"), default=False)
    travel = models.CharField(_("travel"), max_length=300, blank=True)
    mood = models.CharField(_("mood"), max_length=300, blank=True)
    rating = rating_field()
    highlight_talk = models.ForeignKey(
        "events.Talk", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("highlight")
    )
    highlight_entry = models.ForeignKey(
        "journal.Entry",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("highlight"),
    )

    objects = DayLogQuerySet.as_manager()

    class Meta:
        verbose_name = _("day log")
        verbose_name_plural = _("day logs")
        constraints = [
            models.UniqueConstraint(fields=["owner", "day"], name="day_log_once"),
            rating_within("day_log_rating_of_five"),
            models.CheckConstraint(
                condition=Q(highlight_talk=None) | Q(highlight_entry=None),
                name="day_log_one_highlight",
                violation_error_message=_("A day has one highlight: a talk or an entry."),
            ),
        ]


class Mark(Owned):
    """What a person means to do, or did, with a talk; stars and a verdict in a line."""

    class State(models.TextChoices):
        WANT = "want", _("Want")
        GOING = "going", _("Going")
        ATTENDED = "attended", _("Attended")
        LEFT_EARLY = "left_early", _("Left early")
        MISSED = "missed", _("Missed")
        WATCHED_LATER = "watched_later", _("Watched later")

    HEARD = (State.ATTENDED, State.LEFT_EARLY, State.WATCHED_LATER)
    # From what was meant to what was done: of two marks that become one, the later state holds.
    LATER = (State.WANT, State.GOING, State.MISSED, State.WATCHED_LATER, State.LEFT_EARLY, State.ATTENDED)

    talk = models.ForeignKey("events.Talk", on_delete=models.PROTECT, related_name="+", verbose_name=_("talk"))
    state = models.CharField(_("state"), max_length=15, choices=State)
    rating = rating_field()
    verdict = models.CharField(_("verdict"), max_length=300, blank=True)

    objects = MarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        constraints = [
            models.UniqueConstraint(fields=["owner", "talk"], name="mark_once"),
            rating_within("mark_rating_of_five"),
        ]

    def fullness(self) -> tuple[int, int]:
        """How much it says, for the merge of two talks: what was done before what was meant, then stars and verdict."""
        state = self.LATER.index(self.State(self.state))
        return state, (self.rating is not None) + bool(self.verdict)
