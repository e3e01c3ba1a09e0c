"""The flow engine: exact wherever the rules are filters and nested limits."""

import numpy as np

from solver.engines.flow.min_cost_flow import OutOfTimeError, least_cost_pairs
from solver.engines.flow.network import network, tie_levels
from solver.engines.flow.prices import NotOptimalError, dual_bound, tree_prices
from solver.engines.flow.scaling import grids
from solver.engines.flow.tree import Tree
from solver.problem.problem import Problem
from solver.problem.result import Result, Status
from solver.problem.solution import Solution

NAME = "flow"


def solve_flow(problem: Problem, tree: Tree, *, seed: int, time_limit: float) -> Result:
    """Return an optimal allocation with its dual prices, which prove it.

    Parameters
    ----------
    tree
        The problem's slots and limits.
    seed
        Breaks ties.
    time_limit
        Seconds.

    Raises
    ------
    ScalingError
        Where there are too many leads for 64-bit integers.
    """
    grid, tempered = grids(problem, tree.root + 1, tie_levels(problem.n_leads))
    try:
        used = least_cost_pairs(network(problem, tree, tempered, seed), time_limit)
    except OutOfTimeError:
        return Result.without_solution(problem, Status.NO_SOLUTION, NAME)
    if used is None:
        return Result.without_solution(problem, Status.INFEASIBLE, NAME)
    pair = Solution.unassigned(problem).pair
    pair[problem.lead[used]] = used
    solution = Solution(problem, pair)
    try:
        prices = tree_prices(problem, tree, grid, pair) * grid.step
    except NotOptimalError:
        prices = tree_prices(problem, tree, tempered, pair) * grid.step
    price, limit_price = np.split(prices, [problem.n_reps])
    bound = dual_bound(problem, price, limit_price)
    if Status.proven(solution, bound) != Status.OPTIMAL:
        # Prices of a day without any value are rounding errors; none prove more.
        bound = min(bound, dual_bound(problem, np.zeros(problem.n_reps)))
    status = Status.proven(solution, bound)
    return Result(status, solution, bound, price, limit_price, NAME)
