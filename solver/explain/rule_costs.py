"""What each rule costs: the day solved again without it."""

from collections.abc import Callable, Sequence
from functools import partial
from time import perf_counter
from typing import NamedTuple

import numpy as np
import pandas as pd

from solver.building import can_be_factorised, factorised_day
from solver.building.day import Day
from solver.engines import price
from solver.engines.price.suitability import NAME as PRICE
from solver.problem.deadline import Deadline
from solver.problem.result import Result, Status
from solver.problem.solution import Solution
from solver.rules.base import Rule

COLUMNS = ["rule", "kind", "strength", "cost", "leads_held_back", "proven"]

SolveDay = Callable[[Day, float], Result]
"""From a day and a time limit in seconds to its allocation."""


def costs_of_rules(
    day: Day, result: Result, solve_day: SolveDay, *, time_limit: float
) -> pd.DataFrame:
    """Return one row per rule: what the objective and the day gain without it.

    Where time runs out, a cost is that of the best allocation found without the rule,
    the day's own among them: the rule costs at least that, if the day is optimal.

    A cost can be negative: fair parts are of what each rep could get, which other rules
    decide, so that a hard fair share may hold more tightly without one of them.

    Parameters
    ----------
    result
        How `solve_day` has solved the day, with an allocation.
    solve_day
        Solves the day again under fewer rules.
    time_limit
        Seconds for all rules together; each has an equal part of the rest. Where that
        is less than it takes to set up the day without the rule, it is not solved.

    Returns
    -------
    DataFrame
        ``rule``, ``kind``, ``strength``, ``cost`` (in the objective's unit),
        ``leads_held_back`` (leads assigned without the rule that are not with it;
        negative if fewer) and ``proven`` (whether both optima are).
    """
    deadline, rows, shortest = Deadline.after(time_limit), [], 0.0
    known = Freed(result.objective, result.solution.n_assigned)
    by_segments = result.engine == PRICE and can_be_factorised(day)
    without = (
        partial(_by_segments, day, result)
        if by_segments
        else partial(_solved_again, day, result, solve_day)
    )
    for place, rule in enumerate(day.rules):
        freed, is_optimal, began = known, False, perf_counter()
        if deadline.seconds > shortest:
            own = deadline.part(1 / (len(day.rules) - place))
            others = [other for other in day.rules if other is not rule]
            freed, is_optimal = without(others, own)
            took = perf_counter() - began
            shortest = min(shortest or took, took)
        rows.append(
            {
                "rule": rule.name,
                "kind": rule.kind,
                "strength": rule.strength,
                "cost": freed.objective - result.objective,
                "leads_held_back": freed.n_assigned - result.solution.n_assigned,
                "proven": is_optimal and result.is_optimal,
            }
        )
    return pd.DataFrame(rows, columns=COLUMNS)


class Freed(NamedTuple):
    """What a day without one of its rules comes to."""

    objective: float
    n_assigned: int


def _by_segments(
    day: Day, result: Result, rules: Sequence[Rule], deadline: Deadline
) -> tuple[Freed, bool]:
    """Return what a large day is worth under fewer rules, without storing its pairs."""
    solved = price.solve_changed(
        factorised_day(day, rules),
        result.price.astype(np.float64, copy=False),
        seed=day.seed(0),
        deadline=deadline,
    )
    freed = Freed(solved.objective, int((solved.rep_of >= 0).sum()))
    if solved.status == Status.OPTIMAL:
        return freed, True
    return max(freed, Freed(result.objective, result.solution.n_assigned)), False


def _solved_again(
    day: Day,
    result: Result,
    solve_day: SolveDay,
    rules: Sequence[Rule],
    deadline: Deadline,
) -> tuple[Freed, bool]:
    """Return what the day is worth once it is set up and solved under fewer rules."""
    began = perf_counter()
    without = day.under(rules)
    building = perf_counter() - began
    seconds = deadline.seconds if deadline.seconds > building else 0.0
    best, is_optimal = _best_found(without, result, solve_day, seconds)
    return Freed(best.objective, best.n_assigned), is_optimal


def _best_found(
    day: Day, result: Result, solve_day: SolveDay, seconds: float
) -> tuple[Solution, bool]:
    """Return the best of what is found and what is known, and whether it is optimal.

    The day's own allocation, wherever it obeys the other rules without this one; where
    nothing is known, it stands as it is.
    """
    known = Solution.of_reps(day.problem, result.solution.rep_of)
    found = [] if next(known.breaches(), None) else [known]
    if seconds > 0:
        again = solve_day(day, seconds)
        if again.is_optimal:
            return again.solution, True
        found += [again.solution] if again.status.has_solution else []
    best = max(found, key=lambda each: each.objective, default=result.solution)
    return best, False
