"""What a list says of a row: a few words, and a small picture. Only ever shown to the row's owner."""

from __future__ import annotations

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from journal import gallery
from journal.models import Entry, Photo

_SMALL = 320
# So much of a long text is looked at for its first words.
_BEGIN = 400


def first_words(entry: Entry) -> str:
    """Its title, else what it is, else how its text begins. Reads the details (join them in lists)."""
    details = entry.details
    candidates = [entry.title, *(getattr(details, name, "") for name in ("item", "dishes", "person"))]
    words = next((text for text in candidates if text.strip()), "") or " ".join(entry.text[:_BEGIN].split())
    return Truncator(words).chars(80)


def named(entry: Entry) -> str:
    """For a select: what kind of thing, and its first words."""
    words = first_words(entry)
    return f"{entry} · {words}" if words else str(entry)


def thumbnail(photo: Photo) -> SafeString:
    """The picture, through the address that asks whose it is, with a link to where it is described."""
    return format_html(
        '<a href="{}"><img src="{}" alt="{}" class="desk-thumbnail" width="{}" height="72" loading="lazy"></a>',
        reverse("admin:journal_photo_change", args=[photo.pk]),
        gallery.url_of(photo, _SMALL),
        gallery.alt_of(photo),
        max(24, min(216, round(72 * photo.width / max(1, photo.height)))),
    )
