"""What is done to decoded pixels: any mode to RGB, any size to three widths, upright, sRGB, WebP without metadata.

Nothing here needs Django, because the process that opens HEIC files uses it too.
"""

import io
from contextlib import suppress
from dataclasses import dataclass

from PIL import ExifTags, Image, ImageCms

WIDTHS = (480, 960, 1920)
# The longest side WebP can hold.
MAX_SIDE = 16_383


@dataclass(frozen=True)
class Rendition:
    """One size of a picture, upright, in sRGB, as WebP without any metadata."""

    width: int
    height: int
    data: bytes


@dataclass(frozen=True)
class Notes:
    """The three things that are read out of EXIF; places and everything else are never touched."""

    orientation: int = 1
    taken: str = ""
    offset: str = ""

    @property
    def sideways(self) -> bool:
        """Width and height change places when this is turned upright."""
        return self.orientation >= 5


def read_notes(image: Image.Image) -> Notes:
    """Read what is wanted of EXIF, as far as it can be read; a PNG must have been loaded before."""
    orientation, taken, offset = 1, "", ""
    # Broken EXIF fails in as many ways as broken pictures do, and must not refuse a picture that decodes.
    with suppress(Exception):
        exif = image.getexif()
        found = exif.get(ExifTags.Base.Orientation)
        orientation = found if found in _TURNS else 1
        details = exif.get_ifd(ExifTags.IFD.Exif)
        taken = str(details.get(ExifTags.Base.DateTimeOriginal, ""))
        offset = str(details.get(ExifTags.Base.OffsetTimeOriginal, ""))
    return Notes(orientation, taken, offset)


def widest(size: tuple[int, int], *, sideways: bool) -> tuple[int, int]:
    """Give the size of the widest rendition, still lying as the file has it."""
    return fitted(size[::-1], WIDTHS[-1])[::-1] if sideways else fitted(size, WIDTHS[-1])


def fitted(size: tuple[int, int], width: int) -> tuple[int, int]:
    """Scale down to a width, and further where a long screenshot would be higher than WebP allows."""
    scale = min(1, width / size[0], MAX_SIDE / size[1])
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _converted(image: Image.Image, mode: str) -> Image.Image:
    """Convert and let go of the original at once: of 50 megapixels no third copy may be held."""
    converted = image.convert(mode)
    image.close()
    return converted


def _resizable(image: Image.Image) -> Image.Image:
    """Bring any mode to one whose pixels can be averaged: L, RGB, CMYK, or RGBa with colours weighted by opacity."""
    if image.mode.startswith("I;16"):
        image.info.pop("transparency", None)
        return _converted(image.point(lambda value: value * (1 / 256)), "L")
    if image.mode == "RGBa":
        return image
    if image.has_transparency_data:
        return _converted(image if image.mode == "RGBA" else _converted(image, "RGBA"), "RGBa")
    return image if image.mode in ("L", "RGB", "CMYK") else _converted(image, "RGB")


def shrunk(image: Image.Image, enough: tuple[int, int]) -> Image.Image:
    """Reduce to a size that is enough and forget every note in the file; closes the image given."""
    image = _resizable(image)
    size = min(image.width, enough[0]), min(image.height, enough[1])
    small = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    image.close()
    small.info = {}
    return small.convert("RGBA") if small.mode == "RGBa" else small


def in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Give RGB or RGBA with the colours the ICC profile means, where it has one."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    # A profile that is broken, or meant for another kind of pixels, is ignored: near colours are better than none.
    with suppress(ImageCms.PyCMSError, OSError, TypeError, ValueError):
        if profile:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            turned = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
            if turned is not None:
                turned.info = {}
                return turned
    return image.convert(mode)


_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def upright(image: Image.Image, orientation: int) -> Image.Image:
    """Turn or mirror as the EXIF orientation (2 to 8) says."""
    return image.transpose(_TURNS[orientation]) if orientation in _TURNS else image


def renditions(image: Image.Image) -> tuple[Rendition, ...]:
    """Make each size from the next larger one; narrowest first. A narrow picture has fewer, and never larger ones."""
    made = []
    for size in sorted({fitted(image.size, width) for width in WIDTHS}, reverse=True):
        image = image if image.size == size else image.resize(size, Image.Resampling.LANCZOS)
        written = io.BytesIO()
        image.save(written, "WEBP", quality=80, method=2)
        made.append(Rendition(*size, written.getvalue()))
    return tuple(reversed(made))
