"""Plots of a simulation."""

from math import ceil

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from evaluation.labels import MEASURED, TRUTH
from evaluation.simulation import HIGH, LIFT, LOW, ORACLE, Simulation, policy_table
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

_MONTHS_NAMED = 4
"""More names have no room side by side."""


@own_style()
def simulation_figure(simulation: Simulation, title: str) -> Figure:
    """Return the figure of a simulation: lifts, and how they came about over time."""
    n_rows = len(simulation.policies) - 1
    figure = Figure(figsize=(11.0, max(3.4, 1.9 + 0.34 * n_rows)), layout="constrained")
    left, right = figure.subplots(1, 2, width_ratios=[3, 2])
    figure.suptitle(title, x=0.01, ha="left", color=INK, weight="bold", fontsize=12)
    lifts(simulation, left)
    lifts_by_month(simulation, right)
    return figure


def lifts(simulation: Simulation, ax: Axes | None = None) -> Axes:
    """Draw each policy's measured lift on its interval, and that in ground truth.

    Parameters
    ----------
    simulation
        The baseline is the line at 0; the best policy stands on top.
    ax
        Axes to draw on; by default those of a new figure.
    """
    ax = axes_or_new(ax)
    rows = _held_against_baseline(simulation)
    place = np.arange(len(rows))
    measured, low, high = (rows[name] for name in (MEASURED, LOW, HIGH))
    ax.axvline(0, color=TRACK, linewidth=2, zorder=1)
    ax.hlines(place, low, high, color=ACCENT, linewidth=2, zorder=2)
    ax.plot(measured, place, "o", color=ACCENT, markersize=7, label=MEASURED, zorder=3)
    ax.plot(
        rows[LIFT],
        place,
        "|",
        color=SLOTLESS,
        markersize=13,
        markeredgewidth=2.5,
        label=TRUTH,
        zorder=4,
    )
    ax.set_yticks(place, [short(name) for name in rows["policy"]], parse_math=False)
    ax.set_ylim(max(len(rows), 1) - 0.5, -0.5)
    ax.set_xlabel(f"lift over {simulation.baseline}, 95 % interval", color=INK)
    ax.xaxis.set_major_formatter(PERCENT)
    ax.legend(
        frameon=False,
        labelcolor=MUTED,
        loc="lower right",
        bbox_to_anchor=(1, 1),
        ncols=2,
        fontsize=9,
        borderpad=0,
    )
    plain(ax)
    ax.tick_params(axis="y", length=0, labelcolor=INK)
    return ax


def lifts_by_month(simulation: Simulation, ax: Axes | None = None) -> Axes:
    """Draw the lift in ground truth month by month, the best policy in colour.

    Parameters
    ----------
    simulation
        A month in which the baseline won nothing has no lift.
    ax
        Axes to draw on; by default those of a new figure.
    """
    ax = axes_or_new(ax)
    won = simulation.months.pivot_table(TRUTH, "month", "policy", aggfunc="sum")
    base = won[simulation.baseline]
    lift = won.div(base.where(base > 0), axis=0) - 1
    ranked = [*_held_against_baseline(simulation)["policy"]]
    best = next((name for name in ranked if name != ORACLE), None)
    ax.axhline(0, color=TRACK, linewidth=2, zorder=1)
    place = np.arange(len(lift))
    for name in reversed(ranked):
        colour = ACCENT if name == best else MUTED if name == ORACLE else TRACK
        ax.plot(place, lift[name], color=colour, linewidth=2, marker="o", markersize=4)
        if name in (best, ORACLE):
            write(ax, short(name), place[-1], lift[name].iloc[-1], 6, color=colour)
    named = place[:: ceil(len(place) / _MONTHS_NAMED)]
    ax.set_xticks(named, lift.index[named])
    ax.set_xlim(-0.2, 1.35 * max(len(lift) - 1, 0.5))
    ax.set_ylabel(f"{TRUTH}: lift by month", color=INK)
    ax.yaxis.set_major_formatter(PERCENT)
    plain(ax)
    return ax


def _held_against_baseline(simulation: Simulation) -> pd.DataFrame:
    table = policy_table(simulation)
    others = table[table["policy"] != simulation.baseline]
    return others.sort_values(MEASURED, ascending=False, ignore_index=True)
