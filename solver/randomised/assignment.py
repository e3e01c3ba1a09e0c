"""Randomised assignment: two arms, a control share, and every probability."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from solver.policies import CutShort
from solver.problem.problem import Problem
from solver.problem.solution import Solution
from solver.randomised.marginals import Marginals

SHARES = 10_000
"""Parts of one in which the control arm's share is counted."""
OPTIMAL, CONTROL = "optimal", "control"


@dataclass(frozen=True, eq=False)
class Draw:
    """What a randomised assignment drew.

    Attributes
    ----------
    solution
        The allocation; it breaks no hard rule.
    is_control
        Shape (n_leads,); whether each lead was drawn for the control arm.
    """

    solution: Solution
    is_control: NDArray[np.bool_]

    @property
    def arm(self) -> NDArray[np.object_]:
        """Each lead's arm, ``optimal`` or ``control``, shape (n_leads,)."""
        return np.where(self.is_control, CONTROL, OPTIMAL).astype(object)


@dataclass(frozen=True, eq=False)
class RandomisedAssignment(ABC):
    """A random allocation in two arms, of which every probability is known.

    Attributes
    ----------
    optimal
        The optimal arm: one best allocation, or the best marginals under a cap.
    control
        Allocations of the control policy, one of which is drawn, each as likely.
    share
        Probability that a lead is in the control arm, in parts of ``SHARES``. It is
        the same for every lead.
    cut_short
        What the time limit kept from the control policy, if anything.
    """

    optimal: Marginals
    control: tuple[Solution, ...]
    share: int
    cut_short: CutShort

    design: ClassVar[str]

    @property
    def problem(self) -> Problem:
        """The problem."""
        return self.optimal.problem

    @cached_property
    def arms(self) -> dict[str, tuple[float, Marginals]]:
        """Arm -> its share, and the probabilities of the pairs within it."""
        arms = {OPTIMAL: (1 - self.share / SHARES, self.optimal)}
        if self.share:
            arms[CONTROL] = self.share / SHARES, Marginals.mean(self.control)
        return arms

    @cached_property
    def propensity(self) -> NDArray[np.float64]:
        """Probability that each pair is drawn, in either arm, shape (n_pairs,)."""
        propensity = np.zeros(self.problem.n_pairs)
        for share, marginals in self.arms.values():
            propensity += share * marginals.probability
        return propensity

    @cached_property
    def left_unassigned(self) -> NDArray[np.float64]:
        """Probability that each lead stays unassigned, in either arm, (n_leads,)."""
        left = np.zeros(self.problem.n_leads)
        for share, marginals in self.arms.values():
            left += share * (marginals.unassigned / marginals.whole)
        return left

    @property
    @abstractmethod
    def expected_objective(self) -> float:
        """The objective that the allocation has on average over all draws."""

    @abstractmethod
    def draw(self, rng: np.random.Generator) -> Draw:
        """Return a random allocation, every pair as likely as its propensity."""
