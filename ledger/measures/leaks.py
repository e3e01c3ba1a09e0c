"""What may go unnoticed between runs: leads that wait, late ones, stale records."""

from datetime import date

from sqlalchemy import Select, case, exists, func, select

from ledger.closed_leads import CLOSED, is_closed
from ledger.frames import Kind
from ledger.measures.lives import ENDS, in_days
from ledger.questions import counts, is_current, once_without_owner
from ledger.schema import assignments, decisions, events, leads, models, runs

WAITING: dict[str, Kind] = {
    "lead_id": "text",
    "created_at": "time",
    "kind": "text",
    "reason": "text",
    "territory": "text",
    "product": "text",
    "last_run": "count",
}
"""Columns of a frame of leads that nobody owns."""
LATE: dict[str, Kind] = {
    "lead_id": "text",
    "rep_id": "text",
    "clock": "text",
    "at": "time",
}
"""Columns of a frame of leads that a clock escalated."""
FITTED: dict[str, Kind] = {"model_id": "text", "at": "time", "verdict": "text"}
STOPS = ("responded", "progressed", "recalled", *CLOSED)
"""Events after which a lead that was escalated is not late any more."""
TOLD = ("responded", "progressed", "won", "lost")
"""Events that a CRM tells."""

_own = decisions.alias("own")
_next = events.alias("next_event")


def waiting() -> Select:
    """Ask for the open leads that nobody owns, and why the last run left them."""
    c, cells = decisions.c, leads.c.columns
    last = select(func.max(_own.c.run)).where(_own.c.lead_id == leads.c.lead_id)
    owned = exists().where(assignments.c.lead_id == leads.c.lead_id, is_current(None))
    named = cells["territory"].as_string(), cells["product"].as_string()
    query = select(leads.c.lead_id, leads.c.created_at, c.kind, c.reason, *named, c.run)
    query = query.join_from(leads, decisions, c.lead_id == leads.c.lead_id)
    query = query.where(c.run == last.scalar_subquery())
    query = query.where(leads.c.lead_id.in_(once_without_owner()))
    return query.where(~owned, ~is_closed(leads, None)).order_by(leads.c.lead_id)


def late() -> Select:
    """Ask for escalated leads that their owner still has and has not looked after."""
    c = events.c
    stopped = exists().where(
        _next.c.lead_id == c.lead_id,
        _next.c.kind.in_(STOPS),
        _next.c.number > c.number,
    )
    has = exists().where(
        assignments.c.lead_id == c.lead_id,
        assignments.c.rep_id == c.rep_id,
        is_current(None),
    )
    query = select(c.lead_id, c.rep_id, c.reason, c.at)
    query = query.where(c.kind == "escalated", ~stopped, has)
    return query.order_by(c.number)


def last_day(scenario: str) -> Select:
    """Ask for the day of the newest run of a scenario that counts."""
    return select(func.max(runs.c.day)).where(runs.c.scenario == scenario, counts(None))


def first_day() -> Select:
    """Ask for the day of the first run."""
    return select(func.min(runs.c.day))


def last_told() -> Select:
    """Ask for the moment of the newest thing that a CRM told."""
    return select(func.max(events.c.at)).where(events.c.kind.in_(TOLD))


def model_used(scenario: str) -> Select:
    """Ask for the model file of the newest run of a scenario; empty for none."""
    query = select(runs.c.model_id).where(runs.c.scenario == scenario, counts(None))
    return query.order_by(runs.c.number.desc()).limit(1)


def fitted(model_id: str) -> Select:
    """Ask when a model was fitted."""
    c = models.c
    query = select(c.model_id, c.at, c.verdict).where(c.model_id == model_id)
    return query.order_by(c.number.desc()).limit(1)


def first_used(model_id: str) -> Select:
    """Ask for the first day on which a run used a model."""
    return select(func.min(runs.c.day)).where(runs.c.model_id == model_id)


def expected(first: date, last: date) -> Select:
    """Ask what was expected of the leads that runs of these days assigned first.

    lead_id, P(convert).
    """
    c = decisions.c
    query = select(c.lead_id, c.p_convert).join_from(
        decisions, runs, c.run == runs.c.number
    )
    is_expected = (c.kind == "assigned") & c.p_convert.is_not(None)
    return query.where(is_expected, in_days(first, last))


def ended(first: date, last: date) -> Select:
    """Ask how those leads ended: lead_id, place of the event in `ENDS`, its number."""
    c = events.c
    code = case({kind: place for place, kind in enumerate(ENDS)}, value=c.kind)
    of_them = expected(first, last).with_only_columns(decisions.c.lead_id)
    # Of some leads: found by the index of leads, not by that of kinds.
    is_end = func.coalesce(c.kind, "").in_(ENDS)
    return select(c.lead_id, code, c.number).where(c.lead_id.in_(of_them), is_end)
