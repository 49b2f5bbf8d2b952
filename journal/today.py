"""Today: a running conference opens on now and next; otherwise what is coming, what was last, and loose ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from functools import reduce
from itertools import groupby
from operator import attrgetter, or_

from django.contrib.auth.models import User
from django.db.models import Q
from django.utils import timezone

from events.models import Conference, Day, Talk
from journal import access
from journal.markdown import Audience, gather
from journal.models import Attendance, DayLog, Entry, Mark
from journal.programme import Slot, programme_of

SOON = timedelta(hours=3)
FOLLOW_UPS = 12
ON_THIS_DAY = 6
UNFILED = 20
# Entries in whose text a box stands; most of them may be ticked.
TICKED = 30


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
    kept = _entries_for(person, today)
    return Today(
        date=today,
        running=_running(person, running, now),
        coming=coming,
        last=over[-1] if over else None,
        unfiled=kept.unfiled,
        follow_ups=_open_follow_ups(kept.ticked),
        years_ago=_by_years_ago(kept.before, today),
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


def _next_in_rooms(slots: list[Slot[Talk]], now: datetime) -> list[Slot[Talk]]:
    """The first to begin in each room."""
    first: dict[int | None, Slot[Talk]] = {}
    for slot in slots:
        if slot.talk.starts_at and slot.talk.starts_at > now:
            first.setdefault(slot.talk.room_id, slot)
    return list(first.values())


@dataclass(frozen=True)
class _Kept:
    """The entries that Today shows, each list in its order."""

    unfiled: list[Entry]
    ticked: list[Entry]
    before: list[Entry]


def _entries_for(person: User, date: date) -> _Kept:
    """Two queries for all three lists: each is chosen by its keys, and what was chosen is read once.

    Read one by one, a database joins the world to every entry there is before it takes the first few.
    """
    kept = access.entries(person)
    chosen = (
        kept.unfiled().order_by("-created")[:UNFILED],
        kept.filter(text__contains="[ ]").order_by("-modified")[:TICKED],
        kept.of_this_day_before(date).latest_first()[:ON_THIS_DAY],
    )
    wanted = reduce(or_, (Q(pk__in=entries.values("pk")) for entries in chosen))
    rows = list(kept.filter(wanted).with_names_of_talks())
    return _Kept(
        unfiled=_latest([row for row in rows if row.is_unfiled], UNFILED, "created"),
        ticked=_latest([row for row in rows if "[ ]" in row.text], TICKED, "modified"),
        before=_latest([row for row in rows if _was_before(row, date)], ON_THIS_DAY, "counted_on", "created"),
    )


def _latest(rows: list[Entry], most: int, *by: str) -> list[Entry]:
    return sorted(rows, key=attrgetter(*by), reverse=True)[:most]


def _was_before(entry: Entry, date: date) -> bool:
    """Of this day of the month in an earlier year."""
    on = entry.counted_on  # type: ignore[attr-defined]
    return on is not None and (on.month, on.day) == (date.month, date.day) and on.year < date.year


def _open_follow_ups(ticked: list[Entry]) -> list[FollowUp]:
    """Read out of the text itself; the newest entries first."""
    found = [
        FollowUp(follow_up.text, entry)
        for entry in ticked
        for follow_up in gather(entry.text, audience=Audience.OWNER).follow_ups
        if not follow_up.done
    ]
    return found[:FOLLOW_UPS]


def _by_years_ago(before: list[Entry], date: date) -> list[tuple[int, list[Entry]]]:
    """(years ago, entries) of this day of the month, the latest year first."""

    def years_ago(entry: Entry) -> int:
        return date.year - entry.counted_on.year  # type: ignore[attr-defined]

    return [(years, list(entries)) for years, entries in groupby(sorted(before, key=years_ago), key=years_ago)]
