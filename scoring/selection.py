"""Which columns of a lead can teach, and why the others cannot."""

import pandas as pd
from pandas.api.types import is_datetime64_any_dtype, is_numeric_dtype

from scoring.features import HOUR, WEEKDAY, Features

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
EXACT = 1e15
"""Beyond this float64 no longer tells neighbouring numbers apart."""


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
            kept.append(history[name])
        else:
            dropped[name] = reason
    numeric = [column for column in kept if is_numeric_dtype(column)]
    texts = [column for column in kept if not is_numeric_dtype(column)]
    return Features(
        numeric={str(c.name): (float(c.min()), float(c.max())) for c in numeric},
        logged=tuple(str(c.name) for c in numeric if is_heavy_tailed(c)),
        categorical={str(c.name): tuple(sorted(c.unique())) for c in texts},
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
    if name in (WEEKDAY, *HOUR):
        return "has the name of a feature made of created_at"
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
    """Tell whether the largest size is many times the median size, or beyond exact."""
    size = column.abs()
    return bool(size.max() > EXACT or size.max() / HEAVY_TAIL > size.median())


def has_hours(created_at: pd.Series) -> bool:
    """Tell whether some time is not midnight."""
    known = created_at.dropna()
    return bool((known != known.dt.normalize()).any())
