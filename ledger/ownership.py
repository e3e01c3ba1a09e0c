"""Who owns a lead, where a person decides it, or a clock does, and no run."""

from sqlalchemy import Connection, insert, select, update

from ledger.errors import LedgerError
from ledger.events import Event, add_events, last_run
from ledger.frames import Row
from ledger.schema import assignments, leads


def give(connection: Connection, event: Event) -> bool:
    """Make the event's rep the owner of its lead from then on, and add the event.

    The assignment before ends with the event's kind as its cause.

    Parameters
    ----------
    connection
        One that writes.
    event
        Such as overridden or reassigned; its lead and rep are filled.

    Returns
    -------
    bool
        Whether the owner is another one now.

    Raises
    ------
    LedgerError
        Where the lead is unknown, or was assigned after this moment.
    """
    before = current(connection, event.lead_id)
    if before is not None and before["rep_id"] == event.rep_id:
        add_events(connection, [event])
        return False
    _end(connection, before, event)
    row = {"lead_id": event.lead_id, "rep_id": event.rep_id, "started_at": event.at}
    row |= {"cause": event.kind, "after_run": last_run(connection)}
    connection.execute(insert(assignments), [row])
    add_events(connection, [event])
    return True


def take(connection: Connection, event: Event) -> bool:
    """Leave the event's lead without an owner from then on, and add the event.

    Returns
    -------
    bool
        Whether it had one; without, nothing is added.

    Raises
    ------
    LedgerError
        As of :func:`give`.
    """
    before = current(connection, event.lead_id)
    if before is None:
        return False
    _end(connection, before, event)
    add_events(connection, [event])
    return True


def current(connection: Connection, lead_id: str) -> Row | None:
    """Return the current assignment of a lead, `None` where nobody owns it.

    Raises
    ------
    LedgerError
        Where no run has met the lead.
    """
    c = assignments.c
    query = select(assignments).where(c.lead_id == lead_id, c.ended_at.is_(None))
    row = connection.execute(query).mappings().first()
    if row is not None:
        return dict(row)
    known = select(leads.c.lead_id).where(leads.c.lead_id == lead_id)
    if connection.execute(known).first() is None:
        raise LedgerError(f"the lead {lead_id} is in no run of the ledger")
    return None


def _end(connection: Connection, before: Row | None, event: Event) -> None:
    if before is None:
        return
    if before["started_at"] > event.at:
        raise LedgerError(
            f"the lead {event.lead_id} was assigned to {before['rep_id']} at "
            f"{before['started_at']:%Y-%m-%d %H:%M:%S} UTC, which is after "
            f"{event.at:%Y-%m-%d %H:%M:%S}"
        )
    change = update(assignments).where(assignments.c.number == before["number"])
    end = {"ended_at": event.at, "end_cause": event.kind}
    connection.execute(change.values(end | {"end_after_run": last_run(connection)}))
