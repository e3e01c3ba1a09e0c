"""Small companies: plain rows, as people would write them, and the tables they make."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from crm import TABLES, CrmData

Row = dict[str, Any]

MONDAY = "2026-09-07T08:00:00Z"


@dataclass(frozen=True)
class Company:
    """Leads and reps as plain rows; what is not said is missing.

    Attributes
    ----------
    leads, reps
        Column -> value; ids may be left out (L0, L1... and R0, R1...).
    accounts
        Account id -> rep id.
    absences
        Rep id, first and last moment.
    pair_value
        (Lead id, rep id) -> value of the pair; 0.5 where it is not said.
    """

    leads: list[Row]
    reps: list[Row]
    accounts: Mapping[str, str] = field(default_factory=dict)
    absences: list[tuple[str, str, str]] = field(default_factory=list)
    as_of: str = MONDAY
    pair_value: Mapping[tuple[str, str], float] = field(default_factory=dict)

    @cached_property
    def lead_rows(self) -> list[Row]:
        """The leads with their ids."""
        return [{"lead_id": f"L{i}", **row} for i, row in enumerate(self.leads)]

    @cached_property
    def rep_rows(self) -> list[Row]:
        """The reps with their ids and, by default, nine slots."""
        default = {"daily_capacity": 9, "active": True}
        return [{"rep_id": f"R{j}", **default, **r} for j, r in enumerate(self.reps)]

    @cached_property
    def crm(self) -> CrmData:
        """The tables."""
        owners = [
            {"account_id": a, "owner_rep_id": r} for a, r in self.accounts.items()
        ]
        away = [
            dict(zip(("rep_id", "from", "to"), a, strict=True)) for a in self.absences
        ]
        leads = [{"created_at": self.as_of, **row} for row in self.lead_rows]
        return CrmData(
            leads=_frame("leads", leads),
            reps=_frame("reps", self.rep_rows),
            history=NO_HISTORY,
            accounts=_frame("accounts", owners),
            absences=_frame("absences", away),
            as_of=pd.Timestamp(self.as_of),
            file_columns={},
        )

    def values(self, lead: np.ndarray, rep: np.ndarray) -> np.ndarray:
        """Return the values of pairs at these positions, shape (n_pairs,)."""
        named = zip(lead.tolist(), rep.tolist(), strict=True)
        return np.array([self.value(i, j) for i, j in named], dtype=float)

    def value(self, i: int, j: int) -> float:
        """Return the value of the pair of lead `i` and rep `j`."""
        pair = self.lead_rows[i]["lead_id"], self.rep_rows[j]["rep_id"]
        return self.pair_value.get(pair, 0.5)


def _frame(table: str, rows: list[Row]) -> pd.DataFrame:
    kinds = {name: column.kind for name, column in TABLES[table].items()}
    kinds |= {
        name: "text" if isinstance(cell, str) else "number"
        for row in rows
        for name, cell in row.items()
        if name not in kinds
    }
    index = pd.RangeIndex(len(rows))
    columns = {}
    for name, kind in kinds.items():
        cells = _cells([row.get(name) for row in rows], kind)
        values = cells.astype(_DTYPES.get(kind, object))
        if kind == "timestamp":
            columns[name] = pd.DatetimeIndex(values, tz="UTC")
        elif values.dtype == object:
            columns[name] = pd.Series(values, index, dtype=object, copy=False)
        else:
            columns[name] = values
    return pd.DataFrame(columns, index)


_DTYPES = {"number": float, "integer": float, "boolean": bool, "timestamp": "M8[ns]"}


def _cells(said: list[Any], kind: str) -> np.ndarray:
    if kind == "timestamp":
        said = [moment and moment.removesuffix("Z") for moment in said]
    missing = {"list": (), "id": "", "text": "", "choice": ""}.get(kind)
    cells = np.empty(len(said), dtype=object)
    for place, cell in enumerate(said):
        cells[place] = missing if cell is None else cell
    return cells


NO_HISTORY = _frame("history", [])
