"""Rows of the ledger as typed frames, and frames as rows."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import pandas as pd

Kind = Literal["text", "time", "number", "count", "date", "mapping"]

RUNS: Mapping[str, Kind] = {
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
    "n_kept": "count",
    "day": "date",
    "actor": "text",
    "model_id": "text",
}
"""Columns of a frame of runs."""
DECISIONS: Mapping[str, Kind] = {
    "lead_id": "text",
    "kind": "text",
    "rep_id": "text",
    "reason": "text",
    "p_convert": "number",
    "value": "number",
    "arm": "text",
    "propensity": "number",
}
"""Columns of a frame of decisions that the table of decisions has."""
ASSIGNMENTS: Mapping[str, Kind] = {
    "lead_id": "text",
    "rep_id": "text",
    "started_at": "time",
    "ended_at": "time",
    "end_cause": "text",
    "run_id": "text",
}
"""Columns of a frame of assignments."""

Row = dict[str, Any]


def rows_of(frame: pd.DataFrame, kinds: Mapping[str, Kind]) -> list[Row]:
    """Return one row per row of the frame, missing values as None.

    Parameters
    ----------
    kinds
        The columns to take, and what each holds.

    Raises
    ------
    KeyError
        Where the frame lacks a column.
    """
    columns = {name: _stored(frame[name], kind) for name, kind in kinds.items()}
    return [
        dict(zip(columns, cells, strict=True))
        for cells in zip(*columns.values(), strict=True)
    ]


def frame_of(rows: Sequence[Any], kinds: Mapping[str, Kind]) -> pd.DataFrame:
    """Return the rows as a typed frame: missing numbers NaN, missing times NaT.

    Text is ``object``, times ``datetime64[ns, UTC]``, numbers ``float64`` and
    counts ``int64``.
    """
    columns = zip(*rows, strict=True) if rows else [()] * len(kinds)
    named = zip(kinds.items(), columns, strict=True)
    return pd.DataFrame({name: _typed(cells, kind) for (name, kind), cells in named})


def _stored(column: pd.Series, kind: Kind) -> list[Any]:
    if kind == "time":
        times = pd.to_datetime(column, utc=True).dt.floor("us")
        return [None if pd.isna(t) else t.to_pydatetime(warn=False) for t in times]
    if kind == "number":
        return [None if pd.isna(x) else float(x) for x in column]
    if kind == "count":
        return column.astype("int64").tolist()
    return column.astype(object).tolist()


def _typed(cells: Sequence[Any], kind: Kind) -> pd.Series:
    column = pd.Series(cells, dtype=object)
    if kind == "time":
        return pd.to_datetime(column, utc=True).astype("datetime64[ns, UTC]")
    if kind == "number":
        return column.astype("float64")
    if kind == "count":
        return column.astype("int64")
    if kind == "text":
        return column.where(column.notna(), "")
    return column
