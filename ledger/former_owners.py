"""Who owned leads of the same person or company lately."""

from collections.abc import Sequence
from datetime import datetime

import pandas as pd
from sqlalchemy import Connection, Select, case, func, select

from ledger.closed_leads import CLOSED, is_closed
from ledger.frames import Kind, frame_of
from ledger.questions import has_ended
from ledger.schema import SUPERSEDED, assignments, events, lead_keys, leads
from ledger.vantage import Before, happened, is_before
from ledger.wanted import wanted

ALIKE: dict[str, Kind] = {"key": "text", "lead_id": "text"}
OWNED: dict[str, Kind] = {
    "lead_id": "text",
    "rep_id": "text",
    "started_at": "time",
    "number": "count",
}
NOT_THEIRS = (SUPERSEDED, "recalled")
"""Ends after which a lead never was a rep's, or was taken from them."""


def with_key(connection: Connection, kind: str, keys: Sequence[str]) -> pd.DataFrame:
    """Return the leads that have these normalised keys: key and lead_id.

    Parameters
    ----------
    kind
        Of the keys: email, phone, domain or company.
    """
    c = lead_keys.c
    query = select(c.key, c.lead_id).where(c.kind == kind)
    query = query.where(c.key.in_(wanted(keys)))
    return frame_of(connection.execute(query).all(), ALIKE)


def with_cell(connection: Connection, name: str, cells: Sequence[str]) -> pd.DataFrame:
    """Return the leads that have these cells in a column: key, the cell, and lead_id.

    Parameters
    ----------
    name
        Column of leads that has no normalised keys, such as account_id.
    """
    cell = leads.c.columns[name].as_string()
    query = select(cell, leads.c.lead_id).where(cell.in_(wanted(cells)))
    return frame_of(connection.execute(query).all(), ALIKE)


def owners_since(
    connection: Connection,
    alike: pd.DataFrame,
    since: datetime,
    before: Before | None = None,
) -> pd.DataFrame:
    """Return who owned these leads since then, oldest first.

    Leads that are still open count, whenever they were assigned; those that are closed
    are nobody's work from then on.

    Parameters
    ----------
    alike
        key and lead_id.
    before
        Number of a run: as things were when it was made; by default as they are.

    Returns
    -------
    pandas.DataFrame
        key, lead_id, rep_id, started_at, number.
    """
    lead_ids = alike["lead_id"].unique().tolist()
    query = _owned(since, before)
    query = query.where(assignments.c.lead_id.in_(wanted(lead_ids)))
    owned = frame_of(connection.execute(query).all(), OWNED).merge(alike, on="lead_id")
    return owned.sort_values(["started_at", "number"], ignore_index=True)


def _owned(since: datetime, before: Before | None) -> Select:
    a = assignments.c
    is_over = has_ended(before)
    # Of few leads: found by the index of leads, not by that of kinds.
    closed_at = select(func.max(events.c.at)).where(
        events.c.lead_id == a.lead_id,
        func.coalesce(events.c.kind, "").in_(CLOSED),
        *happened(events, before),
    )
    last_at = case(
        (is_over, a.ended_at),
        (is_closed(assignments, before), closed_at.scalar_subquery()),
    )
    is_theirs = ~is_over | a.end_cause.not_in(NOT_THEIRS)
    query = select(a.lead_id, a.rep_id, a.started_at, a.number)
    query = query.where(is_theirs, last_at.is_(None) | (last_at >= since))
    if before is not None:
        query = query.where(is_before(a.run, a.after_run, before))
    return query
