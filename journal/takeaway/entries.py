"""How one entry reads: on the page of its day, or in a file of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from events.models import Appearance, Room, Speaker, Talk, Venue
from events.moments import clock, clock_range, roughly
from events.names import both_names
from journal import gallery
from journal.models import Entry, Mark, Photo
from journal.takeaway import words
from journal.takeaway.archive import Member
from journal.takeaway.naming import Folders, safe_name
from journal.takeaway.pictures import Pictures
from journal.templatetags.entries import dishes_of, facts_of, heading


@dataclass
class Visible:
    """Speakers, venues and rooms that the person's entries name and that the person may see."""

    speakers: dict[int, Speaker]
    venues: dict[int, Venue]
    rooms: dict[int, Room]

    @classmethod
    def to(cls, person: User) -> Visible:
        """Three queries."""
        named = Entry.objects.of(person)
        return cls(
            speakers=Speaker.objects.visible_to(person).filter(pk__in=named.values("speaker")).in_bulk(),
            venues=Venue.objects.visible_to(person).filter(pk__in=named.values("venue")).in_bulk(),
            rooms=Room.objects.visible_to(person).filter(pk__in=named.values("room")).in_bulk(),
        )


@dataclass
class Setting:
    """What the pages of one folder need to know: whose clock it is, what may be named, where pictures are."""

    zone: tzinfo
    visible: Visible
    pictures: Pictures
    folders: Folders
    conference: str = ""
    talks: dict[int, Talk] = field(default_factory=dict)
    marks: dict[int, Mark] = field(default_factory=dict)


def with_what_is_visible(entry: Entry, setting: Setting) -> Entry:
    """The entry without what its owner may not see (any more) of the world."""
    entry.talk = setting.talks.get(entry.talk_id or 0)
    entry.speaker = setting.visible.speakers.get(entry.speaker_id or 0)
    entry.venue = setting.visible.venues.get(entry.venue_id or 0)
    entry.room = setting.visible.rooms.get(entry.room_id or 0)
    return entry


def has_own_file(entry: Entry) -> bool:
    """What was written about a talk is looked for by name; a long text, or one that reaches out, stands alone."""
    text = entry.text.strip()
    is_note_of_talk = entry.kind == Entry.Kind.NOTE and entry.talk is not None
    return bool(text) and (is_note_of_talk or not words.stands_inline(text))


def own_file(entry: Entry, photos: list[Photo], setting: Setting, folder: str) -> Member:
    """The entry with its facts and pictures; its text is the end of the file, so that nothing stands inside of it."""
    path = setting.folders.place(folder, file_stem(entry, setting), ".md")
    title = name_of(entry)
    blocks: list[str | list[str]] = [
        words.front_matter(properties(entry, setting)),
        f"# {words.escaped(title)}",
        facts(entry, setting),
        *(setting.pictures.words(photo, page=path) for photo in gallery.beside(entry, photos)),
        setting.pictures.linked(entry.text, page=path).strip("\n"),
    ]
    return Member(path, [words.page_of(blocks).encode()], at=entry.modified.astimezone(UTC))


def on_page(entry: Entry, photos: list[Photo], setting: Setting, page: str) -> list[str | list[str]]:
    """The entry's facts, text and pictures as part of a page."""
    return [
        facts(entry, setting, with_talk=False),
        setting.pictures.linked(entry.text, page=page).strip(),
        *(setting.pictures.words(photo, page=page) for photo in gallery.beside(entry, photos)),
    ]


def name_of(entry: Entry) -> str:
    """Its heading, else its talk, else its kind."""
    talk = entry.talk.display_title() if entry.talk else ""
    return heading(entry) or talk or entry.get_kind_display()


def title_of(entry: Entry, setting: Setting) -> str:
    """For a heading on a page: 12:30 · Lunch"""
    return " · ".join(filter(None, [when(entry, setting.zone), heading(entry) or entry.get_kind_display()]))


def when(entry: Entry, zone: tzinfo) -> str:
    """09:30, “about 09:30”, the part of the day, or nothing."""
    if entry.at is None:
        return str(entry.get_part_display())
    shown = clock(entry.at, zone)  # type: ignore[arg-type]
    return roughly(shown) if entry.about else shown


def facts(entry: Entry, setting: Setting, *, with_talk: bool = True) -> list[str]:
    """Everything but heading, time and text; on the page of a day the talk stands above."""
    talk = entry.talk if with_talk else None
    names_kind = heading(entry) and entry.kind != Entry.Kind.NOTE
    pairs = [
        (words.label(Entry, "kind"), entry.get_kind_display() if names_kind else ""),
        (words.label(Entry, "talk"), talk.display_title() if talk and heading(entry) else ""),
        *(facts_of_talk(talk, setting) if talk else []),
        (words.label(Entry, "speaker"), _named(entry.speaker)),
        (words.label(Entry, "venue"), _named(entry.venue)),
        (words.label(Entry, "room"), entry.room.name if entry.room else ""),
        (_("Dishes"), ", ".join(dishes_of(entry))),
        *facts_of(entry),
        (words.label(Entry, "rating"), words.stars(entry.rating)),
    ]
    return words.facts(pairs)


def facts_of_talk(talk: Talk, setting: Setting) -> list[tuple[str, str]]:
    """Who gave it as what, when and where, and what became of it."""
    mark = setting.marks.get(talk.pk)
    return [
        (words.label(Talk, "kind"), talk.get_kind_display()),
        (_("Time"), clock_range(talk.starts_at, talk.ends_at, setting.zone) if talk.starts_at else ""),  # type: ignore[arg-type]
        (words.label(Talk, "room"), talk.room.name if talk.room else ""),
        (words.label(Talk, "track"), talk.track),
        *((appearance.get_role_display(), _appears(appearance)) for appearance in talk.appearances.all()),
        (_("Cancelled"), _("yes") if talk.is_cancelled else ""),
        *(facts_of_mark(mark) if mark else []),
    ]


def facts_of_mark(mark: Mark) -> list[tuple[str, str]]:
    """State, stars and verdict."""
    state = " ".join(filter(None, [mark.get_state_display(), words.stars(mark.rating)]))
    return [(words.label(Mark, "state"), state), (words.label(Mark, "verdict"), mark.verdict)]


def _named(thing: Speaker | Venue | None) -> str:
    return both_names(thing.name, thing.other_name) if thing else ""


def _appears(appearance: Appearance) -> str:
    name = _named(appearance.speaker) or appearance.organisation
    return ", ".join(filter(None, [name, appearance.job_title, appearance.affiliation]))


def file_stem(entry: Entry, setting: Setting) -> str:
    """Its time and its name, so that a folder reads in the order of the day."""
    at: datetime | None = entry.at
    if entry.talk is not None and entry.talk.starts_at is not None:
        at = entry.talk.starts_at
    clock_first = f"{at.astimezone(setting.zone):%H-%M} " if at else ""
    return safe_name(clock_first + name_of(entry))


def properties(entry: Entry, setting: Setting) -> dict[str, Any]:
    """What programs read: the same names in every language, as in journal.json."""
    on = entry.counted_on  # type: ignore[attr-defined]
    return {
        "uid": str(entry.uid),
        "kind": entry.kind,
        "date": on.isoformat() if on else None,
        "conference": setting.conference,
        "talk": entry.talk.display_title() if entry.talk else None,
        "rating": entry.rating,
        "visibility": entry.visibility,
        "version": entry.version,
        "created": entry.created.astimezone(UTC).isoformat(),
        "modified": entry.modified.astimezone(UTC).isoformat(),
    }
