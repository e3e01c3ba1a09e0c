"""One policy in one world, as figures."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.fairness.inequality import gini
from evaluation.labels import EXPECTED, TRUTH
from evaluation.simulation.predictions import ORACLE
from evaluation.simulation.record import Record
from evaluation.worlds.outcomes import won

CONVERSIONS = "conversions"
"""Leads whose drawn outcome is won, when all have closed."""
MATCHING = f"{TRUTH}: matching"
"""What the right rep for the right lead wins: the ground truth beyond what the same
leads and loads win when shuffled; see :mod:`evaluation.comparison.decomposition`."""

Figures = tuple[dict[str, Any], pd.DataFrame]
"""Column -> figure over all days, seed and policy first; and one row per month."""


def figures_of(record: Record, policy: str, seconds: float) -> Figures:
    """Return the figures of a record.

    Parameters
    ----------
    record
        Of all days.
    policy
        Whose it is.
    seconds
        How long the policy was trained and assigned leads.
    """
    seed, assigned = record.arrivals.world.seed, record.assigned
    wins = won(record.arrivals.lead_ids[assigned], record.truth[assigned], seed)
    true = float(record.truth.sum())
    figures = {
        "seed": seed,
        "policy": policy,
        "leads": len(record.rep),
        "assigned": len(assigned),
        "unassigned": len(record.rep) - len(assigned),
        CONVERSIONS: int(wins.sum()),
        TRUTH: true,
        MATCHING: true - float(record.shuffled.sum()),
        **_loads(record),
        EXPECTED: np.nan if policy == ORACLE else float(record.expected.sum()),
        "seconds": seconds,
    }
    return figures, _months(record, wins).assign(seed=seed, policy=policy)


def _loads(record: Record) -> dict[str, float]:
    """Return how evenly leads were spread, per rep and day at work."""
    at_work = (record.arrivals.capacity > 0).sum(axis=0)
    leads = np.bincount(record.rep[record.assigned], minlength=len(at_work))
    load = leads[at_work > 0] / at_work[at_work > 0]
    return {
        "least load": float(load.min()) if len(load) else 0.0,
        "most load": float(load.max(initial=0.0)),
        "gini load": gini(load),
    }


def _months(record: Record, wins: NDArray[np.bool_]) -> pd.DataFrame:
    assigned = record.assigned
    month = record.arrivals.dates.strftime("%Y-%m").to_numpy(dtype=object)
    rows = pd.DataFrame(
        {
            "month": pd.Series(month[record.day[assigned]], dtype=object),
            CONVERSIONS: wins.astype(np.int64),
            TRUTH: record.truth[assigned],
        }
    )
    every = pd.Index(np.unique(month), name="month", dtype=object)
    return rows.groupby("month").sum().reindex(every, fill_value=0).reset_index()
