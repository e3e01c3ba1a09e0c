"""How long the leads without an owner have waited."""

from dataclasses import replace

import pandas as pd

from reporting import counted
from runs.morning.memory import Memory
from runs.prepared.prepared import Prepared
from scenarios.duration import plain_time
from scenarios.sla import Sla


def with_queue_ages(prepared: Prepared, memory: Memory) -> Prepared:
    """Return the day that says which lead has waited longest, and how many long."""
    crm = prepared.crm
    created = crm.leads["created_at"]
    if created.empty:
        return prepared
    sla = prepared.file.scenario.sla or Sla()
    waits = crm.as_of - created
    long = pd.Timedelta(plain_time(sla.long_wait), unit="ns")
    oldest = crm.leads["lead_id"].iloc[int(waits.argmax())]
    n_long = int((waits > long).sum())
    note = (
        f"Of {counted(len(created), 'lead')} without an owner {oldest} has waited "
        f"longest, since {created.min():%d %B %Y} ({_days(waits.max())}); "
        f"{n_long:,} more than {sla.long_wait}."
    )
    return replace(prepared, morning=prepared.earlier.noting(note))


def _days(wait: pd.Timedelta) -> str:
    days = wait / pd.Timedelta(days=1)
    return counted(int(days), "day") if days >= 1 else "less than a day"
