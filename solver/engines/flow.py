"""The flow engine: exact wherever the rules are filters and slots per rep."""

import numpy as np

from solver.engines.min_cost_flow import OutOfTimeError, least_cost_pairs
from solver.engines.network import network, tie_levels
from solver.engines.prices import dual_bound, slot_prices
from solver.engines.scaling import decisive, grid_step, on_grid
from solver.problem import Problem
from solver.result import PROVEN, Result, Status, relative_gap
from solver.solution import Solution

NAME = "flow"


def solve_flow(problem: Problem, *, seed: int, time_limit: float) -> Result:
    """Return a best allocation with its slot prices, proven by their dual bound.

    Parameters
    ----------
    seed
        Breaks ties.
    time_limit
        Seconds.

    Raises
    ------
    ScalingError
        Where there are too many leads for 64-bit integers.
    """
    n_nodes = problem.n_leads + problem.n_reps + 1
    worth = decisive(problem)
    step = grid_step(worth, n_nodes, tie_levels(problem.n_leads))
    value = on_grid(worth, step)
    try:
        used = least_cost_pairs(network(problem, value, seed), time_limit)
    except OutOfTimeError:
        return _without_solution(problem, Status.NO_SOLUTION)
    if used is None:
        return _without_solution(problem, Status.INFEASIBLE)
    pair = Solution.unassigned(problem).pair
    pair[problem.lead[used]] = used
    solution = Solution(problem, pair)
    price = slot_prices(problem, value, pair) * step
    bound = dual_bound(problem, price)
    proven = relative_gap(solution.objective, bound) <= PROVEN
    status = Status.OPTIMAL if proven else Status.FEASIBLE
    return Result(status, solution, bound, price, NAME)


def _without_solution(problem: Problem, status: Status) -> Result:
    nothing = Solution.unassigned(problem)
    return Result(status, nothing, np.nan, np.zeros(problem.n_reps), NAME)
