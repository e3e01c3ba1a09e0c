"""Availability: the reps at work on the day, who alone can get leads."""

from datetime import timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crm import CrmData

LAST_SECOND = timedelta(seconds=1)
"""An `as_of` that close to the end of its day stands for the whole day."""


def at_work(crm: CrmData) -> NDArray[np.bool_]:
    """Tell for each rep whether they can take leads, shape (n_reps,).

    At work is who is active, has started, has not ended, and is not absent at `as_of`,
    nor on any part of its day where `as_of` stands for the whole day; nobody is on a
    day on which the company does not work.
    """
    if not crm.calendar.works_on(crm.today):
        return np.zeros(len(crm.reps), dtype=bool)
    reps = crm.reps
    started = reps["start_date"].isna() | (reps["start_date"] <= crm.as_of)
    stays = reps["end_date"].isna() | (reps["end_date"] >= crm.as_of)
    absent = reps["rep_id"].isin(absent_reps(crm))
    return (reps["active"] & started & stays & ~absent).to_numpy(dtype=bool)


def absent_reps(crm: CrmData) -> set[str]:
    """Return the ids of the reps who are absent."""
    absences = crm.absences
    away = (absences["from"] <= crm.as_of) & (absences["to"] >= _since(crm))
    return set(absences.loc[away, "rep_id"])


def _since(crm: CrmData) -> pd.Timestamp:
    first, last = crm.calendar.span(crm.today)
    return first if last - crm.as_of < LAST_SECOND else crm.as_of
