"""Personal data of leads: blanked, while what was decided about them stays."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    bindparam,
    delete,
    exists,
    select,
    update,
)

from ledger.events import Event, add_events
from ledger.schema import (
    assignments,
    decisions,
    events,
    lead_keys,
    lead_versions,
    leads,
    runs,
)
from ledger.wanted import wanted

ERASED = "erased"
IMPERSONAL = (
    *("territory", "product", "language", "source"),
    *("deal_value", "effort_hours", "priority"),
)
"""Columns of leads that stay; every other one may tell who the lead is."""


@dataclass
class Erasure:
    """What was blanked, or would be.

    Attributes
    ----------
    lead_ids
        Leads whose personal data are gone.
    before
        Leads of which nothing was left to blank.
    blanked, stays
        Column -> leads that had it.
    n_keys
        Keys that found these leads again.
    runs
        Day and id of each run that met the leads: their folders are as they were.
    n_reasons
        Events with words that somebody typed; they stay.
    """

    lead_ids: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    blanked: dict[str, int] = field(default_factory=dict)
    stays: dict[str, int] = field(default_factory=dict)
    n_keys: int = 0
    runs: list[tuple[str, str]] = field(default_factory=list)
    n_reasons: int = 0


def unknown_leads(connection: Connection, lead_ids: Iterable[str]) -> list[str]:
    """Return which of these leads the ledger has never met."""
    asked = list(dict.fromkeys(lead_ids))
    known = {*connection.scalars(select(leads.c.lead_id).where(_among(asked)))}
    return [lead_id for lead_id in asked if lead_id not in known]


def idle_since(moment: datetime) -> Select:
    """Ask for leads not erased to which nothing has happened since a moment."""
    later_run = exists().where(
        decisions.c.lead_id == leads.c.lead_id,
        runs.c.number == decisions.c.run,
        runs.c.as_of >= moment,
    )
    later_event = exists().where(
        events.c.lead_id == leads.c.lead_id, events.c.at >= moment
    )
    later_owner = exists().where(
        assignments.c.lead_id == leads.c.lead_id, assignments.c.started_at >= moment
    )
    query = select(leads.c.lead_id).where(leads.c.erased_at.is_(None))
    query = query.where(~later_run, ~later_event, ~later_owner)
    return query.order_by(leads.c.lead_id)


def erase(
    connection: Connection,
    lead_ids: Iterable[str],
    event: Event,
    keep: Collection[str] = (),
) -> Erasure:
    """Blank what may tell who these leads are, and return what that was.

    Runs, decisions, owners and events stay, and so do the words that people typed as
    reasons of events.

    Parameters
    ----------
    connection
        One that writes.
    event
        What is added for each lead: when, by whom and why.
    keep
        Further columns of leads that stay.
    """
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete = ON")
    done, stay = Erasure(), {*IMPERSONAL, *keep}
    _erase_all(connection, list(dict.fromkeys(lead_ids)), event, stay, done)
    done.runs = sorted(set(done.runs))
    return done


def _erase_all(
    connection: Connection,
    lead_ids: Sequence[str],
    event: Event,
    stay: set[str],
    done: Erasure,
) -> None:
    rows = connection.execute(select(leads).where(_among(lead_ids))).mappings().all()
    changes = []
    for row in rows:
        columns = dict(row["columns"])
        own = {name for name in ("company", "email", "phone") if row[name]}
        personal = own | (columns.keys() - stay)
        if row["erased_at"] is not None and not personal:
            done.before.append(row["lead_id"])
            continue
        left = {name: cell for name, cell in columns.items() if name in stay}
        done.lead_ids.append(row["lead_id"])
        _count(done.blanked, personal)
        _count(done.stays, left)
        changes.append({"which": row["lead_id"], "left": left})
    if not changes:
        return
    ids = [change["which"] for change in changes]
    change = update(leads).where(leads.c.lead_id == bindparam("which"))
    blank = dict.fromkeys(("company", "email", "phone"), "")
    change = change.values(columns=bindparam("left"), erased_at=event.at, **blank)
    connection.execute(change, changes)
    keys = delete(lead_keys).where(lead_keys.c.lead_id.in_(wanted(ids)))
    done.n_keys += connection.execute(keys).rowcount
    was = lead_versions.c.lead_id.in_(wanted(ids))
    connection.execute(delete(lead_versions).where(was))
    _add_traces(connection, ids, done)
    add_events(connection, [_of_lead(event, lead_id) for lead_id in ids])


def _add_traces(connection: Connection, lead_ids: Sequence[str], done: Erasure) -> None:
    """Add where else something may be known of these leads."""
    met = select(runs.c.day, runs.c.run_id).join_from(runs, decisions).distinct()
    met = met.where(decisions.c.lead_id.in_(wanted(lead_ids)))
    done.runs += [(str(day), run_id) for day, run_id in connection.execute(met)]
    c = events.c
    typed = select(c.number).where(c.run.is_(None), c.reason != "")
    typed = typed.where(c.lead_id.in_(wanted(lead_ids)))
    done.n_reasons += len(connection.scalars(typed).all())


def _count(counts: dict[str, int], names: Iterable[str]) -> None:
    for name in names:
        counts[name] = counts.get(name, 0) + 1


def _of_lead(event: Event, lead_id: str) -> Event:
    return Event(ERASED, event.at, event.actor, lead_id, reason=event.reason)


def _among(lead_ids: Sequence[str]) -> ColumnElement[bool]:
    return leads.c.lead_id.in_(wanted(lead_ids))
