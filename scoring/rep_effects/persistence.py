"""Persistence: whether rep effects fitted on older rows hold on newer ones."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from scipy.special import expit

from crm.zones import day_of
from scoring.history.rows import has_both
from scoring.rep_effects.mixed_model import fit_mixed_model
from scoring.rep_effects.rows import RepRows
from scoring.statistics.likelihood import newton_maximum

N_PERIODS = 5
FIRST = 2
"""Periods that are not predicted: too few rows come before."""
MIN_ROWS = 100
PRIOR_SD = 0.7
LEVEL_PRECISION = 1.0
PENALTY = 1.0
"""Log likelihood that newer rows must gain for a spread to be as likely as none."""


@dataclass(frozen=True)
class Persistence:
    """How much of one part of the reps' coefficients newer rows confirm.

    Attributes
    ----------
    slope
        What to multiply the part by, between 0 and 1.
    probability
        Posterior probability of an effect, by the log likelihood that newer rows gain.
    tested
        Whether there were newer rows to tell.
    """

    slope: float = 1.0
    probability: float = 0.5
    tested: bool = False


def persistence_of(
    rows: RepRows, feature: np.ndarray, level: np.ndarray, n_levels: int
) -> tuple[Persistence, Persistence]:
    """Return the persistence of the main effect and of the interactions.

    Each of the last three fifths is predicted by a model fitted on all rows before it.

    Parameters
    ----------
    rows
        Closed rows in order of time.
    feature, level, n_levels
        As for :class:`scoring.rep_effects.mixed_model.MixedModel`.
    """
    if len(rows) < MIN_ROWS:
        return Persistence(), Persistence()
    edges = np.linspace(0, len(rows), N_PERIODS + 1).astype(int)
    if not has_both(rows.won[: edges[-2]]):
        return Persistence(), Persistence()
    offset, parts = rows.offset.copy(), np.zeros((len(rows), 2))
    for start, end in pairwise(edges[FIRST:]):
        older, newer = rows.part(slice(0, start)), rows.part(slice(start, end))
        if not has_both(older.won):
            continue
        model = fit_mixed_model(older.by_rep(), feature, level, n_levels)
        own = newer.columns * model.deviation[newer.rep]
        parts[start:end, 0] = own[:, 0]
        parts[start:end, 1] = own[:, 1:].sum(axis=1)
        offset[start:end] += newer.columns @ model.shared
    first = edges[FIRST]
    later = np.arange(first, len(rows))
    period = np.searchsorted(edges[FIRST + 1 :], later, side="right")
    return fit_persistence(offset[first:], rows.won[first:], parts[first:], period)


def has_order(assigned_at: pd.Series) -> bool:
    """Tell whether rows have an order in time: no day holds a whole period of them."""
    if assigned_at.empty:
        return False
    most = day_of(assigned_at).value_counts().max()
    return bool(most < len(assigned_at) / N_PERIODS)


def fit_persistence(
    offset: np.ndarray,
    won: np.ndarray,
    parts: np.ndarray,
    period: np.ndarray,
) -> tuple[Persistence, Persistence]:
    """Return the slopes of the predicted parts, with a prior around 1.

    Parameters
    ----------
    offset, won
        As in :class:`scoring.rep_effects.rows.RepRows`, (n_rows,).
    parts
        Main effect and interactions in each row's log odds as predicted from older
        rows, (n_rows, 2).
    period
        Period of each row, (n_rows,): each has a level of its own.
    """
    n_periods = int(period.max(initial=-1)) + 1

    def step_at(point: np.ndarray) -> np.ndarray:
        level, slope = point[:-2], point[-2:]
        p = expit(offset + level[period] + parts @ slope)
        excess, curve = won - p, p * (1 - p)
        level_step = np.bincount(period, excess, n_periods) / (
            np.bincount(period, curve, n_periods) + LEVEL_PRECISION
        )
        gradient = parts.T @ excess - (slope - 1) / PRIOR_SD**2
        information = parts.T @ (parts * curve[:, None]) + np.eye(2) / PRIOR_SD**2
        return np.r_[level_step, np.linalg.solve(information, gradient)]

    likeliest = newton_maximum(step_at, np.r_[np.zeros(n_periods), 1.0, 1.0])
    level, slope = likeliest[:-2], np.clip(likeliest[-2:], 0.0, 1.0)
    base = offset + level[period]
    return (
        confirmed(base + parts[:, 1] * slope[1], parts[:, 0], slope[0], won),
        confirmed(base + parts[:, 0] * slope[0], parts[:, 1], slope[1], won),
    )


def confirmed(
    base: np.ndarray, part: np.ndarray, slope: float, won: np.ndarray
) -> Persistence:
    """Return the persistence of one part beside the other, (n_rows,) arrays."""
    z = base + part * slope
    gain = np.sum(won * (z - base) - np.logaddexp(0, z) + np.logaddexp(0, base))
    return Persistence(float(slope), float(expit(gain - PENALTY)), tested=True)
