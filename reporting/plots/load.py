"""A plot of load: leads assigned to each rep, against capacity."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from reporting.plots.style import (
    ACCENT,
    INK,
    MUTED,
    SLOTLESS,
    TRACK,
    axes_or_new,
    short,
    write,
)


def load_against_capacity(load: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw each rep's leads as a bar on the pale track of their capacity.

    Reps stand in the frame's order from the top, under the name of their team
    wherever it changes. Leads that take no slot lengthen the bar in a colour of
    their own.

    Parameters
    ----------
    load
        One row per rep: ``rep_id``, ``name`` and ``team`` (text), ``capacity``
        (leads; missing is no limit), ``slots_used`` and ``slotless`` (leads).
    ax
        Axes to draw on, by default those of a new figure;
        :func:`load_height` says how tall.
    """
    ax = axes_or_new(ax)
    rows, headings = _rows(load["team"].tolist())
    used = load["slots_used"].to_numpy(np.float64)
    slotless = load["slotless"].to_numpy(np.float64)
    capacity = load["capacity"].to_numpy(np.float64, na_value=np.nan)
    ends = np.fmax(used + slotless, capacity)
    ax.barh(rows, np.nan_to_num(capacity), height=0.62, color=TRACK)
    ax.barh(rows, used, height=0.62, color=ACCENT)
    ax.barh(rows, slotless, height=0.62, left=used, color=SLOTLESS)
    for row, *counts, end in zip(rows, used, capacity, slotless, ends, strict=True):
        write(ax, _counted(*counts), end, row, 6, color=MUTED, fontsize=9)
    for row, team in headings:
        write(ax, short(team), 0.0, row + 0.15, 0, color=INK, weight="bold")
    names = load["name"].where(load["name"] != "", load["rep_id"])
    ax.set_yticks(rows, [short(name) for name in names], parse_math=False, color=INK)
    ax.set_ylim(len(rows) + len(headings) - 0.4, -0.6)
    ax.set_xlim(0.0, 1.2 * max([1.0, *ends]))
    ax.set_xticks([])
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    ax.set_facecolor("none")
    return ax


def load_height(load: pd.DataFrame) -> float:
    """Return how many inches tall the axes of this load should be."""
    rows, headings = _rows(load["team"].tolist())
    return 0.26 * (len(rows) + len(headings)) + 0.2


def _rows(teams: Sequence[str]) -> tuple[list[int], list[tuple[int, str]]]:
    """Return the reps' rows from the top, and each team's heading row and name."""
    rows: list[int] = []
    headings: list[tuple[int, str]] = []
    for position, team in enumerate(teams):
        if team != (teams[position - 1] if position else ""):
            headings.append((len(rows) + len(headings), team))
        rows.append(len(rows) + len(headings))
    return rows, headings


def _counted(used: float, capacity: float, slotless: float) -> str:
    limit = "" if np.isnan(capacity) else f" of {capacity:.0f}"
    return f"{used:.0f}{limit}" + (f" + {slotless:.0f}" if slotless else "")
