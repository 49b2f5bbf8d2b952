"""Sittings: what was written in one go."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytest

from journal.sittings import sittings


class Saved(NamedTuple):
    saved_at: datetime
    device: str = "Chrome, Android"


BEGAN = datetime(2022, 11, 8, 0, 30, tzinfo=UTC)


def at(*minutes: float) -> list[Saved]:
    return [Saved(BEGAN + timedelta(minutes=minute)) for minute in minutes]


@pytest.mark.parametrize(
    ("minutes", "sizes"),
    [
        ((), []),
        ((0,), [1]),
        ((0, 29.9, 59.8), [3]),
        ((0, 30), [1, 1]),
        ((0, 10, 50, 60, 200), [2, 2, 1]),
        ((200, 60, 50, 10, 0), [1, 2, 2]),
    ],
)
def test_sittings_are_parted_by_half_an_hour(minutes: tuple[float, ...], sizes: list[int]) -> None:
    assert [len(run) for run in sittings(at(*minutes))] == sizes


def test_sittings_are_of_one_device() -> None:
    phone, laptop, later = at(0, 1, 2)
    runs = list(sittings([phone, laptop._replace(device="Firefox, Linux"), later]))
    assert [len(run) for run in runs] == [1, 1, 1]
