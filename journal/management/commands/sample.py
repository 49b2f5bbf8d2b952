"""`manage.py sample`: a large database to try Lanyard on."""

from __future__ import annotations

import time
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from journal.sample import Sizes, make_sample, somebody_keeps_a_journal


def at_least_one(value: str) -> int:
    """A number from 1."""
    if value.isascii() and value.isdigit() and int(value) > 0:
        return int(value)
    raise ArgumentTypeError("write a number from 1")


class Command(BaseCommand):
    help = "Fill the database with ten years of made-up conferences and the journals of people who went to them."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        usual = Sizes()
        parser.add_argument("--conferences", type=at_least_one, default=usual.conferences)
        parser.add_argument("--talks", type=at_least_one, default=usual.talks, help="in each conference")
        parser.add_argument("--entries", type=at_least_one, default=usual.entries, help="of all people together")
        parser.add_argument("--people", type=at_least_one, default=usual.people)
        parser.add_argument("--seed", type=int, default=1, help="another number gives other rows")
        parser.add_argument("--yes", action="store_true", help="also where somebody keeps a journal already")

    def handle(self, *_args: Any, seed: int, yes: bool, **options: Any) -> None:
        if _migrations_are_pending():
            call_command("prepare")
        if somebody_keeps_a_journal() and not yes:
            raise CommandError(
                "Somebody keeps a journal in this database already, and a sample cannot be taken out again. "
                "Use a data folder of its own (LANYARD_DATA), or say --yes."
            )
        sizes = Sizes(**{name: options[name] for name in ("conferences", "talks", "entries", "people")})
        began = time.monotonic()
        people = make_sample(sizes, seed=seed, say=self.say)
        self.say(f"Made in {time.monotonic() - began:.0f} s.")
        names = [person.get_username() for person in people]
        self.say(f"The books belong to {', '.join(names)}. Nobody can sign in yet. To sign in as the first of them:")
        self.say(f"    ./lanyard manage changepassword {names[0]}")

    def say(self, line: str) -> None:
        """At once, also into a file."""
        self.stdout.write(line)
        self.stdout.flush()


def _migrations_are_pending() -> bool:
    """A new data folder has no tables yet."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
