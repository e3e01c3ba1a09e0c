"""Which leads share a key, and what people said: the same, or different."""

from collections.abc import Iterable, Sequence
from datetime import date

import pandas as pd
from sqlalchemy import Connection, Select, func, select

from ledger.frames import Kind, frame_of
from ledger.questions import is_current
from ledger.schema import assignments, events, lead_keys, leads, runs
from ledger.vantage import Before, is_before, number_of
from ledger.wanted import wanted

SHARED: dict[str, Kind] = {
    "kind": "text",
    "key": "text",
    "lead_id": "text",
    "rep_id": "text",
    "started_at": "time",
}
"""Columns of a frame of leads with a key, and who owns them since when."""
SAID: dict[str, Kind] = {
    "kind": "text",
    "lead_id": "text",
    "other": "text",
    "actor": "text",
    "reason": "text",
}
"""Columns of a frame of what people said of two leads."""
MERGED, PARTED = "merged", "parted"


def leads_with(
    connection: Connection,
    keys: pd.DataFrame,
    since: date | None = None,
    before: Before | None = None,
) -> pd.DataFrame:
    """Return one row per key and lead that has it, of those that runs have met.

    Parameters
    ----------
    keys
        kind and key.
    since
        The company's day: leads that no run met before it do not count.
    before
        Number of a run: as things were when it was made; by default as they are.
    """
    c = lead_keys.c
    query = _with_owners(select(c.kind, c.key, *_owner()), before)
    query = query.where(
        c.kind.in_(sorted(set(keys["kind"]))),
        c.key.in_(wanted(sorted(set(keys["key"])))),
    )
    if since is not None or before is not None:
        query = query.join(runs, runs.c.number == leads.c.first_run)
    if since is not None:
        query = query.where(runs.c.day >= since)
    if before is not None:
        query = query.where(runs.c.number < number_of(before))
    rows = frame_of(connection.execute(query).all(), SHARED)
    return rows.merge(keys[["kind", "key"]].drop_duplicates(), on=["kind", "key"])


def shared(connection: Connection, kinds: Sequence[str]) -> pd.DataFrame:
    """Return one row per key that several leads have, and lead that has it.

    Parameters
    ----------
    kinds
        The kinds of keys that count.
    """
    c = lead_keys.c
    several = select(c.kind, c.key).where(c.kind.in_(kinds))
    found = several.group_by(c.kind, c.key).having(func.count() > 1).subquery()
    query = _with_owners(select(c.kind, c.key, *_owner()), None)
    query = query.join(found, (found.c.kind == c.kind) & (found.c.key == c.key))
    return frame_of(connection.execute(query).all(), SHARED)


def said(connection: Connection, before: Before | None = None) -> pd.DataFrame:
    """Return the last word on every two leads of which people said something."""
    e = events.c
    query = select(e.kind, e.lead_id, e.other, e.actor, e.reason)
    query = query.where(e.kind.in_((MERGED, PARTED)), e.other.is_not(None))
    if before is not None:
        query = query.where(is_before(e.run, e.after_run, before))
    rows = frame_of(connection.execute(query.order_by(e.number)).all(), SAID)
    pairs = zip(rows["lead_id"], rows["other"], strict=True)
    return rows[~pd.Series([*map(frozenset, pairs)]).duplicated(keep="last")]


def joined(connection: Connection) -> list[tuple[str, str]]:
    """Return the leads that runs gave to the owner of another one, with that one."""
    e = events.c
    query = select(e.lead_id, e.other).where(e.kind == "kept", e.other.is_not(None))
    return [(row.lead_id, row.other) for row in connection.execute(query.distinct())]


def owners_of(
    connection: Connection, lead_ids: Iterable[str], before: Before | None = None
) -> pd.DataFrame:
    """Return who owns each of these leads that runs have met, "" for nobody."""
    query = _with_owners(select(*_owner()), before, keyed=False)
    query = query.where(leads.c.lead_id.in_(wanted(lead_ids)))
    kinds = {name: SHARED[name] for name in ("lead_id", "rep_id", "started_at")}
    return frame_of(connection.execute(query).all(), kinds)


def _owner() -> tuple:
    return leads.c.lead_id, assignments.c.rep_id, assignments.c.started_at


def _with_owners(query: Select, before: Before | None, *, keyed: bool = True) -> Select:
    if keyed:
        query = query.select_from(lead_keys).join(
            leads, leads.c.lead_id == lead_keys.c.lead_id
        )
    else:
        query = query.select_from(leads)
    own = (assignments.c.lead_id == leads.c.lead_id) & is_current(before)
    return query.join(assignments, own, isouter=True)
