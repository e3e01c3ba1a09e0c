"""What is to be known of the columns of a history that is not read itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from crm.schema import TABLES, Kind

MOST_WORDS = 50
"""Different words of a category in history; a column of more holds names or texts."""
MOST_LOOKED = 1000
"""Rows whose words tell that they are too many, if they are."""
FEWEST_ROWS = 2
"""Rows of history that a word of a category has on average, at least."""
_CATEGORIES = ("territory", "product", "language", "source", "priority")


@dataclass(frozen=True)
class PastColumns:
    """The columns of a history: enough to read the day's leads as beside it.

    Attributes
    ----------
    names
        The columns that its file had, after mapping.
    kinds
        Feature -> the kind it was read as, of those with a value in some row.
    words
        Category -> the words it had, in the order of their first rows; only columns of
        few words that repeat.
    """

    names: tuple[str, ...] = ()
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def past_columns(history: pd.DataFrame, names: Iterable[str]) -> PastColumns:
    """Return what is to be known of a history in its place.

    Parameters
    ----------
    history
        The table, (n_rows,), typed.
    names
        The columns that its file had.
    """
    features = [name for name in map(str, history) if name not in TABLES["history"]]
    kinds = {name: kind_of(history[name]) for name in features}
    return PastColumns(
        names=tuple(sorted(names)),
        kinds={
            name: kind for name, kind in kinds.items() if _has_a_value(history[name])
        },
        words=category_words(history),
    )


def kind_of(cells: pd.Series) -> Kind:
    """Return the kind of a typed column that the schema does not know."""
    if isinstance(cells.dtype, pd.DatetimeTZDtype):
        return "timestamp"
    return "text" if cells.dtype == object else "number"


def category_words(history: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Return category -> its words, of the columns with few words that repeat."""
    found = {}
    for name in map(str, history):
        if name in TABLES["leads"] and name not in _CATEGORIES:
            continue
        if name in TABLES["history"] and name not in TABLES["leads"]:
            continue
        if history[name].dtype == object and (words := _few_words(history[name])):
            found[name] = words
    return found


def _few_words(cells: pd.Series) -> tuple[str, ...]:
    if cells.iloc[:MOST_LOOKED].nunique() > MOST_WORDS + 1:
        return ()
    filled = cells[cells != ""]
    words = tuple(map(str, filled.unique()))
    too_many = len(words) > MOST_WORDS or len(filled) < FEWEST_ROWS * len(words)
    return () if too_many else words


def _has_a_value(cells: pd.Series) -> bool:
    return bool((cells != "").any() if cells.dtype == object else cells.notna().any())
