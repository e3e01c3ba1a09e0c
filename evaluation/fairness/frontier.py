"""What fairness costs: the optimum under ever tighter bounds on each rep's part."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import inf
from time import monotonic
from typing import Any

import numpy as np
import pandas as pd

from evaluation.fairness.distribution import Fairness, fairness_of
from evaluation.fairness.entitlement import entitlement_of
from evaluation.fairness.lead_worth import neutral_worth
from evaluation.fairness.panel import TIMES_FAIR
from evaluation.fairness.pricing import priced_allocation
from evaluation.labels import EXPECTED
from solver import Day, Result, solve
from solver.engines.mip import solve_mip
from solver.problem.shares import Share

STEPS = (0.7, 0.5, 0.35, 0.25, 0.15)
"""Bounds, as shares of how far the optimum's own parts lie from the fair ones."""
RULE = "price of fairness"
PRICING = 0.3
"""Part of the time limit that finding a start may take."""
GINI_OF_FAIR = "gini of fair"

Row = dict[str, Any]


def price_of_fairness(
    day: Day, *, seed: int, time_limit: float, steps: Sequence[float] = STEPS
) -> pd.DataFrame:
    """Return what the best allocation keeps of its value as it is made fairer.

    The first row is the optimum as it is. In each further one every rep's part of the
    worth given out lies within a bound of the fair part, beside all rules of the day;
    rows that are no fairer than a looser one are left out. The fair part is what
    dealing the leads by hours among the eligible would give.

    Parameters
    ----------
    seed
        Breaks ties.
    time_limit
        Seconds for each row.
    steps
        Bounds, as falling shares of the optimum's own largest deviation.

    Returns
    -------
    DataFrame
        ``within``, the bound: 0.5 holds parts to between half and one and a half times
        the fair one; ``gini`` and ``gini of fair`` as
        :class:`~evaluation.fairness.distribution.Fairness` has them;
        :data:`EXPECTED`, the objective; ``kept``, its share of the optimum's;
        ``at most``, what a longer search could keep; ``proven``.

    References
    ----------
    Bertsimas, Farias and Trichakis (2011), The price of fairness,
    doi:10.1287/opre.1100.0865.
    """
    best = solve(day.problem, seed=seed, time_limit=time_limit)
    if not best.status.has_solution:
        return pd.DataFrame()
    found = fairness_of(day, best.solution)
    widest = float((found.by_rep[TIMES_FAIR] - 1).abs().max())
    share = _share(day)
    rows = [_row(best, best, found, widest)]
    for within in (step * widest for step in steps if widest > 0):
        bound = replace(share, lower=max(0.0, 1 - within), upper=1 + within)
        result = _within(day, bound, seed, time_limit)
        if result.solution.n_assigned:
            rows.append(_row(result, best, fairness_of(day, result.solution), within))
    return pd.DataFrame([rows[0], *_undominated(rows)])


def _within(day: Day, share: Share, seed: int, time_limit: float) -> Result:
    """Return the best allocation found whose parts obey the share."""
    began = monotonic()
    start = priced_allocation(
        day.problem, share, seed=seed, time_limit=PRICING * time_limit
    )
    bounded = day.problem.replace(shares=(*day.problem.shares, share))
    left = max(0.0, time_limit - (monotonic() - began))
    return solve_mip(bounded, seed=seed, time_limit=left, start=start)


def _share(day: Day) -> Share:
    """Return each rep's part of the worth given out, beside the fair one; unbounded."""
    problem, worth = day.problem, neutral_worth(day)
    dealt = worth[problem.lead] * entitlement_of(day).chance
    fair = np.bincount(problem.rep, dealt, problem.n_reps)
    return Share(RULE, worth, fair / (fair.sum() or 1.0), 0.0, inf)


def _row(result: Result, best: Result, found: Fairness, within: float) -> Row:
    whole = abs(best.objective) or 1.0
    return {
        "within": within,
        "gini": found.gini,
        GINI_OF_FAIR: found.gini_of_fair,
        EXPECTED: result.objective,
        "kept": 1 - (best.objective - result.objective) / whole,
        "at most": 1 - (best.objective - min(result.bound, best.bound)) / whole,
        "proven": result.is_optimal,
    }


def _undominated(rows: Sequence[Row]) -> Iterator[Row]:
    """Yield the rows but the first that no other one beats in both respects."""
    for row in rows[1:]:
        if not any(_beats(other, row) for other in rows):
            yield row


def _beats(one: Row, other: Row) -> bool:
    fairer = other[GINI_OF_FAIR] - one[GINI_OF_FAIR]
    better = one[EXPECTED] - other[EXPECTED]
    return min(fairer, better) >= 0 < max(fairer, better)
