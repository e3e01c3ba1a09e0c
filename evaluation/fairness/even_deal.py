"""An allocation that looks at nothing but fair shares."""

import numpy as np
from numpy.typing import NDArray

from solver import Problem, Solution
from solver.policies.room import Room


def dealt_evenly(
    problem: Problem, worth: NDArray[np.float64], fair: NDArray[np.float64]
) -> Solution:
    """Return the allocation that gives each lead to who lags furthest behind.

    Leads are dealt in falling order of worth, those that must be assigned first,
    each to the rep with room who has least of their fair part so far.

    Parameters
    ----------
    worth
        What each lead counts, shape (n_leads,).
    fair
        Each rep's fair part, shape (n_reps,); who has none gets what nobody else can.

    References
    ----------
    Graham (1969), Bounds on multiprocessing timing anomalies, doi:10.1137/0117039:
    the largest first, each where least is.
    """
    room, got = Room(problem), np.zeros(problem.n_reps)
    for lead in np.lexsort((-worth, ~problem.must)).tolist():
        pairs = room.pairs_of(lead)
        if len(pairs):
            reps = problem.rep[pairs]
            after = np.full(len(reps), np.inf)
            np.divide(got[reps] + worth[lead], fair[reps], after, where=fair[reps] > 0)
            first = int(np.argmin(after))
            room.take(int(pairs[first]))
            got[reps[first]] += worth[lead]
    return room.solution
