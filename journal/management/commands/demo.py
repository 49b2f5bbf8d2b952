"""`manage.py demo`: the Samsung AI Forum 2022 as one attendee kept it."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from journal.demo import PEN_NAME, build_demo
from journal.models import Preferences

ACCOUNT = "demo"


class Command(BaseCommand):
    help = "Fill a journal with a real visit to two forums. Running it twice changes nothing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--person", metavar="NAME", help=f"give it to this account (default: one called {ACCOUNT})")
        parser.add_argument("--password", metavar="WORD", help=f"let people sign in as {ACCOUNT} with this password")

    def handle(self, *_args: Any, person: str | None, password: str | None, **_options: Any) -> None:
        if person and password:
            raise CommandError(f"--password is only for the account {ACCOUNT}; --person keeps its own.")
        owner = existing_person(person) if person else demo_person(password)
        try:
            tally = build_demo(person=owner, listed=True)
        except ValueError as error:
            raise CommandError(str(error)) from error
        for line in tally.lines():
            self.stdout.write(line)
        self.stdout.write(f"It belongs to {owner.get_username()}.")
        if not owner.has_usable_password():
            self.stdout.write("Nobody can sign in as that account: give it a password with --password WORD.")


def existing_person(name: str) -> User:
    """The account of this name; CommandError says so where there is none."""
    found = User.objects.filter(username=name).first()
    if found is None:
        raise CommandError(f"There is no account called {name}. Make it first, or leave --person away.")
    return found


def demo_person(password: str | None) -> User:
    """The demo's own account, which nobody can sign in to until it is given a password."""
    owner = User.objects.filter(username=ACCOUNT).first() or User.objects.create_user(ACCOUNT)
    Preferences.objects.get_or_create(person=owner, defaults={"display_name": PEN_NAME})
    if password:
        owner.set_password(password)
        owner.save(update_fields=["password"])
    return owner
