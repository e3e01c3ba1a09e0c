"""Events: what happened to leads and reps, once each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from sqlalchemy import Connection, Select, func, insert, select

from ledger.frames import Kind, Row
from ledger.schema import events, runs
from ledger.schema.moment import moment_text
from ledger.wanted import wanted

EVENTS: dict[str, Kind] = {
    "number": "count",
    "at": "time",
    "kind": "text",
    "lead_id": "text",
    "rep_id": "text",
    "other": "text",
    "value": "number",
    "until": "time",
    "run_id": "text",
    "actor": "text",
    "reason": "text",
}
"""Columns of a frame of events."""


@dataclass(frozen=True)
class Event:
    """Something that happened, which no run decided.

    Attributes
    ----------
    kind
        One of :data:`ledger.schema.EVENTS`.
    at
        When it happened.
    actor
        Who did it: a person, or a command that runs by itself.
    lead_id, rep_id
        Whom it happened to; empty for nobody.
    other
        The lead or rep that it was before, or that it happened to as well.
    reason
        In the words of the actor.
    value
        Of a deal that was won.
    until
        When it ends by itself.
    """

    kind: str
    at: datetime
    actor: str
    lead_id: str = ""
    rep_id: str = ""
    other: str = ""
    reason: str = ""
    value: float | None = None
    until: datetime | None = None

    @property
    def content(self) -> str:
        """A hash: events with the same values are one event."""
        cells = [
            moment_text(cell.astimezone(UTC)) if isinstance(cell, datetime) else cell
            for cell in vars(self).values()
        ]
        return sha256(repr(cells).encode()).hexdigest()[:32]


def add_events(
    connection: Connection, new: Sequence[Event], now: datetime | None = None
) -> list[bool]:
    """Add events; return of each whether it is new, or one that is there already.

    Parameters
    ----------
    connection
        One that writes.
    now
        When they are recorded.
    """
    known = _known(connection, [event.content for event in new])
    after, recorded = last_run(connection), now or datetime.now(UTC)
    is_new, rows = [], []
    for event in new:
        is_new.append(event.content not in known)
        if is_new[-1]:
            known.add(event.content)
            rows.append(_row(event, after, recorded))
    if rows:
        connection.execute(insert(events), rows)
    return is_new


def last_run(connection: Connection) -> int:
    """Return the number of the newest run, 0 where there is none."""
    return connection.scalar(select(func.max(runs.c.number))) or 0


def events_query(*kinds: str) -> Select:
    """Ask for the events of these kinds, or for all, in the order of recording."""
    own = [events.c[name] for name in EVENTS if name != "run_id"]
    place = list(EVENTS).index("run_id")
    query = select(*own[:place], runs.c.run_id, *own[place:])
    query = query.join_from(events, runs, events.c.run == runs.c.number, isouter=True)
    if kinds:
        query = query.where(events.c.kind.in_(kinds))
    return query.order_by(events.c.number)


def _known(connection: Connection, contents: list[str]) -> set[str]:
    known = events.c.content
    query = select(known).where(known.in_(wanted(contents)))
    return {content for content in connection.scalars(query) if content is not None}


def _row(event: Event, after: int, recorded: datetime) -> Row:
    row = vars(event) | {"recorded_at": recorded, "content": event.content}
    empty = {"lead_id": None, "rep_id": None, "other": None}
    return row | {k: row[k] or v for k, v in empty.items()} | {"after_run": after}
