"""`manage.py backup [FILE]`: database and pictures into one file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from journal import backup


class Command(BaseCommand):
    help = "Write database and pictures to one file, also while Lanyard runs."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="a new file (default: one in the data folder's backups)")

    def handle(self, *_args: Any, file: Path | None, **_options: Any) -> None:
        target = file or backup.new_name("lanyard")
        try:
            manifest = backup.make(target)
        except (backup.CopyError, OSError) as error:
            raise CommandError(f"No backup was made. {error}") from error
        size = target.stat().st_size / 1_000_000
        rows = sum(manifest.rows.values())
        pictures = f"{manifest.pictures} picture files"
        if manifest.pictures is None:
            pictures = "no pictures (they lie in a storage elsewhere, which needs a backup of its own)"
        self.stdout.write(f"{target}: {rows} rows, {pictures}, {size:.1f} MB")
