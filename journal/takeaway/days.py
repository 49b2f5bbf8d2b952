"""The pages of one conference: what it was and how the person was there, and a page for each day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from events.models import Conference, Day, Talk
from events.moments import clock, clock_range, date_long, date_range_long, day_number, roughly, zone_name
from events.names import both_names
from journal.book import Book
from journal.models import Attendance, DayLog, Entry, Mark
from journal.overview import picks
from journal.takeaway import words
from journal.takeaway.archive import Member
from journal.takeaway.entries import (
    Setting,
    facts_of_talk,
    has_own_file,
    name_of,
    on_page,
    own_file,
    title_of,
    with_what_is_visible,
)
from journal.takeaway.naming import link_to
from journal.timeline import Item, TimelineDay, timeline

UNDATED = "undated"
Blocks = list[str | list[str]]


class ConferencePages:
    """The files of one conference's folder, in the order in which they are written."""

    def __init__(self, book: Book, setting: Setting, folder: str) -> None:
        self.book, self.setting, self.folder = book, setting, folder
        self.files: dict[int, str] = {}  # entries with a file of their own
        self.files_of_talks: dict[int, str] = {}
        for entry in book.entries:
            with_what_is_visible(entry, setting)

    def members(self) -> Iterator[Member]:
        """Each day's notes and page, then the conference's own page, which links to them."""
        days = [(day, self._page_of(day.on)) for day in timeline(self.book)]
        for day, page in days:
            yield from self._own_files(day.items, page.rpartition("/")[0])
            if day.items or day.log:
                yield Member(page, [words.page_of(self._day(day, page)).encode()])
        page = self.setting.folders.place(self.folder, "conference", ".md")
        written = [(day, path) for day, path in days if day.items or day.log]
        yield Member(page, [words.page_of(self._conference(written, page)).encode()])

    def _page_of(self, on: date | None) -> str:
        name = on.isoformat() if on else UNDATED
        return self.setting.folders.place(f"{self.folder}/{name}", name, ".md")

    def _own_files(self, items: list[Item], folder: str) -> Iterator[Member]:
        for item in sorted(items, key=_place):
            yield from self._own_files(item.below, folder)
            if item.entry is None or not has_own_file(item.entry):
                continue
            member = own_file(item.entry, item.photos, self.setting, folder)
            self.files[item.entry.pk] = member.path
            self._remember_for_talk(item.entry, member.path)
            yield member

    def _remember_for_talk(self, entry: Entry, path: str) -> None:
        """The list of marks leads to the person's own note of a talk, else to the first thing written about it."""
        talk = entry.talk
        if talk is not None and entry.uid == Entry.note_uid(talk, entry.owner_id):
            self.files_of_talks[talk.pk] = path
        elif talk is not None:
            self.files_of_talks.setdefault(talk.pk, path)

    # The conference

    def _conference(self, days: list[tuple[TimelineDay, str]], page: str) -> Blocks:
        conference = self.book.conference
        marks = [self._marked(talk, mark, page) for talk, mark in picks(self.book)]
        kept = _attendance(self.book.attendance) if self.book.attendance else []
        return [
            f"# {words.escaped(both_names(conference.name, conference.other_name))}",
            words.facts(self._facts(conference)),
            words.quoted(conference.about),
            *kept,
            f"## {_('Days')}",
            self._days(days, page),
            f"## {_('Marks')}" if marks else "",
            marks,
        ]

    def _facts(self, conference: Conference) -> list[tuple[str, str]]:
        aka = ", ".join(conference.aka.splitlines())
        return [
            (_("Dates"), date_range_long(conference.starts_on, conference.ends_on)),
            (words.label(Conference, "timezone"), zone_name(conference.zone)),
            (words.label(Conference, "mode"), conference.get_mode_display()),
            (words.label(Conference, "aka"), aka),
            (words.label(Conference, "website"), conference.website),
        ]

    def _days(self, written: list[tuple[TimelineDay, str]], page: str) -> list[str]:
        paths = {day.on: path for day, path in written}
        known = {day.date: day for day in self.book.days}
        lines = [_listed(on, known.get(on), paths.get(on), page) for on in sorted({*known, *filter(None, paths)})]
        if None in paths:
            lines.append(f"- [{_('The conference as a whole')}]({link_to(paths[None], page=page)})")
        return lines

    def _marked(self, talk: Talk, mark: Mark, page: str) -> str:
        title = words.escaped(talk.display_title())
        path = self.files_of_talks.get(talk.pk)
        name = f"[{title}]({link_to(path, page=page)})" if path else title
        told = [mark.get_state_display(), words.stars(mark.rating), words.escaped(mark.verdict)]
        return " · ".join(filter(None, [f"- {name}", *told]))

    # A day

    def _day(self, day: TimelineDay, page: str) -> Blocks:
        conference = self.book.conference
        name = words.escaped(both_names(conference.name, conference.other_name))
        title = date_long(day.on) if day.on else _("The conference as a whole")
        number = f" · {day_number(day.day.number)}" if day.day else ""
        return [
            f"# {title}{number}",
            f"[{name}]({link_to(f'{self.folder}/conference.md', page=page)})",
            words.facts([*(_of_day(day.day) if day.day else []), *(self._of_log(day.log) if day.log else [])]),
            words.quoted(day.day.about) if day.day else "",
            *(block for item in sorted(day.items, key=_place) for block in self._item(item, page, level=2)),
        ]

    def _of_log(self, log: DayLog) -> list[tuple[str, str]]:
        highlight = ""
        if log.highlight_talk:
            highlight = log.highlight_talk.display_title()
        elif log.highlight_entry:
            highlight = name_of(log.highlight_entry)
        return [
            (words.label(DayLog, "mode"), log.get_mode_display()),
            (words.label(DayLog, "travel"), log.travel),
            (words.label(DayLog, "mood"), log.mood),
            (words.label(DayLog, "rating"), words.stars(log.rating)),
            (words.label(DayLog, "highlight_talk"), highlight),
        ]

    def _item(self, item: Item, page: str, *, level: int) -> Blocks:
        mark = "#" * level
        if item.talk is not None:
            return [f"{mark} {self._talk_title(item.talk)}", *self._talk(item, page, level)]
        if item.entry is not None:
            return [f"{mark} {words.escaped(title_of(item.entry, self.setting))}", *self._entry(item, page)]
        pictures = [self.setting.pictures.words(photo, page=page) for photo in item.photos]
        if item.kind == "photo":
            return [f"{mark} {self._clock(item) or _('Picture')}", *pictures]
        name = _("Arrived") if item.kind == "arrival" else _("Left")
        return [f"{mark} {self._clock(item)} · {name}"]

    def _entry(self, item: Item, page: str) -> Blocks:
        assert item.entry is not None  # noqa: S101 -- narrowed by the caller
        path = self.files.get(item.entry.pk)
        if path:
            return [f"→ [{words.escaped(name_of(item.entry))}]({link_to(path, page=page)})"]
        return on_page(item.entry, item.photos, self.setting, page)

    def _talk_title(self, talk: Talk) -> str:
        time = clock_range(talk.starts_at, talk.ends_at, self.book.conference.zone) if talk.starts_at else ""
        return " · ".join(filter(None, [time, words.escaped(talk.display_title())]))

    def _talk(self, item: Item, page: str, level: int) -> Blocks:
        assert item.talk is not None  # noqa: S101 -- narrowed by the caller
        facts = [fact for fact in facts_of_talk(item.talk, self.setting) if fact[0] != _("Time")]
        below = (block for part in sorted(item.below, key=_place) for block in self._item(part, page, level=level + 1))
        return [words.facts(facts), *(self.setting.pictures.words(photo, page=page) for photo in item.photos), *below]

    def _clock(self, item: Item) -> str:
        if item.at is None:
            return ""
        shown = clock(item.at, self.book.conference.zone)
        return roughly(shown) if item.about else shown


def _attendance(attendance: Attendance) -> Blocks:
    """How I was there; what was expected is a text of its own."""
    pairs = [
        (words.label(Attendance, "mode"), attendance.get_mode_display()),
        (words.label(Attendance, "role"), attendance.get_role_display()),
        (words.label(Attendance, "companions"), attendance.companions),
        (words.label(Attendance, "lodging"), attendance.lodging),
        (words.label(Attendance, "ribbon"), f"{attendance.ribbon}°"),
    ]
    expected = words.quoted(attendance.expectation)
    title = f"**{words.label(Attendance, 'expectation')}**" if expected else ""
    return [f"## {_('How I was there')}", words.facts(pairs), title, expected]


def _of_day(day: Day) -> list[tuple[str, str]]:
    venue = both_names(day.venue.name, day.venue.other_name) if day.venue else ""
    return [
        (words.label(Day, "title"), day.title),
        (words.label(Day, "host"), day.host),
        (words.label(Day, "venue"), venue),
    ]


def _listed(on: date, day: Day | None, path: str | None, page: str) -> str:
    name = f"[{date_long(on)}]({link_to(path, page=page)})" if path else date_long(on)
    venue = both_names(day.venue.name, day.venue.other_name) if day and day.venue else ""
    about = [words.escaped(part) for part in (day.title if day else "", day.host if day else "", venue)]
    return " · ".join(filter(None, [f"- {name}", *about]))


def _place(item: Item) -> tuple[float, str, int]:
    """The order of the timeline; what stands at one moment is put in the same order every time."""
    row = item.entry or item.talk or (item.photos[0] if item.photos else None)
    return item.position, item.kind, row.pk if row else 0
