"""What all plots have in common: axes, colours and labels."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from crm import visible

INK, MUTED = "#1d2733", "#5b6774"
TRACK, ACCENT, SLOTLESS = "#dce3e9", "#2b6f8f", "#e0a458"
PERCENT = PercentFormatter(1.0, decimals=0, symbol=" %")
_LABEL_WIDTH = 26


@contextmanager
def own_style() -> Iterator[None]:
    """Draw the same whatever the user's matplotlibrc says; a decorator, too."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "rightrep"})
        yield


def axes_or_new(ax: Axes | None) -> Axes:
    """Return these axes, or those of a new pyplot figure."""
    if ax is not None:
        return ax
    from matplotlib import pyplot as plt

    return plt.subplots(layout="constrained")[1]


def plain(ax: Axes) -> None:
    """Keep only the two sides of the frame that carry numbers."""
    ax.spines[["top", "right"]].set_visible(False)
    ax.spines[:].set_color(MUTED)
    ax.tick_params(colors=MUTED)
    ax.set_facecolor("none")


def write(ax: Axes, text: str, x: float, row: float, gap: int, **style: Any) -> None:
    """Write the text `gap` points to the right of `x`, never as mathematics."""
    ax.annotate(
        text,
        (x, row),
        (gap, 0),
        textcoords="offset points",
        va="center",
        parse_math=False,
        **style,
    )


def short(text: str) -> str:
    """Return the text on one line, cut where it is too long for a label."""
    line = visible(" ".join(text.split()))
    return line if len(line) <= _LABEL_WIDTH else line[: _LABEL_WIDTH - 1] + "…"
