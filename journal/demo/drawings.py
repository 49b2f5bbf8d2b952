"""The demo's pictures: drawn here, the same bytes every time, kept for the life of the process."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from functools import cache
from itertools import pairwise

from journal.demo.canvas import Sheet, corners, turned

WIDE = (1600, 1067)
TALL = (1067, 1600)

PAPER, CREAM, SAND, HONEY = "#fbf3e4", "#f3e3c7", "#e3c9a0", "#e0a94f"
CLAY, BRICK, ROSE, BLUSH = "#c9764b", "#a5482f", "#d98a85", "#efc1b4"
OLIVE, LEAF, TEAL, SKY = "#8a8b4e", "#a9b36b", "#4f8583", "#a9c6c0"
WOOD, BARK, NIGHT, INK = "#b98a5e", "#6e4a35", "#3b2c33", "#2b2224"


@cache
def drawn(key: str) -> bytes:
    """One picture as a JPEG file; KeyError for one that does not exist."""
    draw, taken = _PICTURES[key]
    return draw().jpeg(taken)


def _evening() -> Sheet:
    """A window over a city at night."""
    sheet = Sheet(*TALL, BARK)
    for band, colour in enumerate((NIGHT, "#54384a", "#7c4c55", "#ad6a58", "#d8935f")):
        sheet.box(90, 90 + band * 230, 887, 240, colour)
    sheet.disc(760, 300, 70, PAPER)
    sheet.disc(728, 280, 62, NIGHT)
    chance = random.Random(7)  # noqa: S311 -- a drawing
    for left, width, top in ((90, 210, 640), (320, 160, 820), (500, 230, 540), (750, 227, 740)):
        sheet.box(left, top, width, 1240 - top, INK)
        _lit_windows(sheet, left, top, width, chance)
    sheet.box(520, 90, 28, 1150, WOOD)
    sheet.box(60, 1230, 947, 40, WOOD)
    sheet.box(0, 1270, 1067, 330, "#8a6044")
    _suitcase(sheet)
    return sheet


def _lit_windows(sheet: Sheet, left: float, top: float, width: float, chance: random.Random) -> None:
    for y in range(int(top) + 36, 1200, 58):
        for x in range(int(left) + 26, int(left + width) - 30, 46):
            sheet.box(x, y, 24, 30, chance.choice([HONEY, "#f0cf8e", "#4a3a40", "#4a3a40"]))


def _suitcase(sheet: Sheet) -> None:
    sheet.box(250, 1170, 90, 60, INK, round_by=24)
    sheet.box(270, 1190, 50, 60, "#8a6044", round_by=14)
    sheet.box(150, 1220, 290, 230, CLAY, round_by=28)
    for x in (215, 365):
        sheet.box(x, 1220, 18, 230, BRICK)
    for x in (200, 390):
        sheet.disc(x, 1456, 20, INK)


def _hall() -> Sheet:
    """A really large room: lamps under the ceiling, a stage far away, rows of heads."""
    sheet = Sheet(*WIDE, "#7a4b3a")
    sheet.shape([(0, 0), (1600, 0), (1120, 330), (480, 330)], "#8f5c45")
    sheet.shape([(0, 1067), (1600, 1067), (1120, 600), (480, 600)], "#5d372f")
    sheet.box(480, 330, 640, 270, "#9b6a4c")
    sheet.box(590, 370, 420, 180, PAPER, round_by=6)
    for index, width in enumerate((250, 330, 190)):
        sheet.box(630, 408 + index * 40, width, 14, (CLAY, TEAL, HONEY)[index], round_by=7)
    sheet.box(520, 575, 560, 34, INK)
    for row, (y, size) in enumerate(((90, 34), (180, 24), (245, 17), (290, 12))):
        for lamp in range(5):
            x = 800 + (lamp - 2) * (350 - row * 62)
            sheet.disc(x, y, size * 1.7, "#a9713f")
            sheet.disc(x, y, size, "#ffe3a3")
    for row in range(7):
        _row_of_heads(sheet, 650 + row * row * 9 + row * 6, 12 + row * 7, row)
    return sheet


def _row_of_heads(sheet: Sheet, y: float, size: float, row: int) -> None:
    step = size * 3.1
    start = 800 - step * 13 + (row % 2) * step / 2
    for seat in range(27):
        x = start + seat * step
        colour = (INK, NIGHT, BARK)[(seat * 5 + row * 3) % 3]
        sheet.box(x - size * 1.25, y + size * 0.7, size * 2.5, size * 4, colour, round_by=size)
        sheet.disc(x, y, size, colour)


def _screen() -> Sheet:
    """A stage whose screen has a second one below it, with what is said in two languages."""
    sheet = Sheet(*WIDE, "#5a3b3a")
    sheet.box(0, 760, 1600, 307, "#452c2d")
    sheet.box(250, 70, 1100, 520, PAPER, round_by=10)
    _little_network(sheet)
    sheet.box(250, 610, 1100, 130, INK, round_by=10)
    for y, widths, colour in ((638, (220, 140, 300, 170), "#ffe3a3"), (686, (300, 180, 90, 250), CREAM)):
        x = 300.0
        for width in widths:
            sheet.box(x, y, width, 22, colour, round_by=11)
            x += width + 24
    sheet.shape([(100, 560), (210, 560), (196, 800), (114, 800)], WOOD)
    sheet.box(90, 545, 130, 24, "#d0a173", round_by=6)
    sheet.box(106, 440, 98, 130, TEAL, round_by=40)
    sheet.disc(155, 400, 44, "#e5b998")
    for seat in range(11):
        x = 30 + seat * 154
        sheet.box(x - 62, 990, 124, 140, (INK, NIGHT, "#33262a")[seat % 3], round_by=50)
        sheet.disc(x, 950, 52, (INK, NIGHT, "#33262a")[seat % 3])
    return sheet


def _little_network(sheet: Sheet) -> None:
    layers = [
        [(420 + layer * 240, 330 + (node - (count - 1) / 2) * 110) for node in range(count)]
        for layer, count in enumerate((3, 4, 4, 2))
    ]
    for left, right in pairwise(layers):
        for start in left:
            for end in right:
                sheet.stroke([start, end], SAND, 4)
    for nodes, colour in zip(layers, (CLAY, HONEY, TEAL, BRICK), strict=True):
        for x, y in nodes:
            sheet.disc(x, y, 32, colour)


def _lunch_box() -> Sheet:
    """A lacquer box of six: rice, abalone, scallop, shrimp, eel, macarons."""
    sheet = Sheet(*WIDE, SAND)
    for y in range(0, 1067, 178):
        sheet.box(0, y, 1600, 4, "#d7b98c")
    sheet.box(196, 126, 1130, 830, "#c9a777", round_by=44)
    sheet.box(180, 106, 1130, 830, INK, round_by=44)
    for column in range(3):
        for row in range(2):
            sheet.box(214 + column * 360, 140 + row * 388, 342, 374, BRICK, round_by=22)
    _rice(sheet, 385, 327)
    for x, y in ((675, 250), (800, 330), (672, 410)):
        _abalone(sheet, x, y)
    for x, y in ((1035, 250), (1175, 300), (1060, 415)):
        _scallop(sheet, x, y)
    for x, y in ((330, 640), (440, 725), (330, 810)):
        _shrimp(sheet, x, y)
    for index in range(4):
        _eel(sheet, 622, 590 + index * 74)
    for x, y, colour in ((1040, 640, ROSE), (1180, 700, LEAF), (1060, 800, HONEY)):
        _macaron(sheet, x, y, colour)
    for x in (1412, 1470):
        sheet.shape(turned(corners(x, 130, 22, 800), (x, 530), 4), BARK)
    return sheet


def _rice(sheet: Sheet, x: float, y: float) -> None:
    sheet.disc(x, y, 140, PAPER)
    chance = random.Random(1)  # noqa: S311 -- a drawing
    for _grain in range(70):
        turn, far = chance.random() * math.tau, chance.random() ** 0.5 * 118
        sheet.oval(x + far * math.cos(turn), y + far * math.sin(turn), 7, 4, chance.choice([CREAM, CREAM, INK]))


def _abalone(sheet: Sheet, x: float, y: float) -> None:
    sheet.oval(x, y, 78, 54, TEAL)
    sheet.oval(x, y - 3, 66, 43, SKY)
    sheet.oval(x + 4, y, 52, 32, SAND)
    sheet.arc(x + 6, y, 22, 150, 420, WOOD, 5)
    for hole in range(4):
        sheet.disc(x - 44 + hole * 16, y - 36 + hole * -3, 4, INK)


def _scallop(sheet: Sheet, x: float, y: float) -> None:
    rim = [(x + 74 * math.cos(math.radians(a)), y + 74 * math.sin(math.radians(a))) for a in range(200, 341, 10)]
    sheet.shape([(x, y + 52), *rim], BLUSH)
    for px, py in rim[1::3]:
        sheet.stroke([(x, y + 44), (px, py)], ROSE, 4)
    sheet.disc(x, y, 36, PAPER)
    sheet.arc(x, y, 22, 200, 330, SAND, 4)


def _shrimp(sheet: Sheet, x: float, y: float) -> None:
    sheet.arc(x, y, 66, 20, 250, "#e58a5a", 38)
    for turn in range(40, 250, 30):
        angle = math.radians(turn)
        inner, outer = 34, 62
        sheet.stroke(
            [
                (x + inner * math.cos(angle), y + inner * math.sin(angle)),
                (x + outer * math.cos(angle), y + outer * math.sin(angle)),
            ],
            "#f6c7a4",
            5,
        )
    sheet.shape([(x + 44, y + 6), (x + 92, y - 22), (x + 78, y + 30)], "#d56b42")


def _eel(sheet: Sheet, x: float, y: float) -> None:
    sheet.box(x, y, 250, 58, BARK, round_by=18)
    sheet.box(x + 12, y + 8, 226, 24, "#94613c", round_by=12)
    for mark in range(5):
        sheet.stroke([(x + 40 + mark * 44, y + 12), (x + 26 + mark * 44, y + 46)], INK, 4)


def _macaron(sheet: Sheet, x: float, y: float, colour: str) -> None:
    sheet.box(x - 66, y - 48, 132, 48, colour, round_by=24)
    sheet.box(x - 70, y - 10, 140, 22, PAPER, round_by=11)
    sheet.box(x - 66, y + 4, 132, 46, colour, round_by=22)


def _pen() -> Sheet:
    """A ball pen across a notebook; its colour is chance."""
    sheet = Sheet(*TALL, WOOD)
    for y in range(0, 1600, 200):
        sheet.box(0, y, 1067, 5, "#a97c52")
    sheet.shape(turned(corners(150, 190, 780, 1220), (533, 800), -5), "#a2774e")
    sheet.shape(turned(corners(130, 170, 780, 1220), (533, 800), -5), PAPER)
    for line in range(13):
        sheet.shape(turned(corners(200, 320 + line * 78, 640, 4), (533, 800), -5), SAND)
    colour = random.Random("Lamy").choice([CLAY, TEAL, HONEY, ROSE, OLIVE])  # noqa: S311 -- a drawing
    for points, fill in _parts_of_pen(colour):
        sheet.shape(turned(points, (533, 800), 32), fill)
    return sheet


def _parts_of_pen(colour: str) -> list[tuple[list[tuple[float, float]], str]]:
    return [
        (corners(500, 300, 92, 980), "#d9c6a4"),
        (corners(487, 290, 92, 900), colour),
        (corners(487, 290, 26, 900), CREAM),
        (corners(487, 760, 92, 12), INK),
        ([(487, 1190), (579, 1190), (546, 1310), (520, 1310)], INK),
        ([(520, 1310), (546, 1310), (536, 1346), (530, 1346)], HONEY),
        (corners(509, 226, 48, 66), INK),
        (corners(590, 330, 22, 330), INK),
        (corners(560, 330, 44, 22), INK),
    ]


def _gimbap() -> Sheet:
    """Twelve rounds on a plate."""
    sheet = Sheet(*WIDE, "#d8b48a")
    sheet.shape(turned(corners(120, 90, 1320, 880), (800, 530), -2), BLUSH)
    for stripe in range(8):
        sheet.shape(turned(corners(190 + stripe * 160, 90, 34, 880), (800, 530), -2), "#e8ae9f")
    sheet.oval(806, 552, 600, 400, "#b98e68")
    sheet.oval(800, 534, 600, 400, PAPER)
    sheet.oval(800, 534, 520, 335, CREAM)
    for row, (count, y) in enumerate(((4, 370), (5, 540), (4, 710))):
        for index in range(count):
            _round_of_gimbap(sheet, 800 + (index - (count - 1) / 2) * 186, y, turn=row * 40 + index * 65)
    for x in (1466, 1510):
        sheet.shape(turned(corners(x, 120, 20, 830), (x, 530), 6), BARK)
    return sheet


def _round_of_gimbap(sheet: Sheet, x: float, y: float, *, turn: float) -> None:
    sheet.oval(x + 8, y + 12, 84, 80, SAND)
    sheet.disc(x, y, 82, "#23302a")
    sheet.disc(x, y, 72, "#fffaf0")
    fillings = ((HONEY, 26), ("#e07b39", 20), (LEAF, 22), (BARK, 20), (ROSE, 18), ("#f1d36b", 16))
    for index, (colour, size) in enumerate(fillings):
        angle = math.radians(turn + index * 60)
        sheet.disc(x + 30 * math.cos(angle), y + 30 * math.sin(angle), size, colour)


def _swag() -> Sheet:
    """A table with an eco bag, a tumbler, a T-shirt, a pen and a full card of stamps."""
    sheet = Sheet(*WIDE, CREAM)
    sheet.box(0, 700, 1600, 367, WOOD)
    sheet.box(0, 700, 1600, 14, "#a2774e")
    sheet.arc(330, 320, 110, 180, 360, CLAY, 22)
    sheet.shape([(130, 310), (530, 310), (560, 860), (100, 860)], PAPER)
    sheet.shape([(130, 310), (530, 310), (533, 350), (128, 350)], SAND)
    sheet.disc(330, 590, 96, HONEY)
    sheet.arc(330, 590, 60, 20, 160, PAPER, 14)
    _tumbler(sheet, 680, 420)
    _t_shirt(sheet, 1130, 300)
    sheet.shape(turned(corners(640, 930, 330, 26), (800, 943), -6), TEAL)
    sheet.shape(turned([(970, 930), (1010, 943), (970, 956)], (800, 943), -6), INK)
    _stamp_card(sheet, 1080, 860)
    return sheet


def _tumbler(sheet: Sheet, x: float, y: float) -> None:
    sheet.shape([(x - 80, y), (x + 80, y), (x + 62, y + 440), (x - 62, y + 440)], BRICK)
    sheet.shape([(x - 80, y), (x - 40, y), (x - 32, y + 440), (x - 62, y + 440)], CLAY)
    sheet.box(x - 94, y - 46, 188, 54, INK, round_by=18)
    sheet.box(x - 30, y - 72, 60, 34, INK, round_by=12)


def _t_shirt(sheet: Sheet, x: float, y: float) -> None:
    half = [(60, 0), (150, 30), (300, 170), (220, 260), (170, 215), (176, 500)]
    sheet.shape([(x + dx, y + dy) for dx, dy in half] + [(x - dx, y + dy) for dx, dy in reversed(half)], TEAL)
    sheet.oval(x, y + 6, 62, 40, CREAM)
    sheet.arc(x, y - 4, 66, 20, 160, "#3d6b69", 10)
    sheet.box(x - 90, y + 200, 180, 26, SKY, round_by=13)
    sheet.box(x - 60, y + 244, 120, 26, SKY, round_by=13)
    sheet.box(x + 90, y + 420, 66, 90, PAPER, round_by=8)
    sheet.disc(x + 123, y + 440, 7, WOOD)


def _stamp_card(sheet: Sheet, x: float, y: float) -> None:
    sheet.shape(turned(corners(x, y, 380, 160), (x, y), 3), PAPER)
    for row in range(2):
        for column in range(5):
            ((px, py),) = turned([(x + 50 + column * 70, y + 46 + row * 68)], (x, y), 3)
            sheet.disc(px, py, 27, BRICK)
            sheet.disc(px, py, 20, PAPER)
            sheet.disc(px, py, 13, CLAY)


# When each was taken, by a Korean clock: assumed, nobody wrote it down.
_PICTURES: dict[str, tuple[Callable[[], Sheet], str]] = {
    "evening": (_evening, "2022:11:07 20:30:00"),
    "pen": (_pen, "2022:11:08 09:10:00"),
    "hall": (_hall, "2022:11:08 09:25:00"),
    "lunch-box": (_lunch_box, "2022:11:08 12:20:00"),
    "screen": (_screen, "2022:11:09 09:50:00"),
    "gimbap": (_gimbap, "2022:11:09 12:20:00"),
    "swag": (_swag, "2022:11:09 13:40:00"),
}
