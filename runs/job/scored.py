"""A prepared scenario with its model, the scores, and the problem they make."""

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from crm import CrmData, Issue
from runs.job.ageing import Aged, aged
from runs.job.pair_values import with_scores
from runs.job.tie_widths import tie_width
from runs.prepared.prepared import Prepared
from runs.prepared.saved_model import saved_model
from runs.prepared.stages import Stage, silent
from scenarios import Scenario, ScenarioError
from scenarios.reach import Reach
from scoring import (
    ConversionModel,
    ModelFileError,
    PairScores,
    TrainedModel,
    assigned_conversion,
)
from scoring.history.rows import known_history, with_losses
from scoring.lead_features.compatibility import altered_columns, missing_columns
from solver import Day, build_day
from solver.building import ScoredPairs
from solver.day.scored_columns import ASSIGNED_CONVERSION


@dataclass(frozen=True, eq=False)
class Scored:
    """A prepared scenario with its model, the scores, and the problem.

    Attributes
    ----------
    prepared
        The scenario and tables; leads carry ``p_convert``.
    trained
        The conversion model with its card.
    scores
        Log odds of every pair.
    value
        What each lead counts for once won, (n_leads,): 1 where conversions count, less
        for leads that age.
    day
        The problem built from all that.
    tie_width
        Log odds within which reps count as equal, 0 for none.
    ageing
        How much less leads count for their wait.
    """

    prepared: Prepared
    trained: TrainedModel
    scores: PairScores
    value: np.ndarray
    day: Day
    tie_width: float = 0.0
    ageing: Aged | None = None

    @cached_property
    def reach(self) -> Reach:
        """What each rule reached."""
        return Reach(self.prepared.file, self.day, is_scored=True)

    @property
    def warnings(self) -> list[Issue]:
        """What is odd of the tables, and of what rules reached."""
        return [*self.prepared.warnings, *self.reach.issues()]

    @property
    def pairs(self) -> pd.DataFrame:
        """One row per eligible pair: lead_id, rep_id, p_convert, value, and log odds.

        The log odds of a win are the sum of what lead, rep and their interaction add.
        """
        problem, scores = self.day.problem, self.scores
        return pd.DataFrame(
            {
                "lead_id": problem.lead_ids[problem.lead],
                "rep_id": problem.rep_ids[problem.rep],
                "p_convert": scores.probability(problem.lead, problem.rep),
                "value": problem.value,
                "lead_log_odds": scores.lead[problem.lead],
                "rep_log_odds": scores.rep[problem.rep],
                "interaction_log_odds": scores.interaction(problem.lead, problem.rep),
            }
        )


def find_model(
    prepared: Prepared, model: str | Path | None, stage: Stage = silent
) -> TrainedModel:
    """Return the model of a file, or one trained on the history without a file.

    Raises
    ------
    DataError
        Where the history is too little to train on.
    ModelFileError
        Where the file cannot be trusted, or was trained on other columns.
    """
    if model is not None:
        trained = prepared.trained or saved_model(Path(model))
        check_columns(trained, prepared, Path(model))
        return trained
    stage("training")
    data = prepared.file.scenario.data
    if not data.has_history:
        expected = "give a history to train on, or a trained model with --model"
        raise ScenarioError([prepared.file.issue(("data",), expected)])
    if data.history_from_ledger:
        refuse_young_ledger(prepared)
    # Imported here, since a run with a model trains nothing.
    from scoring import train

    return train(prepared.crm, untrained(prepared.file.scenario))


def refuse_young_ledger(prepared: Prepared) -> None:
    """Raise where the ledger, with the history beside it, has too few outcomes.

    Raises
    ------
    ScenarioError
        With how many there are.
    """
    from scoring.training import why_not_trainable

    crm, scenario = prepared.crm, prepared.file.scenario
    known = known_history(crm.history, crm.as_of)
    days = scenario.scoring.lost_after_days
    if reason := why_not_trainable(with_losses(known, days, crm.as_of)):
        counts = known["outcome"].value_counts()
        n_won, n_lost, n_open = (int(counts.get(w, 0)) for w in ("won", "lost", "open"))
        expected = (
            f"the ledger is too young to train on: {reason}; it has {n_won:,} won, "
            f"{n_lost:,} lost and {n_open:,} open leads. Give an export as `history` "
            "beside it, a model with --model, or take in outcomes: rightrep outcomes"
        )
        keys = ("data", "history_from_ledger")
        raise ScenarioError([prepared.file.issue(keys, expected)])


def untrained(scenario: Scenario) -> ConversionModel:
    """Return the untrained model of a scenario."""
    spec = scenario.scoring
    return ConversionModel(
        keep=tuple(spec.keep),
        leave_out=tuple(spec.leave_out),
        interaction_features=spec.interaction_features,
        seed=scenario.solve.seed,
        lost_after_days=spec.lost_after_days,
    )


def score(prepared: Prepared, trained: TrainedModel, stage: Stage = silent) -> Scored:
    """Return the scores of the day's leads and reps, and the problem they make."""
    stage("scoring")
    return scored_day(prepared, trained, scored_leads(prepared, trained))


def scored_day(
    prepared: Prepared, trained: TrainedModel, leads: "ScoredLeads"
) -> Scored:
    """Return the problem that scored leads make with the day's reps."""
    crm, scenario = leads.crm, prepared.file.scenario
    if any(("reps", ASSIGNED_CONVERSION) in rule.needs for rule in scenario.rules):
        crm = _with_assigned_conversion(crm)
    width = tie_width(scenario.objective, trained.card)
    values = ScoredPairs(leads.scores, leads.value, width)
    day = build_day(crm, scenario.rules, values)
    prepared = replace(prepared, crm=crm)
    return Scored(
        prepared, trained, leads.scores, leads.value, day, width, leads.ageing
    )


@dataclass(frozen=True, eq=False)
class ScoredLeads:
    """Leads with their scores, before there is a problem.

    Attributes
    ----------
    crm
        The tables; leads carry ``p_convert``.
    scores, value, ageing
        As :class:`Scored` has them.
    """

    crm: CrmData
    scores: PairScores
    value: np.ndarray
    ageing: Aged


def scored_leads(prepared: Prepared, trained: TrainedModel) -> ScoredLeads:
    """Return the scores of leads and reps, and what each lead counts for once won."""
    crm, scenario = prepared.crm, prepared.file.scenario
    scores = trained.score(crm)
    value = np.ones(len(crm.leads))
    if scenario.objective.maximise == "revenue":
        value = trained.value.predict(crm.leads)
    ageing = aged(crm, scenario.ageing, trained)
    value = value * ageing.part
    return ScoredLeads(with_scores(crm, scores, value), scores, value, ageing)


def _with_assigned_conversion(crm: CrmData) -> CrmData:
    known = known_history(crm.history, crm.as_of)
    conversion = assigned_conversion(known, crm.reps["rep_id"].tolist())
    return replace(crm, reps=crm.reps.assign(**{ASSIGNED_CONVERSION: conversion}))


def check_columns(trained: TrainedModel, prepared: Prepared, file: Path) -> None:
    """Raise where the day's leads lack columns that the model was fitted on.

    Raises
    ------
    ModelFileError
        With every column that is missing or holds something else.
    """
    features, crm = trained.model.lead_model_.features, prepared.crm
    missing = missing_columns(features, crm.leads, crm.file_columns.get("leads", ()))
    altered = altered_columns(features, crm.leads)
    reasons = [f"leads lack {', '.join(missing)}"] if missing else []
    reasons += [f"{name} of the leads holds {kind}" for name, kind in altered.items()]
    if reasons:
        raise ModelFileError(
            f"{file}: was fitted on other columns: {'; '.join(reasons)}; train again, "
            "or map the columns in the scenario"
        )
