"""A QR code as the path of an SVG, so that a page draws it without a picture from a `data:` address."""

from __future__ import annotations

from dataclasses import dataclass

import qrcode


@dataclass(frozen=True)
class Drawing:
    """`path` is drawn in a square of `size` units a side, its quiet margin included."""

    size: int
    path: str


def drawn(text: str) -> Drawing:
    """One unit a module."""
    code = qrcode.QRCode(border=4)
    code.add_data(text)
    rows = code.get_matrix()
    dark = [(x, y) for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark]
    return Drawing(len(rows), "".join(f"M{x} {y}h1v1h-1z" for x, y in dark))
