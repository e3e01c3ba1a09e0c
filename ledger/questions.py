"""What a day's run asks: owners, leads that wait, and what reps got and hold."""

from datetime import date

from sqlalchemy import ColumnElement, Select, exists, func, select

from ledger.frames import Kind
from ledger.schema import assignments, decisions, events, leads, runs

OWNERS: dict[str, Kind] = {
    "lead_id": "text",
    "rep_id": "text",
    "started_at": "time",
    "run_id": "text",
}
"""Columns of a frame of current owners."""
WAITING: dict[str, Kind] = {
    "lead_id": "text",
    "created_at": "time",
    "company": "text",
    "email": "text",
    "phone": "text",
    "columns": "mapping",
    "n_runs": "count",
    "first_day": "date",
}
"""Columns of a frame of leads that wait."""
CLOSED = ("won", "lost", "merged")
"""Events after which a lead is no work any more."""

_later = runs.alias("later")


def counts() -> ColumnElement[bool]:
    """Tell of a run whether no later one supersedes it."""
    return ~exists().where(_later.c.supersedes == runs.c.number)


def owners() -> Select:
    """Ask for the current owner of every lead that has one."""
    c = assignments.c
    query = select(c.lead_id, c.rep_id, c.started_at, runs.c.run_id)
    query = query.join_from(assignments, runs, c.run == runs.c.number, isouter=True)
    return query.where(c.ended_at.is_(None)).order_by(c.lead_id)


def waiting() -> Select:
    """Ask for the leads that nobody owns, though a run has met them."""
    owned = exists().where(
        assignments.c.lead_id == leads.c.lead_id, assignments.c.ended_at.is_(None)
    )
    closed = exists().where(
        events.c.lead_id == leads.c.lead_id, events.c.kind.in_(CLOSED)
    )
    own = [leads.c[name] for name in WAITING if name in leads.c]
    met = func.count(runs.c.number), func.min(runs.c.day)
    query = select(*own, *met).join_from(leads, decisions)
    query = query.join(runs, runs.c.number == decisions.c.run)
    query = query.where(~owned, ~closed, counts())
    return query.group_by(leads.c.lead_id).order_by(leads.c.lead_id)


def assigned_on(day: date) -> Select:
    """Ask how many leads each rep was assigned by the runs of a company's day."""
    query = select(decisions.c.rep_id, func.count()).join_from(decisions, runs)
    query = query.where(runs.c.day == day, decisions.c.kind == "assigned", counts())
    return query.group_by(decisions.c.rep_id)


def open_leads() -> Select:
    """Ask how many leads each rep owns that are not closed."""
    closed = exists().where(
        events.c.lead_id == assignments.c.lead_id, events.c.kind.in_(CLOSED)
    )
    query = select(assignments.c.rep_id, func.count())
    query = query.where(assignments.c.ended_at.is_(None), ~closed)
    return query.group_by(assignments.c.rep_id)
