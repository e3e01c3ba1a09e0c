"""Who owns a lead, where a person decides it, or a clock does, and no run."""

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, insert, select, update

from ledger.errors import LedgerError
from ledger.events import Event, add_events, last_run
from ledger.frames import Row
from ledger.schema import assignments, leads
from ledger.wanted import wanted


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


def take_all(connection: Connection, gone: Sequence[Event]) -> list[Event]:
    """Leave the leads of all these events without an owner, and add the events.

    Returns
    -------
    list[Event]
        Those whose lead their rep owned; of the others nothing is added.

    Raises
    ------
    LedgerError
        As of :func:`give`.
    """
    before = _current_of(connection, [event.lead_id for event in gone])
    after = last_run(connection)
    taken, ends = [], []
    for event in gone:
        owned = before.get(event.lead_id)
        if owned is None or owned["rep_id"] != event.rep_id:
            continue
        _refuse_early(owned, event)
        taken.append(event)
        ends.append({"which": owned["number"], "at": event.at, "why": event.kind})
    if ends:
        change = update(assignments).where(assignments.c.number == bindparam("which"))
        change = change.values(
            ended_at=bindparam("at"), end_cause=bindparam("why"), end_after_run=after
        )
        connection.execute(change, ends)
    add_events(connection, taken)
    return taken


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


def _current_of(connection: Connection, lead_ids: Sequence[str]) -> dict[str, Row]:
    """Return lead -> its current assignment, where it has one."""
    c = assignments.c
    query = select(assignments).where(c.ended_at.is_(None))
    rows = connection.execute(query.where(c.lead_id.in_(wanted(lead_ids))))
    return {row["lead_id"]: dict(row) for row in rows.mappings()}


def _end(connection: Connection, before: Row | None, event: Event) -> None:
    if before is None:
        return
    _refuse_early(before, event)
    change = update(assignments).where(assignments.c.number == before["number"])
    end = {"ended_at": event.at, "end_cause": event.kind}
    connection.execute(change.values(end | {"end_after_run": last_run(connection)}))


def _refuse_early(before: Row, event: Event) -> None:
    """Raise where the lead was assigned after the event."""
    if before["started_at"] > event.at:
        raise LedgerError(
            f"the lead {event.lead_id} was assigned to {before['rep_id']} at "
            f"{before['started_at']:%Y-%m-%d %H:%M:%S} UTC, which is after "
            f"{event.at:%Y-%m-%d %H:%M:%S}"
        )
