"""Blocks of columns that are filled in the same rows, and what the model is without."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd
from sklearn.base import clone

from scoring.card.figures import ColumnBlock
from scoring.history.cells import is_filled
from scoring.history.rows import is_won
from scoring.lead_features.features import Features
from scoring.lead_model.fitting import NEWEST_SHARE
from scoring.lead_model.lead_model import LeadModel
from scoring.lead_model.selection import TimeSlices
from scoring.leakage.discrimination import auc

ALIKE = 0.95
"""Correlation of two columns' filled cells from which they are of one block."""
MUCH = 0.1
"""AUC that a block must bring to be named."""
MAX_BLOCKS = 10


def find_blocks(
    rows: pd.DataFrame, model: LeadModel, weight: np.ndarray
) -> tuple[ColumnBlock, ...]:
    """Return the blocks that bring much, each by a model fitted without it.

    What was filled in afterwards is often filled in together, and a column may then be
    harmless alone that is not beside the others.

    Parameters
    ----------
    rows
        Closed history in order of time, (n_rows,).
    model
        Fitted on them.
    weight
        How much each row counts, (n_rows,).
    """
    if model.pipeline is None:
        return ()
    rows, weight = rows[weight > 0], weight[weight > 0]
    frame, won = model.features.frame(rows), is_won(rows)
    n_older = round(len(rows) * (1 - NEWEST_SHARE))
    slices = TimeSlices(
        *(frame.iloc[:n_older], won[:n_older], weight[:n_older]),
        *(frame.iloc[n_older:], won[n_older:], weight[n_older:]),
    )
    if not slices.can_judge:
        return ()
    blocks = list(blocks_of(rows, model.features))[:MAX_BLOCKS]
    if not blocks:
        return ()
    with_all = auc(slices.raw_logits(clone(model.pipeline)), slices.won_newer).value
    found = []
    for names in blocks:
        without = without_columns(slices, model.features, names)
        ranking = auc(without.raw_logits(clone(model.pipeline)), slices.won_newer)
        share = float(is_filled(rows[names[0]]).mean())
        found.append(ColumnBlock(names, share, with_all, ranking.value))
    return tuple(block for block in found if block.brings >= MUCH)


def blocks_of(rows: pd.DataFrame, features: Features) -> Iterator[tuple[str, ...]]:
    """Yield the columns in use that are filled in the same rows, two or more."""
    texts = [*features.categorical, *features.encoded]
    numbers = [features.ages.get(name, name) for name in features.numeric]
    filled = {name: is_filled(rows[name]) for name in sorted({*texts, *numbers})}
    partly = {name: cells for name, cells in filled.items() if 0 < cells.mean() < 1}
    while partly:
        first, cells = partly.popitem()
        alike = [name for name, other in partly.items() if are_alike(cells, other)]
        for name in alike:
            del partly[name]
        if alike:
            yield tuple(sorted([first, *alike]))


def are_alike(filled: np.ndarray, other: np.ndarray) -> bool:
    """Tell whether two columns are filled in nearly the same rows."""
    return bool(np.corrcoef(filled, other)[0, 1] >= ALIKE)


def without_columns(
    slices: TimeSlices, features: Features, names: tuple[str, ...]
) -> TimeSlices:
    """Return the slices with nothing known in these columns."""
    ages = {column: age for age, column in features.ages.items()}
    own = [ages.get(name, name) for name in names]
    nothing = {name: np.nan if name in features.numeric else -1 for name in own}
    return replace(
        slices,
        older=slices.older.assign(**nothing),
        newer=slices.newer.assign(**nothing),
    )
