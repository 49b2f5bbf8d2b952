"""HEIC pictures are opened in a process of their own, which may die without taking the site with it.

One changed byte in the list of items makes pi_heif 1.4 read through a null pointer (a type that is not UTF-8), and a
crash in the web process would end every request it serves. `python -m journal.photo_heic` reads the file from its
standard input and writes one line of JSON, then the picture as PNG, already small and in sRGB.
"""

import io
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from PIL import ImageFile
from PIL.PngImagePlugin import PngImageFile

from journal.photo_pixels import in_srgb, read_notes, shrunk, widest

SECONDS = 60
# Address space, of which the largest accepted picture fills a quarter: files that lie about their size meet it.
ADDRESS_SPACE = 2 * 1024**3


@dataclass(frozen=True)
class Found:
    """What the file says of itself: upright size at full scale, how many pictures, capture time and offset in EXIF."""

    width: int
    height: int
    frames: int
    taken: str
    offset: str


@contextmanager
def opened_apart(data: bytes, *, pixels: int, frames: int) -> Iterator[tuple[Found, ImageFile.ImageFile]]:
    """Give what was found and the picture, upright, no larger than the widest rendition, in sRGB.

    Above the limits the picture is one empty pixel. Raises ValueError or subprocess.SubprocessError where the file
    cannot be read.
    """
    with tempfile.TemporaryFile() as answer:
        subprocess.run(  # noqa: S603 -- this very module, without a shell
            [sys.executable, "-m", "journal.photo_heic", str(pixels), str(frames)],
            input=data,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            cwd=Path(__file__).parent.parent,
            timeout=SECONDS,
            check=True,
        )
        answer.seek(0)
        found = Found(**json.loads(answer.readline()))
        image = PngImageFile(answer)
        image.load()
    yield found, image


def _answer(data: bytes, pixels: int, frames: int) -> None:
    from pi_heif import HeifImageFile  # noqa: PLC0415 -- never loaded into the web process
    from PIL import Image  # noqa: PLC0415

    image = HeifImageFile(io.BytesIO(data))
    small = Image.new("RGB", (1, 1))
    within = image.width * image.height <= pixels and image.n_frames <= frames
    count, notes, profile = image.n_frames, read_notes(image), image.info.get("icc_profile")
    if within:
        # libheif turns the picture upright itself, and pi_heif resets the orientation in EXIF.
        image.load()
    found = Found(image.width, image.height, count, notes.taken, notes.offset)
    if within:
        small = in_srgb(shrunk(image, widest(image.size, sideways=False)), profile)
    sys.stdout.buffer.write(json.dumps(asdict(found)).encode() + b"\n")
    small.save(sys.stdout.buffer, "PNG", compress_level=0)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _answer(sys.stdin.buffer.read(), int(sys.argv[1]), int(sys.argv[2]))
