"""Today: a running conference opens on now and next; otherwise what is coming, what was last, and loose ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from itertools import groupby

from django.contrib.auth.models import User
from django.utils import timezone

from events.models import Conference, Day, Talk
from journal import access
from journal.markdown import Audience, gather
from journal.models import Attendance, DayLog, Entry, Mark
from journal.programme import Slot, programme_of

SOON = timedelta(hours=3)
FOLLOW_UPS = 12
ON_THIS_DAY = 6


@dataclass(frozen=True)
class Running:
    """A conference that runs today: its day, what runs now and what comes next in each room."""

    attendance: Attendance
    day: Day | None
    log: DayLog | None
    now: list[Slot[Talk]]
    next: list[Slot[Talk]]

    @property
    def conference(self) -> Conference:
        """The conference that runs."""
        return self.attendance.conference

    @property
    def featured(self) -> list[Slot[Talk]]:
        """What is shown large: my own picks, else what runs where only one thing does."""
        mine = [slot for slot in self.now if slot.is_mine]
        return mine or (self.now if len(self.now) == 1 else [])

    @property
    def elsewhere(self) -> list[Slot[Talk]]:
        """What else runs now."""
        featured = self.featured
        return [slot for slot in self.now if slot not in featured]

    @property
    def about(self) -> str:
        """The query that names it to the add buttons."""
        query = f"conference={self.conference.year}/{self.conference.slug}"
        return f"{query}&day={self.day.date.isoformat()}" if self.day else query


@dataclass(frozen=True)
class FollowUp:
    """An open “look this up” with the entry in which it stands."""

    text: str
    entry: Entry


@dataclass(frozen=True)
class Today:
    """What the first page shows."""

    date: date
    running: list[Running] = field(default_factory=list)
    coming: list[Attendance] = field(default_factory=list)
    last: Attendance | None = None
    unfiled: list[Entry] = field(default_factory=list)
    follow_ups: list[FollowUp] = field(default_factory=list)
    years_ago: list[tuple[int, list[Entry]]] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        """Was at no conference yet, and plans none."""
        return not (self.running or self.coming or self.last)


def today_of(person: User, now: datetime | None = None, zone: tzinfo | None = None) -> Today:
    """Today at this moment; a conference's own zone says whether it runs.

    `zone` is the person's; without one the date is that of the conference that is nearest.
    """
    now = now or timezone.now()
    attended = list(access.attendances(person).select_related("conference__series"))
    on = {row.pk: now.astimezone(row.conference.zone).date() for row in attended}
    running = [row for row in attended if row.conference.starts_on <= on[row.pk] <= row.conference.ends_on]
    coming = sorted(
        (row for row in attended if row.conference.starts_on > on[row.pk]), key=lambda row: row.conference.starts_on
    )
    over = sorted(
        (row for row in attended if row.conference.ends_on < on[row.pk]), key=lambda row: row.conference.ends_on
    )
    near = [*running, *reversed(over), *coming]
    today = now.astimezone(zone or (near[0].conference.zone if near else None)).date()
    return Today(
        date=today,
        running=_running(person, running, now),
        coming=coming,
        last=over[-1] if over else None,
        unfiled=list(access.entries(person).unfiled().order_by("-created")[:20]),
        follow_ups=_open_follow_ups(person),
        years_ago=_on_this_day(person, today),
    )


def _running(person: User, attended: list[Attendance], now: datetime) -> list[Running]:
    """Four queries for all that run."""
    if not attended:
        return []
    conferences = [row.conference for row in attended]
    dates = {row.conference_id: now.astimezone(row.conference.zone).date() for row in attended}
    days = Day.objects.filter(conference__in=conferences, date__in=dates.values()).select_related("venue", "conference")
    todays = {day.conference_id: day for day in days if day.date == dates[day.conference_id]}
    logs = {log.day_id: log for log in access.day_logs(person).filter(day__in=todays.values())}
    slots = _slots(person, conferences, now)
    return [
        Running(
            attendance=row,
            day=todays.get(row.conference_id),
            log=logs.get(todays[row.conference_id].pk) if row.conference_id in todays else None,
            now=[slot for slot in slots if slot.talk.conference_id == row.conference_id and slot.is_now],
            next=_next_in_rooms([slot for slot in slots if slot.talk.conference_id == row.conference_id], now),
        )
        for row in attended
    ]


def _slots(person: User, conferences: list[Conference], now: datetime) -> list[Slot[Talk]]:
    near = access.talks(person).filter(
        conference__in=conferences, starts_at__lt=now + SOON, ends_at__gt=now, state=Talk.State.SCHEDULED
    )
    marks = {mark.talk_id: mark for mark in Mark.objects.of(person).filter(talk__in=near)}
    return programme_of(near, marks, now)


def _next_in_rooms(slots: list[Slot[Talk]], now: datetime) -> list[Slot]:
    """The first to begin in each room."""
    first: dict[int | None, Slot[Talk]] = {}
    for slot in slots:
        if slot.talk.starts_at and slot.talk.starts_at > now:
            first.setdefault(slot.talk.room_id, slot)
    return list(first.values())


def _open_follow_ups(person: User) -> list[FollowUp]:
    """Read out of the text itself; the newest entries first."""
    candidates = access.entries(person).filter(text__contains="[ ]").with_names_of_talks().order_by("-modified")[:30]
    found = [
        FollowUp(follow_up.text, entry)
        for entry in candidates
        for follow_up in gather(entry.text, audience=Audience.OWNER).follow_ups
        if not follow_up.done
    ]
    return found[:FOLLOW_UPS]


def _on_this_day(person: User, date: date) -> list[tuple[int, list[Entry]]]:
    """(years ago, entries) of this day of the month, the latest year first."""
    found = access.entries(person).of_this_day_before(date).latest_first()[:ON_THIS_DAY]
    by_year = groupby(found, key=lambda entry: date.year - entry.counted_on.year)  # type: ignore[attr-defined]
    return [(years, list(entries)) for years, entries in by_year]
