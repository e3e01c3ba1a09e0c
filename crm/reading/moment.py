"""The moment of the allocation where nobody says it: the newest lead's."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from crm.table import Table

FAR = pd.Timedelta(days=31)
"""A lead is not far from the others by less than this."""
ALONE = pd.Timedelta(days=300)
"""Where no majority of leads is left, one alone is not far by less than this."""
TIMES_USUAL = 3
"""Nor by less than so many times the longest of the usual gaps between moments."""
FEWEST = 3
"""Moments that tell what is usual."""
_HISTORY = ("created_at", "assigned_at", "closed_at")


@dataclass(frozen=True)
class Guess:
    """A guessed moment of the allocation.

    Attributes
    ----------
    moment
        The moment, in the zone of the tables.
    n_far
        Leads that are so much later than all else that they do not move the day.
    """

    moment: pd.Timestamp
    n_far: int


def guessed_moment(tables: Mapping[str, Table]) -> Guess | None:
    """Return the newest `created_at` of the leads, but for few that are far later.

    Where some are, the newest moment of the other leads and of history decides. None
    where no lead has a time.
    """
    if "leads" not in tables:
        return None
    leads = tables["leads"].frame["created_at"].dropna().sort_values()
    if leads.empty:
        return None
    history = tables["history"].frame if "history" in tables else pd.DataFrame()
    told = [history[name] for name in _HISTORY if name in history]
    moments = _sorted([leads, *told])
    gaps = np.diff(moments)
    for place in np.flatnonzero(gaps > FAR.value) + 1:
        rest, gap = moments[:place], gaps[place - 1]
        last = pd.Timestamp(rest[-1], tz="UTC").tz_convert(leads.dt.tz)
        n_far = int((leads > last).sum())
        is_few = 0 < n_far < len(leads) - n_far or (n_far == 1 and gap > ALONE.value)
        if is_few and len(rest) >= FEWEST and gap > _usual(rest):
            return Guess(_whole(last), n_far)
    return Guess(_whole(leads.iloc[-1]), 0)


def _sorted(times: Iterable[pd.Series]) -> np.ndarray:
    """Return all moments in nanoseconds since 1970, shape (n,) int64, sorted."""
    filled = [column.dropna() for column in times]
    return np.sort(np.concatenate([pd.DatetimeIndex(c).asi8 for c in filled]))


def _whole(moment: pd.Timestamp) -> pd.Timestamp:
    """Return a moment rounded up to a microsecond, in the same zone."""
    return moment.tz_convert("UTC").ceil("us").tz_convert(moment.tzinfo)


def _usual(moments: np.ndarray) -> int:
    """Return a gap longer than usual, the oldest fifth of the moments aside."""
    return TIMES_USUAL * int(np.diff(moments[len(moments) // 5 :]).max())
