"""Plots of a conversion model."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from reporting.plots.style import (
    ACCENT,
    INK,
    MUTED,
    PERCENT,
    TRACK,
    axes_or_new,
    plain,
    short,
    write,
)
from scoring.card.figures import ReliabilityBin
from scoring.card.findings import RepFigure
from scoring.rep_effects import WinRates


def reliability(bins: Sequence[ReliabilityBin], ax: Axes | None = None) -> Axes:
    """Draw the share won against the probability predicted, beside the diagonal.

    Parameters
    ----------
    bins
        Leads of about the same probability.
    ax
        Axes to draw on; by default those of a new figure, best square.
    """
    ax = axes_or_new(ax)
    low = np.array([part.low for part in bins])
    high = np.array([part.high for part in bins])
    observed = np.array([part.observed for part in bins])
    predicted = [part.predicted for part in bins]
    end = min(1.0, 1.05 * max([*high, *predicted]))
    ax.plot([0, end], [0, end], color=TRACK, linewidth=2, zorder=1)
    interval = [np.maximum(observed - low, 0), np.maximum(high - observed, 0)]
    ax.errorbar(predicted, observed, interval, fmt="o", color=ACCENT, markersize=5)
    ax.set_xlim(0, end)
    ax.set_ylim(0, end)
    ax.set_aspect("equal")
    ax.set_xlabel("predicted", color=INK)
    ax.set_ylabel("observed", color=INK)
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(PERCENT)
    plain(ax)
    return ax


def rep_effects(reps: Sequence[tuple[str, RepFigure]], ax: Axes | None = None) -> Axes:
    """Draw each rep's effect on the log odds as a dot on its interval.

    Parameters
    ----------
    reps
        Reps from the top, with their figures.
    ax
        Axes to draw on, by default those of a new figure.
    """
    ax = axes_or_new(ax)
    rows = np.arange(len(reps))
    effect = np.array([figure.effect for _, figure in reps])
    reach = np.array([figure.high - figure.effect for _, figure in reps])
    ax.axvline(0, color=TRACK, linewidth=2, zorder=1)
    ax.errorbar(effect, rows, xerr=reach, fmt="o", color=ACCENT, markersize=5)
    ax.set_yticks(rows, [short(rep) for rep, _ in reps], parse_math=False, color=INK)
    ax.set_ylim(len(reps) - 0.4, -0.6)
    ax.set_xlabel("effect on the log odds, shrunken, 95 % interval", color=INK)
    plain(ax)
    ax.tick_params(axis="y", length=0, labelcolor=INK)
    return ax


def win_rate_spread(rates: WinRates, ax: Axes | None = None) -> Axes:
    """Draw the spread of the reps' win rates over what chance alone gives."""
    ax = axes_or_new(ax)
    ax.barh([0], [rates.observed_sd], height=0.6, color=ACCENT)
    ax.barh([1], [rates.noise_sd], height=0.6, color=TRACK)
    for place, sd in enumerate((rates.observed_sd, rates.noise_sd)):
        write(ax, f"{sd:.3f}", sd, place, 6, color=MUTED)
    ax.set_yticks([0, 1], ["observed", "chance alone"], color=INK)
    ax.set_ylim(1.5, -0.5)
    ax.set_xlim(0, 1.2 * max(rates.observed_sd, rates.noise_sd, 1e-9))
    ax.set_xticks([])
    plain(ax)
    ax.tick_params(axis="y", length=0, labelcolor=INK)
    ax.spines[:].set_visible(False)
    return ax
