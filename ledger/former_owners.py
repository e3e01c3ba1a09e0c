"""Who owned leads of the same person or company lately."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from string import ascii_lowercase, ascii_uppercase

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Select, case, func, select

from ledger.frames import Kind, frame_of
from ledger.parts import parts
from ledger.questions import CLOSED, happened, is_before, is_closed
from ledger.schema import assignments, events, leads

FORMER: dict[str, Kind] = {
    "key": "text",
    "lead_id": "text",
    "rep_id": "text",
    "started_at": "time",
}
"""Columns of a frame of owners of leads with a key."""
ASCII = str.maketrans(ascii_uppercase, ascii_lowercase)
NOT_THEIRS = ("superseded", "recalled")
"""Ends after which a lead never was a rep's, or was taken from them."""


def spellings(cells: Iterable[str]) -> list[str]:
    """Return the cells in lower case, as databases write it that know ASCII alone, too.

    They have no space around.
    """
    bare = {cell.strip() for cell in cells} - {""}
    return sorted({cell.lower() for cell in bare} | {c.translate(ASCII) for c in bare})


def by_column(
    connection: Connection,
    name: str,
    cells: Sequence[str],
    since: datetime,
    before: int | None = None,
) -> pd.DataFrame:
    """Return who owned leads with these cells since then, oldest first.

    Leads that are still open count, whenever they were assigned.

    Parameters
    ----------
    name
        Column of leads: company, email, phone, or another one.
    cells
        As :func:`spellings` has them.
    before
        Number of a run: as things were when it was made; by default as they are.
    """
    column = leads.c[name] if name in leads.c else leads.c.columns[name].as_string()
    key = func.lower(func.trim(column))
    query = _owned(key.label("key"), since, before)
    query = query.join(leads, leads.c.lead_id == assignments.c.lead_id)
    return _rows(connection, query, key, cells)


def _owned(key: ColumnElement, since: datetime, before: int | None) -> Select:
    """Ask for owners until not long ago: leads that are closed are nobody's work."""
    a = assignments.c
    has_ended: ColumnElement[bool] = a.ended_at.is_not(None)
    if before is not None:
        has_ended &= is_before(a.end_run, a.end_after_run, before)
    closed_at = select(func.max(events.c.at)).where(
        events.c.lead_id == a.lead_id,
        events.c.kind.in_(CLOSED),
        *happened(events, before),
    )
    last_at = case(
        (has_ended, a.ended_at),
        (is_closed(assignments, before), closed_at.scalar_subquery()),
    )
    is_theirs = ~has_ended | a.end_cause.not_in(NOT_THEIRS)
    query = select(key, a.lead_id, a.rep_id, a.started_at).select_from(assignments)
    query = query.where(is_theirs, last_at.is_(None) | (last_at >= since))
    if before is not None:
        query = query.where(is_before(a.run, a.after_run, before))
    return query.order_by(a.started_at, a.number)


def _rows(
    connection: Connection, query: Select, key: ColumnElement, keys: Sequence[str]
) -> pd.DataFrame:
    found = [
        frame_of(connection.execute(query.where(key.in_(some))).all(), FORMER)
        for some in parts(keys)
    ]
    return pd.concat([frame_of([], FORMER), *found], ignore_index=True)
