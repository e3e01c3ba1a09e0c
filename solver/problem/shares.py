"""Each rep's part of what all reps get, held near a fair one."""

from dataclasses import dataclass
from math import inf, isfinite

import numpy as np
from numpy.typing import NDArray

from solver.problem.limits import outside


@dataclass(frozen=True, eq=False)
class Share:
    """Bounds on each rep's part of the weight that is assigned.

    Rep ``j`` gets ``W[j]``, all together ``T``; ``W[j]`` lies between `lower` and
    `upper` times ``fair[j] * T``. Reps with no fair part are not spoken of.

    Attributes
    ----------
    rule
        Name of the rule.
    weight
        Shape (n_leads,); what each lead counts, not negative.
    fair
        Shape (n_reps,); each rep's fair part; sums to one.
    lower, upper
        Bounds as multiples of the fair part.
    penalty
        What one unit of weight outside the bounds costs; infinite if hard.
    """

    rule: str
    weight: NDArray[np.float64]
    fair: NDArray[np.float64]
    lower: float
    upper: float
    penalty: float = inf

    @property
    def is_hard(self) -> bool:
        """Whether the bounds must hold."""
        return not isfinite(self.penalty)

    def given(self, rep_of: NDArray[np.int32]) -> NDArray[np.float64]:
        """Return the weight each rep gets, shape (n_reps,).

        Parameters
        ----------
        rep_of
            Shape (n_leads,); position of each lead's rep, or -1.
        """
        held = rep_of >= 0
        weight = self.weight[held]
        return np.bincount(rep_of[held], weight, len(self.fair)).astype(float)

    def outside(self, rep_of: NDArray[np.int32]) -> NDArray[np.float64]:
        """Return by how much each rep leaves the bounds, shape (n_reps,)."""
        given = self.given(rep_of)
        fair = self.fair * given.sum()
        upper = self.upper * fair if isfinite(self.upper) else np.full_like(fair, inf)
        beyond: NDArray[np.float64] = outside(given, self.lower * fair, upper)
        return np.where(self.fair > 0, beyond, 0.0)
