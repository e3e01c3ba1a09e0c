"""The day's leads by territory, and which reps at work may have them."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from reporting import Coverage, rep_name
from solver import Day, Solution

NONE = "no territory"
"""What leads without one are counted under."""


def coverage_of(
    day: Day, solution: Solution, names: Mapping[str, str]
) -> Coverage | None:
    """Return territories against reps; None where no lead has a territory.

    A rep may have a lead who is eligible for it by all hard rules. Leads that a rule
    keeps from distribution do not count.

    Parameters
    ----------
    names
        rep_id -> name.
    """
    problem, territory = day.problem, _territory(day)
    if territory is None:
        return None
    place, labels = pd.factorize(territory)
    is_open = day.kept_by == ""
    shape = (problem.n_reps, len(labels))
    cell = problem.rep.astype(np.int64) * len(labels) + place[problem.lead]
    may_have = np.bincount(cell, minlength=shape[0] * shape[1]).reshape(shape) > 0
    own = solution.pair[solution.assigned]
    assigned = np.bincount(cell[own], minlength=shape[0] * shape[1]).reshape(shape)
    leads = np.bincount(place[is_open], minlength=len(labels))
    rows = pd.DataFrame(
        {
            "territory": labels,
            "leads": leads,
            "assigned": assigned.sum(axis=0),
            "unassigned": leads - assigned.sum(axis=0),
            "reps": may_have.sum(axis=0),
        }
    )
    rows = rows[rows["leads"] > 0]
    order = rows.sort_values(
        ["leads", "territory"], ascending=[False, True]
    ).index.to_numpy(np.int64)
    at_work = np.flatnonzero(day.available)
    shown = np.ix_(at_work, order)
    return Coverage(
        rows.loc[order].reset_index(drop=True),
        [rep_name(rep_id, names) for rep_id in problem.rep_ids[at_work]],
        may_have[shown],
        assigned[shown],
    )


def _territory(day: Day) -> pd.Series | None:
    leads = day.crm.leads
    if "territory" not in leads or not (leads["territory"] != "").any():
        return None
    named: pd.Series = leads["territory"].where(leads["territory"] != "", NONE)
    return named.astype(object)
