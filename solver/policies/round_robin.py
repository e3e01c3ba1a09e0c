"""Each lead in turn to the rep who has waited longest: the policy to compare with."""

import numpy as np
from numpy.typing import NDArray

from solver.problem import Problem
from solver.solution import Solution
from solver.ties import random_ranks


def round_robin(problem: Problem, rng: np.random.Generator) -> Solution:
    """Return the allocation by rotation, in order of arrival.

    Every lead goes to the eligible rep with a free slot whose last lead was given
    longest ago. Leads that must be assigned draw first, so that they find room.
    What a pair is worth plays no part.

    Parameters
    ----------
    rng
        Draws the first rotation, and the order of leads that arrived together.
    """
    solution = Solution.unassigned(problem)
    room = problem.capacity.copy()
    last_turn = random_ranks(problem.rep_ids, rng) - problem.n_reps
    for turn, lead in enumerate(_turns(problem, rng)):
        pairs = np.arange(problem.indptr[lead], problem.indptr[lead + 1])
        free = pairs[(room[problem.rep[pairs]] > 0) | ~problem.uses_slot[pairs]]
        if len(free) == 0:
            continue
        pair = free[np.argmin(last_turn[problem.rep[free]])]
        solution.pair[lead] = pair
        if problem.uses_slot[pair]:
            room[problem.rep[pair]] -= 1
            last_turn[problem.rep[pair]] = turn
    return solution


def _turns(problem: Problem, rng: np.random.Generator) -> NDArray[np.int64]:
    """Return the leads in the order in which they are served, shape (n_leads,)."""
    tie = random_ranks(problem.lead_ids, rng)
    return np.lexsort((tie, problem.arrival, ~problem.must))
