"""How long to wait for an outcome, and what each lead came to by then."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scoring.censoring.delays import WINDOW_SHARE, days_between, estimate_delays

PATIENT_SHARE = 0.99
MOST_YOUNG = 1 / 3
"""Share of the leads that may be left out for the sake of late wins."""


def choose_horizon(known: pd.DataFrame, as_of: pd.Timestamp) -> float | None:
    """Return the days within which 99 in 100 wins come; `None`: none need be awaited.

    Those of 95 in 100 where the longer wait would leave out too many leads.

    Wins are seen only if they took less than the age of their row; the estimate
    allows for that. Where every row has closed and is older than these days,
    nothing more is to come.

    Parameters
    ----------
    known
        History as it stood at `as_of`, (n_rows,).
    as_of
        Moment in UTC.
    """
    won = known[known["outcome"] == "won"]
    if won.empty:
        return None
    age = days_between(won["assigned_at"], as_of)
    delay = days_between(won["assigned_at"], won["closed_at"])
    delays, ages = (
        estimate_delays(delay, age),
        days_between(known["assigned_at"], as_of),
    )
    patient, hasty = delays.age_at(PATIENT_SHARE), delays.age_at(WINDOW_SHARE)
    days = patient if np.mean(ages < patient) <= MOST_YOUNG else hasty
    is_closed = (known["outcome"] != "open").all()
    return None if is_closed and ages.min() >= days else days


def is_old_enough(
    known: pd.DataFrame, as_of: pd.Timestamp, horizon: float | None
) -> NDArray[np.bool_]:
    """Tell which rows were given out a horizon ago or earlier, (n_rows,) bool."""
    if horizon is None:
        return np.full(len(known), True)
    old: NDArray[np.bool_] = days_between(known["assigned_at"], as_of) >= horizon
    return old


def outcomes(
    rows: pd.DataFrame, horizon: float | None, value: str
) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """Return which rows were won in time, and what each brought, (n_rows,) each."""
    won = (rows["outcome"] == "won").to_numpy(dtype=bool)
    if horizon is not None:
        delay = days_between(rows["assigned_at"], rows["closed_at"])
        won = won & (np.nan_to_num(delay, nan=np.inf) <= horizon)
    if value == "conversions":
        return won, won.astype(np.float64)
    paid = rows["won_value"].to_numpy(dtype=np.float64)
    return won, np.where(won, paid, 0.0)
