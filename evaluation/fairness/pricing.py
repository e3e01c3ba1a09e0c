"""Allocations near given shares, by a price on what reps have beyond them."""

from time import monotonic

import numpy as np
from numpy.typing import NDArray

from solver import Problem, Solution, solve
from solver.problem.shares import Share

ROUNDS = 60
STEP, CALM = 0.3, 10.0
"""By how much prices follow the shares at first, and after how many rounds by half."""


def priced_allocation(
    problem: Problem, share: Share, *, seed: int, time_limit: float
) -> Solution:
    """Return the best allocation found that keeps the share, or breaks it least.

    The share is priced instead of bounded: a rep with too large a part pays for each
    unit of worth, one with too small a part is paid. Every round solves the problem
    without the share, which is easy, and moves the prices.

    Parameters
    ----------
    share
        Bounds on each rep's part. Prices aim at half the way from 1 to them, so that
        some of the allocations obey.
    seed
        Breaks ties.
    time_limit
        Seconds for all rounds.

    References
    ----------
    Held, Wolfe and Crowder (1974), Validation of subgradient optimization,
    doi:10.1007/BF01580223.
    """
    end, price = monotonic() + time_limit, np.zeros(problem.n_reps)
    tried = [Solution.unassigned(problem)]
    for turn in range(ROUNDS):
        paid = price[problem.rep] * share.weight[problem.lead]
        priced = problem.replace(value=problem.value - paid)
        found = solve(priced, seed=seed, time_limit=end - monotonic()).solution
        if found.n_assigned:
            tried.append(Solution(problem, found.pair))
        if monotonic() >= end:
            break
        price += STEP / (1 + turn / CALM) * _beyond(share, tried[-1])
    return max(tried, key=lambda each: _rank(share, each))


def _beyond(share: Share, solution: Solution) -> NDArray[np.float64]:
    """Return how far each rep's part is from the aim, as a multiple of the fair one."""
    given = share.given(solution.rep_of)
    fair = share.fair * given.sum()
    part = np.divide(given, fair, out=np.ones_like(given), where=fair > 0)
    return part - np.clip(part, (1 + share.lower) / 2, (1 + share.upper) / 2)


def _rank(share: Share, solution: Solution) -> tuple[bool, float, float]:
    outside = float(share.outside(solution.rep_of).sum())
    return solution.n_assigned > 0, -outside, solution.objective
