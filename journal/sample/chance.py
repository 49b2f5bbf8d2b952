"""Chance that comes out the same every time: everything in a sample is drawn from one of these."""

from __future__ import annotations

import random
import uuid
from collections.abc import Sequence
from typing import TypeVar

from events.names import SLUG_LENGTH, slug_for, unique_slug

T = TypeVar("T")

_ID_LETTERS = "23456789bcdfghjkmnpqrstvwxz"


class Chance(random.Random):
    """A seeded generator with the questions that a sample asks of it."""

    def maybe(self, share: float) -> bool:
        """True in this share of cases."""
        return self.random() < share

    def one(self, choices: Sequence[T]) -> T:
        """Any one of them, each as likely."""
        return choices[int(self.random() * len(choices))]

    def some(self, choices: Sequence[T], most: int) -> list[T]:
        """One to `most` of them, none twice."""
        return self.sample(choices, self.randint(1, min(most, len(choices))))

    def heavy(self, weighted: dict[T, float]) -> T:
        """One of the keys, as likely as its weight says."""
        return self.choices(list(weighted), list(weighted.values()))[0]

    def uid(self) -> uuid.UUID:
        """A random uid (version 4) that is the same in the next sample."""
        return uuid.UUID(int=self.getrandbits(128), version=4)

    def short_id(self) -> str:
        """Stands in for `events.names.short_id`, whose ids differ from run to run."""
        return "".join(self.choices(_ID_LETTERS, k=6))


class Addresses:
    """The slugs of one kind of thing, made as saving one row at a time makes them, with what is taken kept in memory.

    `taken` holds those that stand in the database already.
    """

    def __init__(self, chance: Chance, taken: set[str] | None = None) -> None:
        self.chance, self.taken = chance, taken if taken is not None else set()

    def give(self, *names: str, year: int | None = None, secret: bool = False) -> str:
        """A slug that nothing has yet, of the first Latin name; a secret one ends in a short id."""
        base = slug_for(*names, year=year, random_id=self.chance.short_id)
        if secret:
            base = f"{base[: SLUG_LENGTH - 7].rstrip('-')}-{self.chance.short_id()}"
        slug = unique_slug(base, self.taken.__contains__)
        self.taken.add(slug)
        return slug
