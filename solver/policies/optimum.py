"""The optimal policy: all leads at once, so that the objective is largest."""

from math import inf

import numpy as np

from solver.engines import solve
from solver.problem.problem import Problem
from solver.problem.solution import Solution


def optimal(problem: Problem, rng: np.random.Generator) -> Solution:
    """Return an allocation of the largest objective: value less penalties.

    The only policy that weighs every rule, also soft rules on several pairs. Where
    no allocation is feasible, all leads stay unassigned.
    """
    seed = int(rng.integers(2**31))
    return solve(problem, seed=seed, time_limit=inf).solution
