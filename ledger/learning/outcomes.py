"""What the ledger knows of the leads of an export: owners, responses, outcomes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Select, func, select

from ledger.frames import Kind, frame_of
from ledger.schema import assignments, events, leads
from ledger.wanted import wanted

TOLD = ("responded", "progressed", "won", "lost", "reopened")
"""Kinds of events that a CRM tells."""
LEADS: dict[str, Kind] = {"lead_id": "text", "created_at": "time"}
SPELLS: dict[str, Kind] = {
    "lead_id": "text",
    "rep_id": "text",
    "started_at": "time",
    "ended_at": "time",
}
FACTS: dict[str, Kind] = {
    "number": "count",
    "lead_id": "text",
    "kind": "text",
    "at": "time",
    "value": "number",
    "reason": "text",
}


@dataclass(frozen=True, eq=False)
class Known:
    """What the ledger knows of some leads.

    Attributes
    ----------
    leads
        Those that a run has met: lead_id, created_at.
    spells
        The times that they had an owner, in order: rep_id, started_at, ended_at.
    facts
        Their events of :data:`TOLD`, in the order of recording.
    newest
        The latest moment that a CRM told of any lead; `None` for none.
    """

    leads: pd.DataFrame
    spells: pd.DataFrame
    facts: pd.DataFrame
    newest: datetime | None


def known_of(connection: Connection, lead_ids: Sequence[str]) -> Known:
    """Return what is known of these leads now."""
    spells = [assignments.c[name] for name in SPELLS]
    of_leads = select(*(leads.c[name] for name in LEADS))
    of_spells = select(*spells).order_by(assignments.c.started_at, assignments.c.number)
    of_facts = select(*(events.c[name] for name in FACTS))
    # Of few leads: found by the index of leads, not by that of kinds.
    is_told = func.coalesce(events.c.kind, "").in_(TOLD)
    of_facts = of_facts.where(is_told).order_by(events.c.number)
    newest = select(func.max(events.c.at)).where(events.c.kind.in_(TOLD))
    return Known(
        _asked(connection, of_leads, leads.c.lead_id, lead_ids, LEADS),
        _asked(connection, of_spells, assignments.c.lead_id, lead_ids, SPELLS),
        _asked(connection, of_facts, events.c.lead_id, lead_ids, FACTS),
        connection.scalar(newest),
    )


def _asked(
    connection: Connection,
    query: Select,
    column: ColumnElement,
    lead_ids: Sequence[str],
    kinds: dict[str, Kind],
) -> pd.DataFrame:
    query = query.where(column.in_(wanted(lead_ids)))
    return frame_of(connection.execute(query).all(), kinds)
