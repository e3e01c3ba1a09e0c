"""Figures of two policies at once, from sums that hold those of either."""

import numpy as np
from numpy.typing import NDArray

from evaluation.off_policy.bootstrap import Figure

Sums = NDArray[np.float64]


def halves(sums: Sums) -> tuple[Sums, Sums]:
    """Return the sums of the policy and those of the baseline, (n, 6) each."""
    middle = sums.shape[1] // 2
    return sums[:, :middle], sums[:, middle:]


def of_second(estimator: Figure) -> Figure:
    """Return the baseline's value as a figure of the sums of both."""
    return lambda sums: estimator(halves(sums)[1])


def ratio_of(estimator: Figure) -> Figure:
    """Return the relative lift as a figure of the sums of both."""

    def lift(sums: Sums) -> Sums:
        first, second = map(estimator, halves(sums))
        with np.errstate(invalid="ignore", divide="ignore"):
            return first / second - 1

    return lift


def difference_of(estimator: Figure) -> Figure:
    """Return what the policy wins more as a figure of the sums of both."""

    def difference(sums: Sums) -> Sums:
        first, second = map(estimator, halves(sums))
        return first - second

    return difference
