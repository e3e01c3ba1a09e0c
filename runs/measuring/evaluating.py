"""What logged outcomes measure of arms, and of a policy in a table."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crm import CrmData, DataError, Issue
from crm.formats import read_table
from crm.zones import start_of_day
from evaluation.backtest import first_assignments, past_days, replayed
from evaluation.experiment import Measurements
from evaluation.experiment.recorded import completed
from evaluation.off_policy import Log, Target, estimate_lift, estimate_value, read_log
from runs.measuring.draws import recorded_draws
from runs.measuring.experiment_rows import arms_of, check_arms, check_propensities
from runs.morning.past_leads import with_history
from runs.prepared.prepared import Prepared, prepare
from runs.prepared.stages import Stage, silent
from scenarios.errors import ScenarioError
from solver import Day, Policy, build_day, named_policies
from solver.day.scored_columns import SCORED
from solver.policies import CutShort

NEEDED = ("lead_id", "rep_id")


def evaluate(
    path: str | Path,
    data: str | Path | None = None,
    target: str | Path | None = None,
    *,
    runs: Sequence[Path] = (),
    baseline: str | Policy = "round_robin",
    stage: Stage = silent,
    as_of: datetime | date | None = None,
) -> Measurements:
    """Return what logged outcomes measure of arms, and of a target policy if any.

    Parameters
    ----------
    path, data, as_of
        As for :func:`runs.prepared.prepared.prepare`.
    target
        Table of ``lead_id``, ``rep_id`` and, unless sure, ``probability``: what the
        policy would have done with leads of history.
    runs
        Run folders of the experiment, or folders of such: they know which leads each
        arm left unassigned. By default the ledger that the scenario names.
    baseline
        Name of one of :data:`solver.POLICIES`, or a callable, that looks at no value.
    stage
        Called at every stage.

    Raises
    ------
    DataError, ScenarioError
        With everything found wrong in the input.
    ValueError
        If the baseline is unknown.
    """
    ((name, policy),) = named_policies([baseline]).items()
    prepared = with_history(prepare(path, data, stage, as_of=as_of))
    draws = recorded_draws(prepared, runs)
    rows = first_assignments(prepared.crm.history)
    if draws is not None:
        rows = completed(rows, draws)
    check_propensities(prepared, rows)
    check_arms(prepared, rows, needs_control=target is None)
    stage("measuring")
    value = prepared.file.scenario.objective.maximise
    log = read_log(rows, prepared.crm.as_of, value=value)
    seed = prepared.file.scenario.solve.seed
    arms = arms_of(prepared, rows, log, draws)
    if target is None:
        return Measurements(log, arms, name, None, None, warnings=prepared.warnings)
    target_policy = Target.from_table(log, of_log(read_target(Path(target)), rows, log))
    against, cut_short = baseline_target(prepared, rows, log, name, policy)
    return Measurements(
        log=log,
        arms=arms,
        baseline=name,
        value=estimate_value(log, target_policy, seed=seed),
        lift=estimate_lift(log, target_policy, against, seed=seed),
        cut_short=cut_short,
        warnings=prepared.warnings,
    )


def read_target(path: Path) -> pd.DataFrame:
    """Return the table of a policy, its ids as text.

    Raises
    ------
    DataError
        If the file is no table, or lacks a column.
    """
    frame = read_table(path, str(path)).frame
    absent = [name for name in NEEDED if name not in frame]
    if absent:
        issues = [Issue(str(path), "a policy needs this column", 1, n) for n in absent]
        raise DataError(issues)
    return frame


def of_log(table: pd.DataFrame, rows: pd.DataFrame, log: Log) -> pd.DataFrame:
    """Return the pairs of leads that measure; those not final yet do not."""
    not_final = set(rows["lead_id"]) - set(log.lead_id)
    return table[~table["lead_id"].isin(not_final)]


def baseline_target(
    prepared: Prepared, rows: pd.DataFrame, log: Log, name: str, policy: Policy
) -> tuple[Target, tuple[CutShort, ...]]:
    """Return what a policy that looks at no value would have done with the log.

    Beside it, what the time limit kept from it.
    """
    since = start_of_day(rows["assigned_at"].min())
    days = past_days(prepared.crm, since, prepared.crm.as_of + pd.Timedelta(days=1))
    solve, build = prepared.file.scenario.solve, unscored(prepared)
    replay = replayed(days, build, {name: policy}, solve.seed, solve.time_limit)
    table = replay.targets[name]
    known = table[table["lead_id"].isin(log.lead_id)]
    return Target.from_table(log, known), replay.cut_short


def unscored(prepared: Prepared) -> Callable[[CrmData], Day]:
    """Return how to build a past day's problem without a model.

    Raises
    ------
    ScenarioError
        Where a rule needs a score.
    """
    file = prepared.file
    expected = "speaks of a score, which no model gives here; use rightrep backtest"
    issues = [
        file.issue(("rules", place), f"rule {rule.name} {expected}")
        for place, rule in enumerate(file.scenario.rules)
        if SCORED["leads"] & set(rule.where)
    ]
    if issues:
        raise ScenarioError(issues)
    return partial(_problem_of, rules=file.scenario.rules)


def _problem_of(crm: CrmData, rules: list) -> Day:
    return build_day(crm, rules, _alike)


def _alike(lead: NDArray[np.int64], rep: NDArray[np.int32]) -> NDArray[np.float64]:
    """Return the same value for every pair, shape (n_pairs,)."""
    return np.ones(len(lead))
