"""The daily job: read, score, solve, price, verify."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from runs.experiment.experiment import conducted
from runs.job.rule_costs import rule_costs, solve_day
from runs.job.run import Run
from runs.job.scored import find_model, score
from runs.job.ties import near_ties
from runs.morning.remembering import remembering
from runs.prepared.prepared import Prepared, prepare
from runs.prepared.stages import Clock, Stage, silent
from solver import (
    Progress,
    Status,
    Violation,
    find_conflict,
    violations,
)
from solver.problem.deadline import Deadline

PRICING, DRAWING = 0.2, 0.1
"""Parts of the time limit that solving leaves to rule costs, and to an experiment."""
TYING = 0.3
"""Part of the rest that the cost of near ties may take."""


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
    as_of: datetime | date | None = None,
    check: Callable[[Prepared], None] | None = None,
    redo: bool = False,
) -> Run:
    """Return the day's allocation, verified without the solver.

    Parameters
    ----------
    path, data, as_of
        As for :func:`runs.prepared.prepared.prepare`.
    model
        A trained model; without it one is trained on the history.
    stage
        Called at every stage.
    progress
        Called at every improvement of a long solve.
    part
        Part of the scenario's time limit for all that is solved: the day, an
        experiment's arms, rule costs and conflicts.
    check
        Called with what was read, before time is spent on it.
    redo
        Whether the day's last run of this scenario is void from now on.

    Raises
    ------
    DataError, ScenarioError, ModelFileError
        With everything found wrong in the input.
    CheckFailedError
        Where the allocation breaks a hard rule.
    """
    clock = Clock(stage)
    prepared = prepare(path, data, clock, as_of=as_of, records=True, model=model)
    if check is not None:
        check(prepared)
    prepared = remembering(prepared, model, redo=redo)
    scored = score(prepared, find_model(prepared, model, clock), clock)
    clock("solving")
    scenario = prepared.file.scenario
    spec = scenario.solve
    deadline = Deadline.after(part * spec.time_limit)
    pricing = PRICING if spec.rule_costs or scored.tie_width else 0.0
    drawing = DRAWING if scenario.experiment else 0.0
    own = deadline.part(1 - pricing - drawing)
    optimum = solve_day(scored.day, own.seconds, spec, progress)
    own = deadline.part(drawing / ((pricing + drawing) or 1.0))
    experiment = conducted(prepared.file, scored.day, optimum, own.seconds)
    clock("pricing")
    ties = near_ties(scored, optimum, TYING * deadline.seconds)
    costs, conflict = rule_costs(scored.day, optimum, spec, deadline.seconds), None
    if optimum.status == Status.INFEASIBLE:
        left = deadline.seconds
        seed = scored.day.seed(spec.seed)
        conflict = find_conflict(scored.day, seed=seed, time_limit=left)
    clock("checking")
    run = Run(scored, experiment, costs, conflict, clock.seconds, ties)
    if optimum.status.has_solution:
        broken = violations(run.crm, prepared.file.scenario.rules, run.owner)
        if broken:
            raise CheckFailedError(broken)
    clock.stop()
    return run
