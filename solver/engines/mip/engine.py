"""The mixed-integer engine: any rules, by dual bounds, search and branch and bound."""

from collections.abc import Callable
from dataclasses import replace
from math import inf
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from solver.engines.mip.duality import LinearRelaxation, proven_by
from solver.engines.mip.effort import spend
from solver.engines.mip.incumbent import Incumbent
from solver.engines.mip.model import Model, Point, point_of
from solver.engines.mip.natural import Natural
from solver.engines.mip.order import Shuffled
from solver.engines.mip.race import ANSWERING, race
from solver.engines.mip.relaxation import InfeasibleError, relaxation
from solver.engines.mip.start import filled, rounded, trimmed
from solver.problem.problem import Problem
from solver.problem.result import Result, Status
from solver.problem.solution import Solution

NAME = "mip"
RELAXING = 0.4
"""Share of the time limit that the relaxation may take."""


def solve_mip(
    problem: Problem,
    *,
    seed: int,
    time_limit: float,
    start: Solution | None = None,
    bound: float = inf,
    progress: Callable[[float, float], None] | None = None,
    effort: int | None = None,
) -> Result:
    """Return the best allocation found, its proven bound, and the relaxation's prices.

    HiGHS and SCIP branch, in processes of their own; CP-SAT searches meanwhile. Prices
    are dual prices of the linear relaxation: exact there, a guide for whole leads.
    Where a proof ends in time, the result depends on the seed alone, up to allocations
    of equal value; a solve that the clock ends may differ.

    Parameters
    ----------
    seed
        Breaks ties.
    time_limit
        Seconds.
    start
        An allocation to begin with; it may break rules.
    bound
        No allocation is known to have a larger objective.
    progress
        Called with the value of the best allocation so far, and its bound, a few times
        a second.
    effort
        Work after which the solve ends, the same on any machine; `None` for as much as
        the time limit allows.
    """
    if problem.n_pairs == 0:
        return _without_pairs(problem)
    began = monotonic()
    shuffled = Shuffled(problem, seed)
    model = Model.of(shuffled.problem)
    starts = _starts(model, shuffled, start)
    try:
        by_clock = effort is None
        relaxing = RELAXING if by_clock else 1.0
        relaxed = relaxation(model, began + relaxing * time_limit, by_clock=by_clock)
    except InfeasibleError:
        if not any(point.obeys for point in starts):
            return Result.without_solution(problem, Status.INFEASIBLE, NAME)
        relaxed = proven_by(model, np.zeros(model.rows.shape[0]))
    starts.append(rounded(model, relaxed))
    starts.append(filled(model, starts[-1]))
    starts += [trimmed(model, point) for point in starts[1:]]
    incumbent = Incumbent(model, relaxed, starts, bound, progress)
    end = began + time_limit
    if effort is None:
        race(incumbent, Natural(problem, shuffled, model), seed, end)
    else:
        spend(incumbent, effort, seed, end)
    if not incumbent.is_over:
        soon = end + ANSWERING * time_limit if effort is None else inf
        incumbent.improve(filled(model, incumbent.best, soon))
    result = _result(problem, shuffled, incumbent)
    is_whole = effort is not None and monotonic() < end
    return replace(result, is_reproducible=is_whole or result.is_optimal)


def _without_pairs(problem: Problem) -> Result:
    nothing = Solution.unassigned(problem)
    if next(nothing.breaches(), None):
        return Result.without_solution(problem, Status.INFEASIBLE, NAME)
    prices = np.zeros(problem.n_reps), np.zeros(len(problem.limits))
    return Result(Status.OPTIMAL, nothing, nothing.objective, *prices, NAME)


def _starts(model: Model, shuffled: Shuffled, start: Solution | None) -> list[Point]:
    """Return the allocation of nothing, then the start where there is one."""
    nothing = np.full(model.problem.n_leads, -1)
    pairs = (
        [nothing] if start is None else [nothing, shuffled.shuffled_pair(start.pair)]
    )
    return [point_of(model, pair) for pair in pairs]


def _result(problem: Problem, shuffled: Shuffled, incumbent: Incumbent) -> Result:
    """Return the result for the problem in its own order."""
    if incumbent.bound == -inf:
        return Result.without_solution(problem, Status.INFEASIBLE, NAME)
    slots, limits = _prices(problem, incumbent.relaxed)
    prices = shuffled.original_price(slots), limits
    solution = Solution(problem, shuffled.original_pair(incumbent.best.pair))
    if next(solution.breaches(), None):
        solution = Solution.unassigned(problem)
    if next(solution.breaches(), None):
        return Result(Status.NO_SOLUTION, solution, incumbent.bound, *prices, NAME)
    bound = max(incumbent.bound, solution.objective)
    status = Status.proven(solution, bound)
    return Result(status, solution, bound, *prices, NAME)


def _prices(
    problem: Problem, relaxed: LinearRelaxation
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    ends = np.cumsum([problem.n_leads, problem.n_reps, len(problem.limits)])
    _, slots, limits, _ = np.split(relaxed.price, ends)
    return slots, limits
