"""The mixed-integer engine: any rules, by branch and bound."""

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from solver.engines.program import program
from solver.problem import Problem
from solver.result import Result, Status
from solver.solution import Solution

NAME = "mip"


def solve_mip(
    problem: Problem,
    *,
    seed: int,
    time_limit: float,
    start: Solution | None = None,
    progress: object = None,
) -> Result:
    """Interim engine on SciPy's HiGHS, until the measured one replaces it."""
    made = program(problem)
    limit = {} if time_limit == np.inf else {"time_limit": time_limit}
    found = milp(
        -made.gain,
        integrality=made.is_integer.astype(int),
        bounds=Bounds(0, made.most),
        constraints=LinearConstraint(made.rows, made.lower, made.upper),
        options={"mip_rel_gap": 0, **limit},
    )
    if found.status == 2:
        return Result.without_solution(problem, Status.INFEASIBLE, NAME)
    if found.x is None:
        return Result.without_solution(problem, Status.NO_SOLUTION, NAME)
    chosen = np.flatnonzero(found.x[: problem.n_pairs] > 0.5)
    pair = Solution.unassigned(problem).pair
    pair[problem.lead[chosen]] = chosen
    solution = Solution(problem, pair)
    worst = found.fun if found.mip_dual_bound is None else found.mip_dual_bound
    bound = made.constant - worst
    prices = np.zeros(problem.n_reps), np.zeros(len(problem.limits))
    status = Status.proven(solution.objective, bound)
    return Result(status, solution, bound, *prices, NAME)
