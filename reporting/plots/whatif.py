"""The plot of a day's variants: what each is expected to bring more than the first."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reporting.plots.style import (
    ACCENT,
    INK,
    MUTED,
    axes_or_new,
    own_style,
    plain,
    short,
)
from reporting.text.whatif.whatif_figures import WhatIfFigures
from reporting.text.whatif.whatif_tables import short_names

TITLE = "Model expectation of each variant, less the first"
ROW, HEAD = 0.32, 1.1
"""Height of a variant, and of all else, in inches."""
MOST_ROWS = 60


@own_style()
def whatif_figure(whatif: WhatIfFigures) -> Figure:
    """Return the figure of the differences, one row per variant."""
    rows = min(max(len(whatif.differences), 1), MOST_ROWS)
    figure = Figure((6.4, HEAD + ROW * rows), facecolor="none", layout="constrained")
    differences(whatif, figure.subplots())
    return figure


def differences(whatif: WhatIfFigures, ax: Axes | None = None) -> Axes:
    """Draw each difference with its interval; grey where it cannot be told from none.

    Parameters
    ----------
    whatif
        The variants.
    ax
        Axes to draw on; by default those of a new figure.
    """
    ax = axes_or_new(ax)
    shown = whatif.differences[:MOST_ROWS]
    for row, than in enumerate(shown):
        colour = ACCENT if than.is_clear else MUTED
        ax.plot(than.estimate, row, "o", color=colour, markersize=5)
        if than.conversions is not None:
            ends = than.conversions.low, than.conversions.high
            ax.plot(ends, (row, row), "-", color=colour, linewidth=2)
    ax.axvline(0, color=INK, linewidth=0.8)
    names = [short(name) for name in short_names(whatif)[1 : len(shown) + 1]]
    ax.set_yticks(np.arange(len(shown)), names, parse_math=False)
    ax.set_ylim(len(shown) - 0.5, -0.5)
    ax.set_xlabel("expected conversions more than the first variant", color=INK)
    plain(ax)
    return ax
