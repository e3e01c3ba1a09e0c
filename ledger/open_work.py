"""Leads that are open: who owns them since when, and what happened to them."""

from collections.abc import Mapping, Sequence
from operator import itemgetter

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Select, func, select

from ledger.closed_leads import closed_leads
from ledger.frames import Kind, frame_of
from ledger.schema import assignments, events, leads
from ledger.vantage import Before, is_before
from ledger.wanted import wanted

OPEN_WORK: dict[str, Kind] = {
    "lead_id": "text",
    "created_at": "time",
    "rep_id": "text",
    "started_at": "time",
}
"""Columns of a frame of open leads; without a rep where nobody owns it."""
LEAD_COLUMNS: dict[str, Kind] = {
    "lead_id": "text",
    "company": "text",
    "email": "text",
    "phone": "text",
    "columns": "mapping",
}
"""Columns of a frame of what is known of leads."""
DEEDS: dict[str, Kind] = {
    "lead_id": "text",
    "kind": "text",
    "at": "time",
    "rep_id": "text",
    "reason": "text",
}
"""Columns of a frame of what happened to leads."""


def open_work() -> Select:
    """Ask for every lead that is not closed, with its owner where it has one."""
    a = assignments.c
    owned = (a.lead_id == leads.c.lead_id) & a.ended_at.is_(None)
    query = select(leads.c.lead_id, leads.c.created_at, a.rep_id, a.started_at)
    query = query.join_from(leads, assignments, owned, isouter=True)
    closed = closed_leads()
    query = query.outerjoin(closed, closed.c.lead_id == leads.c.lead_id)
    return query.where(closed.c.lead_id.is_(None)).order_by(leads.c.lead_id)


def deeds(
    connection: Connection, kinds: Sequence[str], lead_ids: Sequence[str]
) -> pd.DataFrame:
    """Return what happened to these leads, in the order of recording.

    Parameters
    ----------
    kinds
        Of events.
    """
    c = events.c
    # Of few leads: found by the index of leads, not by that of kinds.
    is_one = func.coalesce(c.kind, "").in_(kinds)
    query = select(c.number, *(c[name] for name in DEEDS)).where(is_one)
    return _of(connection, query, c.lead_id, lead_ids, DEEDS)


def known_columns(connection: Connection, lead_ids: Sequence[str]) -> pd.DataFrame:
    """Return what is known of these leads beside when they were created."""
    query = select(leads.c.lead_id, *(leads.c[name] for name in LEAD_COLUMNS))
    return _of(connection, query, leads.c.lead_id, lead_ids, LEAD_COLUMNS)


def recalls(before: Before | None = None) -> Select:
    """Ask from whom leads were recalled, as :data:`DEEDS`.

    Parameters
    ----------
    before
        Number of a run: as things were when it was made; by default as they are.
    """
    c = events.c
    query = select(*(c[name] for name in DEEDS)).where(c.kind == "recalled")
    if before is not None:
        query = query.where(is_before(c.run, c.after_run, before))
    return query.order_by(c.number)


def _of(
    connection: Connection,
    query: Select,
    column: ColumnElement[str],
    lead_ids: Sequence[str],
    kinds: Mapping[str, Kind],
) -> pd.DataFrame:
    """Return the rows of a query that are of these leads; its first column is order."""
    rows = connection.execute(query.where(column.in_(wanted(lead_ids)))).all()
    return frame_of([row[1:] for row in sorted(rows, key=itemgetter(0))], kinds)
