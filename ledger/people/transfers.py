"""Many owners changed at once, each with the event that says why."""

from collections.abc import Sequence
from typing import Any

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
            ended.append(_end(now, event))
        if changed[-1] and event.rep_id:
            begun.append(_begin(event, after))
    if ended:
        change = update(assignments).where(assignments.c.number == bindparam("which"))
        change = change.values(
            ended_at=bindparam("at"),
            end_cause=bindparam("because"),
            end_after_run=after,
        )
        connection.execute(change, ended)
    if begun:
        connection.execute(insert(assignments), begun)
    add_events(connection, new)
    return changed


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
    c = assignments.c
    query = select(assignments).where(c.ended_at.is_(None))
    rows = connection.execute(query.where(c.lead_id.in_(wanted(lead_ids)))).mappings()
    found: dict[str, Row | None] = dict.fromkeys(lead_ids)
    return found | {str(row["lead_id"]): dict(row) for row in rows}


def known(connection: Connection, lead_ids: Sequence[str]) -> set[str]:
    """Return those of the leads that a run has met."""
    lead_id = leads.c.lead_id
    query = select(lead_id).where(lead_id.in_(wanted(lead_ids)))
    return {str(found) for found in connection.scalars(query)}


def _end(now: Row, event: Event) -> dict[str, Any]:
    if now["started_at"] > event.at:
        raise LedgerError(
            f"the lead {event.lead_id} was assigned to {now['rep_id']} at "
            f"{now['started_at']:%Y-%m-%d %H:%M:%S} UTC, which is after "
            f"{event.at:%Y-%m-%d %H:%M:%S}"
        )
    return {"which": now["number"], "at": event.at, "because": event.kind}


def _begin(event: Event, after: int) -> Row:
    begun = {"lead_id": event.lead_id, "rep_id": event.rep_id, "started_at": event.at}
    return begun | {"cause": event.kind, "after_run": after}
