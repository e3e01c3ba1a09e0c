"""Chi-square tests of whether leads were assigned with the probabilities of a queue."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2, ncx2

ROWS_PER_PERIOD = 250
NEGLIGIBLE = 1e-9


@dataclass(frozen=True)
class ChiSquare:
    """A sum of squares that has a chi-square distribution under randomisation.

    Attributes
    ----------
    statistic
        Sum of squares.
    freedom
        Its degrees of freedom.
    """

    statistic: float = 0.0
    freedom: int = 0

    def __add__(self, other: Self) -> "ChiSquare":
        """Return the sum of two independent statistics."""
        total = self.statistic + other.statistic
        return ChiSquare(total, self.freedom + other.freedom)

    @property
    def p_value(self) -> float:
        """Probability of at least so much under randomisation; 1 without a test."""
        return float(chi2.sf(self.statistic, self.freedom)) if self.freedom else 1.0

    @property
    def excess(self) -> float:
        """How far it is above its mean under randomisation; 0 if below."""
        return max(0.0, self.statistic - self.freedom)

    def p_below(self, excess: float) -> float:
        """Return the probability of at most this statistic, given its mean excess."""
        if not self.freedom:
            return 1.0
        return float(ncx2.cdf(self.statistic, self.freedom, excess))


def balance_of(
    column: NDArray[np.float64],
    rep: NDArray[np.intp],
    probability: NDArray[np.float64],
) -> ChiSquare:
    """Test whether sums of a column by rep are what the probabilities give.

    A column of ones tests how many leads each rep was assigned.

    Parameters
    ----------
    column
        Of the leads, (n_leads,), mean 0 or constant.
    rep
        Position of each lead's rep, (n_leads,).
    probability
        Of each rep for each lead, (n_leads, n_reps), rows sum to 1.
    """
    gap = np.bincount(rep, column, probability.shape[1]) - column @ probability
    weighted = probability * column[:, None]
    variance = np.diag(column**2 @ probability) - weighted.T @ weighted
    return _quadratic_form(gap, variance)


def balance_by_period(
    rep: NDArray[np.intp], probability: NDArray[np.float64]
) -> ChiSquare:
    """Test how many leads each rep was assigned in each period.

    Parameters
    ----------
    rep, probability
        As for :func:`balance_of`, in order of time.
    """
    n_leads, ones = len(rep), np.ones(len(rep))
    period = np.arange(n_leads) * max(1, n_leads // ROWS_PER_PERIOD) // n_leads
    numbers = range(int(period[-1]) + 1)
    periods = [np.flatnonzero(period == number) for number in numbers]
    tests = [balance_of(ones[rows], rep[rows], probability[rows]) for rows in periods]
    return sum(tests, ChiSquare())


def _quadratic_form(
    gap: NDArray[np.float64], variance: NDArray[np.float64]
) -> ChiSquare:
    """Return the gaps' squares in units of their variance, (n,) and (n, n)."""
    spread, direction = np.linalg.eigh(variance)
    counts = spread > NEGLIGIBLE * max(float(spread.max(initial=0.0)), NEGLIGIBLE)
    along = direction[:, counts].T @ gap
    return ChiSquare(float(np.sum(along**2 / spread[counts])), int(counts.sum()))
