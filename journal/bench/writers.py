"""Many write at once through the real server; afterwards the database is asked for every save that was acknowledged."""

from __future__ import annotations

import threading
import time
import uuid
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPException
from statistics import quantiles

from django.contrib.auth.models import User
from django.db import connection
from django.urls import reverse

from events.names import clean_prose
from journal.bench.browser import HttpBrowser, form_on
from journal.bench.forms import Form, forms_of
from journal.bench.house import House
from journal.bench.picks import measured_person
from journal.bench.plan import Counter
from journal.models import Entry, Revision
from journal.sample import ACCOUNT

SAVED, SAVED_BEFORE = 302, 409


@dataclass(frozen=True)
class Saved:
    """One acknowledged save."""

    note: str
    version: int
    text: str
    took: float


@dataclass
class Note:
    """A note as one writer knows it: the form it is edited with, and the version last seen."""

    uid: str
    form: Form
    version: int = 1


@dataclass
class Writer:
    """One person's device, on a connection of its own."""

    number: int
    browser: HttpBrowser
    shared: str = ""
    saved: list[Saved] = field(default_factory=list)
    conflicts: int = 0
    failures: list[str] = field(default_factory=list)
    _turn: int = 0

    def write(self, until: float) -> None:
        """New notes, changes of an own one, and of one that another device writes too, until the clock says so."""
        try:
            own, contended = self._open(self.begin()), self._open(self.shared)
            while time.monotonic() < until:
                self._turn += 1
                if self._turn % 5 == 0:
                    self.begin()
                else:
                    self._revise(contended if self._turn % 5 == 1 else own)
        except (OSError, HTTPException, KeyError) as error:
            self.failures.append(f"{type(error).__name__}: {error}")
        finally:
            self.browser.close()

    def begin(self) -> str:
        """A new note by the form of the page; its uid."""
        form = form_on(self.browser, reverse("journal:entry-add", args=["note"]), "")
        uid, text = str(uuid.uuid4()), self._text()
        answer = self.browser.post(form.action, form.filled({"uid": uid, "text": text}))
        self._account(answer.status, Saved(uid, 1, text, answer.took))
        return uid

    def _open(self, uid: str) -> Note:
        form = form_on(self.browser, reverse("journal:entry-edit", args=[uid]), "")
        return Note(uid, form, int(form.value("base_version")))

    def _revise(self, note: Note) -> None:
        """From the version last seen; where another device was faster, the next attempt begins from its version."""
        text = self._text()
        typed = {"base_version": str(note.version), "text": text}
        answer = self.browser.post(note.form.action, note.form.filled(typed))
        if answer.status == SAVED_BEFORE:
            self.conflicts += 1
            note.version = max(int(form.value("base_version") or 0) for form in forms_of(answer.text))
            return
        self._account(answer.status, Saved(note.uid, note.version + 1, text, answer.took))
        note.version += 1

    def _account(self, status: int, saved: Saved) -> None:
        if status == SAVED:
            self.saved.append(saved)
        else:
            self.failures.append(f"answered {status} at version {saved.version} of {saved.note}")

    def _text(self) -> str:
        words = "이제는 우리도 공부해야 할 때. A line worth keeping. " * (1 + self._turn % 9)
        return f"Writer {self.number}, turn {self._turn}, {uuid.uuid4()}\n\n> {words}\n\n- [ ] look this up #bench"


def run(house: House, count: int, seconds: int, say: Callable[[str], object]) -> bool:
    """So many writers for so long, on the house's own server; whether nothing failed and nothing was lost."""
    people = list(User.objects.filter(username__startswith=f"{ACCOUNT}-").order_by("pk")) or [measured_person()]
    with house.served() as port:
        say(f"{count} writers of {min(count, len(people))} people for {seconds} s, on {connection.vendor}.")
        began = time.monotonic()
        writers = write_at_once(people, port, count=count, seconds=seconds)
        took = time.monotonic() - began
    saved = [one for writer in writers for one in writer.saved]
    failures = [failure for writer in writers for failure in writer.failures]
    lost = lost_saves(saved) if saved else ["nothing was saved"]
    for line in _account_of(saved, sum(writer.conflicts for writer in writers), took):
        say(line)
    for title, troubles in (("failed", failures), ("lost or wrong", lost)):
        say("\n    ".join([f"{len(troubles)} {title}", *troubles[:20]]))
    return not failures and not lost


def write_at_once(people: list[User], port: int, *, count: int, seconds: float) -> list[Writer]:
    """Each writer on a thread and a connection of its own, with what it was told."""
    writers = _writers(people, port, count)
    until = time.monotonic() + seconds
    threads = [threading.Thread(target=writer.write, args=[until]) for writer in writers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return writers


def _writers(people: list[User], port: int, count: int) -> list[Writer]:
    """Writers of one person share a note, begun by the first of them."""
    writers: list[Writer] = []
    shared: dict[int, str] = {}
    for number in range(count):
        person = people[number % len(people)]
        cookies = Counter(person).cookies
        writer = Writer(number, HttpBrowser(port, cookies))
        writers.append(writer)
        writer.shared = shared.get(person.pk) or writer.begin()
        shared[person.pk] = writer.shared
    return writers


def _account_of(saved: list[Saved], conflicts: int, took: float) -> list[str]:
    times = sorted(one.took for one in saved) or [0.0, 0.0]
    cuts = quantiles(times, n=100, method="inclusive") if len(times) > 1 else times * 99
    return [
        f"{len(saved)} saves acknowledged in {took:.1f} s: {len(saved) / took:.1f} a second",
        f"p50 {cuts[49]:.0f} ms, p95 {cuts[94]:.0f} ms, longest {times[-1]:.0f} ms",
        f"{conflicts} told that another device had saved first, with both texts",
    ]


def lost_saves(saved: list[Saved]) -> list[str]:
    """Sentences about every acknowledged save that the database does not hold exactly so, and every gap in versions."""
    by_note: dict[str, dict[int, str]] = defaultdict(dict)
    troubles = []
    for one in saved:
        if one.version in by_note[one.note]:
            troubles.append(f"two were told that they saved version {one.version} of {one.note}")
        by_note[one.note][one.version] = one.text
    for note, versions in by_note.items():
        troubles += _troubles_of(note, versions)
    return troubles


def _troubles_of(note: str, acknowledged: dict[int, str]) -> list[str]:
    entry = Entry.objects.filter(uid=note).first()
    if entry is None:
        return [f"{note} is not there"]
    kept = dict(Revision.objects.filter(entry=entry).values_list("version", "text"))
    wrong = [
        f"version {version} of {note} is not what was acknowledged"
        for version, text in acknowledged.items()
        if kept.get(version) != clean_prose(text)
    ]
    if sorted(kept) != list(range(1, entry.version + 1)):
        wrong.append(f"the versions of {note} have a gap")
    if kept.get(entry.version) != entry.text:
        wrong.append(f"{note} does not stand as its last version does")
    return wrong
