"""Randomisation by day, whatever the rules: one arm for all leads."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from solver.problem.solution import Solution
from solver.randomised.assignment import SHARES, Draw, RandomisedAssignment


@dataclass(frozen=True, eq=False)
class RandomisedByDay(RandomisedAssignment):
    """The optimum, or by the control arm's share an allocation of its policy.

    For rules that do not make a tree: where hours, shares or owners tie leads
    together, no randomisation of single leads keeps every rule in every draw.
    """

    design: ClassVar[str] = "day"

    @property
    def _optimum(self) -> Solution:
        solution = Solution.unassigned(self.problem)
        pairs = np.flatnonzero(self.optimal.part)
        solution.pair[self.problem.lead[pairs]] = pairs
        return solution

    @property
    def expected_objective(self) -> float:
        """The objective that the allocation has on average over all draws."""
        share = self.share / SHARES
        control = np.mean([solution.objective for solution in self.control])
        return float((1 - share) * self._optimum.objective + share * control)

    def draw(self, rng: np.random.Generator) -> Draw:
        """Return a random allocation, every pair as likely as its propensity."""
        control = self.control[rng.integers(len(self.control))]
        is_control = bool(rng.integers(SHARES) < self.share)
        solution = control if is_control else self._optimum
        return Draw(solution, np.full(self.problem.n_leads, is_control))
