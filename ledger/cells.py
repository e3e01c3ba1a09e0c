"""Frames as rows of SQLite, and rows as frames."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from ledger.tables import Kind

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
