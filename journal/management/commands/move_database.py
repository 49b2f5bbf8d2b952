"""`manage.py move_database --to ADDRESS`: every row into another database, from SQLite to PostgreSQL or back."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from journal.database_copy import CopyError
from journal.moving import Moved, move_database


class Command(BaseCommand):
    help = (
        "Copy all rows into an empty database and check that they are the same there. The site must be stopped; "
        "the database it has now is only read."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--to",
            required=True,
            metavar="ADDRESS",
            help="as in DATABASE_URL: postgres://user@host/name (the password may come from PGPASSWORD) or "
            "sqlite:////folder/file",
        )

    def handle(self, *_args: Any, to: str, **_options: Any) -> None:
        try:
            moved = move_database(to)
        except (CopyError, OSError) as error:
            raise CommandError(str(error)) from error
        self._tell(moved)

    def _tell(self, moved: Moved) -> None:
        for table, count in moved.rows.items():
            if count:
                self.stdout.write(f"{count:>9}  {table}")
        self.stdout.write(f"{sum(moved.rows.values())} rows were copied, read back and found equal.")
        if moved.cleaned:
            self.stdout.write(f"{moved.cleaned} texts held NUL characters, which PostgreSQL cannot keep; they went.")
        if moved.left_behind:
            self.stdout.write(f"Not copied, because this version uses them no more: {', '.join(moved.left_behind)}")
        self.stdout.write(
            "Pictures stay where they are. Set DATABASE_URL to the address you gave and start the site; people log in "
            "again. The former database is as it was: keep it until you have looked around."
        )
