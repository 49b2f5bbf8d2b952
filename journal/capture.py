"""When a picture was taken, and its name: what EXIF and the file name say, read with the distrust both deserve."""

import re
import unicodedata
from datetime import UTC, datetime, timedelta

MAX_NAME = 120

_EXIF_TIME = re.compile(r"([0-9]{4})[:/.-]([0-9]{2})[:/.-]([0-9]{2})[ T]([0-9]{2}):([0-9]{2}):([0-9]{2})")
_EXIF_OFFSET = re.compile(r"([+-])([0-9]{2}):?([0-9]{2})")
# 20221108_093012, IMG_20221108_093012, PXL_20221108_003012345, KakaoTalk_20221108_093012345_01,
# Screenshot_20221108-093012
_NAME_COMPACT = re.compile(
    r"(?<![0-9])([0-9]{4})([0-9]{2})([0-9]{2})[_-]([0-9]{2})([0-9]{2})([0-9]{2})(?:[0-9]{3})?(?![0-9])"
)
# KakaoTalk_Photo_2022-11-08-09-30-12, Screenshot 2022-11-08 at 9.30.12 AM, 스크린샷 2022-11-08 오전 9.30.12
_NAME_SPOKEN = re.compile(
    r"(?<![0-9])([0-9]{4})-([0-9]{2})-([0-9]{2})(?:\s+at\s+|[\s_-]+)(?:(오전|오후)\s*)?"
    r"([0-9]{1,2})[.:-]([0-9]{2})[.:-]([0-9]{2})(?![0-9])(?:\s*([AaPp])[Mm]\b)?"
)


def capture_time(taken: str, offset: str, name: str) -> tuple[datetime | None, timedelta | None, str]:
    """Give the naive clock reading, its distance from UTC, and how both are known.

    `taken` and `offset` are EXIF's DateTimeOriginal and OffsetTimeOriginal, empty where missing; `name` is in NFC.
    The last value is "exif_offset", "exif", "file_name" (weak evidence) or "".
    """
    if match := _EXIF_TIME.match(taken.strip()):
        taken_at = _plausible(*match.groups())
        if taken_at:
            known = _offset(offset)
            return taken_at, known, "exif" if known is None else "exif_offset"
    taken_at = _time_in_name(name)
    if taken_at is None:
        return None, None, ""
    # Pixel phones name their pictures in UTC.
    return taken_at, timedelta(0) if name.startswith("PXL_") else None, "file_name"


def _plausible(year: str, month: str, day: str, hour: str, minute: str, second: str) -> datetime | None:
    """Build a naive clock reading; none for dates that do not exist, before 1990 or more than two days ahead."""
    try:
        taken_at = datetime.fromisoformat(f"{year}-{month}-{day}T{hour:0>2}:{minute}:{second}")
    except ValueError:
        return None
    latest = datetime.now(UTC).replace(tzinfo=None) + timedelta(days=2)
    return taken_at if taken_at.year >= 1990 and taken_at <= latest else None


def _offset(text: str) -> timedelta | None:
    match = _EXIF_OFFSET.match(text.strip())
    if not match:
        return None
    offset = timedelta(hours=int(match[2]), minutes=int(match[3]))
    return (-offset if match[1] == "-" else offset) if offset <= timedelta(hours=14) else None


def _time_in_name(name: str) -> datetime | None:
    for match in _NAME_COMPACT.finditer(name):
        if taken_at := _plausible(*match.groups()):
            return taken_at
    for match in _NAME_SPOKEN.finditer(name):
        year, month, day, korean_half, hour, minute, second, half = match.groups()
        half = {"오전": "A", "오후": "P"}.get(korean_half, half)
        if taken_at := _plausible(year, month, day, _hour24(hour, half), minute, second):
            return taken_at
    return None


def _hour24(hour: str, half: str | None) -> str:
    if not half or int(hour) > 12:
        return hour
    return str(int(hour) % 12 + (12 if half in "Pp" else 0))


# Characters that turn the reading direction can make a name look like another one.
_TURNING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def clean_name(name: str) -> str:
    """Give the base name in NFC (macOS sends Hangul decomposed), without control characters, at most 120 long.

    The ending is kept when a name is cut. Empty where nothing of the name remains.
    """
    base = re.split(r"[/\\]", name)[-1]
    kept = (c for c in base if unicodedata.category(c) not in ("Cc", "Cs", "Zl", "Zp") and c not in _TURNING)
    base = unicodedata.normalize("NFC", "".join(kept)).strip(". \t")
    stem, dot, ending = base.rpartition(".")
    if not stem or len(ending) > 10:
        return base[:MAX_NAME]
    return stem[: MAX_NAME - len(ending) - 1] + dot + ending
