"""Who should have a lead: asked of a run folder, or of a scenario's day."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pandas as pd

from crm import CrmData, DataError, Issue, Source, suggestion
from reporting.text.people import rep_name
from reporting.text.recommendation import Recommendation
from reporting.text.why import CLOSED, DUPLICATE_OF, OWNED, KeptLead
from runs.explaining import EXPLAINING, known_id, result_of
from runs.folder.day import assigned_solution, decided_day, refuse_changed
from runs.folder.reading import AS_WRITTEN, RunFolder, names_of, read_folder
from runs.folder.scores import read_scores
from runs.job.ageing import aged
from runs.job.pair_values import pair_value, with_scores
from runs.job.rule_costs import solve_day
from runs.job.scored import Scored, check_columns, find_model, score
from runs.job.tie_widths import known_width
from runs.kept_lead import kept_lead
from runs.morning.remembering import remembering
from runs.prepared.ledger_place import ledger_place
from runs.prepared.prepared import Prepared, prepare
from runs.prepared.stages import Stage, silent
from runs.recommending.new_leads import described, missing_columns, read_lead
from runs.recommending.ranking import Decided, ranked
from scoring import TrainedModel, load_model
from solver import Result, Solution, Status, build_day

LONGEST = 20.0
"""Seconds that forcing the reps may take at most."""


@dataclass(frozen=True)
class Question:
    """Which lead is asked about.

    Attributes
    ----------
    lead_id
        A lead of the day; of a file, the row; "" where there is but one.
    cells
        A lead that came in since, by its columns.
    file
        A file with one.
    n
        How many reps to name.
    """

    lead_id: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)
    file: Path | None = None
    n: int = 5

    @property
    def is_new(self) -> bool:
        """Tell whether the lead came in since."""
        return bool(self.cells) or self.file is not None


def recommend_of_run(
    folder: Path, question: Question, model: Path | None = None
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
    if question.is_new:
        decided, lead_id = _with_new_lead(run, question, model)
    elif kept := kept_lead(run, question.lead_id):
        return _kept(kept, run.unit, _source(run), run.names)
    else:
        lead_id = question.lead_id
        known_id(run, "lead", lead_id, run.crm.leads["lead_id"].tolist())
        decided = _of_run(run)
    seed, limit = decided.day.seed(spec.seed), min(spec.time_limit, LONGEST)
    return ranked(decided, lead_id, question.n, seed=seed, time_limit=limit)


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


def _kept(
    kept: KeptLead, unit: str, source: str, names: Mapping[str, str]
) -> Recommendation:
    owner = rep_name(kept.rep_id, names) if kept.rep_id else ""
    return Recommendation(kept.lead_id, unit, source, (), (), 0, owner, kept)


def _with_new_lead(
    run: RunFolder, question: Question, model: Path | None
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
    leads = _new_leads(run.crm, sources, run.folder, question)
    lead_id = str(leads["lead_id"].iloc[0])
    if lead_id in set(run.crm.leads["lead_id"]):
        expected = "is a lead of the run already; ask for it by its id alone"
        raise DataError([Issue(str(run.folder), expected, value=lead_id)])
    both = pd.concat([run.crm.leads, leads], ignore_index=True)
    crm = replace(run.crm, leads=both)
    trained = load_model(model)
    check_columns(trained, Prepared(run.file, run.folder, crm, ()), model)
    decided, notes = _scored(run, crm, trained), _of_new(leads, trained)
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
    pairs = pair_value(scores, value, known_width(scenario.objective))
    day = build_day(crm, scenario.rules, pairs)
    solution, source = assigned_solution(run, day), f"what {_source(run)} left"
    return Decided(day, scores, value, solution, run.unit, source)


def _new_leads(
    crm: CrmData, sources: Mapping[str, Source], folder: Path, question: Question
) -> pd.DataFrame:
    if question.file is not None:
        return read_lead(crm, sources, folder, question.file, question.lead_id)
    return described(crm, question.cells, question.lead_id)


def _of_new(leads: pd.DataFrame, trained: TrainedModel) -> list[str]:
    features = trained.model.lead_model_.features
    names = [*features.numeric, *features.categorical, *features.encoded]
    if missing := missing_columns(leads, names):
        return [
            f"Not known of this lead, so taken as missing: {', '.join(missing)}. Its "
            "P(convert) is rougher for it."
        ]
    return []


def recommend_of_scenario(
    path: Path,
    question: Question,
    data: Path | None = None,
    model: Path | None = None,
    stage: Stage = silent,
    as_of: datetime | date | None = None,
) -> Recommendation:
    """Return the best reps for a lead of a scenario's day, or for one that came in.

    Parameters
    ----------
    data, model, stage, as_of
        As for :func:`runs.allocate`.

    Raises
    ------
    DataError, ScenarioError, ModelFileError
        With everything found wrong in the input, or where there is no such lead.
    """
    prepared = remembering(prepare(path, data, stage, as_of=as_of), model)
    if question.is_new:
        return _of_new_lead(prepared, question, model, stage)
    source = f"the day {prepared.crm.as_of:%Y-%m-%d %H:%M} of {path}"
    unit = prepared.file.scenario.objective.maximise
    names = names_of(prepared.crm.reps)
    if kept := _kept_this_morning(prepared, question.lead_id):
        return _kept(kept, unit, source, names)
    ids = prepared.crm.leads["lead_id"].tolist()
    if question.lead_id not in ids:
        expected = f"the day has no such lead{suggestion(question.lead_id, ids)}"
        raise DataError([Issue(str(path), expected, value=question.lead_id)])
    scored = score(prepared, find_model(prepared, model, stage), stage)
    spec = prepared.file.scenario.solve
    stage("solving")
    result = solve_day(scored.day, spec.time_limit, spec)
    decided = _decided(scored, result.solution, source, result)
    seed, limit = scored.day.seed(spec.seed), min(spec.time_limit, LONGEST)
    return ranked(decided, question.lead_id, question.n, seed=seed, time_limit=limit)


def _decided(
    scored: Scored,
    solution: Solution,
    source: str,
    result: Result | None = None,
    notes: tuple[str, ...] = (),
) -> Decided:
    unit = scored.prepared.file.scenario.objective.maximise
    return Decided(
        *(scored.day, scored.scores, scored.value, solution, unit, source),
        *(result, notes),
    )


def _of_new_lead(
    prepared: Prepared, question: Question, model: Path | None, stage: Stage
) -> Recommendation:
    """Return the best reps for a lead that came in, with the slots that are left."""
    crm, file = prepared.crm, prepared.file
    leads = _new_leads(crm, file.scenario.data.sources, prepared.folder, question)
    trained = find_model(prepared, model, stage)
    alone = replace(prepared, crm=replace(crm, leads=leads))
    scored = score(alone, trained, stage)
    solution = Solution.unassigned(scored.day.problem)
    source = f"the reps of {file.path} on {crm.as_of:%Y-%m-%d}"
    notes = (*_of_new(leads, trained), _slots_note(prepared))
    decided = _decided(scored, solution, source, notes=notes)
    seed, lead_id = scored.day.seed(0), str(leads["lead_id"].iloc[0])
    return ranked(decided, lead_id, question.n, seed=seed, time_limit=LONGEST)


def _slots_note(prepared: Prepared) -> str:
    if ledger_place(prepared.file) is None:
        return (
            "Without a ledger nobody knows which slots today's runs took: ask the "
            "run's folder to have them counted. Leads that wait are not looked at."
        )
    return "Slots are those that the ledger's runs left; leads that wait are not."


def _kept_this_morning(prepared: Prepared, lead_id: str) -> KeptLead | None:
    """Return a lead that the day leaves with the owner it has; None for another."""
    earlier, zone = prepared.earlier, prepared.crm.calendar.zone
    for row in earlier.kept[earlier.kept["lead_id"] == lead_id].to_dict("records"):
        since = row["started_at"]
        moment = None if pd.isna(since) else pd.Timestamp(since).tz_convert(zone)
        reason = OWNED if row["rep_id"] else CLOSED
        return KeptLead(lead_id, row["rep_id"], reason, moment, row["run_id"])
    joined = earlier.joined
    for row in joined[joined["lead_id"] == lead_id].to_dict("records"):
        other = str(row["other"]), str(row["same"])
        return KeptLead(lead_id, row["rep_id"], DUPLICATE_OF, None, "", *other)
    return None
