"""The open book: the leads that reps own and that are not closed."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select

from ledger.closed_leads import closed_leads, is_closed
from ledger.frames import Kind
from ledger.questions import is_current
from ledger.schema import assignments, leads
from ledger.vantage import Before
from ledger.wanted import wanted

BOOK: dict[str, Kind] = {
    "lead_id": "text",
    "started_at": "time",
    "created_at": "time",
    "company": "text",
    "email": "text",
    "phone": "text",
    "columns": "mapping",
}
"""Columns of a frame of a rep's open leads."""


def book_of(rep_id: str) -> Select:
    """Ask for the open leads that a rep owns now, with all that is known of them."""
    c = assignments.c
    own = [leads.c[name] for name in BOOK if name in leads.c and name != "lead_id"]
    query = select(c.lead_id, c.started_at, *own)
    query = query.join_from(assignments, leads, c.lead_id == leads.c.lead_id)
    query = query.where(c.rep_id == rep_id, is_current(None), ~is_closed(assignments))
    return query.order_by(c.lead_id)


def leads_query(lead_ids: Sequence[str]) -> Select:
    """Ask for what is known of these leads, and when their owner's time began."""
    c = assignments.c
    own = [leads.c[name] for name in BOOK if name in leads.c and name != "lead_id"]
    query = select(leads.c.lead_id, c.started_at, *own)
    is_owned = (c.lead_id == leads.c.lead_id) & is_current(None)
    query = query.join_from(leads, assignments, is_owned, isouter=True)
    return query.where(leads.c.lead_id.in_(wanted(lead_ids))).order_by(leads.c.lead_id)


def open_by_word(column: str, before: Before | None = None) -> Select:
    """Ask how many open leads each rep owns, by what a column of the leads holds.

    Parameters
    ----------
    column
        A column of the leads' own; None is the word of a lead without it.
    before
        Number of a run: as things were when it was made; by default as they are.
    """
    c = assignments.c
    word = leads.c.columns[column].as_string().label("word")
    query = select(c.rep_id, word, func.count())
    query = query.join_from(assignments, leads, c.lead_id == leads.c.lead_id)
    closed = closed_leads(before)
    query = query.outerjoin(closed, closed.c.lead_id == c.lead_id)
    query = query.where(is_current(before), closed.c.lead_id.is_(None))
    return query.group_by(c.rep_id, "word")
