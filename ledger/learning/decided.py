"""The leads that runs of past days decided on, with the columns that they knew."""

import pandas as pd
from sqlalchemy import Connection, select

from ledger.frames import Kind, frame_of
from ledger.questions import counts
from ledger.schema import decisions, lead_versions, leads, runs

DECIDED: dict[str, Kind] = {
    "day": "date",
    "as_of": "time",
    "run": "count",
    "lead_id": "text",
    "kind": "text",
    "created_at": "time",
    "company": "text",
    "email": "text",
    "phone": "text",
    "columns": "mapping",
}
"""Columns of a frame of decided leads."""
_VERSIONS: dict[str, Kind] = {
    "lead_id": "text",
    "until_run": "count",
    "columns": "mapping",
}


def decided_leads(connection: Connection, scenario: str) -> pd.DataFrame:
    """Return one row per day and lead that a run of the day assigned or left.

    Runs that were superseded do not count, and kept leads take no slot. A lead that
    several runs of a day decided on has the last one's row.

    Parameters
    ----------
    scenario
        Name of the scenario whose runs these are.

    Returns
    -------
    pandas.DataFrame
        `DECIDED`, ordered by run and lead; the columns are those that the lead had.
    """
    of_run = runs.c.day, runs.c.as_of, decisions.c.run
    of_lead = (leads.c[name] for name in list(DECIDED)[5:])
    query = select(*of_run, decisions.c.lead_id, decisions.c.kind, *of_lead)
    query = query.join_from(decisions, runs).join(
        leads, leads.c.lead_id == decisions.c.lead_id
    )
    is_decided = decisions.c.kind != "kept"
    query = query.where(runs.c.scenario == scenario, is_decided, counts(None))
    query = query.order_by(decisions.c.run, decisions.c.lead_id)
    rows = frame_of(connection.execute(query).all(), DECIDED)
    own = [lead_versions.c[name] for name in _VERSIONS]
    versions = frame_of(connection.execute(select(*own)).all(), _VERSIONS)
    last = rows.drop_duplicates(["day", "lead_id"], keep="last")
    return _as_they_were(last.reset_index(drop=True), versions)


def _as_they_were(rows: pd.DataFrame, versions: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with the columns that the run knew."""
    if versions.empty:
        return rows
    both = rows[["lead_id", "run"]].reset_index().merge(versions, on="lead_id")
    later = both[both["until_run"] > both["run"]].sort_values("until_run")
    first = later.drop_duplicates("index").set_index("index")["columns"]
    columns = rows["columns"].copy()
    columns[first.index] = first
    return rows.assign(columns=columns)
