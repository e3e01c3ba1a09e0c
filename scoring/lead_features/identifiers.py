"""Identifiers and free text: columns whose values say nothing of other rows."""

import numpy as np
import pandas as pd
from pandas.api.types import is_datetime64_any_dtype, is_numeric_dtype

from scoring.history.cells import distinct_texts, is_filled
from scoring.leakage.names import plain

MAX_DISTINCT_SHARE = 0.5
MIN_ROWS = 50
MANY_WORDS = 5.0
MANY_TEXTS = 100
IN_ORDER = 0.99
EXACT = 1e15
"""Beyond this float64 no longer tells neighbouring numbers apart."""
ID_WORDS = frozenset(["id", "uuid", "guid", "key", "ref", "reference"])
CODE_WORDS = frozenset(
    ["code", "naics", "nace", "plz", "postcode", "postal", "sic", "zip", "zipcode"]
)


def why_identifier(column: pd.Series) -> str | None:
    """Return why this column identifies rows, `None` if it does not.

    With too few rows it is `None`.

    Parameters
    ----------
    column
        Numbers, texts or times of closed history in order of time, (n_rows,), not all
        of them missing.
    """
    filled = column[is_filled(column)]
    if len(filled) < MIN_ROWS or is_datetime64_any_dtype(column):
        return None
    if is_numeric_dtype(column):
        return why_number_identifies(filled)
    place, texts = distinct_texts(filled)
    n_texts = len(np.unique(place))
    if n_texts > MAX_DISTINCT_SHARE * len(filled):
        return "nearly unique text"
    words = np.mean([text.count(" ") + 1 for text in texts[:-1]])
    if n_texts > MANY_TEXTS and words >= MANY_WORDS:
        return "free text"
    return None


def why_number_identifies(numbers: pd.Series) -> str | None:
    """Return why these numbers identify rows, `None` if they do not."""
    amounts = numbers.to_numpy(dtype=np.float64)
    distinct = len(np.unique(amounts))
    if is_category(numbers) and distinct > MAX_DISTINCT_SHARE * len(amounts):
        return "nearly unique, an id by its name"
    exact = np.all(np.abs(amounts) < EXACT)
    if exact and distinct == len(amounts) and np.all(amounts % 1 == 0):
        rising = float(np.mean(np.diff(amounts) > 0))
        if max(rising, 1 - rising) >= IN_ORDER:
            return "a running number"
    return None


def is_category(column: pd.Series) -> bool:
    """Tell whether numbers are a code by the column's name: no more and no less."""
    words = set(plain(str(column.name)).split())
    return bool(words & (ID_WORDS | CODE_WORDS))
