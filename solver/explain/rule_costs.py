"""What each rule costs: the day solved again without it."""

from collections.abc import Callable
from time import perf_counter

import pandas as pd

from solver.building import Day
from solver.problem.result import Result

COLUMNS = ["rule", "kind", "strength", "cost", "leads_held_back", "proven"]

SolveDay = Callable[[Day, float], Result]
"""From a day and a time limit in seconds to its allocation."""


def costs_of_rules(
    day: Day, result: Result, solve_day: SolveDay, *, time_limit: float
) -> pd.DataFrame:
    """Return one row per rule: what the objective and the day gain without it.

    Parameters
    ----------
    result
        How `solve_day` has solved the day, with an allocation.
    solve_day
        Solves the day again under fewer rules.
    time_limit
        Seconds for all rules together; each has an equal part of the rest.

    Returns
    -------
    DataFrame
        ``rule``, ``kind``, ``strength``, ``cost`` (in the objective's unit),
        ``leads_held_back`` (leads assigned without the rule that are not with it;
        negative if fewer) and ``proven`` (whether both optima are).
    """
    deadline, rows = perf_counter() + time_limit, []
    for place, rule in enumerate(day.rules):
        part = (deadline - perf_counter()) / (len(day.rules) - place)
        others = [other for other in day.rules if other is not rule]
        freed = solve_day(day.under(others), max(part, 0.0))
        more = freed.solution.n_assigned - result.solution.n_assigned
        rows.append(
            {
                "rule": rule.name,
                "kind": rule.kind,
                "strength": rule.strength,
                "cost": freed.objective - result.objective,
                "leads_held_back": more,
                "proven": freed.is_optimal and result.is_optimal,
            }
        )
    return pd.DataFrame(rows, columns=COLUMNS)
