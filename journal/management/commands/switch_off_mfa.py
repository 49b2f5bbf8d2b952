"""`manage.py switch_off_mfa`: for somebody who lost the phone and the recovery codes too."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from journal import security


class Command(BaseCommand):
    help = "Remove an account's passkeys, authenticator app and recovery codes: the password alone lets it in again."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the account's username")

    def handle(self, *_args: Any, name: str, **_options: Any) -> None:
        person = User.objects.filter(username=name).first()
        if person is None:
            raise CommandError(f"There is no account called {name}.")
        removed = security.switch_off_second_steps(person)
        ended = security.end_other_sign_ins(person)
        if not removed:
            self.stdout.write(f"{name} had no second step. Nothing was changed there.")
        else:
            self.stdout.write(f"{name} logs in with the password alone now.")
        self.stdout.write(f"Logged out in {ended} browsers.")
