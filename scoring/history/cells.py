"""The cells of a table as numbers, as texts and as days."""

import numpy as np
import pandas as pd
from pandas.api.types import is_datetime64_any_dtype, is_numeric_dtype

DAY = pd.Timedelta(days=1)
SECONDS_IN_DAY = 86_400


def numbers(table: pd.DataFrame, name: str) -> np.ndarray:
    """Return the column as float64, (n_rows,), missing as NaN."""
    if name not in table.columns:
        return np.full(len(table), np.nan)
    return pd.to_numeric(table[name], errors="coerce").to_numpy(dtype=np.float64)


def codes(table: pd.DataFrame, name: str, levels: tuple[str, ...]) -> np.ndarray:
    """Return each text's place among the levels, (n_rows,) int64, -1 for others."""
    known = pd.Index(levels, dtype=object)
    column = table.get(name, pd.Series("", index=table.index, dtype=object))
    place, texts = distinct_texts(column)
    return known.get_indexer(pd.Index(texts, dtype=object)).astype(np.int64)[place]


def distinct_texts(column: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Return each row's place, (n_rows,) int64, among texts, (n_texts,) object.

    A missing cell is the last text, ``""``; whole numbers have no decimal point.
    """
    place, values = pd.factorize(column)
    texts = np.array([*map(as_text, values), ""], dtype=object)
    return place.astype(np.int64), texts


def as_text(value: object) -> str:
    """Return the value as a category is written: 72 for 72.0."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def is_filled(column: pd.Series) -> np.ndarray:
    """Tell which cells hold something, (n_rows,) bool."""
    filled: np.ndarray = column.notna().to_numpy(dtype=bool, copy=True)
    if not (is_numeric_dtype(column) or is_datetime64_any_dtype(column)):
        filled[filled] = column.to_numpy(dtype=object)[filled] != ""
    return filled


def signed_log(values: np.ndarray) -> np.ndarray:
    """Return sign(x) log(1 + abs(x)), same shape."""
    return np.sign(values) * np.log1p(np.abs(values))


def spread_out(n_rows: int, most: int) -> np.ndarray:
    """Return at most so many positions, evenly spread from the first to the last."""
    return np.unique(np.linspace(0, n_rows - 1, min(n_rows, most)).astype(np.int64))


def kind(column: pd.Series) -> str:
    """Return what the column holds: numbers, times or text."""
    if is_datetime64_any_dtype(column):
        return "times"
    return "numbers" if is_numeric_dtype(column) else "text"


def has_value(table: pd.DataFrame, name: str) -> bool:
    """Tell whether the table has a value in at least one row of this column."""
    return name in table.columns and bool(is_filled(table[name]).any())


def age_in_days(table: pd.DataFrame, column: str) -> np.ndarray:
    """Return the days from a time column to `created_at`, (n_rows,) float64."""
    if column not in table.columns:
        return np.full(len(table), np.nan)
    return in_days(table["created_at"] - table[column])


def in_days(spans: pd.Series) -> np.ndarray:
    """Return spans of time as days, (n_rows,) float64, missing as NaN."""
    return spans.dt.total_seconds().to_numpy(dtype=np.float64) / SECONDS_IN_DAY


def has_hours(created_at: pd.Series) -> bool:
    """Tell whether some time is not midnight."""
    known = created_at.dropna()
    local = known.dt.tz_localize(None)
    return bool((local != local.dt.normalize()).any())
