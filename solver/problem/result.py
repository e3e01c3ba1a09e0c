"""How a solve ended: its solution, status, bound, gap and prices."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from solver.problem.problem import Problem
from solver.problem.solution import Solution

PROVEN = 1e-6
"""Relative gap below which a solution counts as optimal."""
RESOLUTION = 8 * np.finfo(float).eps
"""Relative difference of two objectives that is rounding."""


EXACT = "exact"
PRICE_KIND = {"flow": EXACT, "price": EXACT, "mip": "of the linear relaxation"}
"""What the prices of each engine are; two levels have prices inside each team."""
EXACT_ENGINES = frozenset(name for name, kind in PRICE_KIND.items() if kind == EXACT)
CUT_SHORT = "of a search cut short"
"""What prices of the engine are that ends with an allocation when time is up."""


class Status(StrEnum):
    """How a solve ended."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    NO_SOLUTION = "no_solution"

    @property
    def has_solution(self) -> bool:
        """Whether an allocation was found."""
        return self in {Status.OPTIMAL, Status.FEASIBLE}

    @classmethod
    def proven(cls, solution: Solution, bound: float) -> "Status":
        """Return optimal where an allocation's objective meets the bound."""
        met = relative_gap(solution, bound) <= PROVEN
        return cls.OPTIMAL if met else cls.FEASIBLE


@dataclass(frozen=True, eq=False)
class Result:
    """The outcome of one solve.

    Attributes
    ----------
    status
        How it ended.
    solution
        The best allocation found; nothing assigned where there is none.
    bound
        No allocation has a larger objective than this; NaN
        where nothing was proven.
    price
        Shape (n_reps,); dual price of a slot of each rep, in the
        objective's unit.
    limit_price
        Shape (n_limits,); dual price of each limit, for raising its bound by one:
        not negative for an upper bound, not positive for a lower one.
    engine
        Name of the engine.
    is_reproducible
        Whether every solve with this seed ends so, on any machine, up to allocations
        of equal value.
    """

    status: Status
    solution: Solution
    bound: float
    price: NDArray[np.floating[Any]]
    limit_price: NDArray[np.floating[Any]]
    engine: str
    is_reproducible: bool = True

    @classmethod
    def without_solution(cls, problem: Problem, status: Status, engine: str) -> Self:
        """Return the result of a solve that found no allocation."""
        nothing = Solution.unassigned(problem)
        prices = np.zeros(problem.n_reps), np.zeros(len(problem.limits))
        return cls(status, nothing, np.nan, *prices, engine)

    @property
    def is_optimal(self) -> bool:
        """Whether the allocation is proven to be a best one."""
        return self.status == Status.OPTIMAL

    @property
    def objective(self) -> float:
        """The solution's value, recomputed from the problem."""
        return self.solution.objective

    @property
    def gap(self) -> float:
        """Distance to the bound, as :func:`relative_gap`; NaN without a bound."""
        return relative_gap(self.solution, self.bound)

    @property
    def price_kind(self) -> str:
        """What the prices are: exact, or of which simpler problem."""
        return price_kind(self.engine, self.status)

    @property
    def pair_price(self) -> NDArray[np.float64]:
        """What each pair pays for the slots and limits it takes, shape (n_pairs,)."""
        problem = self.solution.problem
        price = np.where(problem.uses_slot, self.price[problem.rep], 0.0)
        for limit, of_limit in zip(problem.limits, self.limit_price, strict=True):
            if of_limit:
                price[limit.pair] += of_limit * limit.weight
        return price


def price_kind(engine: str, status: Status) -> str:
    """Return what an engine's prices are where a solve ended so."""
    if engine == "price" and status == Status.FEASIBLE:
        return CUT_SHORT
    return PRICE_KIND.get(engine, "inside each team")


def gap_of(objective: float, bound: float) -> float:
    """Return bound less objective, as a part of the objective.

    0 where they are equal, infinite where the objective alone is 0, NaN without a
    bound.
    """
    short = np.maximum(bound - objective, 0.0)
    if short == 0.0:
        return 0.0
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(np.divide(short, abs(objective)))


def relative_gap(solution: Solution, bound: float) -> float:
    """Return bound less objective, relative to the value that is distributed.

    Penalties are no part of what it is relative to: one that no allocation avoids, or
    that is large, would make any gap look small.
    """
    objective = solution.objective
    short = float(np.maximum(0.0, bound - objective))
    if short <= RESOLUTION * abs(objective):
        return 0.0
    return short / solution.distributed
