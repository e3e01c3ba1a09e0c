"""One policy in one world, as figures."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.fairness.inequality import gini
from evaluation.labels import EXPECTED, TRUE
from evaluation.simulation.beliefs import ORACLE
from evaluation.simulation.record import Record
from evaluation.worlds.outcomes import won

CONVERSIONS = "conversions"
"""Leads whose drawn outcome is won, when all have closed."""
MATCHING = f"{TRUE}: matching"
"""What the right rep for the right lead wins: the known truth beyond what the same
leads and loads win when shuffled; see :mod:`evaluation.comparison.decomposition`."""


@dataclass(frozen=True)
class Result:
    """What one policy did in the world of one seed.

    Attributes
    ----------
    seed, policy
        Whose it is.
    figures
        Column -> figure over all days; seed and policy are the first.
    months
        One row per month.
    """

    seed: int
    policy: str
    figures: dict[str, Any]
    months: pd.DataFrame


def summed_up(record: Record, policy: str, seconds: float) -> Result:
    """Return the figures of a record.

    Parameters
    ----------
    record
        Of all days.
    policy
        Whose it is.
    seconds
        How long the policy learnt and allocated.
    """
    seed, given = record.course.world.seed, record.given
    wins = won(record.course.lead_ids[given], record.truth[given], seed)
    true = float(record.truth.sum())
    figures = {
        "seed": seed,
        "policy": policy,
        "leads": len(record.rep),
        "assigned": len(given),
        "left over": len(record.rep) - len(given),
        CONVERSIONS: int(wins.sum()),
        TRUE: true,
        MATCHING: true - float(record.shuffled.sum()),
        **_loads(record),
        EXPECTED: np.nan if policy == ORACLE else float(record.expected.sum()),
        "seconds": seconds,
    }
    months = _months(record, wins).assign(seed=seed, policy=policy)
    return Result(seed, policy, figures, months)


def _loads(record: Record) -> dict[str, float]:
    """Return how evenly leads were spread, per rep and day at work."""
    at_work = (record.course.capacity > 0).sum(axis=0)
    leads = np.bincount(record.rep[record.given], minlength=len(at_work))
    load = leads[at_work > 0] / at_work[at_work > 0]
    return {
        "least load": float(load.min()) if len(load) else 0.0,
        "most load": float(load.max(initial=0.0)),
        "gini load": gini(load),
    }


def _months(record: Record, wins: NDArray[np.bool_]) -> pd.DataFrame:
    given = record.given
    month = record.course.dates.strftime("%Y-%m").to_numpy(dtype=object)
    rows = pd.DataFrame(
        {
            "month": pd.Series(month[record.day[given]], dtype=object),
            CONVERSIONS: wins.astype(np.int64),
            TRUE: record.truth[given],
        }
    )
    every = pd.Index(np.unique(month), name="month", dtype=object)
    return rows.groupby("month").sum().reindex(every, fill_value=0).reset_index()
