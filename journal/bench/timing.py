"""Pages and saves through the real server, turn by turn in each house, so that what else the machine does hits both."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPException
from statistics import quantiles
from typing import Any

from journal.bench.browser import Answer, HttpBrowser
from journal.bench.saves import Save

WARM_UP = 3
# Of what takes long, fewer: seconds that one page or save may take in one house.
LONGEST = 20.0


@dataclass
class Measured:
    """One page or save in one house. Times in milliseconds, to the last byte; `packed` are bytes over the wire."""

    queries: int = 0
    raw: int = 0
    packed: int = 0
    times: list[float] = field(default_factory=list)
    trouble: str = ""

    @property
    def p50(self) -> float:
        """The middle one."""
        return self._at(50)

    @property
    def p95(self) -> float:
        """All but one in twenty are below."""
        return self._at(95)

    def _at(self, percent: int) -> float:
        if len(self.times) < 2:
            return sum(self.times)
        return quantiles(self.times, n=100, method="inclusive")[percent - 1]


@dataclass
class Door:
    """A house that is being served: its plan, the person's browser in it, and a visitor's."""

    label: str
    plan: dict[str, Any]
    browser: HttpBrowser
    visitor: HttpBrowser


Row = tuple[str, dict[str, Measured]]
# Asks once; the number is one that no other save has.
Ask = Callable[[int], Answer]


def time_pages(doors: list[Door], *, requests: int) -> Iterator[Row]:
    """Each page of any house in turn."""
    for name, found in _by_name(doors, "pages"):
        measured = {label: Measured(queries=row["queries"]) for label, (_door, row) in found.items()}
        asks = {
            label: _asking(door.visitor if row["visitor"] else door.browser, row["path"])
            for label, (door, row) in found.items()
        }
        _in_turn(asks, measured, range(requests), {200, 204})
        yield name, measured


def time_saves(doors: list[Door], *, requests: int) -> Iterator[Row]:
    """Each save of any house in turn; the page with its form is fetched before the clock starts."""
    first = int(time.time() * 10)  # numbers that no measurement before this one has used
    for name, found in _by_name(doors, "saves"):
        measured, asks = {}, {}
        for label, (door, row) in found.items():
            save = Save(**{key: value for key, value in row.items() if key not in {"queries", "status", "trouble"}})
            trouble = row.get("trouble", "")
            if not trouble and row["status"] not in save.answers:
                trouble = f"answered {row['status']}"
            measured[label] = Measured(queries=row["queries"], trouble=trouble)
            asks[label] = _saving(door, save)
        _in_turn(asks, measured, range(first, first + requests), {200, 302})
        yield name, measured


def _asking(browser: HttpBrowser, path: str) -> Ask:
    return lambda _number: browser.get(path)


def _saving(door: Door, save: Save) -> Ask:
    return lambda number: save.run(door.browser, number)


def _by_name(doors: list[Door], kind: str) -> Iterator[tuple[str, dict[str, tuple[Door, dict[str, Any]]]]]:
    rows = {door.label: {row["name"]: row for row in door.plan[kind]} for door in doors}
    for name in dict.fromkeys(name for known in rows.values() for name in known):
        yield name, {door.label: (door, rows[door.label][name]) for door in doors if name in rows[door.label]}


def _in_turn(asks: dict[str, Ask], measured: dict[str, Measured], numbers: range, fine: set[int]) -> None:
    spent = dict.fromkeys(asks, 0.0)
    for turn, number in enumerate([*range(numbers.start - WARM_UP, numbers.start), *numbers]):
        for label, ask in asks.items():
            if measured[label].trouble or spent[label] > LONGEST:
                continue
            began = time.monotonic()
            try:
                answer = ask(number)
            except (OSError, HTTPException, KeyError) as error:
                measured[label].trouble = f"{type(error).__name__}: {error}"
                continue
            spent[label] += time.monotonic() - began
            _keep(measured[label], answer, fine, warm=turn >= WARM_UP)


def _keep(measured: Measured, answer: Answer, fine: set[int], *, warm: bool) -> None:
    if answer.status not in fine:
        measured.trouble = f"answered {answer.status}"
    measured.packed = len(answer.body)
    if not measured.raw:
        is_packed = answer.headers.get("content-encoding") == "gzip"
        measured.raw = len(gzip.decompress(answer.body)) if is_packed else len(answer.body)
    if warm:
        measured.times.append(answer.took)
