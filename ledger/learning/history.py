"""The ledger as history: each lead that a run assigned, and what became of it."""

import pandas as pd
from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    Subquery,
    func,
    select,
)

from ledger.frames import Kind, frame_of
from ledger.questions import counts
from ledger.schema import (
    assignments,
    decisions,
    events,
    lead_versions,
    leads,
    runs,
)
from ledger.vantage import Before, is_before

HISTORY: dict[str, Kind] = {
    "lead_id": "text",
    "created_at": "time",
    "company": "text",
    "email": "text",
    "phone": "text",
    "columns": "mapping",
    "rep_id": "text",
    "assigned_at": "time",
    "run": "count",
    "arm": "text",
    "propensity": "number",
}
"""Columns of a frame of first assignments."""
CLOSINGS: dict[str, Kind] = {
    "lead_id": "text",
    "kind": "text",
    "at": "time",
    "value": "number",
}
OVERRIDES: dict[str, Kind] = {
    "lead_id": "text",
    "rep_id": "text",
    "started_at": "time",
}
VERSIONS: dict[str, Kind] = {"lead_id": "text", "columns": "mapping"}
CONTROL = "control"
"""The arm that only an experiment has."""


def history_of(connection: Connection, before: Before | None = None) -> pd.DataFrame:
    """Return one row per lead that a run has assigned, as history has them.

    The row is the first assignment by a run that is not void: its rep, its moment, and
    the outcome of the lead whoever closed it. A person's override takes the place of
    the assignment, unless an experiment drew the lead. Arms and propensities are those
    of experiments. Leads that are another lead's duplicate are left out.

    Parameters
    ----------
    before
        Number of a run: as things were when it was made; by default as they are.

    Returns
    -------
    pandas.DataFrame
        `HISTORY` without the run, and outcome (won, lost, open), closed_at, won_value
        and first_response_at; ordered by lead.
    """

    def asked(query: Select, kinds: dict[str, Kind]) -> pd.DataFrame:
        return frame_of(connection.execute(query).all(), kinds)

    rows = asked(first_assignments(before), HISTORY)
    rows = _as_they_were(rows, asked(versions_at_assignment(before), VERSIONS))
    drawing = set(connection.scalars(runs_that_draw()))
    is_drawn = rows["run"].isin(drawing)
    rows["arm"] = rows["arm"].where(is_drawn, "")
    rows["propensity"] = rows["propensity"].where(is_drawn)
    last = asked(last_events(before, "merged", "parted"), CLOSINGS)
    merged = last.loc[last["kind"] == "merged", "lead_id"]
    is_kept = ~rows["lead_id"].isin(merged)
    rows, is_drawn = rows[is_kept].reset_index(drop=True), is_drawn[is_kept]
    closings = asked(last_events(before, "won", "lost", "reopened"), CLOSINGS)
    rows = _with_outcomes(rows, closings)
    overrides = asked(overridden(before), OVERRIDES)
    rows = _with_overrides(rows, overrides, is_drawn.reset_index(drop=True))
    responses = asked(responded(before), {"lead_id": "text", "at": "time"})
    first = responses.groupby("lead_id")["at"].min()
    rows["first_response_at"] = first.reindex(rows["lead_id"]).array
    return rows.drop(columns="run")


def first_assignments(before: Before | None) -> Select:
    """Ask for the first decision of each lead that assigned it, and the lead."""
    d, own = decisions.c, _first_runs(before)
    of_lead = [leads.c[name] for name in list(HISTORY)[:6]]
    of_run = [d.rep_id, runs.c.as_of, d.run, d.arm, d.propensity]
    query = select(*of_lead, *of_run).join_from(
        own, decisions, (own.c.run == d.run) & (own.c.lead_id == d.lead_id)
    )
    query = query.join(runs, runs.c.number == d.run)
    query = query.join(leads, leads.c.lead_id == d.lead_id)
    return query.order_by(d.lead_id)


def versions_at_assignment(before: Before | None) -> Select:
    """Ask for the columns of leads when they were assigned, if they changed since."""
    v = lead_versions.c
    own = _first_runs(before, among=select(v.lead_id))
    later = select(v.lead_id, func.min(v.until_run).label("until_run"))
    later = later.join_from(lead_versions, own, own.c.lead_id == v.lead_id)
    later = later.where(v.until_run > own.c.run).group_by(v.lead_id)
    which = later.subquery()
    query = select(v.lead_id, v.columns)
    is_it = (which.c.lead_id == v.lead_id) & (which.c.until_run == v.until_run)
    return query.join_from(lead_versions, which, is_it)


def _first_runs(before: Before | None, among: Select | None = None) -> Subquery:
    """Ask for the first run that assigned each lead, or each lead among some."""
    d = decisions.c
    first = select(d.lead_id, func.min(d.run).label("run")).join_from(decisions, runs)
    first = first.where(d.kind == "assigned", counts(before)).group_by(d.lead_id)
    if among is not None:
        first = first.where(d.lead_id.in_(among))
    return first.subquery()


def runs_that_draw() -> Select:
    """Ask for the numbers of runs with an experiment."""
    is_drawn = (decisions.c.arm == CONTROL) | (decisions.c.propensity < 1)
    return select(decisions.c.run).where(is_drawn).distinct()


def last_events(before: Before | None, *kinds: str) -> Select:
    """Ask for the event of these kinds that was recorded last, of each lead."""
    e = events.c
    happened = _happened(events, before)
    last = select(func.max(e.number).label("number"))
    last = last.where(e.kind.in_(kinds), *happened).group_by(e.lead_id)
    own = last.subquery()
    query = select(*(e[name] for name in CLOSINGS))
    return query.join_from(events, own, own.c.number == e.number)


def responded(before: Before | None) -> Select:
    """Ask for the responses to leads."""
    e = events.c
    happened = _happened(events, before)
    return select(e.lead_id, e.at).where(e.kind == "responded", *happened)


def overridden(before: Before | None) -> Select:
    """Ask for the owners that people gave leads, in the order of recording."""
    a = assignments.c
    query = select(*(a[name] for name in OVERRIDES))
    query = query.where(a.cause == "overridden", *_happened(assignments, before))
    return query.order_by(a.started_at, a.number)


def _happened(table: FromClause, before: Before | None) -> list[ColumnElement[bool]]:
    """Return that it was done before a run; no condition for whatever was done."""
    if before is None:
        return []
    return [is_before(table.c.run, table.c.after_run, before)]


def _as_they_were(rows: pd.DataFrame, versions: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with the columns that leads had when they were assigned."""
    was = dict(zip(versions["lead_id"], versions["columns"], strict=True))
    now = zip(rows["lead_id"], rows["columns"], strict=True)
    columns = [was.get(lead_id, columns) for lead_id, columns in now]
    return rows.assign(columns=pd.Series(columns, index=rows.index, dtype=object))


def _with_outcomes(rows: pd.DataFrame, closings: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with their outcome; one that was opened again is open."""
    closed = closings[closings["kind"] != "reopened"].set_index("lead_id")
    own = closed.reindex(rows["lead_id"]).reset_index(drop=True)
    return rows.assign(
        outcome=own["kind"].fillna("open").astype(object),
        closed_at=own["at"],
        won_value=own["value"].where(own["kind"] == "won"),
    )


def _with_overrides(
    rows: pd.DataFrame, overrides: pd.DataFrame, is_drawn: pd.Series
) -> pd.DataFrame:
    """Return the rows with the owner that a person gave the lead before it closed."""
    own = rows.set_index("lead_id").reindex(overrides["lead_id"])
    started = overrides["started_at"].to_numpy()
    is_late = started > own["closed_at"].to_numpy()
    in_time = overrides[(started >= own["assigned_at"].to_numpy()) & ~is_late]
    last = in_time.drop_duplicates("lead_id", keep="last").set_index("lead_id")
    own = last.reindex(rows["lead_id"]).reset_index(drop=True)
    is_theirs = own["rep_id"].notna() & ~is_drawn
    return rows.assign(
        rep_id=own["rep_id"].where(is_theirs, rows["rep_id"]),
        assigned_at=own["started_at"].where(is_theirs, rows["assigned_at"]),
    )
