"""Inverse-probability weights of closed leads, for right-censored outcomes."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from scoring.censoring.delays import (
    MIN_OF_EACH,
    ClosingDelays,
    days_between,
    recent_delays,
    window,
)
from scoring.history.rows import closed_history, is_won, known_history

MISLED_Z = 2.0
MIN_SHARE = 0.2
"""No row counts for more than five: beyond that, variance outweighs bias."""


@dataclass(frozen=True)
class CensoringWeights:
    """Weights of closed rows: one over the probability of having closed at their age.

    Attributes
    ----------
    as_of
        The moment (UTC) history is seen from, ISO 8601.
    won, lost
        Closing delays by outcome, the same twice where one is too rare to tell;
        `None` where every row counts once.
    min_age
        Age in days below which closed rows are left out, as too few leads of
        their day have closed.
    n_open
        Open rows.
    n_left_out
        Closed rows that are left out.
    is_misleading
        Whether weights were dropped, as those of one window ago misled.
    """

    as_of: str
    won: ClosingDelays | None = None
    lost: ClosingDelays | None = None
    min_age: float = 0.0
    n_open: int = 0
    n_left_out: int = 0
    is_misleading: bool = False

    @property
    def moment(self) -> pd.Timestamp:
        """The moment history is seen from."""
        return pd.Timestamp(self.as_of)

    @property
    def median_won(self) -> float | None:
        """Return the days by which half of the won leads have closed."""
        return None if self.won is None else self.won.age_at(0.5)

    @property
    def median_lost(self) -> float | None:
        """Return the days by which half of the lost leads have closed."""
        return None if self.lost is None else self.lost.age_at(0.5)

    @property
    def window_days(self) -> float:
        """Return the age in days by which 95 % of the slower outcome has closed."""
        if self.won is None or self.lost is None:
            return 0.0
        return window(self.won, self.lost)

    def weight(self, rows: pd.DataFrame) -> np.ndarray:
        """Return how many leads of its day each closed row stands for, (n_rows,).

        One over the share of its outcome that closes by its age, so that the
        weighted win rate of a day is that of all its leads; 0 for rows younger
        than `min_age`, 1 for rows that do not say when they closed.
        """
        if self.won is None or self.lost is None:
            return np.ones(len(rows))
        age = days_between(rows["assigned_at"], self.moment)
        won = is_won(rows) > 0
        closed = np.where(won, self.won.closed_by(age), self.lost.closed_by(age))
        counted = age >= self.min_age
        weight = np.where(counted, 1 / np.maximum(closed, MIN_SHARE), 0.0)
        return np.where(rows["closed_at"].isna(), 1.0, weight)


def fit_censoring(history: pd.DataFrame, as_of: pd.Timestamp) -> CensoringWeights:
    """Return the weights of closed rows, from the delays with which leads closed.

    Only rows which closed inform the delays, so leads that stay open for ever
    change nothing. Rows assigned before anything closed are left out: where an
    export starts at a date of closing, it has only the slow ones of them.
    Where no row is open, too few are closed, or the delays only mirror the age
    (as when all rows were closed on one day), every row counts once; so it does
    where weights of one window ago misled.

    Parameters
    ----------
    history
        Table of assigned leads, open ones among them, (n_rows,).
    as_of
        Moment after which nothing is known.
    """
    weights = weights_by_delay(history, as_of)
    if weights.won is not None and misleads(weights, history):
        n_open = weights.n_open
        return CensoringWeights(as_of.isoformat(), n_open=n_open, is_misleading=True)
    return weights


def misleads(weights: CensoringWeights, history: pd.DataFrame) -> bool:
    """Tell whether the weights of one window ago were further off than none.

    The leads that were recent then have closed by now. If what they came to is
    further from their weighted win rate of then than from the plain one, by more
    than two standard errors, delays do not follow outcomes
    (as where reps clear their lists at the end of a quarter).
    """
    earlier = weights.moment - pd.Timedelta(days=weights.window_days)
    past = weights_by_delay(history, earlier)
    age = days_between(history["assigned_at"], earlier)
    recent = (age >= past.min_age) & (age < past.window_days)
    recent &= (history["assigned_at"] <= earlier).to_numpy()
    rows = closed_history(known_history(history[recent], weights.moment))
    closed = rows[rows["closed_at"] <= earlier]
    if len(closed) < MIN_OF_EACH:
        return False
    won, weight, final = is_won(closed), past.weight(closed), is_won(rows).mean()
    error = np.sqrt(final * (1 - final) * np.sum((weight - 1) ** 2)) / weight.sum()
    weighted = abs(np.average(won, weights=weight) - final)
    return bool(weighted > abs(won.mean() - final) + MISLED_Z * error)


def weights_by_delay(history: pd.DataFrame, as_of: pd.Timestamp) -> CensoringWeights:
    """Return the weights by closing delay, 1 each where delays cannot be estimated."""
    known = known_history(history, as_of)
    rows = closed_history(known)
    plain = CensoringWeights(as_of.isoformat(), n_open=len(known) - len(rows))
    timed = rows[rows["closed_at"].notna()]
    covered = timed[timed["assigned_at"] >= timed["closed_at"].min()]
    if plain.n_open == 0 or len(covered) < MIN_OF_EACH:
        return plain
    won, lost = recent_delays(covered, as_of)
    min_age = max(won.age_at(MIN_SHARE), lost.age_at(MIN_SHARE))
    age = days_between(timed["assigned_at"], as_of)
    n_left_out = int(np.sum(age < min_age))
    if n_left_out > len(timed) / 2:
        return plain
    return replace(plain, won=won, lost=lost, min_age=min_age, n_left_out=n_left_out)
