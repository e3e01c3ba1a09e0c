"""The daily job, stage by stage: read, score, solve, check."""

import os
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import perf_counter

import numpy as np
import pandas as pd

from crm import (
    CrmData,
    DataError,
    Issue,
    from_account_history,
    read_crm,
    why_unreadable,
)
from runs.experiment.drawing import drawn
from runs.model_notes import check_columns
from runs.pair_values import pair_value, with_scores
from runs.recording import ledger_issues
from runs.run import Prepared, Run, Scored
from scenarios.checks import scenario_issues
from scenarios.errors import ScenarioError
from scenarios.schema import Scenario, Solve
from scenarios.validation import read_scenario
from scoring import (
    ConversionModel,
    ModelFileError,
    TrainedModel,
    given_conversion,
    load_model,
    train,
)
from scoring.history import known_history
from solver import (
    Day,
    Progress,
    Result,
    Status,
    Violation,
    build_day,
    costs_of_rules,
    find_conflict,
    solve,
    solve_two_level,
    violations,
)
from solver.rules import GIVEN, Performer

Stage = Callable[[str], None]
"""Told the name of each stage as it begins."""


class CheckFailedError(AssertionError):
    """The allocation breaks a hard rule: a defect of ours, nothing is written."""

    def __init__(self, found: list[Violation]) -> None:
        self.violations = tuple(found)
        super().__init__("; ".join(str(violation) for violation in found[:5]))


def silent(_stage: str) -> None:
    """Tell nobody."""


def prepare(path: Path, data: Path | None = None, stage: Stage = silent) -> Prepared:
    """Return a scenario with its tables, checked against each other.

    Parameters
    ----------
    path
        The scenario file.
    data
        Folder the tables' names are relative to; the scenario's by default.

    Raises
    ------
    DataError, ScenarioError
        With everything found wrong.
    """
    stage("reading")
    file = read_scenario(path)
    folder = path.parent if data is None else data
    if not os.path.isdir(folder):
        raise DataError([Issue(str(folder), "no such folder of tables")])
    spec = file.scenario.data
    crm, warnings = read_crm(spec.sources, folder, spec.as_of)
    if spec.territory_from_account:
        crm = from_account_history(crm)
    issues = [*ledger_issues(file), *scenario_issues(file, crm), *warnings]
    if any(issue.severity == "error" for issue in issues):
        raise ScenarioError(issues)
    return Prepared(file, folder, crm, tuple(issues))


def find_model(
    prepared: Prepared, model: Path | None, stage: Stage = silent
) -> TrainedModel:
    """Return the model of a file, or one taught by the history where there is none.

    Raises
    ------
    DataError
        Where the history cannot teach.
    ModelFileError
        Where the file cannot be trusted, or was taught by other columns.
    """
    if model is not None:
        if problem := why_unreadable(model):
            raise ModelFileError(f"{model}: {problem}; rightrep train writes models")
        trained = load_model(model)
        check_columns(trained, prepared, model)
        return trained
    stage("training")
    if prepared.file.scenario.data.history is None:
        expected = "give a history to learn from, or a trained model with --model"
        raise ScenarioError([prepared.file.issue(("data",), expected)])
    return train(prepared.crm, untrained(prepared.file.scenario))


def untrained(scenario: Scenario) -> ConversionModel:
    """Return the model that the scenario asks for."""
    spec = scenario.scoring
    return ConversionModel(
        keep=tuple(spec.keep),
        leave_out=tuple(spec.leave_out),
        interaction_features=spec.interaction_features,
        seed=scenario.solve.seed,
    )


def score(prepared: Prepared, trained: TrainedModel, stage: Stage = silent) -> Scored:
    """Return the scores of the day's leads and reps, and the problem they make."""
    stage("scoring")
    crm = prepared.crm
    scores = trained.model.score(
        crm.leads, crm.reps["rep_id"].tolist(), crm.reps["seniority"]
    )
    scenario = prepared.file.scenario
    value = np.ones(len(crm.leads))
    if scenario.objective.maximise == "revenue":
        value = trained.value.of(crm.leads)
    crm = with_scores(crm, scores, value)
    if any(isinstance(rule, Performer) for rule in scenario.rules):
        crm = _with_given_conversion(crm)
    day = build_day(crm, scenario.rules, pair_value(scores, value))
    return Scored(replace(prepared, crm=crm), trained, scores, value, day)


def allocate(
    path: Path,
    data: Path | None = None,
    model: Path | None = None,
    stage: Stage = silent,
    progress: Progress | None = None,
) -> Run:
    """Return the day's allocation, re-checked without the solver.

    Parameters
    ----------
    path, data
        As for :func:`prepare`.
    model
        A trained model; without it the history teaches one.
    stage
        Told of every stage.
    progress
        Told of every improvement while a long solve runs.

    Raises
    ------
    DataError, ScenarioError, ModelFileError
        With everything found wrong in the input.
    CheckFailedError
        Where the allocation breaks a hard rule.
    """
    clock = _Clock(stage)
    prepared = prepare(path, data, clock)
    scored = score(prepared, find_model(prepared, model, clock), clock)
    clock("solving")
    spec = prepared.file.scenario.solve
    result = _solve_day(scored.day, spec.time_limit, spec, progress)
    lot = drawn(prepared.file, scored.day, result)
    clock("pricing")
    costs, conflict = _costs(scored.day, result, spec), None
    if result.status == Status.INFEASIBLE:
        conflict = find_conflict(scored.day, seed=spec.seed, time_limit=spec.time_limit)
    clock("checking")
    given = result if lot is None else lot.result
    run = Run(scored, given, costs, conflict, clock.seconds, lot)
    if result.status.has_solution:
        found = violations(run.crm, prepared.file.scenario.rules, run.owner)
        if found:
            raise CheckFailedError(found)
    clock.stop()
    return run


def _with_given_conversion(crm: CrmData) -> CrmData:
    known = known_history(crm.history, crm.as_of)
    given = given_conversion(known, crm.reps["rep_id"].tolist())
    return replace(crm, reps=crm.reps.assign(**{GIVEN: given}))


def _solve_day(
    day: Day, time_limit: float, spec: Solve, progress: Progress | None = None
) -> Result:
    if spec.two_level:
        return solve_two_level(day, seed=spec.seed, time_limit=time_limit)
    return solve(day.problem, seed=spec.seed, time_limit=time_limit, progress=progress)


def _costs(day: Day, result: Result, spec: Solve) -> pd.DataFrame:
    if not (spec.rule_costs and result.status.has_solution):
        return pd.DataFrame()
    again = partial(_solve_day, spec=spec)
    return costs_of_rules(day, result, again, time_limit=spec.time_limit)


class _Clock:
    """Times the stages it passes on."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.seconds: dict[str, float] = {}
        self.current: str | None = None
        self.since = perf_counter()

    def __call__(self, name: str) -> None:
        self.stop()
        self.current, self.since = name, perf_counter()
        self.stage(name)

    def stop(self) -> None:
        if self.current is not None:
            passed = round(perf_counter() - self.since, 3)
            self.seconds[self.current] = self.seconds.get(self.current, 0) + passed
        self.current = None
