"""The look's promises that can be computed: contrast of every pair, two dark blocks that agree, no inline style."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TOKENS = (ROOT / "static/css/tokens.css").read_text()
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

# (ink, paper, least contrast): 4.5 for text, 3 for edges of controls and for focus.
TEXT_PAIRS = [
    *[
        (ink, paper, 4.5)
        for ink in ("ink", "ink-soft", "accent", "accent-strong")
        for paper in ("paper", "surface", "sunk")
    ],
    *[(ink, paper, 4.5) for ink in ("danger", "off", "good", "gold") for paper in ("paper", "surface")],
    ("on-accent", "accent", 4.5),
    ("on-accent", "accent-strong", 4.5),
    *[("ink", wash, 4.5) for wash in ("accent-wash", "danger-wash", "off-wash", "good-wash", "mark")],
    *[("ink-soft", wash, 4.5) for wash in ("accent-wash", "off-wash")],
    ("danger", "danger-wash", 4.5),
    ("off", "off-wash", 4.5),
    ("good", "good-wash", 4.5),
    ("surface", "ink", 4.5),
]
EDGE_PAIRS = [("line-strong", paper, 3.0) for paper in ("paper", "surface")] + [
    ("accent", paper, 3.0) for paper in ("paper", "surface", "sunk")
]


def tokens_after(selector: str) -> dict[str, str]:
    """The custom properties of the first block that begins with `selector`."""
    block = TOKENS[TOKENS.index(selector + " {") :]
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", block[: block.index("}")]))


LIGHT = tokens_after(":root")
DARK = tokens_after(':root[data-theme="dark"]')


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb or #rgb, as WCAG 2.2 defines it."""
    digits = colour.lstrip("#")
    digits = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "paper", "least"), TEXT_PAIRS + EDGE_PAIRS)
def test_contrast_of_every_pair_is_enough(theme, ink, paper, least):
    assert contrast(theme[ink], theme[paper]) >= least


def test_dark_by_device_and_dark_by_choice_are_the_same():
    assert tokens_after(':root:not([data-theme="light"])') == DARK


def test_dark_redefines_colours_only():
    assert set(DARK) <= set(LIGHT)
    assert not {name for name in DARK if name.startswith(("s1", "size", "font", "measure"))}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_template_has_no_inline_style_or_script(template):
    text = template.read_text()
    assert not re.search(r"""\sstyle\s*=\s*["']|<style|\son[a-z]+\s*=\s*["']|javascript:""", text)
    assert not [
        tag for tag in re.findall(r"<script[^>]*>", text) if "src=" not in tag and "application/json" not in tag
    ]


def test_every_icon_named_in_a_template_is_drawn():
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (ROOT / "static/img/icons.svg").read_text()))
    named = {name for path in TEMPLATES for name in re.findall(r'{% icon "([\w-]+)"', path.read_text())}
    assert named <= drawn


def test_every_ribbon_hue_has_its_class():
    sheet = (ROOT / "static/css/ribbons.css").read_text()
    assert re.findall(r"^\.hue-(\d+) ", sheet, re.MULTILINE) == [str(hue) for hue in range(0, 360, 10)]
