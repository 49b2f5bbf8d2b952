"""The demo: Samsung AI Forum 2022 and what one attendee kept of it, as rows that anyone may read, change and remove.

What was made once is found again by its uid, and is never changed afterwards.
"""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction

from journal.demo.book import Book
from journal.demo.removal import remove_demo
from journal.demo.tally import Tally
from journal.demo.world import World
from journal.models import Entry, Preferences

PEN_NAME = "두재"

__all__ = ["PEN_NAME", "Tally", "build_demo", "remove_demo"]


def build_demo(*, person: User, listed: bool) -> Tally:
    """Gives the person the demo's book, over a world that everyone here shares (`listed`) or over one of their own.

    With a world of their own they become a demo visitor, whom `remove_demo` takes away; ValueError for staff and for
    anyone who has written before. A visitor gets no shared world: ValueError too.
    """
    if listed:
        _refuse_visitor(person)
    else:
        _make_visitor(person)
    tally = Tally()
    # Pictures come after the transaction: nobody else should wait for their decoding. A run that breaks off is
    # completed by the next one.
    with transaction.atomic():
        world = World(person, listed=listed, tally=tally)
        world.build()
        book = Book(person, world, tally)
        book.write()
    book.illustrate()
    return tally


def _refuse_visitor(person: User) -> None:
    if Preferences.objects.filter(person=person, demo=True).exists():
        raise ValueError("A demo visitor's world is shared with nobody.")


def _make_visitor(person: User) -> None:
    preferences = Preferences.objects.filter(person=person).first() or Preferences(person=person)
    if preferences.demo:
        return
    if person.is_staff or person.is_superuser or Entry.objects.of(person).exists():
        raise ValueError("Only a new account without rights becomes a demo visitor.")
    preferences.demo = True
    preferences.display_name = preferences.display_name or PEN_NAME
    preferences.save()
