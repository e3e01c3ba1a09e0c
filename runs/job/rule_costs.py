"""A day solved as its scenario asks, and what its rules cost."""

from functools import partial

import pandas as pd

from reporting import held_back_sentences
from runs.job.scored import Scored
from scenarios.schema import Solve
from solver import Day, Progress, Result, costs_of_rules, solve, solve_two_level
from solver.explain.rule_costs import COLUMNS
from solver.problem.deadline import Deadline


def solve_day(
    day: Day,
    time_limit: float,
    spec: Solve,
    progress: Progress | None = None,
    seed: int | None = None,
) -> Result:
    """Return the day's allocation, by teams first where the scenario says so.

    Parameters
    ----------
    seed
        Breaks ties; by default that of the scenario and the moment.
    """
    seed = day.seed(spec.seed) if seed is None else seed
    if spec.two_level:
        return solve_two_level(
            day, seed=seed, time_limit=time_limit, effort=spec.effort
        )
    return solve(
        day.problem,
        seed=seed,
        time_limit=time_limit,
        progress=progress,
        effort=spec.effort,
    )


def rule_costs(
    day: Day, result: Result, spec: Solve, time_limit: float
) -> pd.DataFrame:
    """Return what each rule costs; no row where the scenario does not ask for it."""
    if not (spec.rule_costs and result.status.has_solution):
        return pd.DataFrame(columns=COLUMNS)
    again = partial(solve_day, spec=spec)
    return costs_of_rules(day, result, again, time_limit=time_limit)


def empty_day_notes(scored: Scored, time_limit: float) -> list[str]:
    """Return why the best allocation of a day assigns nothing; nothing if it does.

    Parameters
    ----------
    time_limit
        Seconds for all that is solved.
    """
    scenario, deadline = scored.prepared.file.scenario, Deadline.after(time_limit)
    result = solve_day(scored.day, deadline.part(0.5).seconds, scenario.solve)
    if result.solution.n_assigned or not result.status.has_solution:
        return []
    costs = rule_costs(scored.day, result, scenario.solve, deadline.seconds)
    unit = scenario.objective.maximise
    return list(held_back_sentences(result.solution, costs, unit))
