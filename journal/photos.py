"""Intake of pictures: bytes in, safe files and metadata out. No database, no request, nothing written.

The file is recognised by its content, never by its name, and opened by one of five decoders. Its pixel count is
read from the header and checked before anything is decoded. What is handed back carries no EXIF, XMP, ICC or GPS.
"""

import hashlib
import io
import re
import struct
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import BinaryIO

from django.utils.translation import gettext as _
from PIL import Image, ImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from journal.capture import capture_time, clean_name
from journal.photo_heic import opened_apart
from journal.photo_pixels import Notes, Rendition, in_srgb, read_notes, renditions, shrunk, upright, widest

MAX_BYTES = 40 * 1024 * 1024
MAX_FRAMES = 300

MEGA = 1_000_000
MAX_PIXELS = 50 * MEGA
# One scan streams through the decoder at reduced scale; several scans must all lie in memory first.
MAX_PIXELS_ONE_SCAN = 220 * MEGA
# The WebP decoder always composes animations: two canvases, the frame and its copy are 16 bytes
# a pixel, and 50 megapixels took 895 MB.
MAX_PIXELS_WEBP = 30 * MEGA

# Far above what cameras and programs write; a file of nothing but tiny segments would fill the memory with them.
MAX_SEGMENTS = 2_000
MAX_SCANS = 100


class PictureRefused(ValueError):
    """A file that is not taken in; `message` is a translated sentence that says why and what is understood."""

    def __init__(self, message: str) -> None:
        """Keep the sentence."""
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class Intake:
    """A picture as it may be stored.

    `width` and `height` are the original's, upright, at full scale. `taken_at` is the naive reading of the clock
    where it was taken and `offset` that clock's distance from UTC, where known. `taken_from` says how: "exif_offset",
    "exif", "file_name" (weak evidence) or "" (unknown). `digest` is the SHA-256 of the original bytes, in hex.
    """

    digest: str
    name: str
    format: str
    suffix: str
    width: int
    height: int
    renditions: tuple[Rendition, ...]
    taken_at: datetime | None
    offset: timedelta | None
    taken_from: str


_Decoder = Callable[[BinaryIO], ImageFile.ImageFile]


@dataclass(frozen=True)
class _Kind:
    """One accepted format: how it is recognised, what opens it, and the fixed facts that follow from it.

    Without a decoder it is opened in a process of its own.
    """

    format: str
    suffix: str
    content_type: str
    accepts: Callable[[bytes], bool]
    decoder: _Decoder | None


_HEIC_STARTS = frozenset(b"ftyp" + brand for brand in (b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"))

# The decoders are called directly. Image.open() with an allow-list asks the same classes, but also holds them to
# Image.MAX_IMAGE_PIXELS, one number for the whole process; the limits here differ by format and are checked below.
_KINDS = (
    _Kind("jpeg", ".jpg", "image/jpeg", lambda head: head.startswith(b"\xff\xd8\xff"), JpegImageFile),
    _Kind("png", ".png", "image/png", lambda head: head.startswith(b"\x89PNG\r\n\x1a\n"), PngImageFile),
    _Kind("webp", ".webp", "image/webp", lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP", WebPImageFile),
    _Kind("gif", ".gif", "image/gif", lambda head: head.startswith((b"GIF87a", b"GIF89a")), GifImageFile),
    _Kind("heic", ".heic", "image/heic", lambda head: head[4:12] in _HEIC_STARTS, None),
)

_one_at_a_time = threading.Lock()


def content_type(picture_format: str) -> str:
    """Name the fixed content type of an original; KeyError for a format that intake never returns."""
    return {kind.format: kind.content_type for kind in _KINDS}[picture_format]


def intake(file: BinaryIO, *, name: str) -> Intake:
    """Read one picture (at most 40 MB and a byte of it) and make what may be served of it.

    Of an animation the first frame is served; the original keeps its movement. Only one picture is decoded at a time
    in a process: the largest accepted one takes several hundred megabytes.
    Raises PictureRefused, and nothing else, for anything that is not a whole picture within the limits.
    """
    data = _read(file)
    kind = _recognised(data)
    base_name = clean_name(name) or f"{hashlib.sha256(data).hexdigest()[:12]}{kind.suffix}"
    # Decoders warn about oddities on stderr; a picture that decodes is no matter for the log.
    with _one_at_a_time, warnings.catch_warnings(action="ignore"), _refusing_damage():
        size, notes, made = _processed(data, kind)
    taken_at, offset, taken_from = capture_time(notes.taken, notes.offset, base_name)
    return Intake(
        digest=hashlib.sha256(data).hexdigest(),
        name=base_name,
        format=kind.format,
        suffix=kind.suffix,
        width=size[0],
        height=size[1],
        renditions=made,
        taken_at=taken_at,
        offset=offset,
        taken_from=taken_from,
    )


# --- what is refused


def _read(file: BinaryIO) -> bytes:
    data = file.read(MAX_BYTES + 1)
    if not data:
        raise PictureRefused(_("The file is empty. JPEG, PNG, WebP, GIF and HEIC pictures are understood."))
    if len(data) > MAX_BYTES:
        limit = MAX_BYTES // 1024**2
        raise PictureRefused(
            _("The file is too large. JPEG, PNG, WebP, GIF and HEIC pictures up to %(limit)s MB are understood.")
            % {"limit": limit}
        )
    return data


def _recognised(data: bytes) -> _Kind:
    for kind in _KINDS:
        if kind.accepts(data[:64]):
            return kind
    raise PictureRefused(
        _("This file is not a picture that can be shown. JPEG, PNG, WebP, GIF and HEIC pictures are understood.")
    )


def _damaged() -> PictureRefused:
    return PictureRefused(
        _(
            "The picture is damaged or breaks off, so it cannot be shown whole. "
            "Complete JPEG, PNG, WebP, GIF and HEIC pictures are understood."
        )
    )


@contextmanager
def _refusing_damage() -> Iterator[None]:
    try:
        yield
    except PictureRefused:
        raise
    except Image.DecompressionBombError as error:
        raise PictureRefused(
            _("The picture has too many megapixels. Most pictures are understood up to %(limit)s megapixels.")
            % {"limit": MAX_PIXELS // MEGA}
        ) from error
    except Exception as error:  # decoders of hostile bytes raise whatever their authors did not expect
        raise _damaged() from error


def _check_size(width: int, height: int, *, limit: int) -> None:
    if width * height > limit:
        raise PictureRefused(
            _(
                "The picture has %(pixels)s megapixels, which is too many. "
                "Pictures of this kind are understood up to %(limit)s megapixels."
            )
            % {"pixels": -(-width * height // MEGA), "limit": limit // MEGA}
        )


def _check_frames(frames: int) -> None:
    if frames > MAX_FRAMES:
        raise PictureRefused(
            _("The animation is too long. Animations are understood up to %(limit)s frames.") % {"limit": MAX_FRAMES}
        )


# --- structure, read before a decoder sees it

_JPEG_MARKER = re.compile(rb"\xff+([^\x00\x01\xd0-\xd8\xff])")


def _jpeg_scans(data: bytes) -> int:
    """Count the scans of the first picture in a JPEG file; a phone may hang a second picture or a film behind it."""
    at = scans = 0
    for _segment in range(MAX_SEGMENTS):
        marker = _JPEG_MARKER.search(data, at)
        if not marker or marker[1] == b"\xd9":
            return scans
        scans += marker[1] == b"\xda"
        at = marker.end() + max(2, int.from_bytes(data[marker.end() : marker.end() + 2], "big"))
        if scans > MAX_SCANS:
            break
    raise _damaged()


def _check_png_chunks(data: bytes) -> None:
    at, others, chunk = 8, 0, b""
    while at + 8 <= len(data) and chunk != b"IEND":
        length, chunk = struct.unpack_from(">I4s", data, at)
        others += chunk not in (b"IDAT", b"fdAT", b"fcTL")
        if others > MAX_SEGMENTS:
            raise _damaged()
        at += 12 + length


def _gif_frames(data: bytes) -> int:
    """Count the frames without decoding them, and stop counting above the limit."""
    at, frames = 13 + _gif_palette(data[10]), 0
    while frames <= MAX_FRAMES and at < len(data) and data[at] != 0x3B:
        if data[at] == 0x2C:
            frames += 1
            at += 11 + _gif_palette(data[at + 9])
        elif data[at] == 0x21:
            at += 2
        else:
            at += 1
            continue
        while at < len(data) and data[at]:
            at += 1 + data[at]
        at += 1
    return frames


def _gif_palette(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 128 else 0


# --- pixels


def _processed(data: bytes, kind: _Kind) -> tuple[tuple[int, int], Notes, tuple[Rendition, ...]]:
    """Give the upright size at full scale, what EXIF says, and the renditions."""
    if kind.decoder is None:
        return _processed_apart(data)
    image, streams = _opened(data, kind.format, kind.decoder)
    if kind.format != "jpeg":
        image.load()
    full, notes, profile = image.size, read_notes(image), image.info.get("icc_profile")
    enough = widest(full, sideways=notes.sideways)
    if kind.format == "jpeg":
        _load_reduced(image, enough, pixels=MAX_PIXELS if streams else MAX_PIXELS // 2)
    small = upright(in_srgb(shrunk(image, enough), profile), notes.orientation)
    return (full[::-1] if notes.sideways else full), notes, renditions(small)


def _processed_apart(data: bytes) -> tuple[tuple[int, int], Notes, tuple[Rendition, ...]]:
    with opened_apart(data, pixels=MAX_PIXELS, frames=MAX_FRAMES) as (found, image):
        _check_size(found.width, found.height, limit=MAX_PIXELS)
        _check_frames(found.frames)
        return (found.width, found.height), Notes(taken=found.taken, offset=found.offset), renditions(image)


def _opened(data: bytes, picture_format: str, decoder: _Decoder) -> tuple[ImageFile.ImageFile, bool]:
    """Read the headers and hold them to the limits; also tell whether this is a JPEG that streams in one scan."""
    scans = _jpeg_scans(data) if picture_format == "jpeg" else 0
    if picture_format == "png":
        _check_png_chunks(data)
    image = decoder(io.BytesIO(data))
    streams = scans == 1 and "progressive" not in image.info
    limits = {"jpeg": MAX_PIXELS_ONE_SCAN if streams else MAX_PIXELS, "webp": MAX_PIXELS_WEBP}
    _check_size(image.width, image.height, limit=limits.get(picture_format, MAX_PIXELS))
    _check_frames(_gif_frames(data) if picture_format == "gif" else getattr(image, "n_frames", 1))
    return image, streams


def _load_reduced(image: ImageFile.ImageFile, enough: tuple[int, int], *, pixels: int) -> None:
    """Decode a JPEG at a half, a quarter or an eighth where that is enough, or where more would be too much."""
    width, height = image.size
    scale = 1
    while scale < 8 and (
        (width // scale // 2 >= enough[0] and height // scale // 2 >= enough[1]) or width * height > pixels * scale**2
    ):
        scale *= 2
    image.draft(None, (width // scale, height // scale))
    image.load()
