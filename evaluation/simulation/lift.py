"""How much more one policy wins than another, over the same worlds."""

from dataclasses import dataclass
from math import isfinite, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t

from evaluation.interval import LEVEL, Interval


@dataclass(frozen=True)
class Lift:
    """The ratio of two policies' totals less one, with its standard error.

    Attributes
    ----------
    estimate
        Relative difference of the totals.
    error
        Its standard error over the worlds; infinite where there is one only.
    n_worlds
        Worlds in which both policies ran.
    """

    estimate: float
    error: float
    n_worlds: int

    @property
    def interval(self) -> Interval | None:
        """The estimate with its 95 % interval, None where that is unknown.

        No lift is less than -1: more than everything cannot be lost.
        """
        if not isfinite(self.error):
            return None
        reach = float(t.ppf((1 + LEVEL) / 2, self.n_worlds - 1)) * self.error
        low = max(-1.0, self.estimate - reach)
        return Interval(self.estimate, low, self.estimate + reach)

    @property
    def p_value(self) -> float:
        """Probability of at least such a difference where there is none."""
        if self.error == 0:
            return float(self.estimate == 0)
        if not isfinite(self.error):
            return 1.0
        return float(2 * t.sf(abs(self.estimate) / self.error, self.n_worlds - 1))


def paired_lift(won: NDArray[np.float64], baseline: NDArray[np.float64]) -> Lift | None:
    """Return the lift over a baseline, None where the baseline won nothing.

    Parameters
    ----------
    won, baseline
        What each won in every world, (n_worlds,).

    References
    ----------
    Cochran (1977), Sampling Techniques, 3rd ed., section 6.3: the ratio estimator
    and its variance.
    """
    n, total = len(baseline), baseline.sum()
    if total == 0:
        return None
    ratio = won.sum() / total
    if n < 2:
        return Lift(float(ratio - 1), float("inf"), n)
    residual = won - ratio * baseline
    error = residual.std(ddof=1) / sqrt(n) / baseline.mean()
    return Lift(float(ratio - 1), float(error), n)
