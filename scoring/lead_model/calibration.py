"""Platt calibration of log odds, fitted on held-out rows."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq, minimize
from scipy.special import expit

from scoring.history.rows import has_both

FARTHEST_SHIFT = 100.0
"""No shift of logits is larger."""
SIGNIFICANT = 2.58
"""Standard errors, 1 time in 100 by chance, from which the last month is followed."""


@dataclass(frozen=True)
class Calibration:
    """A straight line on the logit scale; the identity by default."""

    slope: float = 1.0
    intercept: float = 0.0

    def apply(self, logit: np.ndarray) -> np.ndarray:
        """Return the calibrated logits, same shape."""
        return self.slope * logit + self.intercept


def fit_calibration(
    logit: np.ndarray, won: np.ndarray, weight: np.ndarray | None = None
) -> Calibration:
    """Return the line that makes these logits most likely.

    The slope is never negative: a model that ranks no better than chance
    becomes a constant, not its own opposite. With too few won or lost rows (see
    :func:`scoring.history.rows.has_both`) the logits are left as they are.

    Parameters
    ----------
    logit
        Log odds of rows the model was not fitted on, (n_rows,).
    won
        1.0 or 0.0, (n_rows,).
    weight
        How much each row counts, (n_rows,); `None`: all alike.

    References
    ----------
    Platt (1999), Probabilistic outputs for support vector machines, with the
    smoothed targets given there.
    """
    if not has_both(won):
        return Calibration()
    weight = np.ones(len(won)) if weight is None else weight
    share = weight / weight.sum()
    n_won, n_lost = weight @ won, weight @ (1 - won)
    target = np.where(won > 0, (n_won + 1) / (n_won + 2), 1 / (n_lost + 2))

    def loss(line: np.ndarray) -> tuple[float, np.ndarray]:
        z = line[0] * logit + line[1]
        excess = share * (expit(z) - target)
        value = share @ (np.logaddexp(0, z) - target * z)
        return float(value), np.array([excess @ logit, excess.sum()])

    fit = minimize(
        loss, [1.0, 0.0], jac=True, method="L-BFGS-B", bounds=[(0, None), (None, None)]
    )
    return Calibration(slope=float(fit.x[0]), intercept=float(fit.x[1]))


def recentred(
    line: Calibration,
    logit: np.ndarray,
    won: np.ndarray,
    weight: np.ndarray,
    is_new: np.ndarray,
    is_last: np.ndarray,
) -> Calibration:
    """Return the line moved so that as many wins are expected as were observed.

    Where the newest rows need another shift than all rows, it moves towards theirs
    by the share of their difference that is not noise: a drift is followed, the
    noise of the last months is not. Where the last month differs significantly from
    that, it moves on in the same way.

    Parameters
    ----------
    line
        Its slope stays.
    logit, won, weight
        As for :func:`fit_calibration`, with both outcomes.
    is_new
        Which rows are the newest, (n_rows,) bool; both outcomes are among them.
    is_last
        Which rows are of the last month, (n_rows,) bool.

    References
    ----------
    James and Stein (1961), Estimation with quadratic loss, for the positive part
    of one less the share of noise.
    """
    scaled = line.slope * logit
    whole, variance = shift_needed(scaled, won, weight)
    new, new_variance = shift_needed(scaled[is_new], won[is_new], weight[is_new])
    drift = new - whole
    level = whole + followed(drift, new_variance - variance) * drift
    if has_both(won[is_last]):
        last, last_variance = shift_needed(
            scaled[is_last], won[is_last], weight[is_last]
        )
        drift = last - level
        if drift**2 > SIGNIFICANT**2 * last_variance:
            level += followed(drift, last_variance) * drift
    return Calibration(line.slope, level)


def followed(drift: float, variance: float) -> float:
    """Return the share of a drift that is not noise, of this variance."""
    return max(0.0, 1 - max(0.0, variance) / drift**2) if drift else 0.0


def shift_needed(
    logit: np.ndarray, won: np.ndarray, weight: np.ndarray
) -> tuple[float, float]:
    """Return the shift that makes expected wins those observed, and its variance."""

    def excess(shift: float) -> float:
        return float(weight @ (expit(logit + shift) - won))

    farthest = FARTHEST_SHIFT + float(np.abs(logit).max())
    shift = float(brentq(excess, -farthest, farthest))
    p = expit(logit + shift)
    variance = weight**2 @ (p * (1 - p)) / (weight @ (p * (1 - p))) ** 2
    return shift, float(variance)
