"""Who owns a lead, where a person decides it, or a clock does, and no run."""

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, insert, select, update

from ledger.errors import LedgerError
from ledger.events import Event, add_events, last_run
from ledger.frames import Row
from ledger.schema import assignments, leads
from ledger.wanted import wanted


def hand_over(connection: Connection, new: Sequence[Event]) -> list[bool]:
    """Change owners as these events say; return of each lead whether it changed hands.

    The assignment before ends with the event's kind as its cause. An event without a
    rep leaves its lead unassigned; one of the lead's own rep is only added.

    Parameters
    ----------
    connection
        One that writes.
    new
        Events of one lead each, no lead twice.

    Raises
    ------
    LedgerError
        Where no run has met a lead, or it was assigned after its event.
    """
    before = current_of(connection, [event.lead_id for event in new])
    after = last_run(connection)
    ended, begun, changed = [], [], []
    for event in new:
        now = before[event.lead_id]
        changed.append(event.rep_id != ("" if now is None else now["rep_id"]))
        if changed[-1] and now is not None:
            ended.append((now, event))
        if changed[-1] and event.rep_id:
            begun.append(_begun(event, after))
    _end(connection, ended, after)
    if begun:
        connection.execute(insert(assignments), begun)
    add_events(connection, new)
    return changed


def give(connection: Connection, event: Event) -> bool:
    """Make the event's rep the owner of its lead from then on, and add the event.

    Parameters
    ----------
    event
        Such as overridden or reassigned; its lead and rep are filled.

    Returns
    -------
    bool
        Whether the owner is another one now.

    Raises
    ------
    LedgerError
        As of :func:`hand_over`.
    """
    return hand_over(connection, [event])[0]


def take(connection: Connection, event: Event) -> bool:
    """Leave the event's lead without an owner from then on, and add the event.

    Returns
    -------
    bool
        Whether it had one; without, nothing is added.

    Raises
    ------
    LedgerError
        As of :func:`hand_over`.
    """
    now = current_of(connection, [event.lead_id])[event.lead_id]
    if now is None:
        return False
    _end(connection, [(now, event)], last_run(connection))
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
        Where a lead was assigned after its event.
    """
    before = owned(connection, [event.lead_id for event in gone])
    taken = [
        event
        for event in gone
        if event.lead_id in before and before[event.lead_id]["rep_id"] == event.rep_id
    ]
    ended = [(before[event.lead_id], event) for event in taken]
    _end(connection, ended, last_run(connection))
    add_events(connection, taken)
    return taken


def current_of(
    connection: Connection, lead_ids: Sequence[str]
) -> dict[str, Row | None]:
    """Return lead -> its current assignment, `None` where nobody owns it.

    Raises
    ------
    LedgerError
        Where no run has met one of the leads.
    """
    met = known(connection, lead_ids)
    if unknown := [lead for lead in lead_ids if lead not in met]:
        raise LedgerError(f"the lead {unknown[0]} is in no run of the ledger")
    return dict.fromkeys(lead_ids) | owned(connection, lead_ids)


def known(connection: Connection, lead_ids: Sequence[str]) -> set[str]:
    """Return those of the leads that a run has met."""
    lead_id = leads.c.lead_id
    query = select(lead_id).where(lead_id.in_(wanted(lead_ids)))
    return {str(found) for found in connection.scalars(query)}


def owned(connection: Connection, lead_ids: Sequence[str]) -> dict[str, Row]:
    """Return lead -> its current assignment, of those leads that have one."""
    c = assignments.c
    query = select(assignments).where(c.ended_at.is_(None))
    rows = connection.execute(query.where(c.lead_id.in_(wanted(lead_ids))))
    return {str(row["lead_id"]): dict(row) for row in rows.mappings()}


def _end(
    connection: Connection, ended: Sequence[tuple[Row, Event]], after: int
) -> None:
    """End assignments, each as its event says."""
    rows = []
    for now, event in ended:
        _refuse_early(now, event)
        rows.append({"which": now["number"], "at": event.at, "why": event.kind})
    if rows:
        change = update(assignments).where(assignments.c.number == bindparam("which"))
        change = change.values(
            ended_at=bindparam("at"), end_cause=bindparam("why"), end_after_run=after
        )
        connection.execute(change, rows)


def _begun(event: Event, after: int) -> Row:
    begun = {"lead_id": event.lead_id, "rep_id": event.rep_id, "started_at": event.at}
    return begun | {"cause": event.kind, "after_run": after}


def _refuse_early(before: Row, event: Event) -> None:
    """Raise where the lead was assigned after the event."""
    if before["started_at"] > event.at:
        raise LedgerError(
            f"the lead {event.lead_id} was assigned to {before['rep_id']} at "
            f"{before['started_at']:%Y-%m-%d %H:%M:%S} UTC, which is after "
            f"{event.at:%Y-%m-%d %H:%M:%S}"
        )
