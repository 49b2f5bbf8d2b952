"""Pictures as pages show them: what the renderer needs for the texts of a whole page, and what stands beside a text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import gettext as _

from events.models import Conference
from journal import access
from journal.markdown import Picture
from journal.models import Entry, Photo, Visibility

# A page shows pictures at their middle width; the browser makes them smaller, and their own page shows the widest.
SHOWN_WIDTH = 960
_NAMED = re.compile(r"photo:/{0,2}([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})", re.IGNORECASE)


@dataclass(frozen=True)
class Shown:
    """A picture as an `<img>` needs it; `width` and `height` are the upright original's, which reserve its place."""

    url: str
    width: int
    height: int
    alt: str


def shown(photo: Photo) -> Shown:
    """The picture at the width of pages."""
    return Shown(url=url_of(photo), width=photo.width, height=photo.height, alt=alt_of(photo))


def alt_of(photo: Photo) -> str:
    """What it shows, in its owner's words; else its caption; else that it is a picture."""
    return photo.alt_text or photo.caption or _("Picture")


def url_of(photo: Photo, width: int = SHOWN_WIDTH) -> str:
    """The address of the narrowest file that is at least `width` wide, else of the widest."""
    widths = sorted(photo.widths) or [width]
    fitting = next((one for one in widths if one >= width), widths[-1])
    return reverse("journal:photo-file", args=[photo.uid, fitting])


def uids_in(text: str) -> set[UUID]:
    """The pictures that a text names."""
    return {UUID(uid) for uid in _NAMED.findall(text)}


def pictures_for(person: User, texts: Iterable[str], photos: Iterable[Photo] = ()) -> dict[str, Picture]:
    """By uid, for `journal.markdown.render`: the pictures that the texts name, and `photos`, which are here already.

    One query for a whole page; none where nothing more is named.
    """
    known = {photo.uid: photo for photo in photos}
    missing = set().union(*map(uids_in, texts)) - known.keys()
    if missing:
        more = access.photos(person).filter(uid__in=missing)
        known |= {photo.uid: photo for photo in more}
    return {str(uid): _picture(photo) for uid, photo in known.items()}


def beside(entry: Entry, photos: Iterable[Photo]) -> list[Photo]:
    """The pictures of an entry that its text does not show already."""
    named = uids_in(entry.text)
    return [photo for photo in photos if photo.uid not in named]


def shelf(person: User, entries: list[Entry], photos: list[Photo]) -> dict[str, Any]:
    """For a page of entries from many conferences: each with its pictures, the loose ones, and those of texts."""
    with_entries: defaultdict[int | None, list[Photo]] = defaultdict(list)
    for photo in photos:
        with_entries[photo.entry_id].append(photo)
    missing = {entry.pk for entry in entries} - with_entries.keys()
    for photo in access.photos(person).filter(entry__in=missing):
        with_entries[photo.entry_id].append(photo)
    every = [photo for group in with_entries.values() for photo in group]
    shown_keys = {entry.pk for entry in entries}
    return {
        "entries": [(entry, with_entries.get(entry.pk, [])) for entry in entries],
        "photos": [photo for photo in photos if photo.entry_id not in shown_keys],
        "pictures": pictures_for(person, [entry.text for entry in entries], every),
    }


def first_pictures(person: User, conferences: Iterable[Conference]) -> dict[int, Shown]:
    """One picture for each conference's badge, by its key: the first in order. Two queries.

    The database is asked for the keys of all of them at once: asked for the first of each, it reads them all for each.
    """
    wanted = [conference.pk for conference in conferences]
    firsts: dict[int, int] = {}
    for photo, conference in access.photos(person).with_conferences(wanted):
        firsts.setdefault(conference, photo)
    rows = access.photos(person).in_bulk(list(firsts.values()))
    return {conference: shown(rows[photo]) for conference, photo in firsts.items()}


def _picture(photo: Photo) -> Picture:
    """A picture's own privacy and its entry's, the stricter: one that is not shared is hidden from others."""
    hidden = photo.visibility != Visibility.SHARED or (
        photo.entry is not None and photo.entry.visibility != Visibility.SHARED
    )
    return Picture(
        url=url_of(photo),
        width=photo.width,
        height=photo.height,
        alt=alt_of(photo),
        caption=photo.caption,
        hidden=hidden,
    )
