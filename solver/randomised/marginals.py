"""The probability of each pair, in integer parts, free of rounding errors."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from solver.engines.flow.min_cost_flow import least_cost_flow
from solver.engines.flow.network import network, tie_levels
from solver.engines.flow.scaling import grids
from solver.engines.flow.tree import Tree
from solver.problem.constraints import outside
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
        assigned = np.zeros(self.problem.n_leads, dtype=np.int64)
        np.add.at(assigned, self.problem.lead, self.part)
        return self.whole - assigned

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


def capped_optimum(
    problem: Problem,
    tree: Tree,
    most: NDArray[np.int64],
    whole: int,
    *,
    seed: int,
    time_limit: float,
) -> Marginals | None:
    """Return marginals of the largest expected objective, None where infeasible.

    A flow in which every lead sends `whole` units: a linear program whose solution
    is in whole parts, so that the probabilities logged are exactly those drawn from.

    Parameters
    ----------
    tree
        The problem's slots and limits.
    most
        Shape (n_pairs,); the cap of each pair, in parts of `whole`.
    seed
        Breaks ties.
    time_limit
        Seconds.

    Raises
    ------
    OutOfTimeError
        When the time limit passes.

    References
    ----------
    Jecmen et al. (2020), Mitigating Manipulation in Peer Review via Randomized
    Reviewer Assignments, NeurIPS.
    """
    _, grid = grids(problem, tree.root + 1, tie_levels(problem.n_leads))
    net = network(problem, tree, grid, seed)
    capacity = net.capacity * whole
    capacity[: problem.n_pairs] = most[net.pair]
    scaled = replace(net, capacity=capacity, supply=net.supply * whole)
    flow = least_cost_flow(scaled, time_limit)
    if flow is None:
        return None
    part = np.zeros(problem.n_pairs, dtype=np.int64)
    part[net.pair] = flow[: problem.n_pairs]
    return Marginals(problem, part, whole)
