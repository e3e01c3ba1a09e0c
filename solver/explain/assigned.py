"""Why each assigned lead has its rep, and its backup rep."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from solver.building.day import Day
from solver.explain.reasons import Choice
from solver.problem.problem import random_ranks
from solver.problem.result import Result

ROUNDING = 1e-9
"""Differences of value less price below this are none."""


def assigned_leads(day: Day, result: Result, seed: int) -> pd.DataFrame:
    """Return lead_id, rep_id, backup_rep_id, pair and reason of each assigned lead.

    The backup is the other eligible rep for whom the lead's value less the price of
    the slot and limits it takes is highest, ties broken by the seed; empty where no
    other is eligible.
    """
    problem, solution = day.problem, result.solution
    leads = np.flatnonzero(solution.assigned)
    chosen = solution.pair[leads]
    net = problem.value - result.pair_price
    backup = _best_other(day, chosen, net, seed)[leads]
    named = np.append(problem.rep_ids, "")
    return pd.DataFrame(
        {
            "lead_id": problem.lead_ids[leads],
            "rep_id": problem.rep_ids[problem.rep[chosen]],
            "backup_rep_id": named[np.where(backup >= 0, problem.rep[backup], -1)],
            "pair": chosen,
            "reason": _reasons(day, chosen, net),
        }
    )


def _best_other(
    day: Day, chosen: NDArray[np.int64], value: NDArray[np.float64], seed: int
) -> NDArray[np.int64]:
    """Return each lead's best pair that was not chosen, or -1, shape (n_leads,)."""
    problem = day.problem
    value = value.copy()
    value[chosen] = -np.inf
    is_best = value == problem.highest(value)[problem.lead]
    is_best[chosen] = False
    pairs = np.flatnonzero(is_best)
    tie = random_ranks(problem.rep_ids, np.random.default_rng(seed))
    order = pairs[np.argsort(tie[problem.rep[pairs]])]
    best = np.full(problem.n_leads, -1, dtype=np.int64)
    best[problem.lead[order]] = order
    return best


def _is_highest(
    day: Day, value: NDArray[np.float64], chosen: NDArray[np.int64], slack: float = 0.0
) -> NDArray[np.bool_]:
    """Tell for each chosen pair whether none of its lead's has a higher value."""
    highest = day.problem.highest(value)
    return value[chosen] >= highest[day.problem.lead[chosen]] - slack


def _reasons(
    day: Day, chosen: NDArray[np.int64], net: NDArray[np.float64]
) -> NDArray[np.object_]:
    problem = day.problem
    leads, rep = problem.lead[chosen], problem.rep[chosen]
    reason = np.full(len(chosen), Choice.BEST_TOGETHER, dtype=object)
    reason[_is_highest(day, net, chosen, ROUNDING)] = Choice.HIGHEST_VALUE_AFTER_PRICES
    reason[_is_highest(day, problem.value, chosen)] = Choice.HIGHEST_VALUE
    reason[np.diff(problem.indptr)[leads] == 1] = Choice.ONLY_ELIGIBLE_REP
    deciding = [r for r in day.rules if r.choice and r.name in day.filters]
    for rule in sorted(deciding, key=lambda rule: rule.choice_rank):
        reason[day.filters[rule.name].names(leads, rep)] = rule.choice
    return reason
