"""Log odds moved to the level of their day, lest a drift be taken for its reps."""

import numpy as np
from scipy.special import expit

ROWS_PER_PERIOD = 500
MOST_PERIODS = 200
PRIOR_SD = 1.0
MAX_STEPS = 100
TOLERANCE = 1e-9


def without_drift(offset: np.ndarray, won: np.ndarray) -> np.ndarray:
    """Return the offsets moved, period by period, to the win rate seen, (n_rows,).

    Parameters
    ----------
    offset
        Log odds of rows in order of time, (n_rows,).
    won
        1.0 or 0.0, (n_rows,).
    """
    n_periods = min(MOST_PERIODS, max(1, len(won) // ROWS_PER_PERIOD))
    period = np.arange(len(won)) * n_periods // max(1, len(won))
    level = np.zeros(n_periods)
    for _ in range(MAX_STEPS):
        p = expit(offset + level[period])
        excess = np.bincount(period, won - p, n_periods)
        curve = np.bincount(period, p * (1 - p), n_periods)
        step = (excess - level / PRIOR_SD**2) / (curve + 1 / PRIOR_SD**2)
        level += np.clip(step, -1.0, 1.0)
        if np.abs(step).max() < TOLERANCE:
            break
    return offset + level[period]
