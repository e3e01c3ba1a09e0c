"""Won rows that say what they brought."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd

ABSURD = 1000.0
"""Beyond so many times what a tenth exceed, a value is taken for a slip of the pen."""


@dataclass(frozen=True)
class PaidRows:
    """Won rows in order of time and what they brought.

    Attributes
    ----------
    rows
        Table, (n_rows,).
    value
        What each brought, (n_rows,), at least 0.
    weight
        What each counts for, (n_rows,), above 0.
    """

    rows: pd.DataFrame
    value: np.ndarray
    weight: np.ndarray

    def part(self, which: slice) -> Self:
        """Return a run of these rows."""
        return type(self)(self.rows.iloc[which], self.value[which], self.weight[which])


def paid_rows(rows: pd.DataFrame, weight: np.ndarray) -> PaidRows:
    """Return the won rows whose `won_value` is known.

    Less than nothing counts as 0. A value above `ABSURD` times what a tenth of the
    rows exceed counts as that: heavy tails stay, a slip of the pen does not decide.
    """
    if "won_value" not in rows.columns:
        return PaidRows(rows.iloc[:0], np.empty(0), np.empty(0))
    value = rows["won_value"].to_numpy(dtype=np.float64, na_value=np.nan)
    known = np.isfinite(value)
    value = np.maximum(value[known], 0.0)
    high = float(np.quantile(value, 0.9)) if len(value) else 0.0
    bounded = np.minimum(value, ABSURD * high) if high > 0 else value
    return PaidRows(rows[known], bounded, weight[known])
