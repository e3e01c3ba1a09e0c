"""Every lead at once, so that the sum of the values is largest."""

import numpy as np

from solver.engines import solve
from solver.problem import Problem
from solver.solution import Solution

UNLIMITED = float("inf")


def optimal(problem: Problem, rng: np.random.Generator) -> Solution:
    """Return an allocation of the largest total value."""
    seed = int(rng.integers(2**31))
    return solve(problem, seed=seed, time_limit=UNLIMITED).solution
