"""The moment of the allocation where nobody says it: the newest lead's."""

from collections.abc import Mapping
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
    moments = pd.concat([leads, *told])
    moments = moments.dropna().sort_values(ignore_index=True)
    gaps = moments.diff()
    for place in np.flatnonzero(gaps > FAR):
        rest = moments[:place]
        n_far = int((leads > rest.iloc[-1]).sum())
        is_few = 0 < n_far < len(leads) - n_far or (n_far == 1 and gaps[place] > ALONE)
        if is_few and len(rest) >= FEWEST and gaps[place] > _usual(rest):
            return Guess(_whole(rest.iloc[-1]), n_far)
    return Guess(_whole(leads.iloc[-1]), 0)


def _whole(moment: pd.Timestamp) -> pd.Timestamp:
    """Return a moment rounded up to a microsecond, in the same zone."""
    return moment.tz_convert("UTC").ceil("us").tz_convert(moment.tzinfo)


def _usual(moments: pd.Series) -> pd.Timedelta:
    """Return a gap longer than usual, the oldest fifth of the moments aside."""
    longest: pd.Timedelta = moments[len(moments) // 5 :].diff().max()
    return TIMES_USUAL * longest
