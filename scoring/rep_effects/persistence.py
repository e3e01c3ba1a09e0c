"""Whether what older rows say of reps holds on newer ones."""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

PRIOR_SD = 0.7
PRICE = 1.0
"""Log likelihood that newer rows must gain for a spread to be as likely as none."""
MAX_STEPS = 50
TOLERANCE = 1e-9


@dataclass(frozen=True)
class Lasting:
    """How much of one part of the reps' coefficients newer rows confirm.

    Attributes
    ----------
    slope
        What to multiply the part by, between 0 and 1.
    belief
        How likely it is that there is anything in it, by what newer rows gain from
        it, between 0 and 1.
    """

    slope: float = 1.0
    belief: float = 0.5


@dataclass(frozen=True)
class Persistence:
    """What newer rows confirm of the main part and of the match part."""

    main: Lasting = Lasting()
    match: Lasting = Lasting()


def fit_persistence(
    offset: np.ndarray,
    won: np.ndarray,
    parts: np.ndarray,
    period: np.ndarray,
) -> Persistence:
    """Return the slopes of what was foretold, near 1 unless the rows say otherwise.

    Parameters
    ----------
    offset, won
        As in :class:`scoring.rep_effects.rows.RepRows`, (n_rows,).
    parts
        Main part and match part of each row's log odds as older rows foretold them,
        (n_rows, 2).
    period
        Period of each row, (n_rows,): each has a level of its own.
    """
    n_periods = int(period.max(initial=-1)) + 1
    level = np.zeros(n_periods)
    slope = np.ones(2)
    for _ in range(MAX_STEPS):
        p = expit(offset + level[period] + parts @ slope)
        excess, curve = won - p, p * (1 - p)
        level_step = np.bincount(period, excess, n_periods) / (
            np.bincount(period, curve, n_periods) + 1.0
        )
        gradient = parts.T @ excess - (slope - 1) / PRIOR_SD**2
        information = parts.T @ (parts * curve[:, None]) + np.eye(2) / PRIOR_SD**2
        step = np.linalg.solve(information, gradient)
        level, slope = level + level_step, slope + step
        if max(np.abs(step).max(), np.abs(level_step).max(initial=0.0)) < TOLERANCE:
            break
    slope = np.clip(slope, 0.0, 1.0)
    base = offset + level[period]
    return Persistence(
        lasting(base + parts[:, 1] * slope[1], parts[:, 0], slope[0], won),
        lasting(base + parts[:, 0] * slope[0], parts[:, 1], slope[1], won),
    )


def lasting(
    base: np.ndarray, part: np.ndarray, slope: float, won: np.ndarray
) -> Lasting:
    """Return what the rows gain from one part beside the other, (n_rows,) arrays."""
    z = base + part * slope
    gain = np.sum(won * (z - base) - np.logaddexp(0, z) + np.logaddexp(0, base))
    return Lasting(float(slope), float(expit(gain - PRICE)))
