"""The ledger's two tables in SQL, and their rows as frames."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

import pandas as pd

APPLICATION = int.from_bytes(b"LEAD")
"""Marks an SQLite file as a ledger."""
VERSION = 1
"""Version of the tables below; an older rightrep refuses a newer one."""

Kind = Literal["text", "time", "number", "count"]

RUNS: dict[str, Kind] = {
    "run_id": "text",
    "scenario": "text",
    "as_of": "time",
    "status": "text",
    "engine": "text",
    "objective": "number",
    "n_leads": "count",
    "n_assigned": "count",
    "n_unassigned": "count",
    "seed": "count",
}
"""Columns of a frame of runs."""

DECISIONS: dict[str, Kind] = {
    "lead_id": "text",
    "rep_id": "text",
    "reason": "text",
    "p_convert": "number",
    "value": "number",
    "arm": "text",
    "propensity": "number",
    "created_at": "time",
}
"""Columns of a frame of decisions."""

STATEMENTS = (
    """
    CREATE TABLE runs (
        number INTEGER PRIMARY KEY,
        run_id TEXT NOT NULL UNIQUE,
        scenario TEXT NOT NULL,
        as_of TEXT NOT NULL,
        status TEXT NOT NULL,
        engine TEXT NOT NULL,
        objective REAL,
        n_leads INTEGER NOT NULL CHECK (n_leads = n_assigned + n_unassigned),
        n_assigned INTEGER NOT NULL CHECK (n_assigned >= 0),
        n_unassigned INTEGER NOT NULL CHECK (n_unassigned >= 0),
        seed INTEGER NOT NULL
    )
    """,
    """
    CREATE TABLE decisions (
        run INTEGER NOT NULL REFERENCES runs (number),
        lead_id TEXT NOT NULL,
        rep_id TEXT NOT NULL,
        reason TEXT NOT NULL,
        p_convert REAL,
        value REAL,
        arm TEXT NOT NULL,
        propensity REAL,
        created_at TEXT,
        PRIMARY KEY (run, lead_id)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX decisions_of_lead ON decisions (lead_id)",
    f"PRAGMA application_id = {APPLICATION}",
    f"PRAGMA user_version = {VERSION}",
)
"""What makes an empty SQLite file a ledger."""


Row = tuple[Any, ...]


def rows_of(frame: pd.DataFrame, kinds: Mapping[str, Kind]) -> Iterator[Row]:
    """Return one row per row of the frame: times as UTC text that sorts by time.

    Parameters
    ----------
    kinds
        The columns to take, in this order, and what each holds.

    Raises
    ------
    KeyError
        Where the frame lacks a column.
    """
    columns = [_stored(frame[name], kind) for name, kind in kinds.items()]
    return zip(*columns, strict=True)


def frame_of(rows: Sequence[Row], kinds: Mapping[str, Kind]) -> pd.DataFrame:
    """Return the rows as a typed frame: missing numbers NaN, missing times NaT.

    Text is ``object``, times ``datetime64[ns, UTC]``, numbers ``float64`` and
    counts ``int64``.
    """
    columns = zip(*rows, strict=True) if rows else [()] * len(kinds)
    named = zip(kinds.items(), columns, strict=True)
    return pd.DataFrame({name: _typed(cells, kind) for (name, kind), cells in named})


def _stored(column: pd.Series, kind: Kind) -> list[Any]:
    if kind == "time":
        return [_time_text(time) for time in pd.to_datetime(column, utc=True)]
    if kind == "number":
        return column.astype("float64").tolist()
    if kind == "count":
        return column.astype("int64").tolist()
    return column.astype(object).tolist()


def _time_text(time: pd.Timestamp) -> str | None:
    if pd.isna(time):
        return None
    return time.isoformat(timespec="nanoseconds").replace("+00:00", "Z")


def _typed(cells: Sequence[Any], kind: Kind) -> pd.Series:
    column = pd.Series(cells, dtype=object)
    if kind == "time":
        times = pd.to_datetime(column, utc=True, format="ISO8601")
        return times.astype("datetime64[ns, UTC]")
    if kind == "number":
        return column.astype("float64")
    if kind == "count":
        return column.astype("int64")
    return column
