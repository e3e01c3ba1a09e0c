"""A rep's open book as a day of its own, solved under the scenario's rules."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from crm import CrmData, DataError, Issue
from ledger import Ledger
from reporting import conflict_sentences
from runs.job.daily_job import CheckFailedError
from runs.job.rule_costs import solve_day
from runs.job.scored import Scored, find_model, score
from runs.morning.lead_rows import rows_of
from runs.morning.memory import Memory
from runs.morning.open_books import with_open_books
from runs.morning.past_leads import with_past_leads
from runs.morning.recalled_leads import without_recalled_reps
from runs.morning.reps_as_known import with_rep_facts
from runs.morning.slots import with_slots_left
from runs.prepared.prepared import Prepared
from runs.prepared.stages import Stage, silent
from scenarios.day import idle_day
from solver import (
    Result,
    Status,
    assigned_leads,
    find_conflict,
    unassigned_leads,
    violations,
)

STEPS = (
    with_past_leads,
    with_rep_facts,
    without_recalled_reps,
    with_slots_left,
    with_open_books,
)
"""What the ledger says of history, of reps' days, and of who had a lead before."""


@dataclass(frozen=True, eq=False)
class BookDay:
    """A book, distributed again.

    Attributes
    ----------
    placed
        One row per lead with another rep: lead_id, rep_id, p_convert and value, which
        the model expects.
    unplaced
        One row per lead that nobody can take: lead_id, reason and detail.
    notes
        What the ledger changed of the reps' day.
    """

    placed: pd.DataFrame
    unplaced: pd.DataFrame
    notes: tuple[str, ...] = ()


def book_day(
    prepared: Prepared,
    ledger: Ledger,
    book: pd.DataFrame,
    takers: Collection[str],
    model: Path | None = None,
    *,
    ignore_capacity: bool = False,
    stage: Stage = silent,
) -> BookDay:
    """Return how the leads of a book go to these reps, so that most is expected.

    Parameters
    ----------
    prepared
        The scenario with its tables; their leads are put aside.
    book
        The leads, as :data:`ledger.people.book.BOOK`.
    takers
        Ids of the reps who may get them.
    model
        A trained model; without it one is trained on the history.
    ignore_capacity
        Whether slots and open books limit nobody.

    Raises
    ------
    DataError
        Where nobody works on the day, or no distribution obeys every hard rule.
    """
    crm = prepared.crm
    if not crm.calendar.works_on(crm.today):
        raise DataError([Issue("reassign", f"{idle_day(crm)}; name another with --at")])
    leads = rows_of(book, crm.leads).reset_index(drop=True)
    own = replace(prepared, crm=replace(crm, leads=leads))
    for step in STEPS:
        own = step(own, Memory(ledger))
    day_crm = _only(own.crm, takers)
    if ignore_capacity:
        day_crm = _unlimited(day_crm, len(leads))
    own = replace(own, crm=day_crm)
    scored = score(own, find_model(prepared, model, stage), stage)
    stage("solving")
    spec = prepared.file.scenario.solve
    result = solve_day(scored.day, spec.time_limit, spec)
    _refuse_unsolved(scored, result)
    return _told(scored, result, own.earlier.notes)


def _only(crm: CrmData, takers: Collection[str]) -> CrmData:
    """Return the tables with everybody else absent."""
    others = crm.reps.loc[~crm.reps["rep_id"].isin(list(takers)), "rep_id"]
    first, last = crm.calendar.span(crm.today)
    rows = pd.DataFrame({"rep_id": others, "from": first, "to": last})
    own = crm.absences[["rep_id", "from", "to"]]
    absences = pd.concat([own, rows.astype(own.dtypes.to_dict())], ignore_index=True)
    return replace(crm, absences=absences)


def _unlimited(crm: CrmData, n_leads: int) -> CrmData:
    reps = crm.reps.assign(daily_capacity=n_leads, open_capacity=np.nan)
    return replace(crm, reps=reps.astype(crm.reps.dtypes.to_dict()))


def _refuse_unsolved(scored: Scored, result: Result) -> None:
    """Raise where there is no distribution, or it breaks a hard rule."""
    spec = scored.prepared.file.scenario.solve
    if result.status == Status.INFEASIBLE:
        seed = scored.day.seed(spec.seed)
        conflict = find_conflict(scored.day, seed=seed, time_limit=spec.time_limit)
        why = "; ".join(conflict_sentences(conflict))
        raise DataError(
            [Issue("reassign", f"infeasible, so nothing is changed: {why}")]
        )
    if not result.status.has_solution:
        text = "no solution in time, so nothing is changed; raise solve: {time_limit}"
        raise DataError([Issue("reassign", text)])


def _told(scored: Scored, result: Result, notes: tuple[str, ...]) -> BookDay:
    day, spec = scored.day, scored.prepared.file.scenario.solve
    assigned = assigned_leads(day, result, day.seed(spec.seed))
    owner = dict(zip(assigned["lead_id"], assigned["rep_id"], strict=True))
    rules = scored.prepared.file.scenario.rules
    if broken := violations(scored.prepared.crm, rules, owner):
        raise CheckFailedError(broken)
    pair = assigned["pair"].to_numpy()
    problem = day.problem
    placed = assigned[["lead_id", "rep_id"]].assign(
        p_convert=scored.scores.probability(problem.lead[pair], problem.rep[pair]),
        value=problem.value[pair],
    )
    return BookDay(placed, unassigned_leads(day, result), notes)
