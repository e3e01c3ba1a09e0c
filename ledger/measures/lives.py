"""What became of the leads that the runs of some days met: one query per table."""

from datetime import date

from sqlalchemy import ColumnElement, Select, func, select

from ledger.measures.numbers import Milliseconds
from ledger.parts import parts
from ledger.questions import counts
from ledger.schema import assignments, decisions, events, leads, runs

ENDS = ("won", "lost", "merged", "reopened", "parted")
"""Events that close a lead, or open it again."""
CLOCKS = ("warned", "escalated", "recalled")
"""Events of an SLA clock, which is their reason."""
COMPANY = "company"
"""The one column of leads that is sliced by, and is not in JSON."""


def days_of_runs() -> Select:
    """Ask for the first and the last day of runs that count."""
    return select(func.min(runs.c.day), func.max(runs.c.day)).where(counts(None))


def runs_of(first: date, last: date) -> Select:
    """Ask for the runs of these days that count: number, day, as_of in milliseconds."""
    own = runs.c.number, runs.c.day, Milliseconds(runs.c.as_of)
    return select(*own).where(in_days(first, last)).order_by(runs.c.number)


def in_days(first: date, last: date) -> ColumnElement[bool]:
    """Tell of runs whether they count, and are of these days."""
    return runs.c.day.between(first, last) & counts(None)


def decided(first: date, last: date) -> Select:
    """Ask what the runs of these days decided, in their order.

    lead_id, number of the run, rep_id (empty where unassigned) and p_convert. Leads
    that were kept are left out.
    """
    c = decisions.c
    query = select(c.lead_id, c.run, c.rep_id, c.p_convert)
    query = query.where(c.kind != "kept", c.run.in_(_numbers(first, last)))
    return query.order_by(c.run)


def assigned_before(first: date) -> Select:
    """Ask for the leads that a run before this day had assigned."""
    c = decisions.c
    query = select(c.lead_id).join_from(decisions, runs, c.run == runs.c.number)
    query = query.where(runs.c.day < first, counts(None), c.kind == "assigned")
    return query.distinct()


def given_by_people() -> Select:
    """Ask for the assignments that no run made: lead_id, when, rep_id, cause."""
    c = assignments.c
    query = select(c.lead_id, Milliseconds(c.started_at), c.rep_id, c.cause)
    return query.where(c.run.is_(None)).order_by(c.started_at, c.number)


def events_of(*kinds: str) -> Select:
    """Ask for events, in any order: lead_id, kind, when, value, number."""
    c = events.c
    query = select(c.lead_id, c.kind, Milliseconds(c.at), c.value, c.number)
    return query.where(c.kind.in_(kinds), c.lead_id.is_not(None))


def clock_events() -> Select:
    """Ask for what SLA clocks did: lead_id, kind, when, clock, rep_id."""
    c = events.c
    query = select(c.lead_id, c.kind, Milliseconds(c.at), c.reason, c.rep_id)
    return query.where(c.kind.in_(CLOCKS), c.lead_id.is_not(None)).order_by(c.number)


def lead_cells(names: tuple[str, ...] = ()) -> Select:
    """Ask for leads: lead_id, created_at, first run, and some columns as text.

    Parameters
    ----------
    names
        Columns of the table of leads.
    """
    cells = [_cell(name) for name in names]
    own = leads.c.lead_id, Milliseconds(leads.c.created_at), leads.c.first_run
    return select(*own, *cells)


def of_leads(query: Select, column: ColumnElement, lead_ids: list[str]) -> list[Select]:
    """Return a query asked of some leads at a time.

    Parameters
    ----------
    column
        The one that names the lead.
    """
    return [query.where(column.in_(some)) for some in parts(lead_ids)]


def known_columns(sample: int = 500) -> Select:
    """Ask for the further columns of the newest leads."""
    return select(leads.c.columns).order_by(leads.c.first_run.desc()).limit(sample)


def _cell(name: str) -> ColumnElement:
    if name == COMPANY:
        return leads.c.company
    return leads.c.columns[name].as_string()


def _numbers(first: date, last: date) -> Select:
    return select(runs.c.number).where(in_days(first, last))
