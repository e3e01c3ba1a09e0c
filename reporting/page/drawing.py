"""Drawings of a page, in the colours of its style, light or dark."""

from markupsafe import Markup

from reporting.plots.style import ACCENT, INK, MUTED, SLOTLESS, TRACK

COLOURS = {
    INK: "var(--ink)",
    MUTED: "var(--muted)",
    TRACK: "var(--track)",
    ACCENT: "var(--accent)",
    SLOTLESS: "var(--slotless)",
    "#000000": "var(--ink)",
    "#ffffff": "var(--paper)",
}
"""Colours of plots -> those of ``report.css``."""


def themed(svg: str) -> Markup:
    """Return an ``<svg>`` element whose colours are those of the page's style."""
    for colour, variable in COLOURS.items():
        svg = svg.replace(f": {colour}", f": {variable}")
    return Markup(svg)
