"""Leads that have an owner already, at which no rule looks."""

from collections.abc import Collection, Iterator, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crm import TABLES, CrmData, Issue, listed
from crm.owners import open_in_history
from scenarios.reach import needs_no_scores
from scenarios.validation import ScenarioFile
from solver.rules.stability import Stability

NAMED = 3
"""Leads named before the rest is counted."""
MOSTLY = 0.8
"""Share of the cells that make a column one of reps."""


def owner_issues(file: ScenarioFile, crm: CrmData) -> Iterator[Issue]:
    """Yield a warning for leads whose owner no rule keeps, or none knows."""
    yield from _columns_of_reps(file, crm)
    current = crm.leads["current_rep_id"].to_numpy(dtype=object)
    open_with = np.where(current == "", open_in_history(crm), "")
    known = set(crm.reps["rep_id"])
    free = ~kept_by_stability(file, crm)
    owned = _owned(crm, np.where(free, current, ""), known)
    opened = _owned(crm, open_with, known)
    if not (owned or opened):
        return
    parts = [f"{len(owned):,} by current_rep_id"] if owned else []
    parts += [f"{len(opened):,} open in history"] if opened else []
    named = [f"{lead} of {rep}" for lead, rep in {**owned, **opened}.items()]
    advice = ["a rule of kind stability keeps them"]
    advice += ["data.owner_from_history: true tells it of history"] if opened else []
    text = (
        f"leads that have an owner may go to another: {' and '.join(parts)} "
        f"({listed(named, NAMED)}); {', '.join(advice)}"
    )
    yield file.issue(("data", "leads"), text, severity="warning")


def moved_issues(
    file: ScenarioFile, crm: CrmData, owner: Mapping[str, str]
) -> Iterator[Issue]:
    """Yield a warning with the number of leads that a run gives to another rep.

    Parameters
    ----------
    owner
        Lead id -> rep id, as assigned.
    """
    current = crm.leads["current_rep_id"].to_numpy(dtype=object)
    kept = kept_by_stability(file, crm) & (current != "")
    was = np.where(current == "", open_in_history(crm), current)
    had = _owned(crm, np.where(kept, "", was), set(crm.reps["rep_id"]))
    moved = [
        f"{lead} from {rep} to {owner[lead]}"
        for lead, rep in had.items()
        if owner.get(lead, rep) != rep
    ]
    if moved:
        text = (
            "owners change, since no rule of kind stability keeps them: "
            f"{len(moved):,} of {len(had):,} leads that had one "
            f"({listed(moved, NAMED)})"
        )
        yield file.issue(("data", "leads"), text, severity="warning")


def kept_by_stability(file: ScenarioFile, crm: CrmData) -> NDArray[np.bool_]:
    """Tell of which leads a rule of kind stability may speak, shape (n_leads,)."""
    kept = np.zeros(len(crm.leads), dtype=bool)
    for rule in file.scenario.rules:
        if isinstance(rule, Stability):
            scored = not needs_no_scores(rule)
            kept |= True if scored else rule.speaks_of(crm)
    return kept


def _owned(
    crm: CrmData, owner: NDArray[np.object_], known: Collection[str]
) -> dict[str, str]:
    """Return lead id -> its owner, where that is one of the reps."""
    named = np.flatnonzero(owner != "")
    pairs = zip(crm.leads["lead_id"].to_numpy()[named], owner[named], strict=True)
    return {lead: rep for lead, rep in pairs if rep in known}


def _columns_of_reps(file: ScenarioFile, crm: CrmData) -> Iterator[Issue]:
    """Yield a warning where a column of leads that we do not know holds reps."""
    if crm.has("leads", "current_rep_id"):
        return
    reps = {*crm.reps["rep_id"], *crm.reps["name"]} - {""}
    for name in sorted(crm.file_columns["leads"] - TABLES["leads"].keys()):
        cells: pd.Series = crm.leads[name]
        filled = cells[(cells != "") & cells.notna()]
        if len(filled) and filled.isin(reps).mean() >= MOSTLY:
            text = (
                f"the column {name} of leads holds reps; if those have the leads now, "
                f"map it: columns: {{current_rep_id: {name}}}"
            )
            yield file.issue(("data", "leads"), text, severity="warning")
