"""The tables of a world as if they had been read from files."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from crm import TABLES, Column, CrmData

_BLANK: Mapping[str, Any] = {
    "number": np.nan,
    "integer": np.nan,
    "timestamp": pd.NaT,
    "list": (),
}
"""A missing cell of each kind that is not text."""


def typed_company(tables: Mapping[str, pd.DataFrame], as_of: pd.Timestamp) -> CrmData:
    """Return the tables with every column of the schema, those they lack empty.

    Parameters
    ----------
    tables
        Table name -> its rows, typed; all others are empty.
    as_of
        The moment of the allocation (UTC).
    """
    frames = {name: _completed(name, tables.get(name)) for name in TABLES}
    given = {name: frozenset(map(str, frame)) for name, frame in tables.items()}
    return CrmData(**frames, as_of=as_of, given=given)


def _completed(name: str, frame: pd.DataFrame | None) -> pd.DataFrame:
    found = pd.DataFrame() if frame is None else frame.reset_index(drop=True)
    known = {
        column: found.get(column, _blank(spec, len(found)))
        for column, spec in TABLES[name].items()
    }
    return pd.DataFrame(known | {column: found[column] for column in found})


def _blank(spec: Column, n_rows: int) -> pd.Series:
    if spec.kind == "boolean":
        return pd.Series(np.full(n_rows, spec.default))
    if spec.kind == "timestamp":
        return pd.Series(pd.NaT, range(n_rows), dtype="datetime64[ns, UTC]")
    cells = pd.Series([_BLANK.get(spec.kind, "")] * n_rows, dtype=object)
    return cells.astype(np.float64) if spec.kind in {"number", "integer"} else cells
