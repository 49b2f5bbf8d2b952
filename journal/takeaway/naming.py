"""File names that every system takes, and links from one file to another."""

from __future__ import annotations

import posixpath
import re
import unicodedata

# In UTF-16 units on Windows and decomposed on older Macs a name of Hangul is up to three times as long.
LONGEST = 60
# Windows refuses the first nine, Obsidian cannot link to the other four.
_REFUSED = re.compile(r'[<>:"/\\|?*#^\[\]]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?=\.|\s|$)", re.IGNORECASE)
# In the destination of a Markdown link these end it, or mean something else.
_UNSAFE_IN_LINK = re.compile(r"[\x00-\x20%()<>\\\x7f]")


def safe_name(name: str, *, instead: str = "note") -> str:
    """`name` as a file name without an ending, in NFC, at most 60 characters; `instead` where nothing is left."""
    words = unicodedata.normalize("NFC", _REFUSED.sub(" ", name))
    seen = "".join(" " if char.isspace() else char for char in words if char.isspace() or _is_visible(char))
    kept = unicodedata.normalize("NFC", " ".join(seen.split()).strip(". ")[:LONGEST]).strip(". ")
    if not kept:
        return instead
    return f"_{kept}" if _RESERVED.match(kept) else kept


def _is_visible(char: str) -> bool:
    """Control and format characters, halves of surrogate pairs and characters without a meaning are not."""
    return not unicodedata.category(char).startswith("C")


class Folders:
    """Gives every file a path of its own, also where upper and lower case are one."""

    def __init__(self) -> None:
        self._taken: dict[str, set[str]] = {}

    def place(self, folder: str, name: str, ending: str = "") -> str:
        """The path of a new file or folder: `name`, else `name (2)` and so on."""
        taken = self._taken.setdefault(folder, set())
        found, number = name, 1
        while _folded(found + ending) in taken:
            number += 1
            found = f"{name} ({number})"
        taken.add(_folded(found + ending))
        return posixpath.join(folder, found + ending)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKD", name).casefold())


def link_to(target: str, *, page: str) -> str:
    """The way from the file `page` to the file `target`, as the destination of a Markdown link."""
    way = posixpath.relpath(target, posixpath.dirname(page) or ".")
    return _UNSAFE_IN_LINK.sub(lambda found: f"%{ord(found[0]):02X}", way)
