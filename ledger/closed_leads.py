"""Leads that are closed: won, lost, or one with another lead."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, Subquery, Table, and_, exists, select

from ledger.schema import events, leads
from ledger.vantage import Before, happened
from ledger.wanted import wanted

CLOSED = ("won", "lost", "merged")
"""Events after which a lead is no work any more, unless it is opened again."""
ENDED = ("won", "lost")
OPENED = ("reopened", "parted")

_next = events.alias("next_event")
_opening = events.alias("opening_event")


def is_closed(
    table: Table, before: Before | None = None, kinds: Collection[str] = CLOSED
) -> ColumnElement[bool]:
    """Tell of a table's leads whether they are closed, and were not opened again."""
    closed = exists().where(
        events.c.lead_id == table.c.lead_id,
        events.c.kind.in_(kinds),
        *happened(events, before),
    )
    return closed.where(~_opened_since(before))


def closed_among(lead_ids: Collection[str], before: Before | None = None) -> Select:
    """Ask which of these leads are won or lost."""
    query = select(leads.c.lead_id).where(leads.c.lead_id.in_(wanted(lead_ids)))
    return query.where(is_closed(leads, before, ENDED)).order_by(leads.c.lead_id)


def closed_leads(
    before: Before | None = None, kinds: Collection[str] = CLOSED
) -> Subquery:
    """Return the ids of all leads that are closed, once each, as a table to join.

    The same as :func:`is_closed`, where all leads are asked of: the few that were ever
    opened again are looked at one by one, the others are not.
    """
    again = select(_opening.c.lead_id).where(_opening.c.kind.in_(OPENED))
    is_open = and_(events.c.lead_id.in_(again), _opened_since(before))
    query = select(events.c.lead_id).where(
        events.c.kind.in_(kinds), *happened(events, before), ~is_open
    )
    # Grouped rather than distinct: SQLite then makes the table once.
    return query.group_by(events.c.lead_id).subquery("closed")


def _opened_since(before: Before | None) -> ColumnElement[bool]:
    """Tell of an event whether its lead was opened again after it."""
    return exists().where(
        _next.c.lead_id == events.c.lead_id,
        _next.c.kind.in_(OPENED),
        _next.c.number > events.c.number,
        *happened(_next, before),
    )
