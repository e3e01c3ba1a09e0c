"""What each rule costs: the day solved again without it."""

from collections.abc import Callable
from time import perf_counter

import pandas as pd

from solver.building.day import Day
from solver.problem.deadline import Deadline
from solver.problem.result import Result
from solver.problem.solution import Solution

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
    for place, rule in enumerate(day.rules):
        freed, is_optimal, began = result.solution, False, perf_counter()
        if deadline.seconds > shortest:
            own = deadline.part(1 / (len(day.rules) - place))
            without = day.under([other for other in day.rules if other is not rule])
            building = perf_counter() - began
            seconds = own.seconds if own.seconds > building else 0.0
            freed, is_optimal = _best_found(without, result, solve_day, seconds)
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
