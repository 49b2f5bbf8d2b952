"""What is in a takeaway, in order, and the two ways to get one: into a file, or piece by piece."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, tzinfo
from typing import BinaryIO
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from events.models import Conference, Talk
from events.moments import date_range_long
from events.names import both_names
from journal import access
from journal.book import open_book
from journal.models import Entry, Photo
from journal.querysets import EntryQuerySet, PhotoQuerySet
from journal.takeaway import words
from journal.takeaway.archive import Member, zipped
from journal.takeaway.days import ConferencePages
from journal.takeaway.entries import Setting, Visible, own_file, with_what_is_visible
from journal.takeaway.naming import Folders, link_to, safe_name
from journal.takeaway.pictures import Pictures
from journal.takeaway.rows import conferences_of, history_members, in_batches, rows_member

UNFILED = "unfiled"
BIN = "bin"


def write_takeaway(person: User, out: BinaryIO) -> None:
    """Write everything that the person keeps here to `out`, as a zip; `out` need not be seekable."""
    out.writelines(stream_takeaway(person))


def stream_takeaway(person: User) -> Iterator[bytes]:
    """The same zip piece by piece, in the language that the person chose, else in the active one."""
    language = access.preferences(person).language or get_language() or settings.LANGUAGE_CODE
    return _in_language(language, zipped(Takeaway(person).members()))


def file_name(person: User) -> str:
    """lanyard-두재-2026-11-23.zip: whose, and the date on which it is taken away (in the active time zone)."""
    return f"lanyard-{safe_name(person.username, instead='journal')}-{timezone.localdate().isoformat()}.zip"


def _in_language(language: str, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Each piece is made under the language, which between two pieces is whatever it was."""
    done = False
    while not done:
        piece = None
        with override(language), suppress(StopIteration):
            piece = next(pieces)
        done = piece is None
        if piece:
            yield piece


class Takeaway:
    """One person's copy. Rows are read conference by conference; paths of pictures are all that is kept throughout."""

    def __init__(self, person: User) -> None:
        self.person = person
        self.folders = Folders()
        self.pictures = Pictures(self.folders)
        self._talks: dict[int, dict[int, Talk]] = {}

    def members(self) -> Iterator[Member]:
        """Every file, in an order that depends on nothing but the rows."""
        self.zone = _zone_of(self.person)
        self.visible = Visible.to(self.person)
        self.homes = {conference.pk: (conference, self._folder_of(conference)) for conference in self._conferences()}
        self._place_pictures()
        yield self._readme()
        for conference, folder in self.homes.values():
            yield from self._conference(conference, folder)
        yield from self._shelf(UNFILED, _("Not filed with a conference"), self._unfiled(), self._unfiled_photos())
        yield from self._shelf(BIN, _("Bin"), self._binned(), self._binned_photos())
        yield from history_members(self.person)
        yield rows_member(self.person, self.pictures.paths)
        if self.pictures.missing:
            yield Member("missing.txt", ["\n".join([*self.pictures.missing, ""]).encode()])

    # Conferences

    def _conferences(self) -> QuerySet[Conference]:
        return conferences_of(self.person).order_by("starts_on", "pk")

    def _folder_of(self, conference: Conference) -> str:
        return self.folders.place(str(conference.year), safe_name(conference.slug, instead="conference"))

    def _conference(self, conference: Conference, folder: str) -> Iterator[Member]:
        book = open_book(self.person, conference, picks=True)
        yield from self.pictures.members(book.photos, conference.zone)
        setting = self._setting(conference.zone, f"{conference.year}/{conference.slug}")
        setting.talks, setting.marks = book.talks, book.marks
        yield from ConferencePages(book, setting, folder).members()

    # What stands in no conference's folder

    def _unfiled(self) -> EntryQuerySet:
        """Also what is filed with a conference that the person may not see any more."""
        return Entry.objects.of(self.person).kept().exclude(conference__in=list(self.homes))

    def _unfiled_photos(self) -> PhotoQuerySet:
        kept = Photo.objects.of(self.person).kept()
        homes = list(self.homes)
        return kept.exclude(Q(entry__conference__in=homes) | Q(entry=None, conference__in=homes))

    def _binned(self) -> EntryQuerySet:
        return Entry.objects.of(self.person).binned()

    def _binned_photos(self) -> PhotoQuerySet:
        return Photo.objects.of(self.person).exclude(pk__in=Photo.objects.of(self.person).kept().values("pk"))

    def _shelf(self, folder: str, title: str, entries: EntryQuerySet, photos: PhotoQuerySet) -> Iterator[Member]:
        """Each entry in a file of its own, and a page that lists them and shows the pictures that stand alone."""
        setting = self._setting(self.zone)
        yield from self.pictures.members(in_batches(photos), self.zone)
        beside, alone = _by_entry(photos), photos.filter(entry=None)
        lines: list[str] = []
        page = self.folders.place(folder, folder, ".md")
        for entry in in_batches(entries.with_details()):
            member = self._shelved(entry, beside[entry.pk], setting, folder)
            lines.append(f"- [{member.path.rpartition('/')[2]}]({link_to(member.path, page=page)})")
            yield member
        pictures = [self.pictures.words(photo, page=page) for photo in in_batches(alone)]
        if lines or pictures:
            yield Member(page, [words.page_of([f"# {title}", lines, *pictures]).encode()])

    def _shelved(self, entry: Entry, photos: list[Photo], setting: Setting, folder: str) -> Member:
        conference, _folder = self.homes.get(entry.conference_id or 0, (None, ""))
        setting.conference = f"{conference.year}/{conference.slug}" if conference else ""
        setting.zone = conference.zone if conference else self.zone
        setting.talks = self._talks_of(conference) if conference else {}
        return own_file(with_what_is_visible(entry, setting), photos, setting, folder)

    def _talks_of(self, conference: Conference) -> dict[int, Talk]:
        """Those that binned entries are about, asked once for each conference."""
        if conference.pk not in self._talks:
            about = self._binned().filter(conference=conference).values("talk")
            self._talks[conference.pk] = access.talks(self.person).filter(pk__in=about).in_bulk()
        return self._talks[conference.pk]

    # All of it

    def _place_pictures(self) -> None:
        photos = Photo.objects.of(self.person).select_related("entry").defer("entry__text")
        for photo in in_batches(photos):
            home, zone = self._home_of(photo)
            self.pictures.place(photo, home, zone)

    def _home_of(self, photo: Photo) -> tuple[str, tzinfo]:
        conference_id = photo.entry.conference_id if photo.entry else photo.conference_id
        conference, folder = self.homes.get(conference_id or 0, (None, UNFILED))
        zone = conference.zone if conference else self.zone
        binned = photo.deleted_at is not None or (photo.entry is not None and photo.entry.is_binned)
        return (BIN if binned else folder), zone

    def _setting(self, zone: tzinfo, conference: str = "") -> Setting:
        return Setting(zone, self.visible, self.pictures, self.folders, conference)

    def _readme(self) -> Member:
        listed = [
            f"- [{words.escaped(both_names(conference.name, conference.other_name))}]"
            f"({link_to(f'{folder}/conference.md', page='README.md')})"
            f" · {date_range_long(conference.starts_on, conference.ends_on)}"
            for conference, folder in self.homes.values()
        ]
        blocks: list[str | list[str]] = [
            f"# {_('My conference journal')}",
            _("This is a copy of everything that %(name)s keeps in Lanyard.") % {"name": self.person.username},
            f"**{_('Off-record passages are in this copy. Read it through before you give it to anyone.')}**",
            listed,
            [f"- `{place}`: {meaning}" for place, meaning in _contents()],
        ]
        return Member("README.md", [words.page_of(blocks).encode()])


def _contents() -> list[tuple[str, str]]:
    return [
        ("2022/…/conference.md", _("a conference: its days, how I was there, my marks")),
        ("2022/…/2022-11-08/", _("a day in the order it happened; long notes and notes of talks are files beside it")),
        ("2022/…/pictures/", _("the pictures, as they came from the camera where the originals were kept")),
        ("unfiled/", _("what is filed with no conference")),
        ("bin/", _("what was in the bin")),
        ("history/", _("every version of every text, one a line (JSON)")),
        ("journal.json", _("everything once more, for programs")),
        ("missing.txt", _("only where the file of a picture could not be read")),
    ]


def _by_entry(photos: PhotoQuerySet) -> defaultdict[int, list[Photo]]:
    found: defaultdict[int, list[Photo]] = defaultdict(list)
    for photo in photos.exclude(entry=None).in_order():
        found[photo.entry_id or 0].append(photo)
    return found


def _zone_of(person: User) -> tzinfo:
    zone = access.preferences(person).zone
    return ZoneInfo(zone) if zone else UTC
