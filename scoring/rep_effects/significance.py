"""Whether reps differ at all: score tests of variances, and of equal win rates."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from scipy.stats import cauchy, chi2

from scoring.rep_effects.posterior import Posterior
from scoring.rep_effects.variance_component import (
    NOTHING_TO_TEST,
    SpreadTest,
    WinRates,
)

DETECTION_Z = 1.960 + 0.842
BOUND_Z = 1.645


@dataclass(frozen=True)
class SquaredScores:
    """Squares of the reps' scores beside what they would be without a spread.

    Attributes
    ----------
    n_reps
        Number of reps.
    observed
        Sum of the squares by column, (k,).
    expected
        What it is on average, (k,).
    half_variance
        Half the covariance of the columns' sums, for normal scores, (k, k).
    """

    n_reps: int
    observed: np.ndarray
    expected: np.ndarray
    half_variance: np.ndarray

    @classmethod
    def under(cls, null: Posterior) -> Self:
        """Return those of a posterior."""
        half_variance = np.zeros_like(null.prior)
        for _, square in null.expected_squares():
            half_variance += np.einsum("nkl,nkl->kl", square, square)
        observed = np.sum(null.unexplained**2, axis=0)
        expected = np.diagonal(null.expected_square)
        return cls(null.likelihood.n_reps, observed, expected, half_variance)

    def of(self, column: np.ndarray) -> tuple[float, float, float]:
        """Return observed, expected and half the variance of these columns' sum."""
        half_variance = self.half_variance[np.ix_(column, column)].sum()
        observed, expected = self.observed[column].sum(), self.expected[column].sum()
        return float(observed), float(expected), float(half_variance)


def spread_test(
    squares: SquaredScores,
    column: np.ndarray,
    scale: np.ndarray,
    excess: float,
    single: np.ndarray,
) -> SpreadTest:
    """Return a score test of the variances of these columns.

    All columns together are tested; the p-value is combined with those of each
    feature by itself, half of the weight for all together.

    Parameters
    ----------
    squares
        Of the scores under no spread in these columns.
    column
        The columns in question, (n_tested,).
    scale
        Mean square of each of them over the rows, (n_tested,): turns a variance of
        coefficients into one of log odds.
    excess
        What :func:`.screening.excess_variance` gives for all of them.
    single
        What :func:`p_values` gives for their features, (n_features,).

    References
    ----------
    Lin (1997), Variance component testing in generalised linear models with random
    effects, doi:10.1093/biomet/84.2.309; Liu and Xie (2020), Cauchy combination
    test, doi:10.1080/01621459.2018.1554485.
    """
    observed, expected, information = squares.of(column)
    if squares.n_reps < 2 or information <= 0:
        return NOTHING_TO_TEST
    p_value = _combined(_p_value(squares, column, excess), single)
    error = np.sqrt(2 * information + excess) / information
    upper = max((observed - expected) / information, 0.0) + BOUND_Z * error
    per_variance = scale.sum()
    return SpreadTest(
        p_value=p_value,
        upper_sd=float(np.sqrt(upper * per_variance)),
        detectable_sd=float(np.sqrt(DETECTION_Z * error * per_variance)),
    )


def p_values(
    squares: SquaredScores, column: np.ndarray, feature: np.ndarray, excess: np.ndarray
) -> np.ndarray:
    """Return the p-value of each feature by itself, in order of their numbers.

    Parameters
    ----------
    squares, column
        As for :func:`spread_test`.
    feature
        Feature of each of them, (n_tested,).
    excess
        As for :func:`spread_test`, of each feature alone, (n_features,).
    """
    features = [column[feature == number] for number in np.unique(feature)]
    return np.array(
        [
            _p_value(squares, own, feature_excess)
            for own, feature_excess in zip(features, excess, strict=True)
        ]
    )


def _p_value(squares: SquaredScores, column: np.ndarray, excess: float) -> float:
    """Return how likely a sum this large is: a chi-square of the same two moments."""
    observed, mean, half_variance = squares.of(column)
    half_variance += excess / 2
    if mean <= 0 or half_variance <= 0:
        return 1.0
    return float(chi2.sf(observed * mean / half_variance, mean**2 / half_variance))


def _combined(total: float, single: np.ndarray) -> float:
    if len(single) < 2:
        return total
    values = np.clip([total, *single], 1e-15, 1 - 1e-3)
    weight = np.r_[0.5, np.full(len(single), 0.5 / len(single))]
    return float(cauchy.sf(weight @ cauchy.isf(values)))


def win_rates(won: np.ndarray, rep: np.ndarray, n_reps: int) -> WinRates:
    """Return the spread of the win rates of reps who all have rows.

    Parameters
    ----------
    won
        1.0 or 0.0, (n_rows,).
    rep
        Position of each row's rep, (n_rows,).
    """
    if n_reps < 2 or won.min() == won.max():
        return WinRates(0.0, 0.0, 1.0)
    n = np.bincount(rep, minlength=n_reps)
    rate = np.bincount(rep, won, n_reps) / n
    mean = won.mean()
    noise = mean * (1 - mean) / n
    p_value = chi2.sf(np.sum((rate - mean) ** 2 / noise), n_reps - 1)
    observed_sd, noise_sd = rate.std(ddof=1), np.sqrt(noise.mean())
    return WinRates(float(observed_sd), float(noise_sd), float(p_value))
