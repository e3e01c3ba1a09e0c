"""The daily job: read, score, solve, price, verify."""

from functools import partial
from pathlib import Path

import pandas as pd

from runs.experiment.experiment import conducted
from runs.job.prepared import prepare
from runs.job.run import Run
from runs.job.scored import find_model, score
from runs.job.stages import Clock, Stage, silent
from scenarios.schema import Solve
from solver import (
    Day,
    Progress,
    Result,
    Status,
    Violation,
    costs_of_rules,
    find_conflict,
    solve,
    solve_two_level,
    violations,
)
from solver.explain.rule_costs import COLUMNS
from solver.problem.deadline import Deadline

PRICING, DRAWING = 0.2, 0.1
"""Parts of the time limit that solving leaves to rule costs, and to an experiment."""


class CheckFailedError(AssertionError):
    """The allocation breaks a hard rule: a defect of ours, nothing is written."""

    def __init__(self, broken: list[Violation]) -> None:
        self.violations = tuple(broken)
        super().__init__("; ".join(str(violation) for violation in broken[:5]))


def allocate(
    path: str | Path,
    data: str | Path | None = None,
    model: str | Path | None = None,
    stage: Stage = silent,
    progress: Progress | None = None,
    part: float = 1.0,
) -> Run:
    """Return the day's allocation, verified without the solver.

    Parameters
    ----------
    path, data
        As for :func:`runs.job.prepared.prepare`.
    model
        A trained model; without it one is trained on the history.
    stage
        Called at every stage.
    progress
        Called at every improvement of a long solve.
    part
        Part of the scenario's time limit for all that is solved: the day, an
        experiment's arms, rule costs and conflicts.

    Raises
    ------
    DataError, ScenarioError, ModelFileError
        With everything found wrong in the input.
    CheckFailedError
        Where the allocation breaks a hard rule.
    """
    clock = Clock(stage)
    prepared = prepare(path, data, clock)
    scored = score(prepared, find_model(prepared, model, clock), clock)
    clock("solving")
    scenario = prepared.file.scenario
    spec = scenario.solve
    deadline = Deadline.after(part * spec.time_limit)
    pricing = PRICING if spec.rule_costs else 0.0
    drawing = DRAWING if scenario.experiment else 0.0
    own = deadline.part(1 - pricing - drawing)
    optimum = _solve_day(scored.day, own.seconds, spec, progress)
    own = deadline.part(drawing / ((pricing + drawing) or 1.0))
    experiment = conducted(prepared.file, scored.day, optimum, own.seconds)
    clock("pricing")
    costs, conflict = _rule_costs(scored.day, optimum, spec, deadline), None
    if optimum.status == Status.INFEASIBLE:
        left = deadline.seconds
        conflict = find_conflict(scored.day, seed=spec.seed, time_limit=left)
    clock("checking")
    run = Run(scored, experiment, costs, conflict, clock.seconds)
    if optimum.status.has_solution:
        broken = violations(run.crm, prepared.file.scenario.rules, run.owner)
        if broken:
            raise CheckFailedError(broken)
    clock.stop()
    return run


def _solve_day(
    day: Day, time_limit: float, spec: Solve, progress: Progress | None = None
) -> Result:
    if spec.two_level:
        return solve_two_level(
            day, seed=spec.seed, time_limit=time_limit, effort=spec.effort
        )
    return solve(
        day.problem,
        seed=spec.seed,
        time_limit=time_limit,
        progress=progress,
        effort=spec.effort,
    )


def _rule_costs(
    day: Day, result: Result, spec: Solve, deadline: Deadline
) -> pd.DataFrame:
    if not (spec.rule_costs and result.status.has_solution):
        return pd.DataFrame(columns=COLUMNS)
    again = partial(_solve_day, spec=spec)
    return costs_of_rules(day, result, again, time_limit=deadline.seconds)
