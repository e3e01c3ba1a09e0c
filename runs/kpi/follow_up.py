"""What SLA clocks did to the leads of a window."""

import pandas as pd
from sqlalchemy import Connection

from ledger.measures.lives import clock_events
from ledger.measures.numbers import columns_of
from runs.kpi.lives import Lives

KINDS = ("warned", "escalated", "recalled")
LATE = KINDS[1:]
"""What a clock does once it is too late."""


def clocked(connection: Connection, lives: Lives) -> pd.DataFrame:
    """Return what clocks did to leads since they were distributed in the window.

    ``lead_id``, ``kind``, ``at``, ``clock``.
    """
    columns = columns_of(connection, clock_events())
    names = "lead_id", "kind", "at", "clock", "rep_id"
    cells = zip(names, columns, strict=True)
    done = pd.DataFrame({name: list(column) for name, column in cells})
    start = done["lead_id"].map(lives.leads["distributed"])
    is_own = (done["at"] >= start) & (done["at"] <= lives.window.now_ms)
    return done[is_own].reset_index(drop=True)


def late_leads(done: pd.DataFrame) -> pd.Index:
    """Return the leads that a clock escalated or recalled."""
    return pd.Index(done["lead_id"][done["kind"].isin(LATE)].unique())


def by_clock(done: pd.DataFrame) -> pd.DataFrame:
    """Return how many leads each clock warned of, escalated and recalled."""
    once = done.drop_duplicates(["lead_id", "kind", "clock"])
    table = pd.crosstab(once["clock"], once["kind"])
    table = table.reindex(columns=list(KINDS), fill_value=0)
    return table.add_prefix("n_").reset_index()
