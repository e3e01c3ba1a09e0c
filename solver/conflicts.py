"""Why a day is infeasible: the locks that cannot hold, and what stands against them."""

from collections.abc import Iterator

import numpy as np

from solver.building import Day
from solver.leftovers import leftovers
from solver.reasons import REASON_TEXT
from solver.result import Result, Status


def conflicts(day: Day, result: Result) -> list[str]:
    """Return a sentence per conflict of an infeasible day; none for another."""
    if result.status != Status.INFEASIBLE:
        return []
    return [*_without_rep(day, result), *_crowded(day)]


def _without_rep(day: Day, result: Result) -> Iterator[str]:
    locked = day.problem.lead_ids[day.problem.must & (np.diff(day.problem.indptr) == 0)]
    why = leftovers(day, result).set_index("lead_id")
    for lead_id in locked:
        reason, detail = why.loc[lead_id, ["reason", "detail"]]
        yield f"lead {lead_id} is locked, but {REASON_TEXT[reason]}: {detail}"


def _crowded(day: Day) -> Iterator[str]:
    """Yield reps with more locked leads than slots; a lock leaves one pair a lead."""
    problem = day.problem
    locked = problem.rep[problem.must[problem.lead] & problem.uses_slot]
    held = np.bincount(locked, minlength=problem.n_reps)
    for rep in np.flatnonzero(held > problem.capacity):
        slots = f"has {problem.capacity[rep]} slots today"
        yield f"{held[rep]} leads are locked to {problem.rep_ids[rep]}, who {slots}"
