"""Whether reps differ at all: a test of their variances, and what it would miss."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import cauchy, chi2

from scoring.rep_effects.posterior import Posterior

SIGNIFICANCE = 0.025
"""Of each of the two tests, so that both together claim something 1 time in 20."""
SUGGESTIVE = 0.1
"""P-value of either test up to which it would be rash to say that there is nothing."""
DETECTION_Z = 1.960 + 0.842
BOUND_Z = 1.645


@dataclass(frozen=True)
class SpreadTest:
    """How likely so much spread is if reps do not differ.

    Attributes
    ----------
    p_value
        Of no spread at all.
    upper_sd
        The largest spread that the rows still allow, at 95 %, logits.
    detectable_sd
        The spread that would have shown four times in five, logits; infinite if
        there is nothing to compare.
    """

    p_value: float
    upper_sd: float
    detectable_sd: float

    @property
    def significant(self) -> bool:
        """Tell whether chance alone hardly gives so much spread."""
        return self.p_value <= SIGNIFICANCE

    @property
    def suggestive(self) -> bool:
        """Tell whether chance alone does not often give so much spread."""
        return self.p_value <= SUGGESTIVE


NOTHING_TO_TEST = SpreadTest(p_value=1.0, upper_sd=np.inf, detectable_sd=np.inf)


def spread_test(
    null: Posterior,
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
    null
        Posterior under no spread in these columns.
    column
        The columns in question, (n_tested,).
    scale
        Mean square of each of them over the rows, (n_tested,): turns a variance of
        coefficients into one of log odds.
    excess
        What :func:`.heavy_tails.excess_variance` says of all of them.
    single
        What :func:`p_values` gives for their features, (n_features,).

    References
    ----------
    Lin (1997), Variance component testing in generalised linear models with random
    effects, doi:10.1093/biomet/84.2.309; Liu and Xie (2020), Cauchy combination
    test, doi:10.1080/01621459.2018.1554485.
    """
    seen = null.unexplained[:, column] ** 2
    square = null.expected_square[:, column[:, None], column]
    information = np.sum(square**2)
    if len(seen) < 2 or information <= 0:
        return NOTHING_TO_TEST
    p_value = _combined(_p_value(seen, square, excess), single)
    error = np.sqrt(2 * information + excess) / information
    estimate = (seen.sum() - np.einsum("jkk->", square)) / information
    upper = max(estimate, 0.0) + BOUND_Z * error
    per_variance = scale.sum()
    return SpreadTest(
        p_value=p_value,
        upper_sd=float(np.sqrt(upper * per_variance)),
        detectable_sd=float(np.sqrt(DETECTION_Z * error * per_variance)),
    )


def p_values(
    null: Posterior, column: np.ndarray, feature: np.ndarray, excess: np.ndarray
) -> np.ndarray:
    """Return the p-value of each feature by itself, in order of their numbers.

    Parameters
    ----------
    null, column
        As for :func:`spread_test`.
    feature
        Feature of each of them, (n_tested,).
    excess
        As for :func:`spread_test`, of each feature alone, (n_features,).
    """
    seen = null.unexplained[:, column] ** 2
    square = null.expected_square[:, column[:, None], column]
    features = [np.flatnonzero(feature == one) for one in np.unique(feature)]
    return np.array(
        [
            _p_value(seen[:, of], square[:, of[:, None], of], more)
            for of, more in zip(features, excess, strict=True)
        ]
    )


def _p_value(seen: np.ndarray, square: np.ndarray, excess: float) -> float:
    """Return how likely a sum this large is: a chi-square of the same two moments."""
    mean = np.einsum("jkk->", square)
    half_variance = np.sum(square**2) + excess / 2
    if mean <= 0 or half_variance <= 0:
        return 1.0
    return float(chi2.sf(seen.sum() * mean / half_variance, mean**2 / half_variance))


def _combined(total: float, single: np.ndarray) -> float:
    if len(single) < 2:
        return total
    values = np.clip([total, *single], 1e-15, 1 - 1e-3)
    weight = np.r_[0.5, np.full(len(single), 0.5 / len(single))]
    return float(cauchy.sf(weight @ cauchy.isf(values)))
