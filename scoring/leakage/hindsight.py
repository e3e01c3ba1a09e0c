"""Columns filled after the assignment: later times, and disguised closing delays."""

import numpy as np
import pandas as pd
from scipy.stats import spearmanr

from scoring.history.cells import DAY, has_hours, in_days
from scoring.leakage.leak import Leak, in_words

LATER_SHARE = 0.01
SAME_DELAY = 0.9
LIKE_DELAY = 0.6
MIN_DELAYS = 20


def find_later(times: pd.Series, assigned_at: pd.Series) -> Leak | None:
    """Return a leak if the times lie after the assignment.

    Where assignments have a date only, the whole day counts as before.

    Parameters
    ----------
    times, assigned_at
        Times of closed rows, (n_rows,) each.
    """
    limit = assigned_at if has_hours(assigned_at) else assigned_at + DAY
    later = (times > limit)[times.notna()]
    if later.empty or later.mean() <= LATER_SHARE:
        return None
    share = in_words(float(later.mean()))
    return Leak(f"later than assigned_at in {share} of the rows")


def find_delay(amounts: pd.Series, rows: pd.DataFrame) -> Leak | None:
    """Return a leak if the numbers go with the days from assignment to closing.

    Parameters
    ----------
    amounts
        Numbers, (n_rows,).
    rows
        Closed history, (n_rows,).
    """
    delay = in_days(rows["closed_at"] - rows["assigned_at"])
    numbers = amounts.to_numpy(dtype=np.float64)
    known = ~np.isnan(numbers + delay)
    numbers, delay = numbers[known], delay[known]
    if min(len(np.unique(numbers)), len(np.unique(delay))) < MIN_DELAYS:
        return None
    correlation = spearmanr(numbers, delay).statistic
    if correlation <= LIKE_DELAY:
        return None
    reason = "goes with the days from assigned_at to closed_at"
    reason = f"{reason} (rank correlation {correlation:.2f})"
    return Leak(reason, certain=bool(correlation > SAME_DELAY))
