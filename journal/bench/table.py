"""What was measured as a table, with a sign behind every row that is above a limit."""

from __future__ import annotations

from collections.abc import Callable

from journal.bench.pages import ALL_DAYS
from journal.bench.timing import Measured

MOST_QUERIES = 12
LONGEST_PAGE = 150.0
LONGEST_PROGRAMME = 300.0
MOST_TIMES_THE_DEMO = 1.5
# The sample's page shows as much as the demo's where its bytes are at most so many times as many; and what differs by
# less than so many milliseconds does not differ.
AS_MUCH = 1.2
NOISE = 5.0

# Whole books and pictures as they came: no pages, so no limit.
FILES = {"journal:download-journal", "journal:photo-original"}

LEGEND = """
Each pair is sample / demo. Times in milliseconds through the real server, to the last byte; kB gzipped and raw.
q  more than 12 queries    t  p50 above 150 ms (programme of all days: 300)
r  above 1.5 times the demo where it shows as much    !  did not answer as it should
""".strip()


def signs(name: str, measured: dict[str, Measured], *, save: bool = False) -> str:
    """The limits that the row is above; empty where all is well. A save has none but that it answers."""
    ours, limit = measured.get("sample"), LONGEST_PROGRAMME if name == ALL_DAYS else LONGEST_PAGE
    found = "!" if any(one.trouble for one in measured.values()) else ""
    if save or name in FILES or ours is None or ours.trouble:
        return found
    if ours.queries > MOST_QUERIES and _counts_queries(name):
        found += "q"
    if ours.p50 > limit and not name.startswith("admin:"):
        found += "t"
    return found + ("r" if _is_above_the_demo(ours, measured.get("demo")) else "")


def _counts_queries(name: str) -> bool:
    """A change page of the admin may ask for its own inline rows, and a deletion for all that hangs on it."""
    return not name.startswith("admin:") or "_changelist" in name


def _is_above_the_demo(ours: Measured, demo: Measured | None) -> bool:
    if demo is None or demo.trouble or ours.raw > AS_MUCH * demo.raw:
        return False
    return ours.p50 > MOST_TIMES_THE_DEMO * demo.p50 and ours.p50 - demo.p50 > NOISE


def ratio(measured: dict[str, Measured]) -> str:
    """The sample's middle time over the demo's."""
    ours, demo = measured.get("sample"), measured.get("demo")
    return f"{ours.p50 / demo.p50:.2f}" if ours and demo and ours.times and demo.p50 else ""


HEAD = f"{'':<44}{'queries':>9}{'kB gzipped':>14}{'kB raw':>14}{'p50':>14}{'p95':>14}{'ratio':>7}"


def line(name: str, measured: dict[str, Measured], *, save: bool = False) -> str:
    """One row; what went wrong stands below it."""
    both = [measured.get("sample"), measured.get("demo")]
    cells = [
        _pair(both, lambda one: str(one.queries), 9),
        _pair(both, lambda one: f"{one.packed / 1000:.1f}", 14),
        _pair(both, lambda one: f"{one.raw / 1000:.1f}", 14),
        _pair(both, lambda one: f"{one.p50:.0f}", 14),
        _pair(both, lambda one: f"{one.p95:.0f}", 14),
    ]
    row = f"{name[:43]:<44}{''.join(cells)}{ratio(measured):>7} {signs(name, measured, save=save)}".rstrip()
    return "\n    ".join([row, *(f"{label}: {one.trouble}" for label, one in measured.items() if one.trouble)])


def _pair(both: list[Measured | None], shown: Callable[[Measured], str], width: int) -> str:
    return " / ".join(shown(one) if one else "–" for one in both).rjust(width)
