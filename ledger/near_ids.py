"""Leads whose id is like another one, for who has mistyped it."""

from difflib import get_close_matches

from sqlalchemy import Connection, func, select

from ledger.schema import leads

MOST_COMPARED = 2000
LIKENESS = 0.6


def near_hint(connection: Connection, lead_id: str) -> str:
    """Return the end of a message that names the id most like this one, if any is."""
    near = near_lead(connection, lead_id)
    return f"; did you mean {near!r}?" if near else ""


def near_lead(connection: Connection, lead_id: str) -> str:
    """Return the id that is most like this one, "" where none is.

    Among ids that differ in case only, then among those that begin alike.
    """
    c = leads.c.lead_id
    same = select(c).where(func.lower(c) == lead_id.lower()).limit(1)
    if (alike := connection.scalar(same)) is not None:
        return str(alike)
    for length in range(len(lead_id) - 1, -1, -1):
        start = lead_id[:length]
        query = select(c).where(c.startswith(start, autoescape=True)).order_by(c)
        ids = list(map(str, connection.scalars(query.limit(MOST_COMPARED))))
        if near := get_close_matches(lead_id, ids, 1, LIKENESS):
            return near[0]
    return ""
