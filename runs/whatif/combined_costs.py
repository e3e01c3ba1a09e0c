"""What the rules of a day cost: alone, the dearest in pairs, and all together."""

from collections.abc import Iterator
from functools import partial
from itertools import combinations

import pandas as pd

from reporting.text.whatif.whatif_figures import COSTS
from runs.job.rule_costs import solve_day
from runs.whatif.figures import SolvedVariant
from solver import Day, Result, Rule, costs_of_rules
from solver.problem.deadline import Deadline

DEAREST = 3
"""Rules that are left out in pairs, too."""
ALONE = 0.6
"""Part of the time for the rules one by one."""
NOTHING = 1e-9
ALL = "all rules"


def combined_costs(variant: SolvedVariant, seconds: float) -> pd.DataFrame:
    """Return what rules cost one by one, the dearest in pairs, and all together.

    Parameters
    ----------
    seconds
        For all of it; what is not solved in time is left out.

    Returns
    -------
    pandas.DataFrame
        Columns :data:`reporting.text.whatif.whatif_figures.COSTS`, the dearest first.
    """
    result, day = variant.experiment.optimum, variant.scored.day
    if not (day.rules and result.status.has_solution):
        return pd.DataFrame(columns=COSTS)
    deadline = Deadline.after(seconds)
    solve = variant.scored.prepared.file.scenario.solve
    again = partial(solve_day, spec=solve)
    alone = costs_of_rules(
        day, result, again, time_limit=deadline.part(ALONE).seconds
    ).sort_values("cost", ascending=False, kind="stable")
    own = alone.rename(columns={"rule": "without"}).assign(rules=1)[COSTS]
    dear = alone.loc[alone["cost"] > NOTHING, "rule"].tolist()[:DEAREST]
    more = list(_together(day, result, dear, again, deadline))
    rows = pd.DataFrame(more, columns=COSTS)
    return pd.concat([own, rows], ignore_index=True) if more else own


def _together(
    day: Day, result: Result, dear: list[str], again: partial, deadline: Deadline
) -> Iterator[tuple[str, int, float, int, bool]]:
    """Yield a row for each two of the dearest rules, and one for all rules."""
    sets: list[tuple[str, list[Rule]]] = [
        (" and ".join(pair), [rule for rule in day.rules if rule.name not in pair])
        for pair in combinations(dear, 2)
    ]
    if len(day.rules) > 1:
        sets.append((ALL, []))
    for place, (name, rules) in enumerate(sets):
        if deadline.seconds <= 0:
            return
        own = deadline.part(1 / (len(sets) - place))
        freed = again(day.under(rules), own.seconds)
        if freed.status.has_solution and freed.objective >= result.objective:
            yield (
                name,
                len(day.rules) - len(rules),
                freed.objective - result.objective,
                freed.solution.n_assigned - result.solution.n_assigned,
                freed.is_optimal and result.is_optimal,
            )
