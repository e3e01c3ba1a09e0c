"""What each rule costs: the day solved again without it."""

import pandas as pd

from solver.building import Day
from solver.engines import solve
from solver.result import Result


def costs_of_rules(
    day: Day, result: Result, *, seed: int, time_limit: float
) -> pd.DataFrame:
    """Return one row per rule: what the objective and the day gain without it.

    Parameters
    ----------
    result
        How the day was solved, with an allocation.
    time_limit
        Seconds for each rule.

    Returns
    -------
    DataFrame
        ``rule``, ``kind``, ``strength``, ``cost`` (in the objective's unit),
        ``leads_held_back`` (leads assigned without the rule that are not with it;
        negative if fewer) and ``proven`` (whether both optima are).
    """
    rows = []
    for rule in day.rules:
        without = day.under([other for other in day.rules if other is not rule])
        freed = solve(without.problem, seed=seed, time_limit=time_limit)
        rows.append(
            {
                "rule": rule.name,
                "kind": rule.kind,
                "strength": rule.strength,
                "cost": freed.objective - result.objective,
                "leads_held_back": freed.solution.n_assigned
                - result.solution.n_assigned,
                "proven": freed.is_optimal and result.is_optimal,
            }
        )
    return pd.DataFrame(rows, columns=COLUMNS)


COLUMNS = ["rule", "kind", "strength", "cost", "leads_held_back", "proven"]
