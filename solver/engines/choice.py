"""Which engine solves a problem."""

from solver.engines.flow import solve_flow
from solver.engines.tree import tree_of
from solver.problem import Problem
from solver.result import Result


def solve(problem: Problem, *, seed: int, time_limit: float) -> Result:
    """Return a best allocation, found by the engine that the rules allow.

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
    tree = tree_of(problem)
    if tree is None:
        raise NotImplementedError
    return solve_flow(problem, tree, seed=seed, time_limit=time_limit)
