"""How far probabilities are off, and how much one model gains over another."""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit
from sklearn.metrics import average_precision_score, roc_auc_score

LOSS_Z = 2.0
INTERVAL_Z = 1.96
N_BINS = 10


@dataclass(frozen=True)
class Gain:
    """How much lower one log loss is than another, on the same rows.

    Attributes
    ----------
    mean
        Mean difference per row; positive is better.
    standard_error
        Paired standard error of `mean`.
    """

    mean: float
    standard_error: float

    @property
    def low(self) -> float:
        """Lower end of the 95 % interval."""
        return self.mean - INTERVAL_Z * self.standard_error

    @property
    def high(self) -> float:
        """Upper end of the 95 % interval."""
        return self.mean + INTERVAL_Z * self.standard_error

    @property
    def is_loss(self) -> bool:
        """Tell whether it is worse by more than two standard errors."""
        return self.mean < -LOSS_Z * self.standard_error


@dataclass(frozen=True)
class Figures:
    """How good one model's probabilities are.

    Attributes
    ----------
    auc, average_precision
        How well they rank; `None` if all rows ended alike.
    brier, log_loss
        How far they are off, per row.
    """

    auc: float | None
    average_precision: float | None
    brier: float
    log_loss: float


@dataclass(frozen=True)
class Bin:
    """Rows of about the same predicted probability.

    Attributes
    ----------
    predicted, observed
        Mean probability, and the share that was won.
    low, high
        95 % interval of the observed share (Wilson).
    n
        Rows.
    """

    predicted: float
    observed: float
    low: float
    high: float
    n: int


def figures(log_odds: np.ndarray, won: np.ndarray, weight: np.ndarray) -> Figures:
    """Return how good these log odds are, (n_rows,) all three."""
    p = expit(log_odds)
    ranked = 0 < won.sum() < len(won)
    precision = average_precision_score(won, p, sample_weight=weight) if ranked else 0
    return Figures(
        auc=float(roc_auc_score(won, p, sample_weight=weight)) if ranked else None,
        average_precision=float(precision) if ranked else None,
        brier=float(np.average((p - won) ** 2, weights=weight)),
        log_loss=float(np.average(losses(log_odds, won), weights=weight)),
    )


def losses(log_odds: np.ndarray, won: np.ndarray) -> np.ndarray:
    """Return each row's log loss in nats, (n_rows,)."""
    return np.logaddexp(0, log_odds) - won * log_odds


def paired_gain(before: np.ndarray, after: np.ndarray, weight: np.ndarray) -> Gain:
    """Return how much lower the losses after are, row by row."""
    return Gain(*paired_mean(before - after, weight))


def paired_mean(difference: np.ndarray, weight: np.ndarray) -> tuple[float, float]:
    """Return the weighted mean of paired differences and its standard error."""
    mean = float(np.average(difference, weights=weight))
    share = weight / weight.sum()
    return mean, float(np.sqrt(np.sum((share * (difference - mean)) ** 2)))


def reliability(
    log_odds: np.ndarray, won: np.ndarray, weight: np.ndarray
) -> tuple[Bin, ...]:
    """Return up to ten bins of about as many rows each, lowest probability first."""
    p = expit(log_odds)
    n_bins = min(N_BINS, max(1, len(p) // N_BINS))
    order = np.argsort(p, kind="stable")
    return tuple(
        one_bin(p[rows], won[rows], weight[rows])
        for rows in np.array_split(order, n_bins)
    )


def one_bin(p: np.ndarray, won: np.ndarray, weight: np.ndarray) -> Bin:
    """Return the bin of these rows.

    References
    ----------
    Wilson (1927), Probable inference, the law of succession, and statistical
    inference, doi:10.1080/01621459.1927.10502953.
    """
    observed = float(np.average(won, weights=weight))
    n = weight.sum() ** 2 / np.sum(weight**2)
    z = INTERVAL_Z
    centre = (observed + z**2 / (2 * n)) / (1 + z**2 / n)
    half = np.sqrt(observed * (1 - observed) / n + z**2 / (4 * n**2))
    half *= z / (1 + z**2 / n)
    return Bin(
        predicted=float(np.average(p, weights=weight)),
        observed=observed,
        low=float(centre - half),
        high=float(centre + half),
        n=len(p),
    )
