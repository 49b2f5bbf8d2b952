"""Sittings: versions of one entry that one device saved with less than half an hour between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

PAUSE = timedelta(minutes=30)


class Saved(Protocol):
    """A version as far as sittings need to know it."""

    @property
    def saved_at(self) -> datetime: ...

    @property
    def device(self) -> str: ...


Version = TypeVar("Version", bound=Saved)


def sittings(versions: Iterable[Version]) -> Iterator[list[Version]]:
    """The versions of one entry, in order or newest first, as runs of one sitting each."""
    run: list[Version] = []
    for version in versions:
        if run and not _at_one_sitting(run[-1], version):
            yield run
            run = []
        run.append(version)
    if run:
        yield run


def _at_one_sitting(one: Saved, other: Saved) -> bool:
    return one.device == other.device and abs(one.saved_at - other.saved_at) < PAUSE
