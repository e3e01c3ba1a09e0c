"""Fitting the features: the ranges and levels that history has in each column."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from pandas.api.types import is_datetime64_any_dtype, is_numeric_dtype

from scoring.history.cells import age_in_days, distinct_texts, has_hours, numbers
from scoring.lead_features.features import (
    AGE,
    HOUR,
    MAX_LEVELS,
    SEASON,
    Features,
    has_seasons,
    moments_of,
)
from scoring.lead_features.identifiers import EXACT, is_category

MAX_ENCODED = 50_000
HEAVY_TAIL = 20.0
LEAST_SPREAD = 1e-9
"""Spread beside the size of a number below which it is rounding."""
NO_SPREAD = "nearly the same in every row"


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
    ranges = {name: seen_range(x) for name, x in finite.items()}
    moments = moment_ranges(rows["created_at"])
    flat = [name for name, x in (ranges | moments).items() if not has_spread(*x)]
    return Features(
        numeric={name: x for name, x in ranges.items() if name not in flat},
        logged=tuple(
            name
            for name, x in finite.items()
            if name not in flat and is_heavy_tailed(x)
        ),
        categorical={name: texts[name] for name in few},
        moments={name: x for name, x in moments.items() if name not in flat},
        dropped=dict.fromkeys(flat, NO_SPREAD),
        encoded={name: texts[name] for name in texts if name not in few},
        ages={age: name for age, name in ages.items() if age not in flat},
    )


def moment_ranges(created_at: pd.Series) -> dict[str, tuple[float, float]]:
    """Return the ranges of hour and season, as far as the times tell them."""
    circles = (HOUR if has_hours(created_at) else ()) + (
        SEASON if has_seasons(created_at) else ()
    )
    moments = moments_of(created_at)
    known = {name: moments[name][np.isfinite(moments[name])] for name in circles}
    return {name: seen_range(values) for name, values in known.items()}


def has_spread(low: float, high: float) -> bool:
    """Tell whether numbers between these differ by more than rounding."""
    return high - low > LEAST_SPREAD * max(abs(low), abs(high))


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
