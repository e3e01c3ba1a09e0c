"""Closing delays of won and lost leads, estimated from right-truncated data."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scoring.history.cells import in_days
from scoring.history.rows import has_both, is_won

MIN_OF_EACH = 50
WINDOW_SHARE = 0.95
RECENT_WINDOWS = 2.0
"""Windows of newer rows that are used alone where they suffice, as delays drift."""
MIN_AT_RISK = 50
"""Rows below which one more closing moves the estimate by over two per cent."""


@dataclass(frozen=True)
class ClosingDelays:
    """Distribution function of the closing delay, among leads that close.

    Attributes
    ----------
    days
        The distinct delays, increasing, (n_delays,).
    share
        Share closed within each delay, increasing to 1, (n_delays,).
    reach
        Largest age in days that enough rows have reached.
    """

    days: NDArray[np.float64]
    share: NDArray[np.float64]
    reach: float

    def closed_by(self, age: np.ndarray) -> np.ndarray:
        """Return the share closed by each age, same shape; 0 before the first."""
        place = np.searchsorted(self.days, age, side="right")
        return np.append(0.0, self.share)[place]

    def age_at(self, share: float) -> float:
        """Return the age in days by which this share has closed."""
        place = int(np.searchsorted(self.share, share))
        return float(self.days[min(place, len(self.days) - 1)])

    def within(self, reach: float) -> Self:
        """Return the same for the leads that close within so many days."""
        kept = self.days <= reach
        if not kept.any():
            return self
        share = self.share[kept] / self.share[kept][-1]
        return type(self)(self.days[kept], share, min(reach, self.reach))


def estimate_delays(delay: np.ndarray, age: np.ndarray) -> ClosingDelays:
    """Return the distribution of delays that are observed only if below their age.

    The product-limit estimate in reversed time: of the rows old enough to have
    shown a delay and that closed by then, the share that closed at it. Delays
    with fewer than `MIN_AT_RISK` rows at risk are left out; the shares are of what
    closes before them.

    Parameters
    ----------
    delay
        Days from assignment to closing, (n_rows,), none above its age.
    age
        Days since assignment, (n_rows,).

    References
    ----------
    Lynden-Bell (1971), A method of allowing for known observational selection in
    small samples applied to 3CR quasars, doi:10.1093/mnras/155.1.95.
    Woodroofe (1985), Estimating a distribution function with truncated data,
    doi:10.1214/aos/1176346584.
    """
    days, closings = np.unique(delay, return_counts=True)
    ages = np.sort(age)
    at_risk = np.cumsum(closings) - np.searchsorted(ages, days)
    enough = min(MIN_AT_RISK, at_risk.max())
    last = np.flatnonzero(at_risk >= enough)[-1] + 1
    reach = ages[-enough] if last == len(days) else days[last - 1]
    kept_before = 1 - closings[1:last] / at_risk[1:last]
    share = np.append(np.cumprod(kept_before[::-1])[::-1], 1.0)
    return ClosingDelays(days[:last], share, float(reach))


def recent_delays(
    rows: pd.DataFrame, as_of: pd.Timestamp
) -> tuple[ClosingDelays, ClosingDelays]:
    """Return the delays of won and of lost rows, from newer rows where they suffice."""
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

    Both are of the leads that close within the shorter of the two reaches.
    """
    age = days_between(rows["assigned_at"], as_of)
    delay = days_between(rows["assigned_at"], rows["closed_at"])
    won = is_won(rows) > 0
    if not has_both(won, MIN_OF_EACH):
        common = estimate_delays(delay, age)
        return common, common
    delays = [estimate_delays(delay[rows], age[rows]) for rows in (won, ~won)]
    reach = min(outcome.reach for outcome in delays)
    return delays[0].within(reach), delays[1].within(reach)


def window(*delays: ClosingDelays) -> float:
    """Return the age in days by which nearly all of every outcome has closed."""
    return max(outcome.age_at(WINDOW_SHARE) for outcome in delays)


def days_between(start: pd.Series, end: pd.Series | pd.Timestamp) -> np.ndarray:
    """Return the days from one time to the other, never below 0, (n_rows,)."""
    return np.maximum(in_days(end - start), 0.0)
