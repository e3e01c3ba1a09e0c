"""Who should have a lead, asked of a run folder."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from crm import CrmData, DataError, Issue, Source
from reporting.text.reps.recommendation import Recommendation
from runs.explaining import EXPLAINING, known_id, result_of
from runs.folder.day import assigned_solution, decided_day, refuse_changed
from runs.folder.kept import kept_lead
from runs.folder.reading import AS_WRITTEN, RunFolder, read_folder
from runs.folder.scores import read_scores
from runs.job.ageing import aged
from runs.job.pair_values import with_scores
from runs.job.scored import check_columns
from runs.job.tie_widths import known_width
from runs.prepared.prepared import Prepared
from runs.recommending.lead_asked import (
    LONGEST,
    LeadAsked,
    new_lead,
    of_kept_lead,
    unknown_notes,
)
from runs.recommending.ranking import Decided, ranked
from scoring import TrainedModel, load_model
from solver import Status, build_day
from solver.building import ScoredPairs


def recommend_of_run(
    folder: Path, asked: LeadAsked, model: Path | None = None
) -> Recommendation:
    """Return the best reps for a lead of a run, or for one that came in since.

    Parameters
    ----------
    model
        Scores a lead that came in since.

    Raises
    ------
    DataError, ScenarioError, ModelFileError
        Where the folder is none or was changed, or has no such lead.
    """
    run = read_folder(folder)
    refuse_changed(run, EXPLAINING, "it cannot recommend anybody")
    spec = run.file.scenario.solve
    if asked.is_new:
        decided, lead_id = _with_new_lead(run, asked, model)
    elif kept := kept_lead(run, asked.lead_id):
        return of_kept_lead(kept, run.unit, _source(run), run.names)
    else:
        lead_id = asked.lead_id
        known_id(run, "lead", lead_id, run.crm.leads["lead_id"].tolist())
        decided = _of_run(run)
    seed, limit = decided.day.seed(spec.seed), min(spec.time_limit, LONGEST)
    return ranked(decided, lead_id, asked.n, seed=seed, time_limit=limit)


def _source(run: RunFolder) -> str:
    return (
        f"the run of {run.crm.as_of:%Y-%m-%d %H:%M}, scenario {run.manifest.scenario}"
    )


def _of_run(run: RunFolder) -> Decided:
    day, (scores, value) = decided_day(run), read_scores(run)
    solution, result = assigned_solution(run, day), result_of(run, day)
    notes = []
    if run.manifest.experiment.is_drawn:
        notes.append("The run drew owners at random: forcing is of its optimum.")
    if run.manifest.status == Status.INFEASIBLE:
        notes.append("The rules contradicted each other, so nothing was assigned.")
    source = _source(run)
    return Decided(day, scores, value, solution, run.unit, source, result, tuple(notes))


def _with_new_lead(
    run: RunFolder, asked: LeadAsked, model: Path | None
) -> tuple[Decided, str]:
    """Return the run's day with one more lead, scored by the model, nobody's yet."""
    if model is None:
        expected = (
            "the run folder has no model to score a new lead with: name the one that "
            "the run used, --model"
        )
        raise DataError([Issue(str(run.folder), expected)])
    reps = Source(file="inputs/reps.csv", **AS_WRITTEN)
    sources = {**run.file.scenario.data.sources, "reps": reps}
    leads = new_lead(run.crm, sources, run.folder, asked)
    lead_id = str(leads["lead_id"].iloc[0])
    if lead_id in set(run.crm.leads["lead_id"]):
        expected = "is a lead of the run already; ask for it by its id alone"
        raise DataError([Issue(str(run.folder), expected, value=lead_id)])
    both = pd.concat([run.crm.leads, leads], ignore_index=True)
    crm = replace(run.crm, leads=both)
    trained = load_model(model)
    check_columns(trained, Prepared(run.file, run.folder, crm, ()), model)
    decided, notes = _scored(run, crm, trained), unknown_notes(leads, trained)
    before = read_scores(run)[0].with_average_rep()
    if not np.allclose(decided.scores.with_average_rep()[:-1], before):
        notes.append(f"{model} is not the model that the run used.")
    return replace(decided, notes=tuple(notes)), lead_id


def _scored(run: RunFolder, crm: CrmData, trained: TrainedModel) -> Decided:
    scenario = run.file.scenario
    scores, value = trained.score(crm), np.ones(len(crm.leads))
    if scenario.objective.maximise == "revenue":
        value = trained.value.predict(crm.leads)
    value = value * aged(crm, scenario.ageing, trained).part
    crm = with_scores(crm, scores, value)
    pairs = ScoredPairs(scores, value, known_width(scenario.objective))
    day = build_day(crm, scenario.rules, pairs)
    solution, source = assigned_solution(run, day), f"what {_source(run)} left"
    return Decided(day, scores, value, solution, run.unit, source)
