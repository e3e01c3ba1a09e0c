"""What people changed, what it gave up, and what each rep was assigned."""

from datetime import date

from sqlalchemy import Select, func, select

from ledger.measures.lives import in_days
from ledger.measures.numbers import Milliseconds
from ledger.schema import assignments, decisions, events, runs


def overrides() -> Select:
    """Ask for overrides in order: lead_id, when, actor, rep_id, and rep before."""
    c = events.c
    query = select(c.lead_id, Milliseconds(c.at), c.actor, c.rep_id, c.other)
    return query.where(c.kind == "overridden").order_by(c.number)


def overridden() -> Select:
    """Ask for the assignments that an override ended: lead_id, when, rep_id, run."""
    c = assignments.c
    query = select(c.lead_id, Milliseconds(c.ended_at), c.rep_id, c.run)
    return query.where(c.end_cause == "overridden")


def scored_pairs() -> Select:
    """Ask for the pairs of overridden leads that runs decided: lead_id, rep_id, value.

    The latest run last; value is a model expectation, in the objective's unit.
    """
    c = decisions.c
    changed = select(events.c.lead_id).where(events.c.kind == "overridden")
    query = select(c.lead_id, c.rep_id, c.value)
    query = query.where(c.kind == "assigned", c.lead_id.in_(changed))
    return query.order_by(c.run)


def assigned_to_reps(first: date, last: date) -> Select:
    """Ask what the runs of these days assigned to each rep.

    rep_id, leads, sum of P(convert), and leads that had one.
    """
    c = decisions.c
    sums = func.count(), func.sum(c.p_convert), func.count(c.p_convert)
    query = select(c.rep_id, *sums).join_from(decisions, runs, c.run == runs.c.number)
    query = query.where(c.kind == "assigned", in_days(first, last))
    return query.group_by(c.rep_id).order_by(c.rep_id)


def drawn(first: date, last: date) -> Select:
    """Ask for the leads that runs with a control arm drew, in their order.

    lead_id, run, rep_id, arm and propensity; leads that were kept are left out.
    """
    c = decisions.c
    experiments = select(c.run).where(c.arm == "control").distinct()
    query = select(c.lead_id, c.run, c.rep_id, c.arm, c.propensity)
    query = query.join_from(decisions, runs, c.run == runs.c.number)
    query = query.where(c.kind != "kept", c.run.in_(experiments), in_days(first, last))
    return query.where(c.arm != "").order_by(c.run, c.lead_id)
