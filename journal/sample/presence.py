"""How people of a sample were there: attendances, marks by the hundred, and the logs of their days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.contrib.auth.models import User

from events.models import Day, Talk
from journal.actions.presence import suggested_ribbon
from journal.models import Attendance, DayLog, Mark
from journal.sample import words
from journal.sample.chance import Chance
from journal.sample.rows import store
from journal.sample.world import Edition

# The first person has been to most of them.
_SHARE_OF_THE_FIRST, _SHARE_OF_OTHERS = 0.7, 0.4
_MOST_MARKS = 300


def attended(chance: Chance, editions: list[Edition], person: User, *, first: bool) -> list[Edition]:
    """The editions that this person was at, in order; everyone is at the running one."""
    share = _SHARE_OF_THE_FIRST if first else _SHARE_OF_OTHERS
    return [edition for edition in editions if edition is editions[-1] or _may_go(chance, edition, person, share)]


def _may_go(chance: Chance, edition: Edition, person: User, share: float) -> bool:
    conference = edition.conference
    return chance.maybe(share) and (conference.listed or conference.added_by == person)


def make_presence(chance: Chance, person: User, editions: list[Edition], until: date) -> int:
    """Attendances and marks of one person; how many marks."""
    store(Attendance, [_attendance(chance, person, edition) for edition in editions])
    return store(Mark, (mark for edition in editions for mark in _marks(chance, person, edition, until)))


def _attendance(chance: Chance, person: User, edition: Edition) -> Attendance:
    return Attendance(
        owner=person,
        conference=edition.conference,
        mode=chance.heavy({"in_person": 5, "online": 1}),
        role=chance.heavy({"attendee": 8, "speaker": 1, "volunteer": 0.5}),
        ribbon=suggested_ribbon(edition.conference) if chance.maybe(0.8) else chance.randrange(36) * 10,
        companions=", ".join(chance.sample(words.GIVEN, 2)) if chance.maybe(0.5) else "",
        lodging=f"{chance.one(words.CITIES)[0]} Inn" if chance.maybe(0.5) else "",
        expectation=f"{chance.one(words.DOINGS)} {chance.one(words.FIELDS)}." if chance.maybe(0.5) else "",
    )


def _marks(chance: Chance, person: User, edition: Edition, until: date) -> Iterator[Mark]:
    """A third of the talks, drawn blindly: with twenty rooms that makes clashes enough."""
    count = min(_MOST_MARKS, -(-len(edition.talks) // 3))
    for talk in chance.sample(visible(edition, person), count):
        heard = talk.day is not None and talk.day.date < until
        state = chance.heavy(_HEARD if heard else _PLANNED)
        rated = state in Mark.HEARD and chance.maybe(0.6)
        yield Mark(
            owner=person,
            talk=talk,
            state=state,
            rating=chance.randint(1, 5) if rated else None,
            verdict=chance.one(words.VERDICTS) if rated and chance.maybe(0.5) else "",
        )


_HEARD: dict[str, float] = {
    Mark.State.ATTENDED: 5,
    Mark.State.MISSED: 2,
    Mark.State.LEFT_EARLY: 1,
    Mark.State.WATCHED_LATER: 1,
    Mark.State.WANT: 1,
}
_PLANNED: dict[str, float] = {Mark.State.WANT: 3, Mark.State.GOING: 1}


def visible(edition: Edition, person: User) -> list[Talk]:
    """The talks of the edition that this person sees."""
    return [talk for talk in edition.talks if talk.listed or talk.added_by == person]


def make_day_logs(chance: Chance, person: User, editions: list[Edition], until: date) -> int:
    """What became of most days that are over or running."""
    days = [(edition, day) for edition in editions for day in edition.days if day.date <= until]
    return store(DayLog, (_log(chance, person, edition, day) for edition, day in days if chance.maybe(0.85)))


def _log(chance: Chance, person: User, edition: Edition, day: Day) -> DayLog:
    arrived = datetime.combine(day.date, time(8, 40), tzinfo=edition.conference.zone)
    arrived += timedelta(minutes=chance.randint(0, 90))
    talks = [talk for talk in visible(edition, person) if talk.day is day]
    return DayLog(
        owner=person,
        day=day,
        mode=chance.heavy({"in_person": 6, "online": 1, "": 2}),
        arrived=arrived,
        arrived_about=chance.maybe(0.5),
        left=arrived + timedelta(minutes=chance.randint(300, 640)),
        travel=chance.one(("By train", "지하철", "On foot", "")),
        mood=chance.one(words.MOODS),
        rating=chance.randint(2, 5) if chance.maybe(0.7) else None,
        highlight_talk=chance.one(talks) if talks and chance.maybe(0.6) else None,
    )
