"""Every pair of text and ground is legible (WCAG AA), in light and in dark."""

import re
from pathlib import Path

import pytest

import gongjia.web

SHEET = Path(gongjia.web.__file__).parent / "static" / "web" / "tokens.css"
PAIRS = [
    *((text, ground) for text in ("ink", "soft", "faint") for ground in ("paper", "card", "well", "quote")),
    *((text, ground) for text in ("ink", "soft") for ground in ("plain-2", "row-on")),
    ("breach", "breach-2"),
    ("doubt", "doubt-2"),
    ("order", "order-2"),
    ("accent", "accent-2"),
    ("breach", "card"),
    ("doubt", "card"),
    ("accent", "card"),
    ("accent", "paper"),
    ("accent-ink", "accent"),
    ("ink", "breach-2"),
    ("ink", "doubt-2"),
    ("ink", "order-2"),
    ("side-ink", "side"),
    ("side-soft", "side"),
    ("side-count", "side"),
    ("side-count", "side-on"),
    ("side-ink", "side-on"),
]


def tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))


def themes() -> dict[str, dict[str, str]]:
    blocks = re.compile(r"(?:^:root|html\[data-theme=\"(?:dark|auto)\"\]) \{(.*?)\n\s*\}", re.DOTALL | re.MULTILINE)
    light, dark, auto = blocks.findall(SHEET.read_text())
    return {"light": tokens(light), "dark": tokens(light) | tokens(dark), "auto": tokens(light) | tokens(auto)}


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_is_legible_on_its_ground(theme: str, text: str, ground: str):
    colours = themes()[theme]
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_edge_of_a_field_is_visible(theme: str):
    colours = themes()[theme]
    assert contrast(colours["edge"], colours["card"]) >= 3


def test_a_dark_desktop_gets_the_dark_theme():
    assert themes()["auto"] == themes()["dark"]
