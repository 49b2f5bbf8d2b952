"""The talks of one conference: what repeats every day, then room after room, posters, booths, and the night."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from itertools import chain, cycle

from events.models import Appearance, Day, Link, Room, Talk
from events.names import clean_line, has_hangul
from journal.sample import words
from journal.sample.chance import Addresses, Chance
from journal.sample.rows import store
from journal.sample.speakers import Stage
from journal.sample.titles import abstract, title
from journal.sample.world import Edition

# What every day has: kind, title, hour and minute, minutes.
DAILY = (
    (Talk.Kind.SOCIAL, "Breakfast", 7, 30, 60),
    (Talk.Kind.REGISTRATION, "등록 안내", 8, 30, 30),
    (Talk.Kind.CEREMONY, "Opening", 9, 0, 15),
    (Talk.Kind.BREAK, "Coffee break", 10, 30, 30),
    (Talk.Kind.BREAK, "점심 식사", 12, 30, 60),
    (Talk.Kind.BREAK, "Coffee break", 15, 30, 30),
    (Talk.Kind.SOCIAL, "Evening reception", 18, 30, 120),
)
LENGTHS = (10, 20, 25, 25, 30, 30, 45, 50, 60, 90)
KINDS: dict[str, float] = {
    Talk.Kind.TALK: 74,
    Talk.Kind.KEYNOTE: 3,
    Talk.Kind.PANEL: 6,
    Talk.Kind.TUTORIAL: 7,
    Talk.Kind.LIGHTNING: 8,
    Talk.Kind.OTHER: 2,
}


def make_talks(chance: Chance, edition: Edition, *, count: int, stage: Stage) -> int:
    """So many talks with who gives them and their links, in the database; how many appearances there are."""
    maker = _Maker(chance, edition)
    edition.talks = maker.talks(count)
    appearances = list(_appearances(chance, edition.talks, stage))
    maker.address(appearances)
    store(Talk, edition.talks)
    store(Link, _links(chance, edition.talks))
    return store(Appearance, appearances)


class _Maker:
    """Makes the talks of one conference in memory."""

    def __init__(self, chance: Chance, edition: Edition) -> None:
        self.chance, self.edition, self.conference = chance, edition, edition.conference
        self.tracks = chance.sample(words.TRACKS, 12)
        # A programme in Korean has some English talks, and the reverse.
        self.korean = 0.75 if self.conference.timezone == "Asia/Seoul" else 0.1

    def talks(self, count: int) -> list[Talk]:
        """Daily ones first, then a few percent of posters and booths, all others in rooms."""
        made = list(self._daily())[: count // 2]
        posters, booths = round(count * 0.06), round(count * 0.03)
        made += [self._poster(Talk.Kind.POSTER) for _number in range(posters)]
        made += [self._poster(Talk.Kind.BOOTH) for _number in range(booths)]
        in_rooms = self._in_rooms(count - len(made))
        return [*made, *in_rooms]

    def address(self, appearances: list[Appearance]) -> None:
        """Slugs, once it is known who gives an untitled talk."""
        addresses = Addresses(self.chance)
        hints: dict[int, str] = {}
        for appearance in appearances:
            who = appearance.speaker.spellings() if appearance.speaker else (appearance.organisation,)
            hints.setdefault(id(appearance.talk), next((name for name in who if not has_hangul(name)), ""))
        for talk in self.edition.talks:
            talk.title = clean_line(talk.title)
            name = talk.title or f"{hints.get(id(talk), '')} {talk.kind}".strip()
            talk.slug = addresses.give(name, secret=not talk.listed)

    def _daily(self) -> Iterator[Talk]:
        hall = self.edition.rooms[0]
        for day in self.edition.days:
            for kind, name, hour, minute, minutes in DAILY:
                starts_at = self._moment(day, hour * 60 + minute)
                yield self._talk(kind, name, day, room=hall, starts_at=starts_at, minutes=minutes)

    def _poster(self, kind: str) -> Talk:
        """Without a time; some without a title, known by their university."""
        name = title(self.chance, korean=self.chance.maybe(self.korean)) if self.chance.maybe(0.7) else ""
        return self._talk(kind, name, self.chance.one(self.edition.days))

    def _in_rooms(self, count: int) -> list[Talk]:
        """Room by room and day by day, as evenly as it goes; every room goes its own pace."""
        places = [(day, room) for day in self.edition.days for room in self.edition.rooms]
        loads = [count // len(places) + (number < count % len(places)) for number in range(len(places))]
        return list(
            chain.from_iterable(self._room_day(*place, load) for place, load in zip(places, loads, strict=True))
        )

    def _room_day(self, day: Day, room: Room, load: int) -> Iterator[Talk]:
        """From nine in the morning; the last one of some rooms goes past midnight."""
        chance = self.chance
        minute = 9 * 60 + 15
        for left in range(load, 0, -1):
            length = min(chance.one(LENGTHS), max(10, (22 * 60 - minute) // left))
            if left == 1 and load > 1 and chance.maybe(0.06):
                minute, length = chance.one((23 * 60 + 30, 24 * 60 + 30)), 60
            starts_at, minute = self._moment(day, minute), minute + length + 5 * chance.randint(0, 1)
            korean = chance.maybe(self.korean)
            kind = chance.heavy(KINDS)
            name = "" if kind == Talk.Kind.KEYNOTE and chance.maybe(0.2) else title(chance, korean=korean)
            about = abstract(chance, korean=korean) if chance.maybe(0.6) else ""
            language = "ko" if korean else "en"
            yield self._talk(
                kind, name, day, room=room, starts_at=starts_at, minutes=length, abstract=about, language=language
            )

    def _talk(
        self,
        kind: str,
        name: str,
        day: Day,
        *,
        room: Room | None = None,
        starts_at: datetime | None = None,
        minutes: int = 0,
        abstract: str = "",
        language: str = "",
    ) -> Talk:
        chance = self.chance
        return Talk(
            uid=chance.uid(),
            conference=self.conference,
            day=day,
            room=room,
            kind=kind,
            title=name,
            abstract=abstract,
            language=language,
            track=chance.one(self.tracks) if language else "",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=minutes) if starts_at else None,
            state=Talk.State.CANCELLED if chance.maybe(0.015) else Talk.State.SCHEDULED,
            listed=self.conference.listed and not chance.maybe(0.01),
            added_by=self.conference.added_by,
        )

    def _moment(self, day: Day, minute: int) -> datetime:
        """A clock time of the programme day; beyond 24 hours it is of the night that follows."""
        midnight = datetime.combine(day.date, time(), tzinfo=self.conference.zone)
        return (midnight + timedelta(minutes=minute)).astimezone(UTC)


def _appearances(chance: Chance, talks: list[Talk], stage: Stage) -> Iterator[Appearance]:
    for talk in talks:
        yield from _who_gives(chance, talk, stage)


def _who_gives(chance: Chance, talk: Talk, stage: Stage) -> Iterator[Appearance]:
    if talk.kind in {Talk.Kind.SOCIAL, Talk.Kind.REGISTRATION, Talk.Kind.CEREMONY, Talk.Kind.BREAK}:
        return
    if talk.kind == Talk.Kind.BOOTH or (talk.kind == Talk.Kind.POSTER and chance.maybe(0.5)):
        yield Appearance(talk=talk, organisation=chance.one(words.AFFILIATIONS), role=Appearance.Role.PRESENTER)
        return
    count = chance.randint(3, 5) if talk.kind == Talk.Kind.PANEL else chance.heavy({1: 7, 2: 2, 3: 1})
    affiliations = cycle(chance.sample(words.AFFILIATIONS, 3))
    for order, speaker in enumerate(stage.ask(count)):
        yield Appearance(
            talk=talk,
            speaker=speaker,
            role=Appearance.Role.PANELLIST if count > 2 and order else Appearance.Role.SPEAKER,
            affiliation=next(affiliations) if chance.maybe(0.9) else "",
            job_title=chance.one(words.JOBS) if chance.maybe(0.5) else "",
            order=order,
        )


def _links(chance: Chance, talks: list[Talk]) -> Iterator[Link]:
    for talk in talks:
        if talk.language and chance.maybe(0.1):
            kind = chance.one(("slides", "recording", "paper", "code"))
            yield Link(url=f"https://example.org/{kind}/{talk.slug}", kind=kind, talk=talk)
