"""`manage.py health`: what /healthz knows, in words."""

from typing import Any

from django.core.management.base import BaseCommand

from journal.health import examine


class Command(BaseCommand):
    help = "Look at database, migrations, cache and disk; exit status 1 where one of them is not well."
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        findings = examine()
        for finding in findings:
            self.stdout.write(f"{finding.name + ':':12}{finding.words or 'ok'}")
        if not all(finding.is_fine for finding in findings):
            raise SystemExit(1)
