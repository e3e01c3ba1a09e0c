"""The daily job: read, score, solve, price, verify."""

from pathlib import Path

from runs.experiment.experiment import conducted
from runs.job.prepared import prepare
from runs.job.rule_costs import rule_costs, solve_day
from runs.job.run import Run
from runs.job.scored import find_model, score
from runs.job.stages import Clock, Stage, silent
from solver import (
    Progress,
    Status,
    Violation,
    find_conflict,
    violations,
)


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
    spec = prepared.file.scenario.solve
    optimum = solve_day(scored.day, spec.time_limit, spec, progress)
    experiment = conducted(prepared.file, scored.day, optimum)
    clock("pricing")
    costs, conflict = rule_costs(scored.day, optimum, spec), None
    if optimum.status == Status.INFEASIBLE:
        conflict = find_conflict(scored.day, seed=spec.seed, time_limit=spec.time_limit)
    clock("checking")
    run = Run(scored, experiment, costs, conflict, clock.seconds)
    if optimum.status.has_solution:
        broken = violations(run.crm, prepared.file.scenario.rules, run.owner)
        if broken:
            raise CheckFailedError(broken)
    clock.stop()
    return run
