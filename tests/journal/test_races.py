"""Two writers, one note: never two told “saved” for one version, and every acknowledged text is a revision."""

from __future__ import annotations

import threading
from collections import Counter
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import connection

from journal import actions
from journal.models import Entry, Revision
from tests.factories import a_conference, a_talk, an_entry

RACES = 300


class Writer(threading.Thread):
    """Saves the entry over and over from the version it believes to be current; notes what it was told."""

    def __init__(self, name: str, entry: Entry, start_line: threading.Barrier) -> None:
        super().__init__(name=name)
        self.entry = entry
        self.start_line = start_line
        self.saved: dict[int, str] = {}
        self.refused = 0
        self.failure: BaseException | None = None

    def run(self) -> None:
        try:
            for number in range(RACES):
                self.start_line.wait(timeout=60)
                version = number + 1
                self.save(version, f"{self.name} {number}")
        except BaseException as error:  # noqa: BLE001 -- carried over to the test's thread
            self.failure = error
            self.start_line.abort()
        finally:
            connection.close()

    def save(self, version: int, text: str) -> None:
        try:
            kept = actions.revise_entry(entry=self.entry, base_version=version, text=text)
        except actions.Conflict:
            self.refused += 1
        else:
            self.saved[kept.version] = text


@pytest.mark.django_db(transaction=True)
def test_two_writers_race_one_note(person: User) -> None:
    """Each race starts both from the version that the race before it left: exactly one may win."""
    entry = an_entry(person)
    start_line = threading.Barrier(2)
    writers = [Writer(name, entry, start_line) for name in ("phone", "laptop")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(timeout=120)
    assert [writer.failure for writer in writers] == [None, None]
    phone, laptop = writers
    assert not phone.saved.keys() & laptop.saved.keys()
    assert len(phone.saved) + len(laptop.saved) == phone.refused + laptop.refused == RACES
    acknowledged = phone.saved | laptop.saved
    kept = dict(Revision.objects.filter(entry=entry, version__gt=1).values_list("version", "text"))
    assert acknowledged == kept
    entry.refresh_from_db()
    assert (entry.version, entry.text) == (RACES + 1, kept[RACES + 1])


@pytest.mark.django_db(transaction=True)
def test_a_double_tap_makes_one_entry(person: User) -> None:
    uid, made, start_line = uuid4(), [], threading.Barrier(2)

    def tap() -> None:
        try:
            start_line.wait(timeout=60)
            made.append(an_entry(person, uid=uid, text="펜").pk)
        finally:
            connection.close()

    taps = [threading.Thread(target=tap) for _tap in range(2)]
    for one in taps:
        one.start()
    for one in taps:
        one.join(timeout=60)
    assert len(made) == 2
    assert len(set(made)) == Entry.objects.count() == Revision.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_devices_begin_the_note_of_a_talk(person: User) -> None:
    """One is told “saved”, the other gets the conflict: not both, not neither."""
    talk = a_talk(a_conference(person))
    told: list[str] = []
    start_line = threading.Barrier(2)

    def begin(text: str) -> None:
        try:
            start_line.wait(timeout=60)
            actions.write_note_of_talk(owner=person, talk=talk, text=text, base_version=0)
            told.append("saved")
        except actions.Conflict:
            told.append("conflict")
        finally:
            connection.close()

    threads = [threading.Thread(target=begin, args=[text]) for text in ("phone", "laptop")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert Counter(told) == {"saved": 1, "conflict": 1}
    assert Entry.objects.count() == 1
