"""Speakers in both scripts, some of one name, some with further spellings."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from django.contrib.auth.models import User

from events.models import Link, Speaker
from journal.sample import words
from journal.sample.chance import Addresses, Chance
from journal.sample.rows import named, store

# The first of them appears about four times as often as the two-hundredth: nobody gives every second talk.
_EVENNESS = 60


def make_speakers(chance: Chance, count: int, people: list[User]) -> list[Speaker]:
    """So many speakers, in the database; every second one added by one of the people."""
    addresses = Addresses(chance, set(Speaker.objects.values_list("slug", flat=True)))
    made: list[Speaker] = []
    while len(made) < count:
        speaker = _namesake(chance, made) if made and chance.maybe(0.03) else _speaker(chance)
        speaker.added_by = None if len(made) % 2 else people[len(made) // 2 % len(people)]
        named(speaker).slug = addresses.give(speaker.name, speaker.other_name)
        made.append(speaker)
    store(Speaker, made)
    store(Link, _links(chance, made))
    return made


def _speaker(chance: Chance) -> Speaker:
    name, other_name, aka = _korean(chance) if chance.maybe(0.45) else _latin(chance)
    about = f"{chance.one(words.JOBS)}, {chance.one(words.AFFILIATIONS)}." if chance.maybe(0.2) else ""
    return Speaker(name=name, other_name=other_name, aka=aka, about=about)


def _korean(chance: Chance) -> tuple[str, str, str]:
    (hangul, latin), first, second = (
        chance.one(words.KO_FAMILY),
        chance.one(words.KO_SYLLABLES),
        chance.one(words.KO_SYLLABLES),
    )
    other_name = f"{first[1].capitalize()}{chance.one(('-', '', ' '))}{second[1]} {latin}" if chance.maybe(0.7) else ""
    aka = f"{chance.one(words.GIVEN)} {latin}\n{latin} {first[1]}{second[1]}" if chance.maybe(0.1) else ""
    return f"{hangul}{first[0]}{second[0]}", other_name, aka


def _latin(chance: Chance) -> tuple[str, str, str]:
    given, family = chance.one(words.GIVEN), chance.one(words.FAMILY)
    middle = f" {chance.one('ABCDEFGHJKLMPRST')}." if chance.maybe(0.5) else ""
    family = f"{family}-{chance.one(words.FAMILY)}" if chance.maybe(0.12) else family
    aka = f"{given[0]}. {family}\n{family}, {given}" if chance.maybe(0.1) else ""
    return f"{given}{middle} {family}", "", aka


def _namesake(chance: Chance, made: list[Speaker]) -> Speaker:
    whose = chance.one(made)
    return Speaker(name=whose.name, other_name=whose.other_name)


def _links(chance: Chance, speakers: list[Speaker]) -> Iterator[Link]:
    for number, speaker in enumerate(speakers):
        if chance.maybe(0.1):
            yield Link(url=f"https://people.example.org/{number}", speaker=speaker, title="Home page")


class Stage:
    """Who is asked to speak: everyone, but some far more often."""

    def __init__(self, chance: Chance, speakers: list[Speaker]) -> None:
        self.chance, self.speakers = chance, speakers
        self._weights = list(accumulate(1 / (rank + _EVENNESS) for rank in range(len(speakers))))

    def ask(self, count: int) -> list[Speaker]:
        """At most so many different speakers, at least one."""
        asked = self.chance.choices(self.speakers, cum_weights=self._weights, k=count)
        return list({speaker.pk: speaker for speaker in asked}.values())
