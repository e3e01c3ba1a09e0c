"""The price of fairness: the optimum under ever tighter bounds on each rep's share."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import inf, nan
from time import monotonic
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.fairness.distribution import Fairness, fairness_of
from evaluation.fairness.entitlement import entitlement_of, neutral_value
from evaluation.fairness.panel import TIMES_FAIR
from evaluation.labels import EXPECTED
from solver import Day, Problem, Result, Solution, Status, solve
from solver.engines.mip import solve_mip
from solver.problem.constraints import Share
from solver.problem.deadline import Deadline

STEPS = (0.7, 0.5, 0.35, 0.25, 0.15)
"""Bounds, as shares of how far the optimum's own shares lie from the fair ones."""
RULE = "price of fairness"
GINI_OF_FAIR = "gini of fair"
PRICING = 0.3
"""Part of the time limit that finding a start may take."""
ROUNDS = 60
STEP, CALM = 0.3, 10.0
"""Step size of the prices at first, and rounds after which it is halved."""

Row = dict[str, Any]


def price_of_fairness(
    day: Day, *, seed: int, time_limit: float, steps: Sequence[float] = STEPS
) -> pd.DataFrame:
    """Return what the best allocation keeps of its value as it is made fairer.

    The first row is the optimum as it is. In each further one every rep's share of the
    value assigned lies within a bound of the fair share, beside all rules of the day;
    rows that are no fairer than a looser one are left out. The fair share is the mean
    of assigning each lead at random among the eligible, in proportion to hours.

    Parameters
    ----------
    seed
        Breaks ties.
    time_limit
        Seconds for all rows together; each has an equal part of the rest.
    steps
        Bounds, as falling shares of the optimum's own largest deviation.

    Returns
    -------
    DataFrame
        ``within``, the bound: 0.5 holds shares to between half and one and a half
        times the fair one; ``gini`` and ``gini of fair`` as
        :class:`~evaluation.fairness.distribution.Fairness` has them;
        :data:`EXPECTED`, the objective; ``kept``, its share of the optimum's;
        ``at most``, what a longer search could keep; ``proven``. Of bounds for which
        time ran out, all but ``within`` is missing.

    References
    ----------
    Bertsimas, Farias and Trichakis (2011), The price of fairness,
    doi:10.1287/opre.1100.0865.
    """
    deadline, n_rows, began = Deadline.after(time_limit), 1 + len(steps), monotonic()
    best = solve(day.problem, seed=seed, time_limit=time_limit / n_rows)
    if not best.status.has_solution:
        return pd.DataFrame()
    fairness = fairness_of(day, best.solution)
    widest = float((fairness.by_rep[TIMES_FAIR] - 1).abs().max())
    share = _share(day)
    rows = [_row(best, best, fairness, widest)]
    shortest = monotonic() - began
    for place, step in enumerate(steps if widest > 0 else (), start=1):
        within, began = step * widest, monotonic()
        if deadline.seconds < shortest:
            rows.append(_unknown(within))
            continue
        bound = replace(share, lower=max(0.0, 1 - within), upper=1 + within)
        result = _within(day, bound, seed, deadline.part(1 / (n_rows - place)))
        shortest = min(shortest, monotonic() - began)
        if result.solution.n_assigned:
            rows.append(_row(result, best, fairness_of(day, result.solution), within))
        elif result.status == Status.NO_SOLUTION:
            rows.append(_unknown(within))
    return pd.DataFrame([rows[0], *_efficient(rows)])


def _within(day: Day, share: Share, seed: int, deadline: Deadline) -> Result:
    """Return the best allocation found whose shares obey the bounds."""
    pricing = deadline.part(PRICING).seconds
    start = priced_allocation(day.problem, share, seed=seed, time_limit=pricing)
    bounded = day.problem.replace(shares=(*day.problem.shares, share))
    return solve_mip(bounded, seed=seed, time_limit=deadline.seconds, start=start)


def _share(day: Day) -> Share:
    """Return each rep's share of the value assigned beside the fair one; unbounded."""
    problem, value = day.problem, neutral_value(day)
    amount = value[problem.lead] * entitlement_of(day).probability
    fair = np.bincount(problem.rep, amount, problem.n_reps)
    return Share(RULE, value, fair / (fair.sum() or 1.0), 0.0, inf)


def _row(result: Result, best: Result, fairness: Fairness, within: float) -> Row:
    whole = abs(best.objective) or 1.0
    return {
        "within": within,
        "gini": fairness.gini,
        GINI_OF_FAIR: fairness.gini_of_fair,
        EXPECTED: result.objective,
        "kept": 1 - (best.objective - result.objective) / whole,
        "at most": 1 - (best.objective - min(result.bound, best.bound)) / whole,
        "proven": result.is_optimal,
    }


def _unknown(within: float) -> Row:
    """Return the row of a bound within which nothing was found in time."""
    figures = ("gini", GINI_OF_FAIR, EXPECTED, "kept", "at most")
    return {"within": within, **dict.fromkeys(figures, nan), "proven": False}


def _efficient(rows: Sequence[Row]) -> Iterator[Row]:
    """Yield the rows but the first that no other row dominates."""
    for row in rows[1:]:
        if not any(_beats(other, row) for other in rows):
            yield row


def _beats(row: Row, other: Row) -> bool:
    fairer = other[GINI_OF_FAIR] - row[GINI_OF_FAIR]
    better = row[EXPECTED] - other[EXPECTED]
    return min(fairer, better) >= 0 < max(fairer, better)


def priced_allocation(
    problem: Problem, share: Share, *, seed: int, time_limit: float
) -> Solution:
    """Return the best allocation found that keeps the share, or breaks it least.

    The share is priced instead of bounded: a rep with too large a share pays for each
    unit of value, one with too small a share is paid. Every round solves the problem
    without the share, which is easy, and moves the prices.

    Parameters
    ----------
    share
        Bounds on each rep's share. Prices aim at half the way from 1 to them, so that
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
    solutions = [Solution.unassigned(problem)]
    for turn in range(ROUNDS):
        charge = price[problem.rep] * share.weight[problem.lead]
        priced = problem.replace(value=problem.value - charge)
        remaining = max(end - monotonic(), 0.0)
        solution = solve(priced, seed=seed, time_limit=remaining).solution
        if solution.n_assigned:
            solutions.append(Solution(problem, solution.pair))
        if monotonic() >= end:
            break
        price += STEP / (1 + turn / CALM) * _beyond(share, solutions[-1])
    return max(solutions, key=lambda solution: _rank(share, solution))


def _beyond(share: Share, solution: Solution) -> NDArray[np.float64]:
    """Return each rep's distance from the aim, as a multiple of the fair share."""
    amount = share.weight_of(solution.rep_of)
    fair = share.fair * amount.sum()
    part = np.divide(amount, fair, out=np.ones_like(amount), where=fair > 0)
    return part - np.clip(part, (1 + share.lower) / 2, (1 + share.upper) / 2)


def _rank(share: Share, solution: Solution) -> tuple[bool, float, float]:
    outside = float(share.outside(solution.rep_of).sum())
    return solution.n_assigned > 0, -outside, solution.objective
