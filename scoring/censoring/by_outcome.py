"""How long won leads take to close, and how long lost ones."""

import numpy as np
import pandas as pd

from scoring.censoring.delays import ClosingDelays, estimate_delays
from scoring.history import has_both, is_won

SECONDS_PER_DAY = 86_400.0
MIN_OF_EACH = 50
WINDOW_SHARE = 0.95
RECENT_WINDOWS = 2.0
"""Delays drift: older rows are not asked while the newer are enough."""


def recent_delays(
    rows: pd.DataFrame, as_of: pd.Timestamp
) -> tuple[ClosingDelays, ClosingDelays]:
    """Return the delays of won and of lost rows, of the newer where they suffice."""
    delays = delays_by_outcome(rows, as_of)
    age = days_between(rows["assigned_at"], as_of)
    recent = rows[age <= RECENT_WINDOWS * window(*delays)]
    won = is_won(recent)
    if not has_both(won, MIN_OF_EACH):
        return delays
    return delays_by_outcome(recent, as_of)


def delays_by_outcome(
    rows: pd.DataFrame, as_of: pd.Timestamp
) -> tuple[ClosingDelays, ClosingDelays]:
    """Return the delays of won and of lost rows, common where one is too rare.

    Both speak of the leads that close within the shorter of the two reaches.
    """
    age = days_between(rows["assigned_at"], as_of)
    delay = days_between(rows["assigned_at"], rows["closed_at"])
    won = is_won(rows) > 0
    if not has_both(won, MIN_OF_EACH):
        common = estimate_delays(delay, age)
        return common, common
    delays = [estimate_delays(delay[of], age[of]) for of in (won, ~won)]
    reach = min(of.reach for of in delays)
    return delays[0].within(reach), delays[1].within(reach)


def window(*delays: ClosingDelays) -> float:
    """Return the age in days by which nearly all of every outcome has closed."""
    return max(of.age_at(WINDOW_SHARE) for of in delays)


def days_between(start: pd.Series, end: pd.Series | pd.Timestamp) -> np.ndarray:
    """Return the days from one time to the other, never below 0, (n_rows,)."""
    seconds = (end - start).dt.total_seconds().to_numpy(dtype=np.float64)
    return np.maximum(seconds / SECONDS_PER_DAY, 0.0)
