"""What each rule costs: the day solved again without it."""

from collections.abc import Callable, Sequence
from functools import partial
from threading import Lock
from time import perf_counter
from typing import NamedTuple

import numpy as np
import pandas as pd

from solver.building import can_be_factorised, factorised_day
from solver.building.day import Day
from solver.engines import price
from solver.engines.price.suitability import NAME as PRICE
from solver.engines.processes.process import n_cores
from solver.explain.in_turn import answers_in_turn
from solver.problem.deadline import Deadline
from solver.problem.result import Result, Status
from solver.problem.solution import Solution
from solver.rules.base import Rule

COLUMNS = ["rule", "kind", "strength", "cost", "leads_held_back", "proven"]

ROUNDING = 1e-13
"""Part of the objective by which two sums of the same values may differ."""

SolveDay = Callable[[Day, float], Result]
"""From a day and a time limit in seconds to its allocation."""


def costs_of_rules(
    day: Day, result: Result, solve_day: SolveDay, *, time_limit: float
) -> pd.DataFrame:
    """Return one row per rule: what the objective and the day gain without it.

    Where time runs out, a cost is that of the best allocation found without the rule,
    the day's own among them: the rule costs at least that, if the day is optimal.

    Rules of a large day are solved side by side, one to a core.

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
    deadline = Deadline.after(time_limit)
    known = Freed(result.objective, result.solution.n_assigned)
    at_once, without = 1, partial(_solved_again, day, result, solve_day)
    if result.engine == PRICE and can_be_factorised(day):
        at_once = max(1, min(n_cores(), len(day.rules)))
        without = partial(_by_segments, day, result, Lock(), n_cores() // at_once)
        price.warm()
    tasks = [
        partial(without, [other for other in day.rules if other is not rule])
        for rule in day.rules
    ]
    rows = []
    answers = answers_in_turn(tasks, deadline, at_once)
    for rule, answer in zip(day.rules, answers, strict=True):
        freed, is_optimal = answer or (known, False)
        rows.append(
            {
                "rule": rule.name,
                "kind": rule.kind,
                "strength": rule.strength,
                "cost": _gained(freed.objective, result.objective),
                "leads_held_back": freed.n_assigned - result.solution.n_assigned,
                "proven": is_optimal and result.is_optimal,
            }
        )
    return pd.DataFrame(rows, columns=COLUMNS)


def _gained(freed: float, known: float) -> float:
    """Return by how much an objective is larger without a rule; 0 for rounding."""
    gained = freed - known
    return 0.0 if abs(gained) <= ROUNDING * abs(known) else gained


class Freed(NamedTuple):
    """What a day without one of its rules comes to."""

    objective: float
    n_assigned: int


def _by_segments(
    day: Day,
    result: Result,
    reading: Lock,
    n_threads: int,
    rules: Sequence[Rule],
    deadline: Deadline,
) -> tuple[Freed, bool]:
    """Return what a large day is worth under fewer rules, without storing its pairs.

    Rules are read by one thread at a time: what they do, they need not do at once.
    """
    with reading:
        problem = factorised_day(day, rules)
    solved = price.solve_changed(
        problem,
        result.price.astype(np.float64, copy=False),
        seed=day.seed(0),
        deadline=deadline,
        n_threads=n_threads,
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
