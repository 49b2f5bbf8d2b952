"""When a picture was taken, read from EXIF and file names, and the cleaning of names."""

import unicodedata
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.capture import MAX_NAME, capture_time, clean_name

MORNING = datetime.fromisoformat("2022-11-08T09:30:12")


@pytest.mark.parametrize(
    "name",
    [
        "20221108_093012.jpg",
        "20221108_093012(1).jpg",
        "IMG_20221108_093012.jpg",
        "IMG_20221108_093012_123.jpg",
        "KakaoTalk_20221108_093012345.jpg",
        "KakaoTalk_20221108_093012345_01.jpg",
        "KakaoTalk_Photo_2022-11-08-09-30-12.jpeg",
        "KakaoTalk_Photo_2022-11-08-09-30-12 001.jpeg",
        "Screenshot_20221108-093012.png",
        "Screenshot_20221108_093012_Chrome.png",
        "Screenshot_2022-11-08-09-30-12.png",
        "Screenshot 2022-11-08 at 09.30.12.png",
        "Screenshot 2022-11-08 at 9.30.12\u202fAM.png",
        "스크린샷 2022-11-08 오전 9.30.12.png",
        "스크린샷 2022-11-08 09.30.12.png",
        "2022-11-08 09.30.12.jpg",
    ],
)
def test_file_name_gives_the_time(name: str) -> None:
    assert capture_time("", "", name) == (MORNING, None, "file_name")


@pytest.mark.parametrize(
    ("name", "hour"),
    [
        ("스크린샷 2022-11-08 오후 9.30.12.png", 21),
        ("스크린샷 2022-11-08 오후 12.30.12.png", 12),
        ("스크린샷 2022-11-08 오전 12.30.12.png", 0),
        ("Screenshot 2022-11-08 at 9.30.12 PM.png", 21),
        ("Screenshot 2022-11-08 at 21.30.12.png", 21),
    ],
)
def test_file_name_in_halves_of_the_day(name: str, hour: int) -> None:
    assert capture_time("", "", name)[0] == MORNING.replace(hour=hour)


def test_file_name_of_a_pixel_phone_is_utc() -> None:
    taken = capture_time("", "", "PXL_20221108_003012345.jpg")
    assert taken == (MORNING.replace(hour=0), timedelta(0), "file_name")


@pytest.mark.parametrize(
    "name",
    [
        "IMG_0042.JPG",
        "IMG-20221108-WA0001.jpg",
        "20221308_093012.jpg",
        "20221108_253012.jpg",
        "19700101_000000.jpg",
        "120221108_093012.jpg",
        "invoice 2022-11-08.png",
        "",
    ],
)
def test_file_name_without_a_time(name: str) -> None:
    assert capture_time("", "", name) == (None, None, "")


@pytest.mark.parametrize(
    ("taken", "offset", "known", "how"),
    [
        ("2022:11:08 09:30:12", "+09:00", timedelta(hours=9), "exif_offset"),
        ("2022:11:08 09:30:12\0", "-03:30", timedelta(hours=-3, minutes=-30), "exif_offset"),
        ("2022-11-08T09:30:12", "", None, "exif"),
        ("2022:11:08 09:30:12", "+25:00", None, "exif"),
        ("2022:11:08 09:30:12", "   :  ", None, "exif"),
    ],
)
def test_exif_time(taken: str, offset: str, known: timedelta | None, how: str) -> None:
    assert capture_time(taken, offset, "20200101_000000.jpg") == (MORNING, known, how)


@pytest.mark.parametrize(
    "taken", ["0000:00:00 00:00:00", "    :  :     :  :  ", "1980:01:01 00:00:00", "2022:02:30 10:00:00"]
)
def test_exif_time_that_is_nonsense(taken: str) -> None:
    assert capture_time(taken, "+09:00", "x.jpg") == (None, None, "")


def test_time_ahead_of_today_is_ignored() -> None:
    now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    for days, expected in ((1, now + timedelta(days=1)), (3, None)):
        assert capture_time(f"{now + timedelta(days=days):%Y:%m:%d %H:%M:%S}", "", "")[0] == expected


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("photo.jpg", "photo.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\fakepath\\사진.png", "사진.png"),
        (unicodedata.normalize("NFD", "점심 도시락.heic"), "점심 도시락.heic"),
        ("a\0b\r\nc\u202egpj.png", "abcgpj.png"),
        (" .hidden.png ", "hidden.png"),
        ("👩‍🔬.png", "👩‍🔬.png"),
        ("..", ""),
        ("a" * 300 + ".jpeg", "a" * 115 + ".jpeg"),
        ("b" * 300, "b" * 120),
    ],
)
def test_clean_name(name: str, cleaned: str) -> None:
    assert clean_name(name) == cleaned


@given(st.text(st.characters(), max_size=200))
def test_clean_name_of_anything(name: str) -> None:
    cleaned = clean_name(name)
    assert len(cleaned) <= MAX_NAME
    assert "/" not in cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    cleaned.encode()
    capture_time(name, name, cleaned)
