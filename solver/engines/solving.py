"""Which engine solves a problem."""

from collections.abc import Callable
from math import inf
from time import perf_counter

from solver.engines import mip, price
from solver.engines.flow import solve_flow, tree_of
from solver.engines.flow.tree import Tree
from solver.problem.deadline import Deadline
from solver.problem.problem import Problem
from solver.problem.result import Result, Status
from solver.problem.solution import Solution

Progress = Callable[[float, float], None]
"""Called with the value of the best allocation so far, and its bound."""

STARTING = 0.2
"""Part of the time limit that finding a start may take."""


def solve(
    problem: Problem,
    *,
    seed: int,
    time_limit: float,
    progress: Progress | None = None,
    effort: int | None = None,
) -> Result:
    """Return the best allocation found, by the engine that the rules allow.

    Parameters
    ----------
    seed
        Breaks ties.
    time_limit
        Seconds.
    progress
        Called at every improvement of a long solve.
    effort
        Work after which a solve of the mixed-integer engine ends, so that it ends alike
        on any machine whose time limit allows it; `None` for no such limit.

    Raises
    ------
    ScalingError
        Where there are too many leads for 64-bit integers.
    """
    tree = tree_of(problem)
    if tree is not None:
        return _solve_tree(problem, tree, seed, time_limit)
    began = perf_counter()
    starting = STARTING if effort is None else 1.0
    start, bound = _start(problem, seed, starting * time_limit)
    return mip.solve_mip(
        problem,
        seed=seed,
        time_limit=time_limit - (perf_counter() - began),
        start=start,
        bound=bound,
        progress=progress,
        effort=effort,
    )


def _solve_tree(problem: Problem, tree: Tree, seed: int, time_limit: float) -> Result:
    """Return the answer by prices where the day is large, else by a flow.

    Where rounding keeps prices from proving their answer, the flow is asked as well.
    """
    deadline = Deadline.after(time_limit)
    known = None
    if price.suits(problem):
        known = price.solve_price(problem, seed=seed, time_limit=time_limit)
        if known.status != Status.FEASIBLE or not deadline.seconds:
            return known
    result = solve_flow(problem, tree, seed=seed, time_limit=deadline.seconds)
    return known if known and not result.status.has_solution else result


def _start(
    problem: Problem, seed: int, time_limit: float
) -> tuple[Solution | None, float]:
    """Return the flow's answer to the rules it can express, and its dual bound.

    The answer may break the other rules; the bound holds for all of them, since a rule
    can only take from the objective.
    """
    counting = tuple(limit for limit in problem.limits if limit.counts_leads)
    easier = problem.replace(limits=counting, shares=(), groups=())
    tree = tree_of(easier)
    if tree is None:
        easier = easier.replace(limits=())
        tree = tree_of(easier)
        assert tree is not None
    result = solve_flow(easier, tree, seed=seed, time_limit=time_limit)
    if not result.status.has_solution:
        return None, inf
    return Solution(problem, result.solution.pair), result.bound
