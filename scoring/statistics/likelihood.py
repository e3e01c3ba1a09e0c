"""The logistic likelihood: log loss by row, and maximum likelihood by Newton."""

from collections.abc import Callable

import numpy as np
from scipy.special import expit

MAX_STEPS = 100
TINY = 1e-9


def log_losses(log_odds: np.ndarray, won: np.ndarray) -> np.ndarray:
    """Return each row's log loss in nats, (n_rows,)."""
    return np.logaddexp(0, log_odds) - won * log_odds


def paired_mean(difference: np.ndarray, weight: np.ndarray) -> tuple[float, float]:
    """Return the weighted mean of paired differences and its standard error."""
    mean = float(np.average(difference, weights=weight))
    share = weight / weight.sum()
    return mean, float(np.sqrt(np.sum((share * (difference - mean)) ** 2)))


def newton_maximum(
    step_at: Callable[[np.ndarray], np.ndarray],
    start: np.ndarray,
    tolerance: float = 1e-9,
    longest: float = np.inf,
) -> np.ndarray:
    """Return the maximum that Newton's method finds, (k,).

    Parameters
    ----------
    step_at
        Gradient over curvature at a point, (k,) for (k,).
    start
        Where to begin, (k,).
    tolerance
        A step with no coordinate larger than this is the last.
    longest
        Larger coordinates of a step are cut to this.
    """
    point = start
    for _ in range(MAX_STEPS):
        step = step_at(point)
        point = point + np.clip(step, -longest, longest)
        if np.abs(step).max(initial=0.0) < tolerance:
            break
    return point


def group_levels(
    offset: np.ndarray,
    won: np.ndarray,
    group: np.ndarray,
    n_groups: int,
    sd: float,
    tolerance: float = 1e-9,
) -> np.ndarray:
    """Return the likeliest shift of each group's log odds, (n_groups,).

    Parameters
    ----------
    offset, won
        Log odds and outcome, 1.0 or 0.0, of each row, (n_rows,).
    group
        Group of each row, (n_rows,), 0 .. n_groups - 1.
    n_groups
        Number of groups.
    sd
        Standard deviation of the normal prior around 0, in logits; infinite: none.
    tolerance
        As for :func:`newton_maximum`.
    """

    def step_at(level: np.ndarray) -> np.ndarray:
        p = expit(offset + level[group])
        gradient = np.bincount(group, won - p, n_groups) - level / sd**2
        curvature = np.bincount(group, p * (1 - p), n_groups) + 1 / sd**2
        return gradient / np.maximum(curvature, TINY)

    return newton_maximum(step_at, np.zeros(n_groups), tolerance, longest=1.0)
