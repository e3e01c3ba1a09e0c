"""Why each lead without an owner has none."""

from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crm import listed
from solver.building.day import Day
from solver.explain.insertions import Insertions
from solver.explain.reasons import Reason
from solver.problem.result import Result, Status
from solver.rules.base import Rule

NOTHING = 1e-9
"""Gains as small as this are none."""
MANY = 5
"""Ids named in a detail before the rest is counted."""


def unassigned_leads(day: Day, result: Result) -> pd.DataFrame:
    """Return one row per lead without an owner: lead_id, reason, detail."""
    insertions = Insertions(result.solution)
    rows = [
        (day.problem.lead_ids[lead], *_reason(day, result, insertions, int(lead)))
        for lead in np.flatnonzero(~result.solution.assigned)
    ]
    return pd.DataFrame(rows, columns=["lead_id", "reason", "detail"], dtype=object)


def _reason(
    day: Day, result: Result, insertions: Insertions, lead: int
) -> tuple[str, str]:
    if (without := reason_without_pair(day, lead)) is not None:
        return without
    if result.status == Status.INFEASIBLE:
        return Reason.INFEASIBLE, "nothing was distributed"
    if result.status == Status.NO_SOLUTION:
        return Reason.OUT_OF_TIME, "nothing was distributed"
    return _insertion_reason(day, insertions, lead)


def reason_without_pair(day: Day, lead: int) -> tuple[str, str] | None:
    """Return reason and detail of a lead without an eligible pair; `None` with one."""
    if day.kept_by[lead]:
        return _kept(day, lead)
    if day.problem.indptr[lead] == day.problem.indptr[lead + 1]:
        return _no_pair(day, lead)
    return None


def _insertion_reason(day: Day, insertions: Insertions, lead: int) -> tuple[str, str]:
    """Return what keeps the lead from the rep of highest gain, and from others."""
    start, end = day.problem.indptr[lead : lead + 2]
    gain, rep = insertions.gain[start:end], day.problem.rep[start:end]
    too_dear, free = gain < -NOTHING, gain > NOTHING
    reasons, parts = [], []
    for obstacle, pairs in insertions.obstacles(lead):
        at = pairs - start
        free[at] = False
        if len(at := at[~too_dear[at]]):
            reasons.append((gain[at].max(), obstacle.reason))
            parts.append(f"{obstacle.text}: {_ids(day, rep[at])}")
    if free.any():
        return Reason.ROOM_LEFT, f"room with: {_ids(day, rep[free])}"
    if not reasons:
        return Reason.PENALTIES_EXCEED_VALUE, _at_best(day, lead, gain.max())
    if too_dear.any():
        parts.append(f"penalties exceed the value with: {_ids(day, rep[too_dear])}")
    return max(reasons, key=itemgetter(0))[1], "; ".join(parts)


def _at_best(day: Day, lead: int, gain: float) -> str:
    skip_cost = day.problem.skip_cost[lead]
    instead = f", leaving it unassigned costs {skip_cost:g}" if skip_cost else ""
    return f"at best {gain - skip_cost:.3g} after penalties{instead}"


def _kept(day: Day, lead: int) -> tuple[str, str]:
    rule = day.rule(day.kept_by[lead])
    return rule.reason, rule.detail(_LeadRow(day.crm.leads, lead))


def _no_pair(day: Day, lead: int) -> tuple[str, str]:
    """Return the rule that leaves no rep, the reps away, or the rules in conflict."""
    rules = day.hard_filters
    alone = [rule for rule in rules if not _allowed(day, lead, [rule]).any()]
    if alone:
        return alone[0].reason, _named(day, lead, alone[:1])
    together = _allowed(day, lead, rules)
    if together.any() and not day.crm.calendar.works_on(day.crm.today):
        return Reason.NO_REP_AT_WORK, f"{day.crm.today} is no working day"
    if together.any():
        return Reason.NO_REP_AT_WORK, f"away: {_ids(day, np.flatnonzero(together))}"
    return Reason.NO_REP_MEETS_ALL_RULES, _named(
        day, lead, _conflicting(day, lead, rules)
    )


def _conflicting(day: Day, lead: int, rules: Sequence[Rule]) -> list[Rule]:
    """Return rules that no rep meets together, though without any of them one does."""
    needed = list(rules)
    for rule in rules:
        fewer = [other for other in needed if other is not rule]
        if not _allowed(day, lead, fewer).any():
            needed = fewer
    return needed


def _allowed(day: Day, lead: int, rules: Sequence[Rule]) -> NDArray[np.bool_]:
    allowed = np.ones(day.problem.n_reps, dtype=bool)
    for rule in rules:
        filter_ = day.filters[rule.name]
        allowed &= filter_.allowed[filter_.key[lead]]
    return allowed


def _named(day: Day, lead: int, rules: Sequence[Rule]) -> str:
    """Return the rules' names with what the lead has in the columns they look at."""
    row = _LeadRow(day.crm.leads, lead)
    return " and ".join(rule.detail(row) for rule in rules)


class _LeadRow(Mapping[str, Any]):
    """A lead's cells by column, read as they are asked for."""

    def __init__(self, leads: pd.DataFrame, lead: int) -> None:
        self._leads, self._lead = leads, lead

    def __getitem__(self, column: str) -> Any:
        return self._leads.at[self._lead, column]

    def __iter__(self) -> Iterator[str]:
        return map(str, self._leads.columns)

    def __len__(self) -> int:
        return len(self._leads.columns)


def _ids(day: Day, reps: NDArray[np.integer[Any]]) -> str:
    return listed(day.problem.rep_ids[reps], MANY)
