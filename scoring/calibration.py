"""Making log odds honest: a line through them, fitted on rows not learnt from."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

MIN_OF_EACH = 10


@dataclass(frozen=True)
class Calibration:
    """A straight line on the logit scale; as made, it changes nothing."""

    slope: float = 1.0
    intercept: float = 0.0

    def apply(self, logit: np.ndarray) -> np.ndarray:
        """Return the calibrated logits, same shape."""
        return self.slope * logit + self.intercept


def fit_calibration(logit: np.ndarray, won: np.ndarray) -> Calibration:
    """Return the line that makes these logits most likely.

    The slope is never negative: a model that ranks no better than chance
    becomes a constant, not its own opposite. With fewer than `MIN_OF_EACH` won
    or lost rows the logits are left as they are.

    Parameters
    ----------
    logit
        Log odds of rows the model has not learnt from, (n_rows,).
    won
        1.0 or 0.0, (n_rows,).

    References
    ----------
    Platt (1999), Probabilistic outputs for support vector machines, with the
    smoothed targets given there.
    """
    n_won = won.sum()
    n_lost = len(won) - n_won
    if min(n_won, n_lost) < MIN_OF_EACH:
        return Calibration()
    target = np.where(won > 0, (n_won + 1) / (n_won + 2), 1 / (n_lost + 2))

    def loss(line: np.ndarray) -> tuple[float, np.ndarray]:
        z = line[0] * logit + line[1]
        excess = (expit(z) - target) / len(z)
        value = np.mean(np.logaddexp(0, z) - target * z)
        return float(value), np.array([excess @ logit, excess.sum()])

    fit = minimize(
        loss, [1.0, 0.0], jac=True, method="L-BFGS-B", bounds=[(0, None), (None, None)]
    )
    return Calibration(slope=float(fit.x[0]), intercept=float(fit.x[1]))
