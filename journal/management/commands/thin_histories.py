"""`manage.py thin_histories`: of sittings long ago, only the ends and every conflicting text."""

from typing import Any

from django.core.management.base import BaseCommand

from journal.actions import thin_histories


class Command(BaseCommand):
    help = "Thin sittings of more than 30 days ago to their first version, their last and every conflicting text."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{thin_histories()} versions in between were removed.")
