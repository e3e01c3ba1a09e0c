"""How likely each pair is, in whole parts, so that nothing is lost to rounding."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from solver.problem.limits import outside
from solver.problem.problem import Problem
from solver.problem.solution import Solution


@dataclass(frozen=True, eq=False)
class Marginals:
    """The probability of each pair in a random allocation.

    Attributes
    ----------
    problem
        The problem.
    part
        Shape (n_pairs,); the probabilities, in parts of `whole`.
    whole
        Parts that make certainty.
    """

    problem: Problem
    part: NDArray[np.int64]
    whole: int

    @classmethod
    def mean(cls, solutions: Sequence[Solution]) -> Self:
        """Return the marginals of drawing one of the allocations, each as likely."""
        problem = solutions[0].problem
        part = np.zeros(problem.n_pairs, dtype=np.int64)
        for solution in solutions:
            part += solution.chosen
        return cls(problem, part, len(solutions))

    @property
    def is_random(self) -> bool:
        """Whether there is more than one allocation to draw from."""
        return self.whole > 1

    @cached_property
    def unassigned(self) -> NDArray[np.int64]:
        """Parts in which each lead is unassigned, shape (n_leads,)."""
        given = np.zeros(self.problem.n_leads, dtype=np.int64)
        np.add.at(given, self.problem.lead, self.part)
        return self.whole - given

    @property
    def probability(self) -> NDArray[np.float64]:
        """Probability of each pair, shape (n_pairs,)."""
        return self.part / self.whole

    @property
    def objective(self) -> float:
        """Expected objective where every limit's count stays within one of its mean.

        So it does in any draw by :func:`.rounding.rounded_up`: penalties
        bend at whole numbers only, and are right on average as well. Rules on shares
        and groups are not counted.
        """
        problem = self.problem
        cost = float(problem.skip_cost @ self.unassigned) / self.whole
        for limit in problem.limits:
            if not limit.is_hard:
                amount = float(limit.weight @ self.part[limit.pair]) / self.whole
                cost += limit.penalty * outside(amount, limit.lower, limit.upper)
        return float(problem.value @ self.probability) - cost
