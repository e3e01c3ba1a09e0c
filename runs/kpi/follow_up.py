"""What SLA clocks did to the leads of a window."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import Connection

from ledger.measures.lives import clock_events
from ledger.measures.numbers import long_columns_of
from runs.kpi.lives import Lives

KINDS = ("warned", "escalated", "recalled")
LATE = KINDS[1:]
"""What a clock does once it is too late."""


def clocked(connection: Connection, lives: Lives) -> pd.DataFrame:
    """Return what clocks did to leads since they were distributed in the window.

    ``lead_id``, ``kind``, ``at``, ``clock``, and its ``row`` among the leads.
    """
    columns = long_columns_of(connection, clock_events())
    names = "lead_id", "kind", "at", "clock", "rep_id"
    cells = zip(names, columns, strict=True)
    done = pd.DataFrame({name: np.asarray(own, object) for name, own in cells})
    row = lives.rows_of(columns[0])
    start = np.append(lives.leads["distributed"].to_numpy(), np.nan)[row]
    at = done["at"].to_numpy(dtype=np.float64)
    is_own = (at >= start) & (at <= lives.window.now_ms)
    return done.assign(row=row)[is_own].reset_index(drop=True)


def late_leads(done: pd.DataFrame, n_leads: int) -> NDArray[np.bool_]:
    """Tell which leads a clock escalated or recalled, (n_leads,)."""
    late = np.zeros(n_leads, dtype=bool)
    late[done["row"][done["kind"].isin(LATE)].to_numpy(dtype=np.intp)] = True
    return late


def by_clock(done: pd.DataFrame) -> pd.DataFrame:
    """Return how many leads each clock warned of, escalated and recalled."""
    once = done.drop_duplicates(["lead_id", "kind", "clock"])
    table = pd.crosstab(once["clock"], once["kind"])
    table = table.reindex(columns=list(KINDS), fill_value=0)
    return table.add_prefix("n_").reset_index()
