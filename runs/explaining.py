"""One lead of a run explained, from the run folder alone."""

import math
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from crm import DataError, Issue, suggestion
from reporting import conflict_sentences
from runs.folder.day import assigned_solution, decided_day, refuse_changed
from runs.folder.reading import RunFolder, read_folder
from runs.folder.scores import read_prices, read_scores
from scenarios.changes.rows import rep_called
from scoring import PairScores
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
    folder: str | Path | RunFolder, lead_id: str, rep_ids: Iterable[str] = ()
) -> Explanation:
    """Return why a lead of a run has its rep or none.

    In a run with an experiment: what the optimum does with it, and what was drawn.

    Parameters
    ----------
    folder
        A run folder, or one that was read.
    lead_id
        A lead that the run distributed.
    rep_ids
        Reps, by id or by a name that one has, for whom the cost of forcing is solved
        first, however large the day is.

    Raises
    ------
    DataError, ScenarioError
        Where the folder is none or was changed, or has no such lead or rep.
    """
    run = opened(folder)
    refuse_changed(run, EXPLAINING, "it cannot explain the run")
    scenario = run.file.scenario
    known_id(run, "lead", lead_id, run.crm.leads["lead_id"].tolist())
    rep_ids = [known_rep(run, rep) for rep in rep_ids]
    day = decided_day(run)
    explained = explain_lead(
        day,
        result_of(run, day),
        lead_id,
        seed=day.seed(scenario.solve.seed),
        time_limit=scenario.solve.time_limit,
        rep_ids=frozenset(rep_ids),
    )
    explained = run.manifest.experiment.explained(explained, run.rows)
    conflict = run.manifest.conflict
    if conflict is None or explained.reason != Reason.INFEASIBLE:
        return explained
    return replace(explained, detail="; ".join(conflict_sentences(conflict)))


def opened(folder: str | Path | RunFolder) -> RunFolder:
    """Return a run folder, read unless it was already."""
    return folder if isinstance(folder, RunFolder) else read_folder(Path(folder))


def known_id(run: RunFolder, noun: str, name: str, names: list[str]) -> None:
    """Raise a DataError with the nearest name where the run has no such one."""
    if name not in names:
        expected = f"the run has no such {noun}{suggestion(name, names)}"
        raise DataError([Issue(str(run.folder), expected, value=name)])


def known_rep(run: RunFolder, text: str) -> str:
    """Return the id of a rep of the run, by id or by a name that one rep has.

    Raises
    ------
    ScenarioError
        With the nearest id or name, or with those who share the name.
    """
    return rep_called(run.crm, text, str(run.folder))


def result_of(run: RunFolder, day: Day) -> Result:
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


def score_parts(folder: Path | RunFolder, lead_id: str) -> pd.DataFrame:
    """Return what lead, rep and their interaction add to the log odds, one row per rep.

    Parameters
    ----------
    folder
        A run folder that was not changed, or one that was read.
    lead_id
        A lead of that run.

    Returns
    -------
    pandas.DataFrame
        As :func:`score_table` returns it.
    """
    run = opened(folder)
    lead = run.crm.leads["lead_id"].tolist().index(lead_id)
    return score_table(read_scores(run)[0], lead, run.crm.reps["rep_id"])


def score_table(scores: PairScores, lead: int, rep_ids: pd.Series) -> pd.DataFrame:
    """Return the parts of a lead's log odds with each rep.

    Parameters
    ----------
    scores
        Of all pairs.
    lead
        Position of the lead.
    rep_ids
        Shape (n_reps,).

    Returns
    -------
    pandas.DataFrame
        ``rep_id``, ``p_convert``, and ``lead_log_odds``, ``rep_log_odds``,
        ``interaction_log_odds``, whose sum is the logit of ``p_convert``.
    """
    leads, reps = np.full(len(rep_ids), lead), np.arange(len(rep_ids))
    return pd.DataFrame(
        {
            "rep_id": rep_ids,
            "p_convert": scores.probability(leads, reps),
            "lead_log_odds": scores.lead[leads],
            "rep_log_odds": scores.rep,
            "interaction_log_odds": scores.interaction(leads, reps),
        }
    )
