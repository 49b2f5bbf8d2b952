"""A sheet of paper for flat drawings: drawn at double size, so that edges are smooth when it is halved."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Sequence

from PIL import ExifTags, Image, ImageDraw

Point = tuple[float, float]
SCALE = 2


class Sheet:
    """Coordinates are pixels of the finished picture; colours are `#rrggbb`."""

    def __init__(self, width: int, height: int, colour: str) -> None:
        self.width, self.height = width, height
        self._image = Image.new("RGB", (width * SCALE, height * SCALE), colour)
        self._draw = ImageDraw.Draw(self._image)

    def box(self, left: float, top: float, width: float, height: float, colour: str, *, round_by: float = 0) -> None:
        """A rectangle, with round corners if wanted."""
        bounds = _scaled((left, top, left + width, top + height))
        if round_by:
            self._draw.rounded_rectangle(bounds, round_by * SCALE, fill=colour)
        else:
            self._draw.rectangle(bounds, fill=colour)

    def oval(self, x: float, y: float, across: float, high: float, colour: str) -> None:
        """An ellipse about a centre, of so much to each side of it."""
        self._draw.ellipse(_scaled((x - across, y - high, x + across, y + high)), fill=colour)

    def disc(self, x: float, y: float, radius: float, colour: str) -> None:
        """A circle."""
        self.oval(x, y, radius, radius, colour)

    def shape(self, points: Iterable[Point], colour: str) -> None:
        """A polygon."""
        self._draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=colour)

    def stroke(self, points: Sequence[Point], colour: str, width: float) -> None:
        """A line with round joints and ends."""
        self._draw.line([(x * SCALE, y * SCALE) for x, y in points], colour, round(width * SCALE), joint="curve")
        for x, y in (points[0], points[-1]):
            self.disc(x, y, width / 2, colour)

    def arc(self, x: float, y: float, radius: float, start: float, end: float, colour: str, width: float) -> None:
        """A part of a circle's line, in degrees clockwise from three o'clock."""
        bounds = _scaled((x - radius, y - radius, x + radius, y + radius))
        self._draw.arc(bounds, start, end, colour, round(width * SCALE))

    def jpeg(self, taken: str) -> bytes:
        """The finished file; `taken` is a Korean clock's reading in EXIF's form, `2022:11:08 12:10:00`."""
        written = io.BytesIO()
        self._image.reduce(SCALE).save(written, "JPEG", quality=85, exif=_exif(taken))
        return written.getvalue()


def turned(points: Iterable[Point], about: Point, degrees: float) -> list[Point]:
    """The points turned clockwise about one."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    moved = ((x - about[0], y - about[1]) for x, y in points)
    return [(about[0] + x * cos - y * sin, about[1] + x * sin + y * cos) for x, y in moved]


def corners(left: float, top: float, width: float, height: float) -> list[Point]:
    """A rectangle as a polygon, to be turned."""
    return [(left, top), (left + width, top), (left + width, top + height), (left, top + height)]


def _scaled(bounds: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    left, top, right, bottom = (value * SCALE for value in bounds)
    return left, top, right, bottom


def _exif(taken: str) -> Image.Exif:
    exif = Image.Exif()
    details = exif.get_ifd(ExifTags.IFD.Exif)
    details[ExifTags.Base.DateTimeOriginal] = taken
    details[ExifTags.Base.OffsetTimeOriginal] = "+09:00"
    return exif
