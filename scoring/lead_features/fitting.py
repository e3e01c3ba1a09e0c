"""Fitting the features: the ranges and levels that history has in each column."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from pandas.api.types import is_datetime64_any_dtype, is_numeric_dtype

from scoring.history.cells import age_in_days, distinct_texts, has_hours, numbers
from scoring.lead_features.features import AGE, MAX_LEVELS, Features, has_seasons
from scoring.lead_features.identifiers import EXACT, is_category

MAX_ENCODED = 50_000
HEAVY_TAIL = 20.0


def fit_features(rows: pd.DataFrame, names: Sequence[str]) -> Features:
    """Return these columns as features, with their ranges and levels in the rows.

    Parameters
    ----------
    rows
        Closed history, (n_rows,).
    names
        Columns, each with a value in some row.
    """
    times = [name for name in names if is_datetime64_any_dtype(rows[name])]
    amounts = [name for name in names if is_amount(rows[name])]
    ages = {AGE + name: name for name in times}
    values = {name: numbers(rows, name) for name in amounts}
    values |= {age: age_in_days(rows, name) for age, name in ages.items()}
    finite = {name: x[np.isfinite(x)] for name, x in values.items()}
    texts = {
        name: seen_levels(rows[name])
        for name in names
        if name not in times and name not in amounts
    }
    few = [name for name, levels in texts.items() if len(levels) <= MAX_LEVELS]
    created_at = rows["created_at"]
    return Features(
        numeric={name: seen_range(x) for name, x in finite.items()},
        logged=tuple(name for name, x in finite.items() if is_heavy_tailed(x)),
        categorical={name: texts[name] for name in few},
        hour=has_hours(created_at),
        dropped={},
        encoded={name: texts[name] for name in texts if name not in few},
        ages=ages,
        season=has_seasons(created_at),
    )


def is_amount(column: pd.Series) -> bool:
    """Tell whether the column holds quantities, and not codes or texts."""
    return is_numeric_dtype(column) and not is_category(column)


def seen_levels(column: pd.Series) -> tuple[str, ...]:
    """Return the different texts of a column, sorted; the commonest if too many."""
    place, texts = distinct_texts(column)
    count = np.bincount(place % len(texts), minlength=len(texts))
    commonest = np.argsort(-count, kind="stable")[:MAX_ENCODED]
    return tuple(sorted({texts[i] for i in commonest if count[i]}))


def seen_range(values: np.ndarray) -> tuple[float, float]:
    """Return the least and the greatest number; zeros if there is none."""
    return (float(values.min()), float(values.max())) if values.size else (0.0, 0.0)


def is_heavy_tailed(values: np.ndarray) -> bool:
    """Tell whether the largest size is many times the median size, or not exact."""
    size = np.abs(values)
    if size.size == 0:
        return False
    return bool(size.max() > EXACT or size.max() / HEAVY_TAIL > np.median(size))
