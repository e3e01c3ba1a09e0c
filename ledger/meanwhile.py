"""What became of a run's leads while it was solving."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import Connection, func, select

from ledger.errors import LedgerError
from ledger.schema import events, runs

CHANGES = ("assigned", "overridden", "reassigned", "merged", "won", "lost")
"""Events after which a run that has not read them may not assign the lead."""
NAMED = 5


def newest_event(connection: Connection) -> int:
    """Return the number of the newest event, 0 where there is none."""
    return connection.scalar(select(func.max(events.c.number))) or 0


def refuse_changed(
    connection: Connection, seen: int, lead_ids: Collection[str]
) -> None:
    """Raise where a run assigns leads of which it has not read the newest.

    Parameters
    ----------
    seen
        Number of the newest event that the run has read.
    lead_ids
        The leads that it assigns.

    Raises
    ------
    LedgerError
        With the leads, and what was done.
    """
    c = events.c
    query = select(c.lead_id, c.kind, c.rep_id).where(c.number > seen)
    rows = connection.execute(query.where(c.kind.in_(CHANGES)).order_by(c.number))
    own = set(lead_ids)
    told = [
        f"{row.lead_id} was {row.kind}" + (f" to {row.rep_id}" if row.rep_id else "")
        for row in rows
        if row.lead_id in own
    ]
    if told:
        raise _changed(told)


def refuse_used_slots(
    connection: Connection, seen: int, day: date, rep_ids: Collection[str]
) -> None:
    """Raise where another run of the day used slots of the same reps meanwhile.

    Parameters
    ----------
    seen
        Number of the newest event that the run has read.
    day
        The company's.
    rep_ids
        The reps to whom it assigns leads.

    Raises
    ------
    LedgerError
        With the reps.
    """
    c = events.c
    query = select(c.rep_id).join(runs, runs.c.number == c.run).distinct()
    query = query.where(c.number > seen, c.kind == "assigned", runs.c.day == day)
    busy = sorted(set(connection.scalars(query)) & set(rep_ids))
    if busy:
        raise _changed([f"another run used slots of {rep_id}" for rep_id in busy])


def _changed(told: Sequence[str]) -> LedgerError:
    named = ", ".join(told[:NAMED])
    more = f" and {len(told) - NAMED} more" if len(told) > NAMED else ""
    return LedgerError(
        f"was changed while the run was solving: {named}{more}; nothing is "
        "recorded or written: give the command again"
    )
