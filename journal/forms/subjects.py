"""What an entry or a picture is about, as fields: selects that offer what belongs to the chosen conference.

A form with these fields shows them as one line of words with a way to change it; where a conference is chosen first,
the page asks again for its days and talks (the button `again`, or htmx on change) and keeps all that was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.fields import DateField
from events.models import Conference, Day, Room, Speaker, Talk, Venue
from events.moments import day_number, programme_date, wall_clock
from events.moments.dates import date_short
from events.names import own_name
from events.querysets import Person
from journal import access
from journal.subjects import Subject

PARTS = ("conference", "day", "talk", "room", "speaker", "venue")
# How long a conference that one did not attend is offered after it has ended.
_RECENT = timedelta(days=200)
_MOST_CONFERENCES = 200


@dataclass
class Offer:
    """The rows that the selects offer; `kept` are parts of the subject as it stands, offered whatever else holds."""

    conferences: list[Conference] = field(default_factory=list)
    days: list[Day] = field(default_factory=list)
    talks: list[Talk] = field(default_factory=list)
    rooms: list[Room] = field(default_factory=list)
    speakers: list[Speaker] = field(default_factory=list)
    venues: list[Venue] = field(default_factory=list)

    def keep(self, subject: Subject) -> None:
        """Adds the parts of a subject that are not among what is offered."""
        pairs: list[tuple[list[Any], Any]] = [
            (self.conferences, subject.conference),
            (self.days, subject.day),
            (self.talks, subject.talk),
            (self.rooms, subject.room),
            (self.speakers, subject.speaker),
            (self.venues, subject.venue),
        ]
        for rows, row in pairs:
            if row is not None and row not in rows:
                rows.append(row)


def conferences_for(person: Person) -> list[Conference]:
    """Those the person attended or added, and visible ones that are recent or to come; newest first. One query."""
    attended = access.attendances(person).filter(conference=OuterRef("pk"))
    recent = Q(ends_on__gte=timezone.localdate() - _RECENT) | Q(added_by=person.pk)
    offered = Conference.objects.visible_to(person).annotate(attended=Exists(attended))
    return list(offered.filter(recent | Q(attended=True)).order_by("-starts_on", "pk")[:_MOST_CONFERENCES])


def running_for(conferences: Iterable[Conference]) -> Conference | None:
    """The conference that somebody who writes now is probably at: running, and attended or the only one running."""
    now = timezone.now()
    running = [one for one in conferences if one.starts_on <= programme_date(now, one.zone) <= one.ends_on]
    attended = [one for one in running if getattr(one, "attended", False)]
    return attended[0] if attended else running[0] if len(running) == 1 else None


def offer_for(person: Person, conference: Conference | None, *, day: str = "", talk: str = "") -> Offer:
    """What there is to choose within the conference: five queries more.

    `day` and `talk` are keys as a form sends them: where one is known, only that day's talks are offered.
    """
    if conference is None:
        return Offer()
    # Hundreds of them: only what an option says, and the chosen one's conference is known.
    talks = access.talks(person).filter(conference=conference).in_programme_order()
    talks = talks.select_related(None).select_related("day", "room").defer("abstract")
    day_key, talk_key = _key(day), _key(talk)
    if day_key:
        talks = talks.filter(Q(day=day_key) | Q(day=None) | Q(pk=talk_key))
    elif talk_key:
        same_day = access.talks(person).filter(pk=talk_key).values("day")
        talks = talks.filter(Q(day__in=same_day) | Q(day=None) | Q(pk=talk_key))
    offer = Offer(
        days=list(conference.days.with_venues()),
        talks=list(talks),
        rooms=list(conference.rooms.visible_to(person).select_related("venue").order_by("position", "name")),
    )
    for one in offer.talks:
        one.conference = conference
    appearances = (appearance for one in offer.talks for appearance in one.appearances.all())
    offer.speakers = _each_once(appearance.speaker for appearance in appearances)
    held_at = [day.venue for day in offer.days] + [room.venue for room in offer.rooms]
    offer.venues = _each_once(held_at)
    return offer


def _key(sent: str) -> int:
    """A key of a row as a form sends it; 0, which no row has, for anything else."""
    return int(sent) if re.fullmatch("[0-9]{1,18}", sent) else 0


class SubjectFields(forms.Form):
    """conference, day, talk, room, speaker, venue and `on`; `subject` is what they say, settled, once it is valid."""

    conference = forms.ChoiceField(label=_("Conference"), required=False)
    day = forms.ChoiceField(
        label=_("Day"), required=False, help_text=_("With a day chosen, only its talks are offered.")
    )
    talk = forms.ChoiceField(label=_("Talk"), required=False)
    room = forms.ChoiceField(label=_("Room"), required=False)
    speaker = forms.ChoiceField(label=_("Speaker"), required=False)
    venue = forms.ChoiceField(label=_("Venue"), required=False)
    on = DateField(
        label=_("Date"), required=False, help_text=_("Also before and after the conference: the way there, the night.")
    )

    offer: Offer
    subject: Subject

    def __init__(self, person: Person, *args: Any, given: Subject | None = None, **options: Any) -> None:
        """`given` is the subject that the address, or the row as it stands, names."""
        super().__init__(*args, **options)
        self.person = person
        self.subject = given or Subject()
        conferences = conferences_for(person)
        if given is None and not self.is_bound and "conference" not in self.initial:
            self.subject = _about_now(running_for(conferences))
        self.initial = {**_keys(self.subject), **self.initial}
        chosen = self._value_of("conference")
        known = [*conferences, *filter(None, [self.subject.conference])]
        conference = next((one for one in known if str(one.pk) == chosen), None)
        self.offer = offer_for(person, conference, day=self._value_of("day"), talk=self._value_of("talk"))
        self.offer.conferences = conferences
        kept = self.subject
        if conference != kept.conference:
            kept = Subject(conference=kept.conference, speaker=kept.speaker, venue=kept.venue)
        self.offer.keep(kept)
        self._fill_selects(conference)

    def _value_of(self, name: str) -> str:
        value = self.data.get(name) if self.is_bound else self.initial.get(name)
        return str(value or "")

    def _fill_selects(self, conference: Conference | None) -> None:
        offer = self.offer
        choices: dict[str, list[Any]] = {
            "conference": [
                (one.pk, one.own_name() if str(one.year) in one.own_name() else f"{one.own_name()} ({one.year})")
                for one in offer.conferences
            ],
            "day": [(day.pk, _numbered(day)) for day in _joined(offer.days, conference)],
            "talk": _talks_by_day(offer.talks, conference),
            "room": [(room.pk, room.name) for room in offer.rooms],
            "speaker": [(speaker.pk, speaker.both_names()) for speaker in offer.speakers],
            "venue": [(venue.pk, venue.both_names()) for venue in offer.venues],
        }
        for name, rows in choices.items():
            select = self.fields[name]
            select.choices = [("", gettext("None") if rows else gettext("Nothing to choose yet")), *rows]  # type: ignore[attr-defined]
            select.error_messages["invalid_choice"] = _("This does not belong to the conference chosen. Choose again.")
        if conference is not None:
            self.fields["on"].near = conference.starts_on  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Puts the parts together; a contradiction stands on the field that the sentence is about."""
        cleaned = super().clean() or self.cleaned_data
        rows = self._chosen_rows(cleaned)
        try:
            self.subject = Subject(**rows, on=cleaned.get("on")).settled()
        except ValidationError as contradiction:
            self.add_error(None, contradiction)
        return cleaned

    def _chosen_rows(self, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        return {name: self._row(name, cleaned.get(name)) for name in PARTS}

    def date_of_subject(self) -> date | None:
        """The date as people count it: of the talk, of the day, or the one typed."""
        return date_of(self.subject)

    def dated(self, on: date) -> None:
        """Sets the date where nothing else says it."""
        self.subject = replace(self.subject, on=on)

    @property
    def subject_fields(self) -> list[forms.BoundField]:
        """The selects, in the order in which they narrow each other down."""
        return [self[name] for name in PARTS if len(self.fields[name].choices) > 1]  # type: ignore[attr-defined]

    @property
    def subject_is_open(self) -> bool:
        """Do the selects have to be seen?"""
        return bool(self.initial.get("again")) or any(self[name].errors for name in PARTS if self.is_bound)

    @property
    def subject_words(self) -> list[str]:
        """What is chosen, in words, from the narrowest to the widest; nothing while unfiled."""
        names = ("talk", "speaker", "room", "venue", "day", "conference")
        chosen = [self._row(name, self._value_of(name)) for name in names]
        return [_words_of(row) for row in chosen if row is not None]

    def _row(self, name: str, key: str | None) -> Any:
        return next((row for row in getattr(self.offer, f"{name}s") if str(row.pk) == key), None)


def date_of(subject: Subject) -> date | None:
    """The date as people count it: of the talk, of the day, or the subject's own."""
    if subject.talk and subject.talk.day:
        return subject.talk.day.date
    return subject.day.date if subject.day else subject.on


def _about_now(conference: Conference | None) -> Subject:
    """What is written at a running conference is about today of it."""
    if conference is None:
        return Subject()
    today = programme_date(timezone.now(), conference.zone)
    return Subject(conference=conference, day=conference.days.filter(date=today).first())


def _keys(subject: Subject) -> dict[str, Any]:
    keys: dict[str, Any] = {name: getattr(subject, name).pk for name in PARTS if getattr(subject, name)}
    if subject.talk and not subject.conference:
        keys["conference"] = subject.talk.conference_id
    if subject.day and not subject.conference:
        keys["conference"] = subject.day.conference_id
    return keys | ({"on": subject.on} if subject.on else {})


def _each_once(rows: Iterable[Any]) -> list[Any]:
    unique = {row.pk: row for row in rows if row is not None}
    return sorted(unique.values(), key=lambda row: row.sort_key)


def _joined(days: list[Day], conference: Conference | None) -> list[Day]:
    """The days with the conference they were asked of, which their number needs."""
    for day in days:
        if conference is not None and day.conference_id == conference.pk:
            day.conference = conference
    return days


def _numbered(day: Day) -> str:
    return f"{day_number(day.number)} · {date_short(day.date)}"


def _talks_by_day(talks: list[Talk], conference: Conference | None) -> list[Any]:
    zone = conference.zone if conference else timezone.get_current_timezone()

    def label(talk: Talk) -> str:
        return f"{wall_clock(talk.starts_at, zone)} {talk.display_title()}" if talk.starts_at else talk.display_title()

    def heading(talk: Talk) -> str:
        return date_short(talk.day.date) if talk.day else gettext("Without a day")

    return [(head, [(talk.pk, label(talk)) for talk in group]) for head, group in groupby(talks, key=heading)]


def _words_of(row: Any) -> str:
    if isinstance(row, Talk):
        return row.display_title()
    if isinstance(row, Day):
        return date_short(row.date)
    return row.name if isinstance(row, Room) else own_name(row.name, row.other_name)
