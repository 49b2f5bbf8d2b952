"""A few results kept in this process, the least recently used making room.

Django's own memory cache pickles what it keeps: milliseconds at every request for a programme of a thousand talks.
What stands here is as private as its key: a key of somebody's own row is asked for by that person's pages alone.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Kept = TypeVar("Kept")


class Shelf(Generic[Kept]):
    """Holds at most `size` results, each under a key that says everything it depends on."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """The kept result, else a new one. Two threads that miss it at one moment both make it, and one stays."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return made

    def clear(self) -> None:
        """Forgets everything."""
        with self._lock:
            self._kept.clear()

    def values(self) -> list[Kept]:
        """What is kept at this moment, the least recently used first."""
        with self._lock:
            return list(self._kept.values())
