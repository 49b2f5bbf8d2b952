"""Intake of pictures: what is accepted, what is made of it, what is refused, and what it costs."""

import hashlib
import io
import os
import struct
import subprocess
import sys
import threading
import unicodedata
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as generated
from hypothesis import strategies as st
from PIL import Image, ImageCms

from journal import photos
from journal.photos import Intake, PictureRefused, content_type, intake

from .picture_files import (
    HEIC_SIDEWAYS,
    HEIC_SLOPE,
    PALETTE,
    heic_grid,
    jpeg_of_rows,
    png_chunk,
    png_of_rows,
    saved,
    webp_padded,
)

REAL = Path(settings.BASE_DIR).parent / "shared" / "data" / "photos"
RED, BLUE, GREEN = (220, 20, 20), (20, 20, 220), (20, 200, 20)


def take(data: bytes, name: str = "picture.jpg") -> Intake:
    return intake(io.BytesIO(data), name=name)


def real(name: str) -> Intake:
    if not (REAL / name).exists():
        pytest.skip(f"the real photographs are not here (shared/data/photos/{name})")
    with (REAL / name).open("rb") as file:
        return intake(file, name=name)


def shown(result: Intake, index: int = -1) -> Image.Image:
    image = Image.open(io.BytesIO(result.renditions[index].data), formats=["WEBP"])
    image.load()
    return image


def near(pixel: tuple[int, ...], colour: tuple[int, ...], by: int = 40) -> bool:
    return all(abs(a - b) <= by for a, b in zip(pixel, colour, strict=True))


def halves(width: int, height: int) -> Image.Image:
    """Blue on the left, red on the right."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (0, 0, width // 2, height))
    return image


def riff_chunks(data: bytes) -> set[bytes]:
    at, found = 12, set()
    while at < len(data):
        kind, length = struct.unpack_from("<4sI", data, at)
        found.add(kind)
        at += 8 + length + length % 2
    return found


def assert_clean(result: Intake) -> None:
    assert result.renditions
    for rendition in result.renditions:
        image = Image.open(io.BytesIO(rendition.data), formats=["WEBP"])
        assert image.size == (rendition.width, rendition.height)
        assert riff_chunks(rendition.data) <= {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}
        assert not image.getexif()


def refusal(data: bytes, name: str = "picture.jpg") -> str:
    with pytest.raises(PictureRefused) as caught:
        take(data, name)
    assert str(caught.value) == caught.value.message
    return caught.value.message


def exif(**tags: str | int) -> Image.Exif:
    made = Image.Exif()
    places = {"orientation": 274, "edited": 306}
    for name, number in places.items():
        if name in tags:
            made[number] = tags[name]
    details = {"original": 0x9003, "offset": 0x9011}
    made.get_ifd(0x8769).update({number: tags[name] for name, number in details.items() if name in tags})
    return made


# --- renditions


def test_intake_of_a_large_picture_has_three_widths() -> None:
    data = saved(halves(4000, 3000), "JPEG")
    result = take(data, "DSC_0001.JPG")
    assert (result.digest, result.name) == (hashlib.sha256(data).hexdigest(), "DSC_0001.JPG")
    assert (result.format, result.suffix, result.width, result.height) == ("jpeg", ".jpg", 4000, 3000)
    assert [(r.width, r.height) for r in result.renditions] == [(480, 360), (960, 720), (1920, 1440)]
    assert_clean(result)


@pytest.mark.parametrize(("width", "widths"), [(1, [1]), (300, [300]), (700, [480, 700]), (1920, [480, 960, 1920])])
def test_intake_never_enlarges(width: int, widths: list[int]) -> None:
    assert [r.width for r in take(saved(halves(width, 40), "PNG")).renditions] == widths


def test_intake_of_a_long_screenshot_fits_the_height_webp_can_hold() -> None:
    result = take(saved(Image.new("L", (1080, 30000), 9), "PNG"))
    assert (result.width, result.height) == (1080, 30000)
    assert max(r.height for r in result.renditions) == 16383
    assert_clean(result)


@pytest.mark.parametrize("picture_format", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("size", [(60, 30), (5000, 2500)])
def test_intake_turns_a_picture_upright(picture_format: str, size: tuple[int, int]) -> None:
    result = take(saved(halves(*size), picture_format, exif=exif(orientation=6)))
    assert (result.width, result.height) == size[::-1]
    image = shown(result)
    assert image.width == min(size[1], 1920)
    assert near(image.getpixel((image.width // 2, image.height // 5)), BLUE)
    assert near(image.getpixel((image.width // 2, image.height * 4 // 5)), RED)


def test_intake_turns_heic_only_once() -> None:
    result = take(HEIC_SIDEWAYS)
    assert (result.format, result.suffix, result.width, result.height) == ("heic", ".heic", 32, 64)
    assert near(shown(result).getpixel((16, 10)), (30, 30, 200))
    assert near(shown(result).getpixel((16, 54)), (200, 30, 30))
    assert (result.taken_at, result.offset) == (datetime.fromisoformat("2022-11-08T09:30:12"), timedelta(hours=9))
    assert_clean(result)


def test_intake_of_a_heic_grid() -> None:
    result = take(heic_grid(1500, 700))
    assert (result.width, result.height) == (1500, 700)
    assert_clean(result)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_intake_of_every_png_mode_keeps_its_tone(mode: str) -> None:
    tone = {"1": 1, "I;16": 200 * 257, "LA": (200, 255), "RGB": (200,) * 3, "RGBA": (200, 200, 200, 255)}.get(mode, 200)
    image = Image.new(mode, (600, 20), tone)
    if mode == "P":
        image.putpalette([200] * 768)
    pixel = shown(take(saved(image, "PNG"))).convert("RGB").getpixel((300, 10))
    assert near(pixel, (255,) * 3 if mode == "1" else (200,) * 3, by=4)


def test_intake_of_cmyk_is_not_inverted() -> None:
    image = shown(take(saved(Image.new("CMYK", (50, 50), (0, 255, 255, 0)), "JPEG")))
    assert near(image.getpixel((25, 25)), (255, 0, 0), by=60)


def test_intake_of_a_transparent_palette_keeps_colour_at_the_edge() -> None:
    image = Image.new("P", (1000, 50), 0)
    image.putpalette([0, 0, 0, *RED])
    image.paste(1, (500, 0, 1000, 50))
    small = shown(take(saved(image, "PNG", transparency=0)), 0)
    assert small.mode == "RGBA"
    assert small.getpixel((50, 12))[3] == 0
    assert near(small.getpixel((400, 12)), (*RED, 255))


def test_intake_of_an_animation_serves_the_first_frame() -> None:
    frames = [Image.new("RGB", (40, 40), colour) for colour in (GREEN, RED, BLUE)]
    for picture_format in ("GIF", "WEBP", "PNG"):
        result = take(saved(frames[0], picture_format, save_all=True, append_images=frames[1:]))
        assert near(shown(result).convert("RGB").getpixel((20, 20)), GREEN)


def test_intake_turns_colours_of_a_profile_into_srgb() -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = srgb.replace(b"rXYZ", b"?XYZ").replace(b"bXYZ", b"rXYZ").replace(b"?XYZ", b"bXYZ")
    for profile, colour in ((srgb, RED), (swapped, BLUE), (b"broken", RED)):
        result = take(saved(halves(100, 50), "JPEG", icc_profile=profile))
        assert near(shown(result).getpixel((80, 25)), colour)
        assert_clean(result)


def test_intake_of_a_profile_for_other_pixels_ignores_it() -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for mode in ("L", "LA", "P", "CMYK"):
        data = saved(Image.new(mode, (20, 20)), "JPEG" if mode == "CMYK" else "PNG", icc_profile=srgb)
        assert_clean(take(data))


def test_intake_decodes_one_picture_at_a_time() -> None:
    done = threading.Event()
    data = saved(halves(8, 8), "PNG")
    with photos._one_at_a_time:
        threading.Thread(target=lambda: (take(data), done.set())).start()
        assert not done.wait(0.2)
    assert done.wait(10)


# --- when it was taken


def test_capture_time_is_the_original_one_and_not_the_edit() -> None:
    when = exif(edited="2022:11:15 20:00:00", original="2022:11:08 09:30:12", offset="+09:00")
    result = take(saved(halves(8, 8), "JPEG", exif=when))
    assert (result.taken_at, result.offset, result.taken_from) == (
        datetime.fromisoformat("2022-11-08T09:30:12"),
        timedelta(hours=9),
        "exif_offset",
    )


def test_capture_time_of_an_edit_alone_is_none() -> None:
    result = take(saved(halves(8, 8), "JPEG", exif=exif(edited="2022:11:15 20:00:00")), "IMG_0042.jpg")
    assert (result.taken_at, result.offset, result.taken_from) == (None, None, "")


def test_capture_time_that_is_nonsense_gives_way_to_the_file_name() -> None:
    result = take(saved(halves(8, 8), "JPEG", exif=exif(original="0000:00:00 00:00:00")), "20221108_093012.jpg")
    assert (result.taken_at, result.taken_from) == (datetime.fromisoformat("2022-11-08T09:30:12"), "file_name")


def test_broken_exif_does_not_refuse_a_picture() -> None:
    good = saved(halves(64, 64), "JPEG", exif=exif(orientation=6, original="2022:11:08 09:30:12"))
    start = good.index(b"Exif\0\0") + 6
    for at in range(start, start + 60, 3):
        broken = good[:at] + b"\xff\xfe\xff" + good[at + 3 :]
        assert take(broken).width == 64


# --- what is refused


def test_refusal_names_what_is_understood() -> None:
    for data in (b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"<!doctype html><script>1</script>", b"BM" * 99):
        message = refusal(data, "picture.jpg")
        assert "JPEG, PNG, WebP, GIF and HEIC" in message


def test_refusal_of_formats_outside_the_list() -> None:
    for picture_format in ("TIFF", "BMP", "ICO", "PPM", "AVIF"):
        assert "not a picture that can be shown" in refusal(saved(halves(32, 32), picture_format), "photo.jpg")


def test_refusal_of_a_large_file_reads_no_more_than_one_byte_too_many() -> None:
    class Endless(io.RawIOBase):
        asked = 0

        def read(self, size: int = -1) -> bytes:
            self.asked += size
            return bytes(size)

    file = Endless()
    with pytest.raises(PictureRefused, match="40 MB"):
        intake(file, name="x.jpg")
    assert file.asked == photos.MAX_BYTES + 1


@pytest.mark.parametrize("picture_format", ["JPEG", "PNG", "WEBP", "GIF"])
def test_refusal_of_a_truncated_picture(picture_format: str) -> None:
    data = saved(Image.effect_noise((200, 200), 90).convert("RGB"), picture_format)
    assert "breaks off" in refusal(data[: len(data) * 2 // 3])


def test_refusal_of_a_truncated_heic() -> None:
    assert "breaks off" in refusal(HEIC_SLOPE[: len(HEIC_SLOPE) - 60])


def test_refusal_of_a_heic_that_kills_its_decoder() -> None:
    assert "damaged" in refusal(HEIC_SIDEWAYS.replace(b"Exif\0", b"Ex\xff\xff\0", 1))


def test_refusal_of_bombs_by_their_header() -> None:
    head = png_chunk(b"IHDR", struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0))
    png = b"\x89PNG\r\n\x1a\n" + head + png_chunk(b"IDAT", b"x") + png_chunk(b"IEND", b"")
    assert "3600 megapixels" in refusal(png)
    assert "megapixels" in refusal(b"GIF89a" + struct.pack("<HHBBB", 65535, 65535, 0, 0, 0) + b"," + bytes(9) + b"\2")
    assert "220 megapixels" in refusal(jpeg_of_rows(15000, 15000))
    assert "50 megapixels" in refusal(jpeg_of_rows(7104, 7104, progressive=True))
    assert "30 megapixels" in refusal(saved(Image.new("L", (16000, 2000)), "WEBP", method=0))
    assert "50 megapixels" in refusal(heic_grid(7168, 7168))
    vast = bytearray(saved(halves(8, 8).convert("RGBA"), "WEBP", exif=exif(orientation=1)))
    vast[24:30] = b"\xfe\x3f\x00" * 2
    assert "megapixels" in refusal(bytes(vast))


def test_refusal_of_a_large_jpeg_in_several_scans() -> None:
    data = jpeg_of_rows(8000, 8000)
    take(data)
    second = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00"
    assert "50 megapixels" in refusal(data.replace(b"\xff\xd9", second + b"\xff\xd9"))


def test_refusal_of_endless_segments_and_scans() -> None:
    jpeg, png = saved(halves(8, 8), "JPEG"), saved(halves(8, 8), "PNG")
    assert "damaged" in refusal(jpeg[:2] + b"\xff\xfe\x00\x02" * 3000 + jpeg[2:])
    assert "damaged" in refusal(jpeg[:-2] + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" * 200 + b"\xff\xd9")
    assert "damaged" in refusal(png[:33] + png_chunk(b"tEXt", b"a\0b") * 3000 + png[33:])


def test_refusal_of_more_than_300_frames() -> None:
    def animation(count: int, picture_format: str) -> bytes:
        frames = [Image.new("L", (4, 4), index % 2 * 255) for index in range(count)]
        return saved(frames[0], picture_format, save_all=True, append_images=frames[1:], duration=20)

    for picture_format in ("GIF", "PNG", "WEBP"):
        take(animation(300, picture_format))
        assert "300 frames" in refusal(animation(301, picture_format))


def test_intake_of_a_jpeg_with_something_hung_behind_it() -> None:
    data = saved(halves(64, 64), "JPEG")
    assert take(data + os.urandom(5000)).width == 64
    assert take(saved(halves(64, 64), "MPO", save_all=True, append_images=[halves(32, 32)])).format == "jpeg"


# --- names and types


def test_the_name_of_nothing_is_the_digest() -> None:
    data = saved(halves(8, 8), "PNG")
    assert take(data, "../..").name == hashlib.sha256(data).hexdigest()[:12] + ".png"


def test_the_name_is_composed_hangul() -> None:
    name = "스크린샷 2022-11-08 오후 12.30.12.png"
    result = take(saved(halves(8, 8), "PNG"), unicodedata.normalize("NFD", name))
    assert result.name == name
    assert result.taken_at == datetime.fromisoformat("2022-11-08T12:30:12")


def test_content_type_is_fixed_by_the_format() -> None:
    types = [content_type(name) for name in ("jpeg", "png", "webp", "gif", "heic")]
    assert types == ["image/jpeg", "image/png", "image/webp", "image/gif", "image/heic"]


# --- real photographs

FACTS: dict[str, tuple[str, int, int, datetime | None, timedelta | None, str]] = {
    "jpeg-gps-nikon-p6000.jpg": ("jpeg", 640, 480, datetime.fromisoformat("2008-10-22T16:28:39"), None, "exif"),
    "jpeg-iphone4.jpg": ("jpeg", 1296, 968, datetime.fromisoformat("2011-01-13T14:33:39"), None, "exif"),
    "jpeg-canon-40d-tiny.jpg": ("jpeg", 100, 68, datetime.fromisoformat("2008-05-30T15:56:01"), None, "exif"),
    "jpeg-orientation-3.jpg": ("jpeg", 600, 450, None, None, ""),
    "jpeg-orientation-6.jpg": ("jpeg", 450, 600, None, None, ""),
    "webp-orientation-6.webp": ("webp", 128, 128, None, None, ""),
    "heic-iphone.heic": (
        "heic",
        2566,
        3313,
        datetime.fromisoformat("2021-04-11T15:47:53"),
        timedelta(hours=-5),
        "exif_offset",
    ),
    "png-with-exif.png": ("png", 512, 512, None, None, ""),
    "gif-animated-iss.gif": ("gif", 245, 245, None, None, ""),
    "jpeg-truncated-exif.jpg": ("jpeg", 480, 640, None, None, ""),
}


@pytest.mark.parametrize("name", FACTS)
def test_real_photograph(name: str) -> None:
    result = real(name)
    facts = (result.format, result.width, result.height, result.taken_at, result.offset, result.taken_from)
    assert facts == FACTS[name]
    assert_clean(result)


@pytest.mark.parametrize("name", ["jpeg-truncated.jpg", "png-broken.png"])
def test_real_photograph_that_is_damaged(name: str) -> None:
    with pytest.raises(PictureRefused, match="breaks off"):
        real(name)


# --- anything at all

_NOISE = Image.effect_noise((40, 30), 80)
SMALL = {
    "jpeg": saved(_NOISE.convert("RGB"), "JPEG", exif=exif(orientation=6, original="2022:11:08 09:30:12")),
    "progressive": saved(_NOISE.convert("CMYK"), "JPEG", progressive=True),
    "png": saved(_NOISE.convert("RGBA"), "PNG", exif=exif(orientation=3)),
    "palette": saved(_NOISE.convert("P"), "PNG", transparency=3),
    "webp": saved(_NOISE.convert("RGBA"), "WEBP", exif=exif(orientation=8)),
    "lossless": saved(_NOISE.convert("RGB"), "WEBP", lossless=True),
    "gif": saved(_NOISE, "GIF", save_all=True, append_images=[_NOISE.rotate(90)], duration=50),
    "heic": HEIC_SIDEWAYS,
}


def survives(data: bytes) -> None:
    try:
        result = take(data)
    except PictureRefused:
        return
    assert_clean(result)


@generated(deadline=None, max_examples=100)
@given(start=st.sampled_from([b"", *(data[:16] for data in SMALL.values())]), noise=st.binary(max_size=400))
def test_noise_is_taken_in_or_refused(start: bytes, noise: bytes) -> None:
    survives(start + noise)


@pytest.mark.parametrize("kind", SMALL)
@generated(deadline=None, max_examples=40)
@given(data=st.data())
def test_a_file_cut_anywhere_is_taken_in_or_refused(kind: str, data: st.DataObject) -> None:
    survives(SMALL[kind][: data.draw(st.integers(0, len(SMALL[kind]) - 1))])


@pytest.mark.parametrize("kind", SMALL)
@generated(deadline=None, max_examples=60)
@given(data=st.data())
def test_a_file_with_changed_bytes_is_taken_in_or_refused(kind: str, data: st.DataObject) -> None:
    changed = bytearray(SMALL[kind])
    for at in data.draw(st.lists(st.integers(0, len(changed) - 1), min_size=1, max_size=6)):
        changed[at] = data.draw(st.integers(0, 255))
    survives(bytes(changed))


# --- what the largest accepted files cost

MEASURE = """
import re, resource, sys, time
from pathlib import Path
from journal.photos import intake
started = time.process_time()
with open(sys.argv[1], "rb") as file:
    taken = intake(file, name="x")
own = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
peak = (own + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) // 1024
print(peak, round(time.process_time() - started, 1), f"{taken.width}x{taken.height}")
"""


def padded(data: bytes) -> bytes:
    """Lengthen a file to the limit; JPEG, PNG and GIF end where they say so, and HEIC gets an empty box."""
    room = photos.MAX_BYTES - len(data)
    return data + struct.pack(">I4s", room, b"free") + bytes(room - 8) if data[4:8] == b"ftyp" else data + bytes(room)


def large_webp(**options: object) -> bytes:
    image = Image.new("RGBA", (5477, 5477), (1, 2, 3, 120))
    return webp_padded(saved(image, "WEBP", method=0, **options), photos.MAX_BYTES)


LARGEST: dict[str, Callable[[], bytes]] = {
    "jpeg, one scan, 220 MP": lambda: padded(jpeg_of_rows(14832, 14832)),
    "jpeg, one scan, 200 MP, tall": lambda: padded(jpeg_of_rows(3839, 52000)),
    "jpeg, progressive cmyk, 50 MP": lambda: padded(jpeg_of_rows(7071, 7071, mode="CMYK", progressive=True)),
    "png, rgba 8 bit, 50 MP": lambda: padded(png_of_rows(7071, 7071, bits=8, colour=6)),
    "png, rgba 16 bit, 50 MP, tall": lambda: padded(png_of_rows(3839, 13000, bits=16, colour=6)),
    "png, palette with alpha, 50 MP": lambda: padded(png_of_rows(7071, 7071, bits=8, colour=3, extra=PALETTE)),
    "webp, lossless, 30 MP": lambda: large_webp(lossless=True, quality=0),
    "webp, lossy with alpha, 30 MP": lambda: large_webp(quality=50),
    "gif, transparent, 50 MP": lambda: padded(
        saved(Image.new("P", (7071, 7071), 3), "GIF", transparency=3, disposal=2)
    ),
    "heic, 50 MP, both processes": lambda: padded(heic_grid(7070, 7070)),
}
# The costliest of each decoder are measured always, their relatives with --long.
RELATIVES = (
    "jpeg, one scan, 220 MP",
    "png, rgba 8 bit, 50 MP",
    "png, palette with alpha, 50 MP",
    "webp, lossless, 30 MP",
)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is read from /proc, which Linux has")
@pytest.mark.parametrize("kind", [pytest.param(k, marks=pytest.mark.long if k in RELATIVES else ()) for k in LARGEST])
def test_peak_memory_of_the_largest_files(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "largest"
    path.write_bytes(LARGEST[kind]())
    ran = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path)],
        capture_output=True,
        text=True,
        check=True,
        cwd=settings.BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
    )
    path.unlink()
    peak, seconds, size = ran.stdout.split()
    with capsys.disabled():
        sys.stdout.write(f"\n  {kind}: {size}, {peak} MB at the peak, {seconds} s\n")
    assert int(peak) < 700
