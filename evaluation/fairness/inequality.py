"""Inequality: Gini coefficient, min/max ratio, and envy between reps."""

import numpy as np
from numpy.typing import NDArray

from solver import Solution

_SLACK = 1e-9


def gini(amounts: NDArray[np.float64]) -> float:
    """Return the Gini coefficient: 0 where all are equal, near 1 where one has all.

    It is half the mean distance of two amounts, over their mean; 0 where there is
    nothing to share.

    Parameters
    ----------
    amounts
        Shape (n,), not negative.

    References
    ----------
    Gini (1912), Variabilità e mutabilità.
    """
    total, n = amounts.sum(), len(amounts)
    if total <= 0:
        return 0.0
    rank = np.arange(1, n + 1)
    return float((2 * rank - n - 1) @ np.sort(amounts) / (n * total))


def min_max_ratio(amounts: NDArray[np.float64]) -> float:
    """Return the least amount as a share of the largest: 1 where all are equal.

    Parameters
    ----------
    amounts
        Shape (n,), not negative.
    """
    most = amounts.max(initial=0.0)
    return float(amounts.min() / most) if most > 0 else 1.0


def envious_pairs(
    solution: Solution, value: NDArray[np.float64], hours: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Return who envies whom, shape (n, 2): positions of reps, in order.

    A rep envies another whose leads have more value per hour than their own, counting
    only leads that they may serve themselves, and even without the best of these (no
    envy up to one lead).

    Parameters
    ----------
    value
        Of each lead, shape (n_leads,).
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
    seen = np.bincount(which, value[lead], len(couples))
    best = np.zeros(len(couples))
    np.maximum.at(best, which, value[lead])
    own = np.zeros(n_reps)
    own[rep[rep == other]] = seen[rep == other]
    # Both sides times the hours of both, so that nothing is divided by none.
    of_other = (seen - best) * hours[rep]
    envies = of_other > own[rep] * hours[other] + _SLACK * np.abs(of_other)
    entitled = (rep != other) & (hours[rep] > 0) & (hours[other] > 0)
    return np.column_stack([rep, other])[envies & entitled]
