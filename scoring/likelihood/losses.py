"""Log loss row by row, and whether one is lower than another on the same rows."""

import numpy as np


def log_losses(log_odds: np.ndarray, won: np.ndarray) -> np.ndarray:
    """Return each row's log loss in nats, (n_rows,)."""
    return np.logaddexp(0, log_odds) - won * log_odds


def paired_mean(difference: np.ndarray, weight: np.ndarray) -> tuple[float, float]:
    """Return the weighted mean of paired differences and its standard error."""
    mean = float(np.average(difference, weights=weight))
    share = weight / weight.sum()
    return mean, float(np.sqrt(np.sum((share * (difference - mean)) ** 2)))
