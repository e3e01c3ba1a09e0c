"""Strata of leads whose reps can be compared: one territory, one product, or both."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

MIN_ROWS = 20
MIN_ROWS_OF_BOTH = 200
MIN_ROWS_OF_REP = 5


@dataclass(frozen=True)
class Stratum:
    """Rows of history that two or more reps can be compared on.

    Attributes
    ----------
    name
        The territory and product, in words.
    rows
        Positions in history, (n_rows,).
    rep
        Rep of each row, (n_rows,), position in `rep_ids`.
    cell
        Territory and product of each, (n_rows,): reps are compared within one.
    rep_ids
        Reps with `MIN_ROWS_OF_REP` rows or more; the rows of others are left out.
    """

    name: str
    rows: np.ndarray
    rep: np.ndarray
    cell: np.ndarray
    rep_ids: tuple[str, ...]


def strata_of(history: pd.DataFrame) -> Iterator[Stratum]:
    """Yield every territory, every product, and each pair of them if large enough.

    All leads are one stratum where both columns are constant.

    Parameters
    ----------
    history
        Table of assigned leads, (n_rows,).
    """
    present = [name for name in ("territory", "product") if name in history.columns]
    columns = [name for name in present if history[name].nunique() > 1]
    rep, rep_ids = pd.factorize(history["rep_id"].to_numpy(dtype=object), sort=True)
    cell = cells(history, columns)
    groupings = [([name], MIN_ROWS) for name in columns] or [([], MIN_ROWS)]
    if len(columns) > 1:
        groupings.append((columns, MIN_ROWS_OF_BOTH))
    for by, least in groupings:
        for name, rows in groups(history, by):
            kept = rows[np.bincount(rep[rows])[rep[rows]] >= MIN_ROWS_OF_REP]
            place, rep_here = np.unique(rep[kept], return_inverse=True)
            if len(place) > 1 and len(kept) >= least:
                yield Stratum(name, kept, rep_here, cell[kept], tuple(rep_ids[place]))


def groups(
    history: pd.DataFrame, by: Sequence[str]
) -> Iterator[tuple[str, np.ndarray]]:
    """Yield the name and the positions of the rows of each group, by name."""
    if not by:
        yield "the whole company", np.arange(len(history))
        return
    for key, rows in history.groupby(list(by), sort=True).indices.items():
        levels = key if isinstance(key, tuple) else (key,)
        if all(levels):
            names = map(level_name, by, levels)
            yield ", ".join(names), np.asarray(rows)


def level_name(column: str, level: str) -> str:
    """Return the level with its column before it, unless it says so itself."""
    says_so = level.lower().startswith(column)
    return level if says_so else f"{column} {level}"


def cells(history: pd.DataFrame, columns: Sequence[str]) -> np.ndarray:
    """Return a number for each row's levels in these columns, (n_rows,)."""
    if not columns:
        return np.zeros(len(history), dtype=np.int64)
    return history.groupby(list(columns), sort=False).ngroup().to_numpy()


def less_mean(values: np.ndarray, group: np.ndarray) -> np.ndarray:
    """Return the values less the mean of their group, (n_rows,)."""
    n_rows = np.maximum(np.bincount(group), 1)
    return values - (np.bincount(group, values) / n_rows)[group]
