"""What became of the leads that the runs of some days met: one query per table."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, case, func, select

from ledger.measures.numbers import Milliseconds, WholeShare
from ledger.questions import counts
from ledger.schema import assignments, decisions, events, leads, runs
from ledger.wanted import wanted

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


def decided(first: date, last: date, names: Sequence[str] = ()) -> Select:
    """Ask what the runs of these days decided, in any order; kept leads are left out.

    lead_id, number of the run, rep_id (empty where unassigned), P(convert) as
    :class:`~ledger.measures.numbers.WholeShare`; of the lead
    created_at, the first run that met it, and some columns as text.

    Parameters
    ----------
    names
        Columns of the table of leads.
    """
    c = decisions.c
    own = Milliseconds(leads.c.created_at), leads.c.first_run
    cells = [_cell(name) for name in names]
    chosen = c.lead_id, c.run, c.rep_id, WholeShare(c.p_convert)
    query = select(*chosen, *own, *cells)
    query = query.join_from(decisions, leads, c.lead_id == leads.c.lead_id)
    return query.where(c.kind != "kept", c.run.in_(_numbers(first, last)))


def assigned_before(first: date, lead_ids: Sequence[str]) -> Select:
    """Ask which of these leads a run before this day had assigned."""
    c = decisions.c
    query = select(c.lead_id).join_from(decisions, runs, c.run == runs.c.number)
    query = query.where(runs.c.day < first, counts(None), c.kind == "assigned")
    return query.where(c.lead_id.in_(wanted(lead_ids))).distinct()


def given_by_people() -> Select:
    """Ask for the assignments that no run made: lead_id, when, rep_id, cause."""
    c = assignments.c
    query = select(c.lead_id, Milliseconds(c.started_at), c.rep_id, c.cause)
    return query.where(c.run.is_(None)).order_by(c.started_at, c.number)


def events_of(*kinds: str) -> Select:
    """Ask for events, in any order: lead_id, kind, when, number.

    A kind is told by its place among those asked for.
    """
    c = events.c
    code = case({kind: place for place, kind in enumerate(kinds)}, value=c.kind)
    query = select(c.lead_id, code, Milliseconds(c.at), c.number)
    return query.where(c.kind.in_(kinds), c.lead_id.is_not(None))


def won_values() -> Select:
    """Ask for the values of deals that were won: number of the event, value."""
    c = events.c
    query = select(c.number, c.value).where(c.kind == "won", c.value.is_not(None))
    return query.order_by(c.number)


def clock_events() -> Select:
    """Ask for what SLA clocks did: lead_id, kind, when, clock, rep_id."""
    c = events.c
    query = select(c.lead_id, c.kind, Milliseconds(c.at), c.reason, c.rep_id)
    return query.where(c.kind.in_(CLOCKS), c.lead_id.is_not(None)).order_by(c.number)


def known_columns(sample: int = 500) -> Select:
    """Ask for the further columns of leads that the last runs decided on."""
    d = decisions.c
    last = select(d.lead_id).order_by(d.run.desc(), d.lead_id).limit(sample)
    return select(leads.c.columns).where(leads.c.lead_id.in_(last))


def _cell(name: str) -> ColumnElement:
    if name == COMPANY:
        return leads.c.company
    return leads.c.columns[name].as_string()


def _numbers(first: date, last: date) -> Select:
    return select(runs.c.number).where(in_days(first, last))
