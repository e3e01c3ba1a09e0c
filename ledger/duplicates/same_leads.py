"""Two leads that a person says are the same one, or are different ones."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from ledger.duplicates.likeness import MERGED, PARTED
from ledger.events import Event, add_events
from ledger.frames import Row
from ledger.ownership import current_of, take
from ledger.schema import events, leads


@dataclass(frozen=True)
class Merger:
    """How two leads became one.

    Attributes
    ----------
    stays, goes
        The lead that stays, and the one that is part of it from now on.
    owner, former_owner
        Who has the lead now, and who had the one that goes; empty for nobody.
    is_new
        Whether that was not known.
    """

    stays: str
    goes: str
    owner: str
    former_owner: str
    is_new: bool


def merge(
    connection: Connection,
    lead_ids: tuple[str, str],
    at: datetime,
    actor: str,
    reason: str = "",
) -> Merger:
    """Make two leads one: that with the earlier owner stays, else the older one.

    Parameters
    ----------
    connection
        One that writes.
    at
        When it was said.

    Raises
    ------
    LedgerError
        Where a lead is in no run of the ledger.
    """
    owned = current_of(connection, lead_ids)
    if (before := _merged(connection, lead_ids)) is not None:
        goes, stays = before
        return Merger(stays, goes, _rep(owned[stays]), _rep(owned[goes]), False)
    age = {lead_id: _age(connection, lead_id) for lead_id in lead_ids}
    stays, goes = sorted(lead_ids, key=lambda i: (_since(owned[i], at), age[i]))
    rep, former = _rep(owned[stays]), _rep(owned[goes])
    event = Event(MERGED, at, actor, goes, former, stays, reason)
    if not take(connection, event):
        add_events(connection, [event])
    return Merger(stays, goes, rep, former, True)


def part(
    connection: Connection,
    lead_ids: tuple[str, str],
    at: datetime,
    actor: str,
    reason: str = "",
) -> bool:
    """Say that two leads are different, whatever their keys; return whether it is new.

    Raises
    ------
    LedgerError
        Where a lead is in no run of the ledger.
    """
    current_of(connection, lead_ids)
    known = _last_word(connection, lead_ids)
    if known is not None and known[0] == PARTED:
        return False
    # The one that was part of the other is a lead of its own again.
    lead_id, other = (known[1], known[2]) if known else sorted(lead_ids)
    return add_events(
        connection, [Event(PARTED, at, actor, lead_id, "", other, reason)]
    )[0]


def _merged(
    connection: Connection, lead_ids: tuple[str, str]
) -> tuple[str, str] | None:
    known = _last_word(connection, lead_ids)
    return known[1:] if known is not None and known[0] == MERGED else None


def _last_word(
    connection: Connection, lead_ids: tuple[str, str]
) -> tuple[str, str, str] | None:
    e = events.c
    query = select(e.kind, e.lead_id, e.other).where(
        e.kind.in_((MERGED, PARTED)), e.lead_id.in_(lead_ids), e.other.in_(lead_ids)
    )
    row = connection.execute(query.order_by(e.number.desc()).limit(1)).first()
    return None if row is None else (row.kind, row.lead_id, row.other)


def _since(owned: Row | None, at: datetime) -> tuple[bool, datetime]:
    return (True, at) if owned is None else (False, owned["started_at"])


def _age(connection: Connection, lead_id: str) -> tuple[int, str]:
    query = select(leads.c.first_run).where(leads.c.lead_id == lead_id)
    return connection.scalar(query) or 0, lead_id


def _rep(owned: Row | None) -> str:
    return "" if owned is None else str(owned["rep_id"])
