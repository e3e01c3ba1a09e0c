"""Whether leads were dealt to reps with the chances that a queue gives them."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2, ncx2

ROWS_PER_PERIOD = 250
NEGLIGIBLE = 1e-9


@dataclass(frozen=True)
class ChiSquare:
    """A sum of squares that has a chi-square distribution where chance deals.

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
        """Return both, of different leads, together."""
        total = self.statistic + other.statistic
        return ChiSquare(total, self.freedom + other.freedom)

    @property
    def p_value(self) -> float:
        """How likely so much or more is by chance; 1 where nothing was tested."""
        return float(chi2.sf(self.statistic, self.freedom)) if self.freedom else 1.0

    @property
    def excess(self) -> float:
        """How far it is above what chance gives on average; 0 if below."""
        return max(0.0, self.statistic - self.freedom)

    def less_if(self, excess: float) -> float:
        """Return how likely so little is, were this the excess on average."""
        if not self.freedom:
            return 1.0
        return float(ncx2.cdf(self.statistic, self.freedom, excess))


@dataclass(frozen=True, eq=False)
class Dealing:
    """Who got the leads of a queue, and how likely each rep was to get each.

    Attributes
    ----------
    got
        Position of the rep, (n_leads,).
    chance
        Of each rep for each lead, (n_leads, n_reps), rows sum to 1.
    """

    got: NDArray[np.intp]
    chance: NDArray[np.float64]

    def against(self, column: NDArray[np.float64]) -> ChiSquare:
        """Test whether sums of a column by rep are what these chances give.

        A column of ones tests how many leads each rep got.

        Parameters
        ----------
        column
            Of the leads, (n_leads,), mean 0 or constant.
        """
        n_reps = self.chance.shape[1]
        gap = np.bincount(self.got, column, n_reps) - column @ self.chance
        weighted = self.chance * column[:, None]
        variance = np.diag(column**2 @ self.chance) - weighted.T @ weighted
        return quadratic_form(gap, variance)

    def by_period(self) -> ChiSquare:
        """Test how many leads each rep got in each stretch of time."""
        n_leads = len(self.got)
        period = np.arange(n_leads) * max(1, n_leads // ROWS_PER_PERIOD) // n_leads
        tests = [self._of(period == of) for of in range(int(period[-1]) + 1)]
        return sum(tests, ChiSquare())

    def _of(self, rows: NDArray[np.bool_]) -> ChiSquare:
        part = Dealing(self.got[rows], self.chance[rows])
        return part.against(np.ones(len(part.got)))


def quadratic_form(
    gap: NDArray[np.float64], variance: NDArray[np.float64]
) -> ChiSquare:
    """Return the gaps' squares in units of their variance, (n,) and (n, n)."""
    spread, direction = np.linalg.eigh(variance)
    counts = spread > NEGLIGIBLE * max(float(spread.max(initial=0.0)), NEGLIGIBLE)
    along = direction[:, counts].T @ gap
    return ChiSquare(float(np.sum(along**2 / spread[counts])), int(counts.sum()))
