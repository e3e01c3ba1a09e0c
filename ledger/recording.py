"""Adding a run: its decisions, the leads it met, and who owns them from then on."""

from datetime import UTC, date, datetime
from hashlib import sha256

import pandas as pd
from sqlalchemy import Connection, Table, bindparam, insert, select, update

from ledger.closed_leads import ENDED, is_closed
from ledger.entries import RunEntry, kinds_of
from ledger.frames import DECISIONS, Row, rows_of
from ledger.leads import meet
from ledger.ownership import owned
from ledger.schema import SUPERSEDED, assignments, decisions, events, runs, scenarios

_END = ("ended_at", "end_cause", "end_run", "end_after_run")
REASSIGNED = "reassigned"
DUPLICATE = "duplicate"
"""Why an assignment began: the lead is that of an owner in another form."""
TRIAL: Row = {
    "number": -1,
    **dict.fromkeys(("run_id", "scenario", "status", "engine"), "trial"),
    **dict.fromkeys(("n_leads", "n_assigned", "n_kept", "n_unassigned", "seed"), 0),
    "day": date(2000, 1, 1),
    "as_of": datetime(2000, 1, 1, tzinfo=UTC),
}
"""A run that is never kept, to see whether one could be."""


def number_of(connection: Connection, run_id: str) -> int | None:
    """Return the number of a run, `None` where there is no such run."""
    return connection.scalar(select(runs.c.number).where(runs.c.run_id == run_id))


def add_run(
    connection: Connection,
    entry: RunEntry,
    made: pd.DataFrame,
    now: datetime,
    supersedes: int | None = None,
) -> None:
    """Add a run with all that it decided.

    Parameters
    ----------
    made
        As for :meth:`ledger.Ledger.record`.
    now
        When it is recorded.
    supersedes
        Number of a run that is void from now on.
    """
    number = _add_entry(connection, entry, now, supersedes)
    meet(connection, number, made)
    table = made.assign(kind=kinds_of(made))
    rows = [row | {"run": number} for row in rows_of(table, DECISIONS)]
    _insert(connection, decisions, rows)
    at = entry.as_of.floor("us").to_pydatetime(warn=False)
    told = _event_details(made)
    happened = [
        _event(row, entry, at, now) | told.get(row["lead_id"], {"other": None})
        for row in rows
        if row["rep_id"]
    ]
    _insert(connection, events, happened)
    if supersedes is not None:
        _end_all_of(connection, supersedes, number)
    own = [row for row in rows if row["kind"] == "assigned"]
    _assign(connection, own, number, at)
    _join(connection, made, number, at)


def _add_entry(
    connection: Connection, entry: RunEntry, now: datetime, supersedes: int | None
) -> int:
    scenario_id = _scenario_id(connection, entry)
    row = {
        "run_id": entry.run_id,
        "scenario": entry.scenario,
        "scenario_id": scenario_id,
        "day": entry.company_day,
        "as_of": entry.as_of.floor("us").to_pydatetime(warn=False),
        "recorded_at": now,
        "actor": entry.actor,
        "model_id": entry.model_id,
        "status": entry.status,
        "engine": entry.engine,
        "objective": None if pd.isna(entry.objective) else entry.objective,
        "n_leads": entry.n_leads,
        "n_assigned": entry.n_assigned,
        "n_kept": entry.n_kept,
        "n_unassigned": entry.n_unassigned,
        "seed": entry.seed,
        "supersedes": supersedes,
    }
    key = connection.execute(insert(runs).values(row)).inserted_primary_key
    assert key is not None
    return int(key[0])


def _scenario_id(connection: Connection, entry: RunEntry) -> str | None:
    """Return the id of the scenario's text, which is added where it is new."""
    if not entry.text:
        return None
    own = sha256(entry.text.encode()).hexdigest()[:16]
    known = select(scenarios.c.scenario_id).where(scenarios.c.scenario_id == own)
    if connection.execute(known).first() is None:
        row = {"scenario_id": own, "name": entry.scenario, "text": entry.text}
        connection.execute(insert(scenarios).values(row))
    return own


def _event_details(made: pd.DataFrame) -> dict[str, Row]:
    """Return lead -> the other lead that it goes with, and why."""
    if "other" not in made:
        return {}
    joined = made[made["other"] != ""]
    columns = (joined[name] for name in ("lead_id", "other", "why"))
    return {
        lead_id: {"other": other, "reason": why}
        for lead_id, other, why in zip(*columns, strict=True)
    }


def _event(row: Row, entry: RunEntry, at: datetime, now: datetime) -> Row:
    names = ("kind", "lead_id", "rep_id", "run", "reason")
    kept = {name: row[name] for name in names}
    return kept | {"at": at, "recorded_at": now, "actor": entry.run_id}


def _assign(connection: Connection, own: list[Row], number: int, at: datetime) -> None:
    """Begin assignments, and end those of other reps that they replace.

    Where a lead was assigned again after this moment, that stays: this assignment ends
    where the next one begins.
    """
    current = owned(connection, [row["lead_id"] for row in own])
    ended, begun = [], []
    for row in own:
        now = current.get(row["lead_id"])
        if now is not None and now["rep_id"] == row["rep_id"]:
            continue
        new = {"lead_id": row["lead_id"], "rep_id": row["rep_id"], "run": number}
        new |= {"started_at": at} | dict.fromkeys(_END)
        if now is not None and now["started_at"] > at:
            new |= {"ended_at": now["started_at"], "end_cause": REASSIGNED}
            new |= {"end_run": now["run"], "end_after_run": now["after_run"]}
        elif now is not None:
            ended.append({"which": now["number"], "at": at})
        begun.append(new)
    if ended:
        change = update(assignments).where(assignments.c.number == bindparam("which"))
        change = change.values(
            ended_at=bindparam("at"), end_cause=REASSIGNED, end_run=number
        )
        connection.execute(change, ended)
    _insert(connection, assignments, begun)


def _join(
    connection: Connection, made: pd.DataFrame, number: int, at: datetime
) -> None:
    """Begin assignments of leads that go to the owner of another one, and have none."""
    if "other" not in made:
        return
    joined = made[(made["other"] != "") & (made["rep_id"] != "")]
    having = owned(connection, list(joined["lead_id"]))
    begun = [
        {"lead_id": lead_id, "rep_id": rep_id, "run": number, "started_at": at}
        | {"cause": DUPLICATE}
        for lead_id, rep_id in zip(joined["lead_id"], joined["rep_id"], strict=True)
        if lead_id not in having
    ]
    _insert(connection, assignments, begun)


def _end_all_of(connection: Connection, run: int, by: int) -> None:
    """End the assignments of a void run, as of when they began.

    Leads that are won or lost stay with who closed them.
    """
    of_run = (assignments.c.run == run) & assignments.c.ended_at.is_(None)
    of_run &= ~is_closed(assignments, kinds=ENDED)
    start = assignments.c.started_at
    ended = {"ended_at": start, "end_cause": SUPERSEDED, "end_run": by}
    connection.execute(update(assignments).where(of_run).values(ended))


def _insert(connection: Connection, table: Table, rows: list[Row]) -> None:
    if rows:
        connection.execute(insert(table), rows)
