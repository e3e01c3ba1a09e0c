"""Which columns of a lead can teach, and why the others cannot."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from pandas.api.types import is_datetime64_any_dtype, is_numeric_dtype

IDENTITY = frozenset(
    ["lead_id", "account_id", "company", "email", "phone", "current_rep_id"]
)
AFTER_ASSIGNMENT = frozenset(
    [
        "rep_id",
        "assigned_at",
        "outcome",
        "closed_at",
        "won_value",
        "origin",
        "first_response_at",
        "propensity",
    ]
)
MAX_LEVELS = 200
MAX_DISTINCT_SHARE = 0.5
MIN_ROWS_FOR_SHARE = 50
HEAVY_TAIL = 20.0

WEEKDAY = "created_at weekday"
HOUR = ("created_at hour (sine)", "created_at hour (cosine)")
WEEKDAYS = np.array(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", ""], dtype=object)


@dataclass(frozen=True)
class Features:
    """The columns a lead is judged by.

    Attributes
    ----------
    numeric
        Columns read as numbers.
    logged
        Those of `numeric` with a heavy tail, such as money: taken on a signed
        logarithmic scale.
    categorical
        Columns read as text; ``""`` is a level of its own.
    hour
        Whether the hour of `created_at` is used beside its weekday.
    dropped
        Column -> why it is not used.
    """

    numeric: tuple[str, ...]
    logged: tuple[str, ...]
    categorical: tuple[str, ...]
    hour: bool
    dropped: Mapping[str, str]

    @property
    def numeric_names(self) -> list[str]:
        """Names of the float64 columns of :meth:`frame`."""
        return [*self.numeric, *(HOUR if self.hour else ())]

    @property
    def categorical_names(self) -> list[str]:
        """Names of the text columns of :meth:`frame`."""
        return [*self.categorical, WEEKDAY]

    def frame(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return the features of leads or history, (n_rows, n_features).

        A column the table lacks counts as missing in every row.
        """
        columns = {name: numbers(table, name) for name in self.numeric}
        columns |= {name: signed_log(columns[name]) for name in self.logged}
        if self.hour:
            columns |= hour_of_day(table["created_at"])
        columns |= {name: text(table, name) for name in self.categorical}
        columns[WEEKDAY] = weekday(table["created_at"])
        return pd.DataFrame(columns, index=table.index)


def choose_features(history: pd.DataFrame, leads: pd.DataFrame | None) -> Features:
    """Return the columns that both history and the leads to come can fill.

    Parameters
    ----------
    history
        Closed rows the model will learn from, (n_rows,).
    leads
        Leads to be scored, (n_leads,): a column they lack would be known too
        late. `None` or no rows: history alone decides.
    """
    to_score = history if leads is None or leads.empty else leads
    dropped = {}
    kept = []
    for name in candidates(history, to_score):
        reason = why_not(history, to_score, name)
        if reason is None:
            kept.append(name)
        else:
            dropped[name] = reason
    numeric = tuple(name for name in kept if is_numeric_dtype(history[name]))
    return Features(
        numeric=numeric,
        logged=tuple(name for name in numeric if is_heavy_tailed(history[name])),
        categorical=tuple(name for name in kept if name not in numeric),
        hour=has_hours(history["created_at"]),
        dropped=dropped,
    )


def candidates(history: pd.DataFrame, leads: pd.DataFrame) -> list[str]:
    """Return the columns filled somewhere in either table, by name."""
    never = IDENTITY | AFTER_ASSIGNMENT | {"created_at"}
    names = sorted((set(history.columns) | set(leads.columns)) - never)
    return [n for n in names if is_filled(history, n) or is_filled(leads, n)]


def why_not(history: pd.DataFrame, leads: pd.DataFrame, name: str) -> str | None:
    """Return why this column cannot be a feature, `None` if it can."""
    if not is_filled(history, name):
        return "no value in the history"
    if not is_filled(leads, name):
        return "no value in the leads: not known when a lead is given out"
    column = history[name]
    if is_datetime64_any_dtype(column):
        return "a time: only created_at is used"
    if is_numeric_dtype(column) != is_numeric_dtype(leads[name]):
        return "numbers in one of leads and history, text in the other"
    if column.nunique(dropna=False) == 1:
        return "the same in every row"
    return None if is_numeric_dtype(column) else why_not_text(column)


def why_not_text(column: pd.Series) -> str | None:
    """Return why this text has no levels worth learning, `None` if it has."""
    filled = column[column != ""]
    levels = filled.nunique()
    many_rows = len(filled) >= MIN_ROWS_FOR_SHARE
    if many_rows and levels > MAX_DISTINCT_SHARE * len(filled):
        return "nearly unique text"
    if levels > MAX_LEVELS:
        return f"more than {MAX_LEVELS} different texts"
    return None


def is_filled(table: pd.DataFrame, name: str) -> bool:
    """Tell whether the table has a value in at least one row of this column."""
    if name not in table.columns:
        return False
    column = table[name]
    return bool((column.notna() & (column != "")).any())


def is_heavy_tailed(column: pd.Series) -> bool:
    """Tell whether the largest size is many times the median size."""
    size = column.abs()
    return bool(size.max() > HEAVY_TAIL * size.median())


def has_hours(created_at: pd.Series) -> bool:
    """Tell whether some time is not midnight."""
    known = created_at.dropna()
    return bool((known != known.dt.normalize()).any())


def numbers(table: pd.DataFrame, name: str) -> np.ndarray:
    """Return the column as float64, (n_rows,), missing as NaN."""
    if name not in table.columns:
        return np.full(len(table), np.nan)
    return pd.to_numeric(table[name], errors="coerce").to_numpy(dtype=np.float64)


def text(table: pd.DataFrame, name: str) -> np.ndarray:
    """Return the column as text, (n_rows,), missing as ``""``."""
    if name not in table.columns:
        return np.full(len(table), "", dtype=object)
    return table[name].to_numpy(dtype=object)


def signed_log(values: np.ndarray) -> np.ndarray:
    """Return sign(x) log(1 + abs(x)), same shape."""
    return np.sign(values) * np.log1p(np.abs(values))


def weekday(created_at: pd.Series) -> np.ndarray:
    """Return the day's short name, (n_rows,), missing as ``""``."""
    return WEEKDAYS[created_at.dt.day_of_week.fillna(7).to_numpy(dtype=int)]


def hour_of_day(created_at: pd.Series) -> dict[str, np.ndarray]:
    """Return the hour on a circle of 24, so that 23 is next to 0."""
    angle = 2 * np.pi * created_at.dt.hour.to_numpy(dtype=np.float64) / 24
    return dict(zip(HOUR, (np.sin(angle), np.cos(angle)), strict=True))
