"""The whole life of one lead, as it was recorded."""

from sqlalchemy import Select, exists, select

from ledger.frames import Kind
from ledger.schema import assignments, decisions, events, leads, runs

LEAD: dict[str, Kind] = {
    "lead_id": "text",
    "created_at": "time",
    "company": "text",
    "columns": "mapping",
    "erased_at": "time",
}
MET: dict[str, Kind] = {
    "at": "time",
    "kind": "text",
    "rep_id": "text",
    "reason": "text",
    "p_convert": "number",
    "value": "number",
    "arm": "text",
    "run_id": "text",
    "is_void": "count",
    "other": "text",
    "why": "text",
}
"""Columns of a frame of decisions about a lead; the lead that it goes with, and why."""
HAPPENED: dict[str, Kind] = {
    "at": "time",
    "kind": "text",
    "rep_id": "text",
    "other": "text",
    "value": "number",
    "until": "time",
    "actor": "text",
    "reason": "text",
}
"""Columns of a frame of events of a lead that no run decided."""
OWNED: dict[str, Kind] = {
    "rep_id": "text",
    "started_at": "time",
    "ended_at": "time",
    "end_cause": "text",
}
OF_RUNS = ("assigned", "kept", "unassigned")

_later = runs.alias("later")


def lead(lead_id: str) -> Select:
    """Ask for a lead."""
    return select(*(leads.c[name] for name in LEAD)).where(leads.c.lead_id == lead_id)


def met(lead_id: str) -> Select:
    """Ask what runs decided about a lead, in their order, superseded ones as well."""
    c = decisions.c
    is_void = exists().where(_later.c.supersedes == runs.c.number)
    own = c.kind, c.rep_id, c.reason, c.p_convert, c.value, c.arm
    e = events.c
    query = select(runs.c.as_of, *own, runs.c.run_id, is_void, e.other, e.reason)
    query = query.join_from(decisions, runs, c.run == runs.c.number)
    told = (e.run == c.run) & (e.lead_id == c.lead_id) & (e.kind == c.kind)
    query = query.outerjoin(events, told)
    return query.where(c.lead_id == lead_id).order_by(c.run)


def happened(lead_id: str) -> Select:
    """Ask what happened to a lead beside the decisions of runs."""
    own = [events.c[name] for name in HAPPENED]
    query = select(*own).where(events.c.lead_id == lead_id)
    return query.where(events.c.kind.not_in(OF_RUNS)).order_by(events.c.number)


def owned(lead_id: str) -> Select:
    """Ask for the times that a lead had an owner, in order."""
    c = assignments.c
    query = select(*(c[name] for name in OWNED)).where(c.lead_id == lead_id)
    return query.order_by(c.started_at, c.number)
