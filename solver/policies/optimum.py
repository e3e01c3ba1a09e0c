"""The optimal policy: all leads at once, so that the objective is largest."""

from math import inf

import numpy as np

from solver.engines import solve
from solver.policies.limited import Attempt, with_limit
from solver.problem.problem import Problem
from solver.problem.result import Status
from solver.problem.solution import Solution


def optimal(problem: Problem, rng: np.random.Generator) -> Solution:
    """Return an allocation of the largest objective: value less penalties.

    The only policy that weighs every rule, also soft rules on several pairs. Where
    no allocation is feasible, all leads stay unassigned.
    """
    return _limited(problem, rng, inf).solution


def _limited(problem: Problem, rng: np.random.Generator, seconds: float) -> Attempt:
    result = solve(problem, seed=int(rng.integers(2**31)), time_limit=seconds)
    is_final = result.status in {Status.OPTIMAL, Status.INFEASIBLE}
    return Attempt(result.solution, is_final)


with_limit(optimal, _limited)
