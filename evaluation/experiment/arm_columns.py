"""What is known of leads before their arm is drawn, as columns of numbers."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier

from crm.schema import TABLES
from evaluation.experiment.drawn import DrawnLeads
from scoring.history.cells import distinct_texts, is_filled, kind
from scoring.lead_features.identifiers import why_identifier
from scoring.lead_features.selection import (
    candidates,
    choose_features,
    why_not_usable,
)

N_FOLDS = 5
MOST_LEVELS = 20
LEAST_ROWS = 20
"""Leads of a level, or with a gap, below which it has no column."""
QUALITY = "predicted quality"
TOGETHER = "all columns together"
TIME_OF_DAY = "time of day"
Columns = dict[str, list[NDArray[Any]]]
"""Name -> encodings of a column, (n_leads,) each."""


def known_columns(drawn: DrawnLeads, leads: pd.DataFrame | None) -> Columns:
    """Return the columns that leads have before they are assigned, as numbers.

    Parameters
    ----------
    drawn
        Leads that were drawn for an arm, with their table.
    leads
        Today's leads: what they lack may have come after the assignment. `None` or
        empty: the table alone decides.

    Returns
    -------
    Name of the column -> its encodings, (n_leads,) float64 each: ranks of numbers, a
    column for each frequent text, and where the cell is empty.
    """
    table = drawn.table
    columns: Columns = {}
    for name in _names(table, leads):
        if encodings := [*_encoded(table[name])]:
            columns[name] = encodings
    if "created_at" in table and (times := _time_of_day(table["created_at"])).any():
        columns[TIME_OF_DAY] = [times]
    return columns


def predicted(drawn: DrawnLeads, columns: Columns) -> Columns:
    """Return lead quality and arm as other days predict them by the columns.

    Parameters
    ----------
    drawn
        The leads.
    columns
        As :func:`known_columns` gives them.
    """
    if not columns:
        return {}
    matrix = np.column_stack([one for many in columns.values() for one in many])
    everyone = np.full(drawn.n_leads, True)
    quality = _held_out(matrix, drawn.won, drawn.day, drawn.is_assigned)
    arm = _held_out(matrix, drawn.is_control, drawn.day, everyone)
    return {QUALITY: [quality], TOGETHER: [arm]}


def _names(table: pd.DataFrame, leads: pd.DataFrame | None) -> list[str]:
    """Return the columns that lie in the table and are known in time."""
    if "closed_at" not in table:
        names = candidates(table, table)
        usable = [name for name in names if why_not_usable(table, name) is None]
        return [name for name in usable if why_identifier(table[name]) is None]
    features = choose_features(table, leads)
    used = [*features.numeric, *features.categorical, *features.encoded]
    names = sorted({features.ages.get(name, name) for name in used})
    if leads is not None and len(leads):
        return names
    return [name for name in names if not _is_of_rep(table, name)]


def _is_of_rep(table: pd.DataFrame, name: str) -> bool:
    """Tell whether a column of no known meaning says no more than who the rep is."""
    if name in TABLES["leads"] or "rep_id" not in table:
        return False
    return bool((table.groupby("rep_id")[name].nunique(dropna=False) == 1).all())


def _held_out(
    matrix: NDArray[np.float64],
    truth: NDArray[np.bool_],
    day: NDArray[np.intp],
    is_known: NDArray[np.bool_],
) -> NDArray[np.float64]:
    """Return the log odds of what is true, (n,), by trees grown on other days."""
    fold = day * N_FOLDS // (day.max() + 1)
    score = np.zeros(len(matrix))
    for place in range(N_FOLDS):
        training, held_out = is_known & (fold != place), fold == place
        if not held_out.any() or truth[training].all() or not truth[training].any():
            continue
        model = HistGradientBoostingClassifier(
            max_iter=40, max_leaf_nodes=12, min_samples_leaf=30, random_state=0
        ).fit(matrix[training], truth[training])
        score[held_out] = model.decision_function(matrix[held_out])
    return score


def _encoded(column: pd.Series) -> Iterator[NDArray[Any]]:
    filled = is_filled(column)
    if LEAST_ROWS <= filled.sum() <= len(filled) - LEAST_ROWS:
        yield 1.0 * filled
    if kind(column) != "text":
        rank = column.rank(na_option="keep").fillna((filled.sum() + 1) / 2)
        yield rank.to_numpy(dtype=np.float64)
        return
    place, texts = distinct_texts(column)
    counts = np.bincount(place, minlength=len(texts))
    for level in np.argsort(-counts, kind="stable")[:MOST_LEVELS]:
        if LEAST_ROWS <= counts[level] <= len(filled) - LEAST_ROWS and texts[level]:
            yield 1.0 * (place == level)


def _time_of_day(moments: pd.Series) -> NDArray[np.float64]:
    local = moments.dt.tz_localize(None)
    seconds = (local - local.dt.normalize()).dt.total_seconds()
    return seconds.fillna(0.0).to_numpy(dtype=np.float64)
