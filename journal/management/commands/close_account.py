"""`manage.py close_account NAME --export FILE`: the person's journal into a file, then the account away."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from journal.closing import NotClosed, close_account


class Command(BaseCommand):
    help = "Write a person's journal to a file, then remove their journal, pictures and account."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the account's username")
        parser.add_argument("--export", metavar="FILE", type=Path, required=True, help="a new file, a zip")
        parser.add_argument(
            "--yes-the-last-one", action="store_true", help="also the last account that looks after the server"
        )

    def handle(self, *_args: Any, name: str, export: Path, yes_the_last_one: bool, **_options: Any) -> None:
        person = User.objects.filter(username=name).first()
        if person is None:
            raise CommandError(f"There is no account called {name}.")
        try:
            close_account(person, export=export, also_the_last=yes_the_last_one)
        except NotClosed as error:
            hint = " Say --yes-the-last-one to close it all the same." if "last account" in str(error) else ""
            raise CommandError(f"Nothing was removed. {error}{hint}") from error
        except FileExistsError as error:
            raise CommandError(f"Nothing was removed. {export} is there already: name a new file.") from error
        except OSError as error:
            raise CommandError(f"Nothing was removed. {export}: {error.strerror or error}") from error
        self.stdout.write(f"The account {name} is closed. Its journal is in {export}.")
