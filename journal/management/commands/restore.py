"""`manage.py restore FILE`: database and pictures from a backup, in place of what is here."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from journal import backup
from journal.database_copy import has_rows


class Command(BaseCommand):
    help = "Replace database and pictures by those of a backup. What is here is backed up first."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a file that `backup` made")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *_args: Any, file: Path, yes: bool, **_options: Any) -> None:
        try:
            manifest = backup.read(file)
            if has_rows() and not yes:
                self.ask(manifest)
            safety = backup.restore(file)
        except (backup.CopyError, OSError) as error:
            raise CommandError(str(error)) from error
        if safety:
            self.stdout.write(f"What was here before: {safety}")
        self.stdout.write(
            f"Restored the backup of {manifest.made_at}. People log in again; ./lanyard run starts the site."
        )

    def ask(self, manifest: backup.Manifest) -> None:
        if not sys.stdin.isatty():
            raise CommandError("There is a journal here already. Say --yes to replace it.")
        answer = input(f"Replace the journal that is here by the backup of {manifest.made_at}? Type yes: ")
        if answer.strip().lower() != "yes":
            raise CommandError("Nothing was changed.")
