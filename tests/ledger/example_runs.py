"""Runs that never were, for tests that record them."""

from collections.abc import Mapping
from math import nan

import pandas as pd

from ledger import RunEntry


def decisions_of(owner: Mapping[str, object]) -> pd.DataFrame:
    """Return one decision per lead, given lead id -> rep id (``""`` = unassigned)."""
    given = [rep_id != "" for rep_id in owner.values()]
    text = {
        "lead_id": owner.keys(),
        "rep_id": owner.values(),
        "reason": ["highest_value" if is_given else "reps_full" for is_given in given],
        "arm": ["optimal" if is_given else "" for is_given in given],
    }
    return pd.DataFrame(text, dtype=object).assign(
        p_convert=[0.25 if is_given else nan for is_given in given],
        value=[0.2 if is_given else nan for is_given in given],
        propensity=[1.0 if is_given else nan for is_given in given],
        created_at=pd.Timestamp("2026-09-01T08:00:00.000001Z"),
    )


def entry_of(
    run_id: str, decisions: pd.DataFrame, as_of: str = "2026-09-07"
) -> RunEntry:
    """Return the entry of a run with these decisions."""
    n_assigned = int((decisions["rep_id"] != "").sum())
    return RunEntry(
        run_id=run_id,
        scenario="daily",
        as_of=pd.Timestamp(as_of, tz="UTC"),
        status="optimal",
        engine="flow",
        objective=0.2 * n_assigned,
        n_leads=len(decisions),
        n_assigned=n_assigned,
        n_unassigned=len(decisions) - n_assigned,
        seed=0,
    )
