"""What a day's run asks: owners, leads that wait, and what reps got and hold."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    exists,
    false,
    func,
    literal_column,
    null,
    select,
    union,
)

from ledger.closed_leads import closed_leads, is_closed
from ledger.frames import Kind
from ledger.schema import SUPERSEDED, assignments, decisions, leads, runs
from ledger.vantage import Before, is_before, number_of, void_of
from ledger.wanted import wanted

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
_later = runs.alias("later")


def counts(before: Before | None) -> ColumnElement[bool]:
    """Tell of a run whether it is an earlier one that none of these supersedes."""
    void = exists().where(_later.c.supersedes == runs.c.number)
    if before is None:
        return ~void
    earlier = is_before(runs.c.number, null(), before)
    return ~void.where(_later.c.number < number_of(before)) & earlier


def is_current(before: Before | None) -> ColumnElement[bool]:
    """Tell of an assignment whether it holds now, or held before a run."""
    c = assignments.c
    if before is None:
        return c.ended_at.is_(None)
    has_begun = is_before(c.run, c.after_run, before)
    return has_begun & ~has_ended(before)


def has_ended(before: Before | None) -> ColumnElement[bool]:
    """Tell of an assignment whether it is over, or was before a run.

    What a void run has ended goes on, but for what it has made void itself.
    """
    c = assignments.c
    ended = c.ended_at.is_not(None)
    if before is None:
        return ended
    over = is_before(c.end_run, c.end_after_run, before)
    if (void := void_of(before)) is not None:
        is_void = (c.end_run == void) & (c.end_cause == SUPERSEDED)
        over |= func.coalesce(is_void, false())
    return ended & over


def owners(
    before: Before | None = None, lead_ids: Collection[str] | None = None
) -> Select:
    """Ask for the current owner of every lead that has one.

    Parameters
    ----------
    before
        Number of a run: as things were when it was made; by default as they are.
    lead_ids
        Of these leads only.
    """
    c = assignments.c
    query = select(c.lead_id, c.rep_id, c.started_at, runs.c.run_id)
    query = query.join_from(assignments, runs, c.run == runs.c.number, isouter=True)
    if lead_ids is not None:
        query = query.where(c.lead_id.in_(wanted(lead_ids)))
    return query.where(is_current(before)).order_by(c.lead_id)


def waiting(before: Before | None = None) -> Select:
    """Ask for the leads that nobody owns, though a run has met them, void or not."""
    owned = exists().where(assignments.c.lead_id == leads.c.lead_id, is_current(before))
    own = [leads.c[name] for name in WAITING if name in leads.c]
    met = func.count(runs.c.number), func.min(runs.c.day)
    query = select(*own, *met).join_from(leads, decisions)
    query = query.join(runs, runs.c.number == decisions.c.run)
    if before is not None:
        query = query.where(is_before(runs.c.number, null(), before))
    query = query.where(leads.c.lead_id.in_(once_without_owner()))
    query = query.where(~owned, ~is_closed(leads, before))
    return query.group_by(leads.c.lead_id).order_by(leads.c.lead_id)


def once_without_owner() -> CompoundSelect:
    """Ask for leads that were left unassigned or lost an owner, at any time.

    They are few, and an index has them: all the others have the owner they got first.
    """
    unassigned: ColumnElement[str] = literal_column("'unassigned'")
    left = select(decisions.c.lead_id).where(decisions.c.kind == unassigned)
    c = assignments.c
    return union(left, select(c.lead_id).where(c.ended_at.is_not(None)))


def last_run(day: date, scenario: str) -> Select:
    """Ask for the last run of a scenario on a company's day, that is not void."""
    query = select(runs.c.run_id, runs.c.number)
    query = query.where(runs.c.day == day, runs.c.scenario == scenario, counts(None))
    return query.order_by(runs.c.number.desc()).limit(1)


def superseded_by(number: int) -> Select:
    """Ask for the run that this one has made void."""
    query = select(runs.c.run_id, runs.c.number)
    query = query.join(_later, _later.c.supersedes == runs.c.number)
    return query.where(_later.c.number == number)


def assigned_on(day: date, before: Before | None = None) -> Select:
    """Ask how many leads each rep was assigned by the runs of a company's day."""
    query = select(decisions.c.rep_id, func.count()).join_from(decisions, runs)
    kind = decisions.c.kind == "assigned"
    query = query.where(runs.c.day == day, kind, counts(before))
    return query.group_by(decisions.c.rep_id)


def open_leads(before: Before | None = None) -> Select:
    """Ask how many leads each rep owns that are not closed."""
    closed = closed_leads(before)
    query = select(assignments.c.rep_id, func.count())
    is_closed = closed.c.lead_id == assignments.c.lead_id
    query = query.join_from(assignments, closed, is_closed, isouter=True)
    query = query.where(is_current(before), closed.c.lead_id.is_(None))
    return query.group_by(assignments.c.rep_id)


def reps_of_last_runs(since: date, void: int | None = None) -> Select:
    """Ask for scenario, day and reps of the last run of each scenario since a day.

    Of runs that assigned leads, and are not void.

    Parameters
    ----------
    void
        Number of a run that is about to be void.
    """
    made = (runs.c.day >= since, runs.c.n_assigned > 0, counts(None))
    last = select(func.max(runs.c.number)).where(*made).group_by(runs.c.scenario)
    if void is not None:
        last = last.where(runs.c.number != void)
    query = select(runs.c.scenario, runs.c.day, decisions.c.rep_id).distinct()
    query = query.join_from(runs, decisions, decisions.c.run == runs.c.number)
    return query.where(runs.c.number.in_(last), decisions.c.kind == "assigned")
