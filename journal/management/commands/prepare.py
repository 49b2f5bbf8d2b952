"""`manage.py prepare`: everything between new code and a site that can be served."""

import hashlib
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from journal import backup
from journal.actions import thin_histories
from journal.database_copy import CopyError, has_rows
from journal.running import one_at_a_time

KEPT = 5


class Command(BaseCommand):
    help = (
        "Apply pending migrations, after a backup, thin old histories, and collect changed static files. "
        "Doing it twice changes nothing."
    )
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        former = os.umask(0o077)  # what is made here is for its owner only
        try:
            with one_at_a_time():
                self.migrate()
                call_command("createcachetable", verbosity=0)
                thin_histories()
                if not settings.DEBUG:
                    self.collect_static()
        finally:
            os.umask(former)

    def migrate(self) -> None:
        executor = MigrationExecutor(connection)
        if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return
        if has_rows():
            self.back_up()
        self.stdout.write("Preparing the database.")
        call_command("migrate", interactive=False, verbosity=0)

    def back_up(self) -> None:
        """The database only: migrations do not touch pictures, and a copy of them all at each upgrade fills disks."""
        try:
            target = backup.new_name("before-migration")
            backup.make(target, pictures=False)
        except (CopyError, OSError) as error:
            raise CommandError(f"No backup, so no migration. {error}") from error
        backup.keep_newest("before-migration", KEPT)
        self.stdout.write(f"Backup before the upgrade: {target}")

    def collect_static(self) -> None:
        """`collectstatic` takes seconds, so a stamp says for which files it was done."""
        stamp, present = settings.DATA_DIR / "static.stamp", _static_digest()
        if stamp.exists() and stamp.read_text() == present and Path(settings.STATIC_ROOT).is_dir():
            return
        self.stdout.write("Collecting static files.")
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(present)


def _static_digest() -> str:
    """Changes with the name, size or time of any static file."""
    digest = hashlib.sha256(str(settings.STATIC_ROOT).encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            facts = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{facts.st_size}\0{facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()
