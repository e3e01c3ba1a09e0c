"""What a lead is judged by, as numbers and codes."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

WEEKDAY = "created_at weekday"
HOUR = ("created_at hour (sine)", "created_at hour (cosine)")
UNKNOWN_DAY = 7


@dataclass(frozen=True)
class Features:
    """The columns a lead is judged by, and what history has seen in them.

    Attributes
    ----------
    numeric
        Columns read as numbers -> the least and the greatest seen.
    logged
        Those of `numeric` with a heavy tail, such as money: taken on a signed
        logarithmic scale.
    categorical
        Columns read as text -> the different texts seen, sorted; ``""`` is one.
    hour
        Whether the hour of `created_at` is used beside its weekday.
    dropped
        Column -> why it is not used.
    """

    numeric: Mapping[str, tuple[float, float]]
    logged: tuple[str, ...]
    categorical: Mapping[str, tuple[str, ...]]
    hour: bool
    dropped: Mapping[str, str]

    @property
    def numeric_names(self) -> list[str]:
        """Names of the float64 columns of :meth:`frame`."""
        return [*self.numeric, *(HOUR if self.hour else ())]

    @property
    def categorical_names(self) -> list[str]:
        """Names of the integer columns of :meth:`frame`."""
        return [*self.categorical, WEEKDAY]

    def frame(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return the features of leads or history, (n_rows, n_features).

        Numbers beyond what history has seen count as the nearest that it has, for
        nothing is known out there. Texts become their place among those seen, -1
        for others; weekdays 0 for Monday to 6, and 7 where the time is missing. A
        column the table lacks counts as missing in every row.
        """
        columns = {
            name: np.clip(numbers(table, name), *seen)
            for name, seen in self.numeric.items()
        }
        columns |= {name: signed_log(columns[name]) for name in self.logged}
        if self.hour:
            columns |= hour_of_day(table["created_at"])
        for name, levels in self.categorical.items():
            columns[name] = codes(table, name, levels)
        columns[WEEKDAY] = weekday(table["created_at"])
        return pd.DataFrame(columns, index=table.index)


def numbers(table: pd.DataFrame, name: str) -> np.ndarray:
    """Return the column as float64, (n_rows,), missing as NaN."""
    if name not in table.columns:
        return np.full(len(table), np.nan)
    return pd.to_numeric(table[name], errors="coerce").to_numpy(dtype=np.float64)


def codes(table: pd.DataFrame, name: str, levels: tuple[str, ...]) -> np.ndarray:
    """Return each text's place among the levels, (n_rows,) int64, -1 for others."""
    known = pd.Index(levels, dtype=object)
    if name not in table.columns:
        return np.full(len(table), known.get_indexer(pd.Index([""], dtype=object))[0])
    return known.get_indexer(pd.Index(table[name], dtype=object)).astype(np.int64)


def signed_log(values: np.ndarray) -> np.ndarray:
    """Return sign(x) log(1 + abs(x)), same shape."""
    return np.sign(values) * np.log1p(np.abs(values))


def weekday(created_at: pd.Series) -> np.ndarray:
    """Return 0 for Monday to 6 for Sunday, (n_rows,) int64, 7 where missing."""
    return created_at.dt.day_of_week.fillna(UNKNOWN_DAY).to_numpy(dtype=np.int64)


def hour_of_day(created_at: pd.Series) -> dict[str, np.ndarray]:
    """Return the hour on a circle of 24, so that 23 is next to 0."""
    angle = 2 * np.pi * created_at.dt.hour.to_numpy(dtype=np.float64) / 24
    return dict(zip(HOUR, (np.sin(angle), np.cos(angle)), strict=True))
