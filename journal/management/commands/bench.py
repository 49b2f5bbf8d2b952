"""`manage.py bench`: every page and every save, measured."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from journal.bench import load, writers
from journal.bench.browser import HttpBrowser
from journal.bench.house import House, HouseError, demo_house, this_house
from journal.bench.picks import NothingToMeasure
from journal.bench.plan import make_plan, put_back
from journal.bench.table import HEAD, LEGEND, line, signs
from journal.bench.timing import Door, Row, time_pages, time_saves
from journal.management.commands.sample import at_least_one


class Command(BaseCommand):
    help = "Measure pages and saves through the real server, on a sample and on the demo. It writes into the sample."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--requests", type=at_least_one, default=30, help="of each page and save")
        parser.add_argument("--only", default="", metavar="TEXT", help="pages and saves with this in their name")
        parser.add_argument("--without-demo", action="store_true", help="the sample alone")
        parser.add_argument("--strict", action="store_true", help="fail where anything is above a limit")
        parser.add_argument("--writers", type=at_least_one, metavar="N", help="N write at once instead")
        parser.add_argument("--load", action="store_true", help="many read the programme at once instead (needs wrk)")
        parser.add_argument("--seconds", type=at_least_one, default=60, help="of --writers and --load")
        parser.add_argument("--plan", choices=("pages", "desk", "done"), help="used by the command itself")
        parser.add_argument("--into", type=Path, help="used by the command itself")

    def handle(self, *_args: Any, plan: str, into: Path, **options: Any) -> None:
        try:
            if plan:
                _write_plan(plan, into, options["only"])
            elif options["writers"]:
                self._fail_unless(writers.run(this_house(), options["writers"], options["seconds"], self.say))
            elif options["load"]:
                load.run(this_house(), options["seconds"], self.say)
            else:
                self._measure(**options)
        except (HouseError, NothingToMeasure) as error:
            raise CommandError(str(error)) from error

    def _measure(self, *, requests: int, only: str, without_demo: bool, strict: bool, **_options: Any) -> None:
        above: list[str] = []
        with ExitStack() as stack:
            houses = [this_house()]
            if not without_demo:
                self.say("Making the demo to compare with.")
                houses.append(stack.enter_context(demo_house()))
            try:
                for kind in ("pages", "desk"):
                    above += self._measure_kind(kind, houses, requests=requests, only=only)
            finally:
                for house in houses:
                    house.manage("bench", "--plan", "done")
        self.say(f"\n{LEGEND}")
        self.say(f"\nAbove a limit: {', '.join(above) or 'nothing'}.")
        self._fail_unless(not (strict and above))

    def _measure_kind(self, kind: str, houses: list[House], *, requests: int, only: str) -> list[str]:
        """The site's own pages and saves, or the admin's pages; what is above a limit."""
        above = []
        with ExitStack() as stack:
            doors = []
            for house in houses:
                port, plan = stack.enter_context(house.served()), house.plan(kind, only=only)
                doors.append(Door(house.label, plan, HttpBrowser(port, plan["cookies"]), HttpBrowser(port, {})))
            pages = time_pages(doors, requests=requests)
            above += self._table("Pages" if kind == "pages" else "Admin", pages)
            above += self._table("Saves", time_saves(doors, requests=requests), save=True)
            self._say_what_is_left_out(doors[0].plan["left_out"])
        return above

    def _say_what_is_left_out(self, left_out: dict[str, str]) -> None:
        self.say("\nNot measured:")
        for why in dict.fromkeys(left_out.values()):
            self.say(f"  {why}: {', '.join(name for name, reason in left_out.items() if reason == why)}")

    def _table(self, title: str, rows: Iterable[Row], *, save: bool = False) -> list[str]:
        """Prints the rows as they come; the names of those above a limit."""
        above, head = [], f"\n{title}\n{HEAD}"
        for name, measured in rows:
            if head:
                self.say(head)
            head = ""
            self.say(line(name, measured, save=save))
            if signs(name, measured, save=save):
                above.append(name)
        return above

    def say(self, line: str) -> None:
        """At once, also into a file."""
        self.stdout.write(line)
        self.stdout.flush()

    def _fail_unless(self, fine: bool) -> None:  # noqa: FBT001 -- reads as a sentence
        if not fine:
            raise CommandError("Not all was as it should be.")


def _write_plan(kind: str, into: Path | None, only: str) -> None:
    if kind == "done":
        put_back()
    elif into:
        into.write_text(json.dumps(asdict(make_plan(desk=kind == "desk", only=only)), default=str))
