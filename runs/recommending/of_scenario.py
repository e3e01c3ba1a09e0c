"""Who should have a lead, asked of a scenario's day."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pandas as pd

from crm import DataError, Issue, suggestion
from crm.rep_names import names_of
from reporting.text.reps.recommendation import Recommendation
from reporting.text.words.why import CLOSED, DUPLICATE_OF, OWNED, KeptLead
from runs.job.rule_costs import solve_day
from runs.job.scored import Scored, find_model, score
from runs.morning.remembering import remembering
from runs.prepared.ledger_place import ledger_place
from runs.prepared.prepared import Prepared, prepare
from runs.prepared.stages import Stage, silent
from runs.recommending.lead_asked import (
    LONGEST,
    LeadAsked,
    new_lead,
    of_kept_lead,
    unknown_notes,
)
from runs.recommending.ranking import Decided, ranked
from solver import Result, Solution

DRAWN = (
    "The scenario's experiment draws owners at random: this is of the optimum, and the "
    "run may assign otherwise."
)


def recommend_of_scenario(
    path: Path,
    asked: LeadAsked,
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
    prepared = prepare(path, data, stage, as_of=as_of, model=model)
    prepared = remembering(prepared, model)
    if asked.is_new:
        return _of_new_lead(prepared, asked, model, stage)
    source = f"the day {prepared.crm.as_of:%Y-%m-%d %H:%M} of {path}"
    unit = prepared.file.scenario.objective.maximise
    names = names_of(prepared.crm.reps)
    if kept := _kept_this_morning(prepared, asked.lead_id):
        return of_kept_lead(kept, unit, source, names)
    ids = prepared.crm.leads["lead_id"].tolist()
    if asked.lead_id not in ids:
        expected = f"the day has no such lead{suggestion(asked.lead_id, ids)}"
        raise DataError([Issue(str(path), expected, value=asked.lead_id)])
    scored = score(prepared, find_model(prepared, model, stage), stage)
    spec = prepared.file.scenario.solve
    stage("solving")
    result = solve_day(scored.day, spec.time_limit, spec)
    notes = (DRAWN,) if prepared.file.scenario.experiment else ()
    decided = _decided(scored, result.solution, source, result, notes)
    seed, limit = scored.day.seed(spec.seed), min(spec.time_limit, LONGEST)
    return ranked(decided, asked.lead_id, asked.n, seed=seed, time_limit=limit)


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
        *(result, (*notes, *scored.prepared.unread)),
    )


def _of_new_lead(
    prepared: Prepared, asked: LeadAsked, model: Path | None, stage: Stage
) -> Recommendation:
    """Return the best reps for a lead that came in, with the slots that are left."""
    crm, file = prepared.crm, prepared.file
    leads = new_lead(crm, file.scenario.data.sources, prepared.folder, asked)
    trained = find_model(prepared, model, stage)
    alone = replace(prepared, crm=replace(crm, leads=leads))
    scored = score(alone, trained, stage)
    solution = Solution.unassigned(scored.day.problem)
    source = f"the reps of {file.path} on {crm.as_of:%Y-%m-%d}"
    notes = (*unknown_notes(leads, trained), _slots_note(prepared))
    decided = _decided(scored, solution, source, notes=notes)
    seed, lead_id = scored.day.seed(0), str(leads["lead_id"].iloc[0])
    return ranked(decided, lead_id, asked.n, seed=seed, time_limit=LONGEST)


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
