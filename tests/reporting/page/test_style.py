"""Colours of the pages are far enough apart to be read, light and dark."""

import re
from importlib.resources import files

import pytest

from reporting.page.drawing import COLOURS
from reporting.plots import style

CSS = (files("reporting") / "templates" / "report.css").read_text(encoding="utf-8")
TEXT, GRAPHIC = 4.5, 3.0
"""Least ratios of WCAG 2.2 AA (1.4.3 and 1.4.11)."""
LIGHT, DARK = (
    dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block))
    for block in re.findall(r":root \{(.*?)\}", CSS, flags=re.DOTALL)
)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, as WCAG defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts
    ]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("ink", TEXT),
        ("muted", TEXT),
        ("accent", TEXT),
        ("alarm", TEXT),
        ("slotless", GRAPHIC),
    ],
)
def test_contrast_is_enough(colours: dict, name: str, least: float) -> None:
    """On the page and on shaded parts."""
    for ground in ("paper", "shade"):
        assert contrast(colours[name], colours[ground]) >= least


def test_both_schemes_name_the_same_colours() -> None:
    """None of the dark ones is forgotten, and none is unknown where it is used."""
    assert LIGHT.keys() == DARK.keys()
    assert set(re.findall(r"var\(--(\w+)\)", CSS)) <= LIGHT.keys()
    assert {each[6:-1] for each in COLOURS.values()} <= LIGHT.keys()


def test_every_colour_of_the_plots_follows_the_page() -> None:
    """A plot in a colour of its own would vanish in the dark."""
    own = {style.INK, style.MUTED, style.TRACK, style.ACCENT, style.SLOTLESS}
    assert own <= COLOURS.keys()
