"""Locks: leads whose owner a person has decided, which no run or clock goes over."""

from sqlalchemy import Select, select

from ledger.frames import Kind
from ledger.questions import is_current
from ledger.schema import assignments, events
from ledger.vantage import Before, happened

LOCKS: dict[str, Kind] = {
    "lead_id": "text",
    "rep_id": "text",
    "at": "time",
    "actor": "text",
    "reason": "text",
}
"""Columns of a frame of locks."""
OVERRIDDEN = "overridden"


def locks(before: Before | None = None) -> Select:
    """Ask for the leads that are with the rep to whom a person gave them.

    In the order of recording: of a lead that was given twice, the last row counts.

    Parameters
    ----------
    before
        Number of a run: as things were when it was made; by default as they are.
    """
    own, held = events.c, assignments.c
    query = select(own.lead_id, own.rep_id, own.at, own.actor, own.reason)
    is_with = (held.lead_id == own.lead_id) & (held.rep_id == own.rep_id)
    query = query.join_from(events, assignments, is_with)
    query = query.where(own.kind == OVERRIDDEN, own.at >= held.started_at)
    query = query.where(is_current(before), *happened(events, before))
    return query.order_by(own.number)
