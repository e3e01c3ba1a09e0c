"""The price engine: exact for days of slots alone, however large."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from solver.engines.flow.prices import dual_bound
from solver.engines.price.market.building import market_of
from solver.engines.price.solved_market import SolvedMarket, solve_market
from solver.engines.price.suitability import NAME
from solver.engines.price.warming import warm
from solver.problem.deadline import Deadline
from solver.problem.factorised import FactorisedProblem
from solver.problem.problem import Problem
from solver.problem.result import PROVEN, Result, Status, gap_of
from solver.problem.solution import Solution


def solve_price(
    problem: Problem,
    *,
    seed: int,
    time_limit: float,
    answers_interrupts: bool = False,
) -> Result:
    """Return an optimal allocation with its dual prices, which prove it.

    When time is up, a feasible one with its gap.

    Parameters
    ----------
    problem
        Without limits, shares and groups.
    seed
        Breaks ties.
    time_limit
        Seconds.
    answers_interrupts
        Whether a keyboard interrupt counts as the end of the time.
    """
    warm()
    deadline = Deadline.after(time_limit)
    market = market_of(problem, seed)
    solved = solve_market(market, deadline, answers_interrupts=answers_interrupts)
    if solved is None:
        return Result.without_solution(problem, Status.INFEASIBLE, NAME)
    rep_of, pair = solved.rep_of, Solution.unassigned(problem).pair
    chosen = np.flatnonzero(problem.rep == rep_of[problem.lead])
    pair[problem.lead[chosen]] = chosen
    solution = Solution(problem, pair)
    price = in_order_of(problem, solved)
    bound = dual_bound(problem, price)
    status = Status.proven(solution, bound)
    return Result(status, solution, bound, price, np.empty(0), NAME, solved.is_settled)


ROUNDING = 1e-11
"""Part of what is gained and paid that is rounding, where the two cancel."""


@dataclass(frozen=True, eq=False)
class PricedDay:
    """A factorised problem solved.

    Attributes
    ----------
    problem
        The problem.
    status
        How it ended.
    rep_of
        Shape (n_leads,); position of each lead's rep, -1 for none.
    objective
        Value less skip costs, recomputed from the problem.
    bound
        No allocation has a larger objective.
    price
        Shape (n_reps,); dual price of a slot of each rep.
    solved
        The market behind it, from which other capacities are solved; None where
        there is no solution, or not all leads were looked at.
    """

    problem: FactorisedProblem
    status: Status
    rep_of: NDArray[np.int32]
    objective: float
    bound: float
    price: NDArray[np.float64]
    solved: SolvedMarket | None = None

    @classmethod
    def of(
        cls,
        problem: FactorisedProblem,
        rep_of: NDArray[np.int32],
        bound: float,
        price: NDArray[np.float64],
        solved: SolvedMarket | None = None,
    ) -> Self:
        """Return a day with an allocation, optimal where its value meets the bound."""
        objective = problem.objective(rep_of)
        is_proven = gap_of(objective, bound) <= PROVEN
        if not is_proven:
            parts = problem.distributed(rep_of) + float(problem.skip_cost.sum())
            is_proven = bound - objective <= ROUNDING * parts
        status = Status.OPTIMAL if is_proven else Status.FEASIBLE
        return cls(problem, status, rep_of, objective, bound, price, solved)

    @classmethod
    def infeasible(cls, problem: FactorisedProblem) -> Self:
        """Return a day on which leads that must be assigned cannot all be."""
        nobody = np.full(problem.n_leads, -1, dtype=np.int32)
        nothing = np.zeros(problem.n_reps)
        return cls(problem, Status.INFEASIBLE, nobody, 0.0, np.nan, nothing)

    @property
    def gap(self) -> float:
        """Bound less objective, as :func:`~solver.problem.result.gap_of`."""
        return gap_of(self.objective, self.bound)

    def with_capacity(
        self, capacity: NDArray[np.int64], *, time_limit: float
    ) -> "PricedDay":
        """Return the day with other capacities, solved from this one's prices."""
        problem = self.problem.replace(capacity=capacity)
        assert self.solved is not None
        solved = self.solved.again(capacity, Deadline.after(time_limit))
        return _priced(problem, solved)


def solve_factorised(
    problem: FactorisedProblem,
    *,
    seed: int,
    time_limit: float,
    answers_interrupts: bool = False,
    least_prices: bool = True,
) -> PricedDay:
    """Return a large day solved, as :func:`solve_price` does stored pairs.

    Parameters
    ----------
    problem, seed, time_limit, answers_interrupts
        As for :func:`solve_price`.
    least_prices
        As for :func:`solve_market`.
    """
    warm()
    deadline = Deadline.after(time_limit)
    market = market_of(problem, seed)
    solved = solve_market(
        market,
        deadline,
        answers_interrupts=answers_interrupts,
        least_prices=least_prices,
    )
    return _priced(problem, solved)


def _priced(problem: FactorisedProblem, solved: SolvedMarket | None) -> PricedDay:
    if solved is None:
        return PricedDay.infeasible(problem)
    price = in_order_of(problem, solved)
    return PricedDay.of(problem, solved.rep_of, solved.dual, price, solved)


def in_order_of(
    problem: Problem | FactorisedProblem, solved: SolvedMarket
) -> NDArray[np.float64]:
    """Return the prices in the problem's order of reps, shape (n_reps,)."""
    price = np.empty(problem.n_reps)
    price[solved.market.rep_order] = solved.price
    return price
