"""A zip that is handed on while it is made: what one member needs at a time is all that lies in memory."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

# What a zip can say: years from 1980, two seconds apart.
EARLIEST = (1980, 1, 1, 0, 0, 0)
LATEST = (2107, 12, 31, 23, 59, 58)
# Pieces smaller than this wait for the next one, so that a server does not send thousands of tiny ones.
HANDED_ON = 256 * 1024


@dataclass(frozen=True)
class Member:
    """One file. `at` is the clock reading that its date shows; `packed` is for text, pictures do not shrink."""

    path: str
    chunks: Iterable[bytes]
    at: datetime | None = None
    packed: bool = True


class _Outlet(io.RawIOBase):
    """Takes what the zip writes until somebody fetches it. It cannot be rewound, and the zip is made accordingly."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._pieces.append(bytes(data))
        self.size += len(data)
        return len(data)

    def fetch(self) -> bytes:
        pieces, self._pieces, self.size = self._pieces, [], 0
        return b"".join(pieces)


def zipped(members: Iterable[Member]) -> Iterator[bytes]:
    """The bytes of a zip of these members, in their order; ZIP64 where their number or size asks for it."""
    outlet = _Outlet()
    with ZipFile(outlet, "w") as archive:
        for member in members:
            with archive.open(_described(member), "w") as file:
                for chunk in member.chunks:
                    file.write(chunk)
                    if outlet.size >= HANDED_ON:
                        yield outlet.fetch()
    yield outlet.fetch()


def _described(member: Member) -> ZipInfo:
    """A picture is deflated at level 0, which only wraps it: a stored member of a zip that cannot be rewound has its
    length behind it, and programs that read a zip from its beginning cannot tell where such a member ends."""
    info = ZipInfo(member.path, _date_of(member.at))
    info.compress_type = ZIP_DEFLATED
    info._compresslevel = 6 if member.packed else 0  # type: ignore[attr-defined]  # noqa: SLF001 -- public in Python 3.13
    info.create_system = 3
    info.external_attr = 0o100644 << 16
    return info


def _date_of(at: datetime | None) -> tuple[int, int, int, int, int, int]:
    if at is None:
        return EARLIEST
    return min(max(at.timetuple()[:6], EARLIEST), LATEST)
