"""One past day decided under every variant."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from crm import CrmData
from evaluation.fairness.entitlement import entitlement_of, neutral_value
from runs.job.rule_costs import solve_day
from runs.job.scored import Scored, score
from runs.prepared.prepared import Prepared
from scenarios import ScenarioFile
from scenarios.changes import Changed, Variant
from scoring import TrainedModel
from solver import Result, unassigned_leads


@dataclass(frozen=True, eq=False)
class ReplayTask:
    """What a variant makes of any day.

    Attributes
    ----------
    variant
        The variant, whose changes of tables are made day by day.
    file
        The scenario as changed.
    trained
        The model.
    ignored
        What the variant changes that a replay does not look at.
    """

    variant: Variant
    file: ScenarioFile
    trained: TrainedModel
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class DecidedDay:
    """One day under one variant.

    Attributes
    ----------
    day
        The day.
    place
        Which of the variants it is.
    figures
        leads, assigned, unassigned, conversions, value, objective and status.
    reasons
        Code of each reason why leads are unassigned -> how many.
    loads
        rep_id, leads, value (rep-neutral) and hours of every rep at work.
    pairs
        One row per assigned lead: lead_id, rep_id, and its model expectation
        (expected), in the objective's unit.
    sentences
        What each change of a table does on the day.
    """

    day: date
    place: int
    figures: dict[str, float | str]
    reasons: Counter[str]
    loads: pd.DataFrame
    pairs: pd.DataFrame
    sentences: tuple[str, ...] = ()

    @cached_property
    def owner(self) -> dict[str, str]:
        """Lead id -> rep id."""
        lead_ids, rep_ids = self.pairs["lead_id"], self.pairs["rep_id"]
        return dict(zip(lead_ids, rep_ids, strict=True))


def decided_days(
    days: Sequence[CrmData],
    prepared: Prepared,
    tasks: Sequence[ReplayTask],
    seconds: float,
) -> Iterator[DecidedDay]:
    """Yield every day under every variant.

    Parameters
    ----------
    days
        Tables of past days.
    prepared
        The scenario, for what is the same of all of them.
    tasks
        The variants.
    seconds
        For one solve.
    """
    for crm in days:
        for place, task in enumerate(tasks):
            yield decided(crm, prepared, task, place, seconds)


def decided(
    crm: CrmData, prepared: Prepared, task: ReplayTask, place: int, seconds: float
) -> DecidedDay:
    """Return a day under a variant."""
    changed = Changed(task.file, crm)
    for change in task.variant.changes:
        changed = change.on_tables(changed)
    today = replace(prepared, file=task.file, crm=changed.crm)
    scored = score(today, task.trained)
    result = solve_day(scored.day, seconds, task.file.scenario.solve)
    return DecidedDay(
        crm.today,
        place,
        _figures(scored, result),
        Counter(map(str, unassigned_leads(scored.day, result)["reason"])),
        _loads(scored, result),
        _pairs(scored, result),
        changed.sentences,
    )


def _figures(scored: Scored, result: Result) -> dict[str, float | str]:
    problem, solution = scored.day.problem, result.solution
    pair = solution.pair[solution.assigned]
    lead, rep = problem.lead[pair], problem.rep[pair]
    p_convert = scored.scores.probability(lead, rep)
    return {
        "leads": problem.n_leads,
        "assigned": solution.n_assigned,
        "unassigned": solution.n_unassigned,
        "conversions": float(p_convert.sum()),
        "value": float(p_convert @ scored.value[lead]),
        "objective": result.objective,
        "status": str(result.status),
    }


def _pairs(scored: Scored, result: Result) -> pd.DataFrame:
    problem, solution = scored.day.problem, result.solution
    pair = solution.pair[solution.assigned]
    lead, rep = problem.lead[pair], problem.rep[pair]
    expected = scored.scores.probability(lead, rep) * scored.value[lead]
    lead_ids, rep_ids = problem.lead_ids[lead], problem.rep_ids[rep]
    columns = {"lead_id": lead_ids, "rep_id": rep_ids, "expected": expected}
    return pd.DataFrame(columns)


def _loads(scored: Scored, result: Result) -> pd.DataFrame:
    """Return what every rep at work got."""
    day, solution = scored.day, result.solution
    own = np.bincount(
        solution.rep_of[solution.assigned],
        neutral_value(day)[solution.assigned],
        day.problem.n_reps,
    )
    columns = {
        "rep_id": day.problem.rep_ids,
        "leads": solution.load,
        "value": own,
        "hours": entitlement_of(day).hours,
    }
    return pd.DataFrame(columns)[day.available]
