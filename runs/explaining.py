"""One lead of a run explained, from the run folder alone."""

import math
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from crm import DataError, Issue, suggestion
from reporting import conflict_sentences
from runs.folder.day import assigned_solution, decided_day, refuse_changed
from runs.folder.reading import RunFolder, read_folder
from runs.folder.scores import read_prices
from solver import (
    Day,
    Explanation,
    Reason,
    Result,
    explain_lead,
)

EXPLAINING = {
    "assignments.csv",
    "unassigned.csv",
    "propensities.csv",
    "optimum.csv",
    "prices.csv",
    "scenario.yaml",
}
"""Files of a run folder that explain it, besides its inputs."""


def explain_run(
    folder: str | Path, lead_id: str, rep_ids: Iterable[str] = ()
) -> Explanation:
    """Return why a lead of a run went where it did.

    In a run with an experiment: what the optimum does with it, and what was drawn.

    Parameters
    ----------
    rep_ids
        Reps for whom the cost of forcing is solved first, however large the day is.

    Raises
    ------
    DataError, ScenarioError
        Where the folder is none or was changed, or has no such lead or rep.
    """
    run = read_folder(Path(folder))
    refuse_changed(run, EXPLAINING, "it cannot explain the run")
    scenario = run.file.scenario
    _known(run, "lead", lead_id, run.crm.leads["lead_id"].tolist())
    for rep_id in rep_ids:
        _known(run, "rep", rep_id, run.crm.reps["rep_id"].tolist())
    day = decided_day(run)
    explained = explain_lead(
        day,
        _result(run, day),
        lead_id,
        seed=scenario.solve.seed,
        time_limit=scenario.solve.time_limit,
        rep_ids=frozenset(rep_ids),
    )
    explained = run.manifest.experiment.explained(explained, run.rows)
    conflict = run.manifest.conflict
    if conflict is None or explained.reason != Reason.INFEASIBLE:
        return explained
    return replace(explained, detail="; ".join(conflict_sentences(conflict)))


def _known(run: RunFolder, noun: str, name: str, names: list[str]) -> None:
    if name not in names:
        expected = f"the run has no such {noun}{suggestion(name, names)}"
        raise DataError([Issue(str(run.folder), expected, value=name)])


def _result(run: RunFolder, day: Day) -> Result:
    """Return how the day was solved, as the run's tables have it."""
    problem, manifest = day.problem, run.manifest
    price, limit_price = read_prices(run, problem)
    return Result(
        manifest.experiment.optimum_status(manifest.status),
        assigned_solution(run, day, manifest.experiment.optimum_file),
        math.nan if manifest.bound is None else manifest.bound,
        price,
        limit_price,
        manifest.engine,
    )
