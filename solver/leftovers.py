"""Why each lead without an owner has none."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from solver.building import Day
from solver.reasons import Reason
from solver.result import Result, Status
from solver.rules import Qualify
from solver.rules.base import PairRule

MANY = 5
"""Ids named in a detail before the rest is counted."""


def leftovers(day: Day, result: Result) -> pd.DataFrame:
    """Return one row per lead without an owner: lead_id, reason, detail."""
    rows = [
        (day.problem.lead_ids[lead], *_reason(day, result, int(lead)))
        for lead in np.flatnonzero(~result.solution.assigned)
    ]
    return pd.DataFrame(rows, columns=["lead_id", "reason", "detail"], dtype=object)


def _reason(day: Day, result: Result, lead: int) -> tuple[Reason, str]:
    problem = day.problem
    pairs = slice(problem.indptr[lead], problem.indptr[lead + 1])
    if day.kept_by[lead]:
        return _kept(day, lead)
    if problem.indptr[lead] == problem.indptr[lead + 1]:
        return _no_pair(day, lead)
    if result.status == Status.INFEASIBLE:
        return Reason.INFEASIBLE, "nothing was distributed"
    if result.status == Status.NO_SOLUTION:
        return Reason.OUT_OF_TIME, "nothing was distributed"
    best = problem.value[pairs].max()
    if best < 0:
        return Reason.PENALTIES_EXCEED_VALUE, f"at best {best:g} after penalties"
    return Reason.REPS_FULL, _full(day, problem.rep[pairs], problem.value[pairs] < 0)


def _full(day: Day, reps: NDArray[np.integer[Any]], too_dear: NDArray[np.bool_]) -> str:
    full = f"full: {_ids(day, reps[~too_dear])}"
    if not too_dear.any():
        return full
    return f"{full}; penalties exceed the value with: {_ids(day, reps[too_dear])}"


def _kept(day: Day, lead: int) -> tuple[Reason, str]:
    rule = day.rule(day.kept_by[lead])
    assert isinstance(rule, Qualify)
    cells = _cells(day, lead, rule.floors)
    below = [
        f"{column} {cells[column]:g} is below {least:g}"
        for column, least in rule.floors.items()
        if cells[column] < least
    ]
    return rule.reason, "; ".join([f"rule {rule.name}", *below])


def _no_pair(day: Day, lead: int) -> tuple[Reason, str]:
    """Name the rule that leaves no rep, the reps who are away, or the rules at odds."""
    rules = day.hard_filters
    alone = [rule for rule in rules if not _allowed(day, lead, [rule]).any()]
    if alone:
        return alone[0].reason, _named(day, lead, alone[:1])
    together = _allowed(day, lead, rules)
    if together.any():
        return Reason.NO_REP_AT_WORK, f"away: {_ids(day, np.flatnonzero(together))}"
    return Reason.NO_REP_MEETS_ALL_RULES, _named(day, lead, _at_odds(day, lead, rules))


def _at_odds(day: Day, lead: int, rules: Sequence[PairRule]) -> list[PairRule]:
    """Return rules that no rep meets together, though without any of them one does."""
    needed = list(rules)
    for rule in rules:
        fewer = [other for other in needed if other is not rule]
        if not _allowed(day, lead, fewer).any():
            needed = fewer
    return needed


def _allowed(day: Day, lead: int, rules: Sequence[PairRule]) -> NDArray[np.bool_]:
    allowed = np.ones(day.problem.n_reps, dtype=bool)
    for rule in rules:
        filter_ = day.filters[rule.name]
        allowed &= filter_.allowed[filter_.key[lead]]
    return allowed


def _named(day: Day, lead: int, rules: Sequence[PairRule]) -> str:
    """Return the rules' names with what the lead has in the column each looks at."""
    parts = []
    for rule in rules:
        columns = [column for table, column in rule.needs if table == "leads"]
        cells = _cells(day, lead, columns)
        values = [f" ({column} {cell})" for column, cell in cells.items() if cell]
        parts.append(f"rule {rule.name}" + "".join(values))
    return " and ".join(parts)


def _cells(day: Day, lead: int, columns: Iterable[str]) -> dict[str, Any]:
    return {column: day.crm.leads.at[lead, column] for column in columns}


def _ids(day: Day, reps: NDArray[np.integer[Any]]) -> str:
    named = ", ".join(islice(day.problem.rep_ids[reps], MANY))
    more = len(reps) - MANY
    return f"{named} and {more} more" if more > 0 else named
