"""The text as every reader of it sees it: one normal form, one idea of a line."""

import re
import unicodedata

# Whatever some program shows as a new line begins one here, so that a fence cannot hide behind it.
_LINE_ENDS = re.compile("\r\n?|[\n\v\f\x1c-\x1e\x85\u2028\u2029]")
# Control characters (tab and newline aside), and halves of surrogate pairs, which no encoder takes.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def normalise(text: str) -> str:
    """The text in NFC, with "\\n" as its only line end and without control characters."""
    text = _LINE_ENDS.sub("\n", text)
    return unicodedata.normalize("NFC", _UNPRINTABLE.sub("", text))


def lines_of(text: str) -> list[str]:
    """The lines of the text in its normal form; line numbers everywhere in this package count these."""
    return normalise(text).split("\n")
