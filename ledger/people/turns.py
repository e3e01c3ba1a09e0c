"""Turns: what takes one of a rep's slots besides runs, and what gives one back."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Select, func, select

from ledger.questions import counts
from ledger.schema import events, runs
from ledger.vantage import Before, happened

CREDITED = "credited"


def credits_on(day: date, before: Before | None = None) -> Select:
    """Ask how many slots each rep has back on a company's day.

    A credit counts on the day of the first run after it, and on no other.

    Parameters
    ----------
    before
        Number of a run: as things were when it was made; by default as they are.
    """
    earlier = select(func.max(runs.c.number)).where(runs.c.day < day, counts(before))
    last = func.coalesce(earlier.scalar_subquery(), 0)
    query = select(events.c.rep_id, func.count())
    query = query.where(events.c.kind == CREDITED, events.c.after_run >= last)
    return query.where(*happened(events, before)).group_by(events.c.rep_id)


def given_on(
    span: tuple[datetime, datetime], causes: Sequence[str], before: Before | None = None
) -> Select:
    """Ask how many leads each rep was given by people within a day, by these causes.

    Parameters
    ----------
    span
        First and last moment of the day.
    causes
        Such as overridden and reassigned.
    before
        As of :func:`credits_on`.
    """
    c = events.c
    query = select(c.rep_id, func.count()).where(c.kind.in_(causes), c.run.is_(None))
    query = query.where(c.at >= span[0], c.at <= span[1], c.rep_id.is_not(None))
    # Who had the lead already has taken no further turn.
    query = query.where(c.rep_id.is_distinct_from(c.other))
    return query.where(*happened(events, before)).group_by(c.rep_id)
