"""Who would rather have a colleague's leads."""

import numpy as np
from numpy.typing import NDArray

from solver import Solution

_SLACK = 1e-9


def envious_pairs(
    solution: Solution, worth: NDArray[np.float64], hours: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Return who envies whom, shape (n, 2): positions of reps, in order.

    A rep envies another whose leads are worth more per hour than their own, counting
    only leads that they may serve themselves, and even without the best of these (no
    envy up to one lead).

    Parameters
    ----------
    worth
        What each lead is worth, shape (n_leads,).
    hours
        What each rep is entitled by, shape (n_reps,); who has none envies nobody.

    References
    ----------
    Chakraborty, Igarashi, Suksompong and Zick (2021), Weighted envy-freeness in
    indivisible item allocation, doi:10.1145/3457166.
    """
    problem, n_reps = solution.problem, solution.problem.n_reps
    pair = np.flatnonzero(solution.assigned[problem.lead])
    lead = problem.lead[pair]
    couples, which = np.unique(
        problem.rep[pair].astype(np.int64) * n_reps + solution.rep_of[lead],
        return_inverse=True,
    )
    rep, other = couples // n_reps, couples % n_reps
    seen = np.bincount(which, worth[lead], len(couples))
    best = np.zeros(len(couples))
    np.maximum.at(best, which, worth[lead])
    own = np.zeros(n_reps)
    own[rep[rep == other]] = seen[rep == other]
    # Both sides times the hours of both, so that nothing is divided by none.
    theirs = (seen - best) * hours[rep]
    envies = theirs > own[rep] * hours[other] + _SLACK * np.abs(theirs)
    entitled = (rep != other) & (hours[rep] > 0) & (hours[other] > 0)
    return np.column_stack([rep, other])[envies & entitled]
