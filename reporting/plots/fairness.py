"""Plots of fairness."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from evaluation import EXPECTED
from evaluation.fairness import GINI_OF_FAIR, HOURS, TIMES_FAIR, Fairness
from reporting.plots.style import (
    ACCENT,
    INK,
    MUTED,
    PERCENT,
    SLOTLESS,
    TRACK,
    axes_or_new,
    own_style,
    plain,
    short,
)

_REPS = 60


@own_style()
def fairness_figure(fairness: Fairness, frontier: pd.DataFrame | None = None) -> Figure:
    """Return the figure of a distribution, with its frontier if there is one.

    At most sixty reps are shown, those farthest from their fair share.
    """
    rows = _shown(fairness.by_rep)
    count = 2 if frontier is None else 3
    size = (3.9 * count, 1.3 + 0.24 * max(len(rows), 10))
    figure = Figure(size, layout="constrained")
    axes = figure.subplots(1, count)
    shares_of_reps(rows, axes[0])
    top_leads_of_reps(rows, axes[1])
    if frontier is not None:
        price_of_fairness_curve(frontier, axes[2])
    return figure


def shares_of_reps(by_rep: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw each rep's value as a multiple of the fair share, beside the line at 1.

    Parameters
    ----------
    by_rep
        As :class:`evaluation.fairness.Fairness` has it.
    ax
        Axes to draw on; by default those of a new figure.
    """
    ax = axes_or_new(ax)
    place, share = np.arange(len(by_rep)), by_rep[TIMES_FAIR].to_numpy(np.float64)
    ax.axvline(1, color=TRACK, linewidth=2, zorder=1)
    ax.hlines(place, 1, share, color=ACCENT, linewidth=2, zorder=2)
    ax.plot(share, place, "o", color=ACCENT, markersize=6, zorder=3)
    ax.set_xlim(left=0)
    ax.set_xlabel(f"{TIMES_FAIR} of rep-neutral {EXPECTED}", color=INK)
    _name_reps(ax, by_rep)
    return ax


def top_leads_of_reps(by_rep: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw each rep's leads of the top decile on the band of the fair assignment.

    Reps outside the band have a colour of their own.

    Parameters
    ----------
    by_rep
        As :class:`evaluation.fairness.Fairness` has it.
    ax
        Axes to draw on; by default those of a new figure.
    """
    ax = axes_or_new(ax)
    place = np.arange(len(by_rep))
    count, low, high = (
        by_rep[name].to_numpy()
        for name in ("top leads", "top leads from", "top leads to")
    )
    outside = (count < low) | (count > high)
    width = np.maximum(high - low, 0.08)
    ax.barh(place, width, left=low, height=0.62, color=TRACK, label="95 % band")
    for which, colour, label in (
        (~outside, ACCENT, "inside"),
        (outside, SLOTLESS, "outside"),
    ):
        rows = place[which]
        ax.plot(count[which], rows, "o", color=colour, markersize=6, label=label)
    ax.set_xlim(-0.3, max([1, *count, *high]) + 0.5)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.set_xlabel("leads of the top decile", color=INK)
    ax.legend(
        frameon=False,
        labelcolor=MUTED,
        fontsize=8,
        ncols=3,
        loc="lower center",
        bbox_to_anchor=(0.5, 1.0),
    )
    _name_reps(ax, by_rep)
    return ax


def price_of_fairness_curve(frontier: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw the part of the optimum that is kept as shares grow more equal.

    The pale area reaches up to what a longer search could keep at most.

    Parameters
    ----------
    frontier
        As :func:`evaluation.fairness.price_of_fairness` returns it.
    ax
        Axes to draw on; by default those of a new figure.
    """
    ax = axes_or_new(ax)
    if len(frontier):
        gini, kept, most = (
            frontier[name] for name in (GINI_OF_FAIR, "kept", "at most")
        )
        ax.fill_between(gini, kept, most, color=TRACK, linewidth=0)
        ax.plot(gini, kept, "o-", color=ACCENT, linewidth=2, markersize=6)
        ax.set_xlim(0, 1.08 * max(gini.max(), 1e-9))
        ax.set_ylim(min(0.9, kept.min() - 0.01), 1.005)
    ax.yaxis.set_major_formatter(PERCENT)
    ax.set_xlabel("Gini coefficient of fair shares", color=INK)
    ax.set_ylabel(f"{EXPECTED} kept", color=INK)
    plain(ax)
    return ax


def _shown(by_rep: pd.DataFrame) -> pd.DataFrame:
    """Return the reps who are entitled to leads, by team, the largest share first."""
    rows = by_rep[(by_rep[HOURS] > 0) & by_rep[TIMES_FAIR].notna()]
    farthest = (rows[TIMES_FAIR] - 1).abs().nlargest(_REPS).index
    rows = rows.loc[rows.index.isin(farthest)]
    return rows.sort_values(["team", TIMES_FAIR], ascending=[True, False])


def _name_reps(ax: Axes, by_rep: pd.DataFrame) -> None:
    names = by_rep["name"].where(by_rep["name"] != "", by_rep["rep_id"])
    ax.set_yticks(
        np.arange(len(names)), [short(name) for name in names], parse_math=False
    )
    ax.set_ylim(len(names) - 0.4, -0.6)
    plain(ax)
    ax.tick_params(axis="y", length=0, labelcolor=INK)
