"""Pictures in templates: addresses for `srcset`, and the class that gives a picture its place in a row."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.urls import reverse

from journal import gallery
from journal.models import Photo

register = template.Library()

# The height of a row in rem on a desktop, as static/css/pictures.css has it; a picture may grow to 1.9 times of it.
_ROWS = {"": 13, "shelf": 9, "large": 20}


@dataclass(frozen=True)
class Framed:
    """Everything that the `<img>` of a picture says."""

    photo: Photo
    sizes: str

    @property
    def page(self) -> str:
        """The picture's own page."""
        return reverse("journal:photo", args=[self.photo.uid])

    @property
    def src(self) -> str:
        """For browsers that choose no size."""
        return gallery.url_of(self.photo)

    @property
    def srcset(self) -> str:
        """Every stored width."""
        uid = self.photo.uid
        addresses = ((reverse("journal:photo-file", args=[uid, width]), width) for width in sorted(self.photo.widths))
        return ", ".join(f"{address} {width}w" for address, width in addresses)

    @property
    def alt(self) -> str:
        """What it shows."""
        return gallery.alt_of(self.photo)

    @property
    def ratio(self) -> int:
        """Width to height in twentieths, between 8 and 60: the number of the class `ratio-N`."""
        return min(60, max(8, round(20 * self.photo.width / self.photo.height)))


@register.filter
def framed(photo: Photo, row: str = "") -> Framed:
    """In a row: "" for the usual one, "shelf" or "large"."""
    width = round(photo.width / photo.height * _ROWS[row] * 1.4)
    return Framed(photo, f"(min-width: 48rem) {width}rem, 100vw")


@register.filter
def framed_alone(photo: Photo) -> Framed:
    """By itself, as large as the page allows."""
    return Framed(photo, "(min-width: 80rem) 78rem, 100vw")
