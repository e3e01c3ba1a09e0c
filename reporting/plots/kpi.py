"""Plots of a ledger's days."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

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
    write,
)

MOST_NAMED = 8
"""Periods whose day is written; more names have no room side by side."""
MOST_REPS = 30
ROW = 0.3
"""Height of a row of bars, in inches."""


@own_style()
def throughput_figure(periods: pd.DataFrame, every: str) -> Figure:
    """Return the figure of leads generated and distributed, period by period."""
    figure = Figure((6.4, 2.9), facecolor="none", layout="constrained")
    throughput(periods, every, figure.subplots())
    return figure


def throughput(periods: pd.DataFrame, every: str, ax: Axes | None = None) -> Axes:
    """Draw leads distributed in each period as bars, and generated ones as a line.

    Parameters
    ----------
    periods
        Columns ``period``, ``n_generated``, ``n_distributed``.
    every
        Length of a period.
    ax
        Axes to draw on; by default those of a new figure.
    """
    ax = axes_or_new(ax)
    place = np.arange(len(periods))
    bars, line = periods["n_distributed"], periods["n_generated"]
    ax.bar(place, bars, width=0.7, color=ACCENT, label="distributed")
    ax.plot(place, line, "o-", color=SLOTLESS, markersize=4, label="generated")
    _name_periods(ax, periods["period"])
    ax.set_ylabel(f"leads in each {every}", color=INK)
    _legend(ax)
    plain(ax)
    return ax


@own_style()
def cohorts_figure(cohorts: pd.DataFrame, every: str) -> Figure:
    """Return the figure of conversion by cohort of assignment."""
    figure = Figure((6.4, 2.9), facecolor="none", layout="constrained")
    conversion(cohorts, every, figure.subplots())
    return figure


def conversion(cohorts: pd.DataFrame, every: str, ax: Axes | None = None) -> Axes:
    """Draw what share of each cohort was won so far on its interval, and is open.

    Parameters
    ----------
    cohorts
        Columns ``period``, ``n_real``, ``n_open``, ``won_share``, ``won_low`` and
        ``won_high``.
    every
        Length of a period.
    ax
        Axes to draw on; by default those of a new figure.
    """
    ax = axes_or_new(ax)
    place = np.arange(len(cohorts))
    share = cohorts["won_share"]
    still = cohorts["n_open"] / cohorts["n_real"]
    ax.bar(place, still, width=0.7, color=TRACK, label="still open")
    ax.vlines(place, cohorts["won_low"], cohorts["won_high"], color=ACCENT, linewidth=2)
    ax.plot(place, share, "o", color=ACCENT, markersize=6, label="won so far, 95 %")
    _name_periods(ax, cohorts["period"])
    ax.set_ylabel(f"of leads, by {every} assigned", color=INK)
    ax.yaxis.set_major_formatter(PERCENT)
    ax.set_ylim(0, None)
    _legend(ax)
    plain(ax)
    return ax


@own_style()
def ages_figure(ages: pd.DataFrame) -> Figure:
    """Return the figure of leads that wait, by age."""
    figure = Figure((6.4, 2.6), facecolor="none", layout="constrained")
    waiting_by_age(ages, figure.subplots())
    return figure


def waiting_by_age(ages: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw how many leads wait, by days since they were created.

    Parameters
    ----------
    ages
        Columns ``age_from``, ``age_to`` (days; NaN for open) and ``n_waiting``.
    ax
        Axes to draw on; by default those of a new figure.
    """
    ax = axes_or_new(ax)
    place = np.arange(len(ages))
    ax.bar(place, ages["n_waiting"], width=0.9, color=ACCENT)
    ends = zip(ages["age_from"], ages["age_to"], strict=True)
    names = [f"{a:.0f}+" if pd.isna(b) else f"{a:.0f} to {b:.0f}" for a, b in ends]
    ax.set_xticks(place, names)
    ax.set_xlabel("days since created", color=INK)
    ax.set_ylabel("leads that wait", color=INK)
    plain(ax)
    return ax


@own_style()
def shares_figure(shares: pd.DataFrame) -> Figure:
    """Return the figure of leads by rep."""
    shown = shares.head(MOST_REPS)
    size = (6.4, 1.0 + ROW * len(shown))
    figure = Figure(size, facecolor="none", layout="constrained")
    leads_by_rep(shown, figure.subplots())
    return figure


def leads_by_rep(shares: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw how many leads each rep was assigned, the most on top.

    Parameters
    ----------
    shares
        Columns ``label`` and ``n_assigned``.
    ax
        Axes to draw on; by default those of a new figure.
    """
    ax = axes_or_new(ax)
    place = np.arange(len(shares))
    ax.barh(place, shares["n_assigned"], height=0.7, color=ACCENT)
    for row, n in zip(place, shares["n_assigned"], strict=True):
        write(ax, f"{n:,}", n, float(row), 4, color=MUTED, fontsize=9)
    labels = [short(label) for label in shares["label"]]
    ax.set_yticks(place, labels, parse_math=False)
    ax.set_ylim(len(shares) - 0.5, -0.5)
    ax.axvline(shares["n_assigned"].mean(), color=SLOTLESS, linewidth=1.5)
    ax.set_xlabel("leads assigned; the line is the mean", color=INK)
    plain(ax)
    ax.tick_params(axis="y", length=0, labelcolor=INK)
    return ax


def _name_periods(ax: Axes, periods: pd.Series) -> None:
    step = -(-len(periods) // MOST_NAMED)
    named = np.arange(0, len(periods), step)
    texts = [f"{pd.Timestamp(periods.iloc[row]):%d %b}" for row in named]
    ax.set_xticks(named, texts)


def _legend(ax: Axes) -> None:
    ax.legend(
        frameon=False,
        labelcolor=MUTED,
        loc="lower right",
        bbox_to_anchor=(1, 1),
        ncols=2,
        fontsize=9,
        borderpad=0,
    )
