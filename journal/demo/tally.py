"""What one run of the demo made, and what was there already."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Tally:
    """Numbers of rows by what they are."""

    made: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)

    def note(self, thing: str, *, made: bool) -> None:
        """Counts one row."""
        (self.made if made else self.found)[thing] += 1

    def lines(self) -> list[str]:
        """A line for each kind of row: `notes: 3 made, 20 there already`."""
        things = [*self.made, *(thing for thing in self.found if thing not in self.made)]
        return [f"{thing}: {self.made[thing]} made, {self.found[thing]} there already" for thing in things]
