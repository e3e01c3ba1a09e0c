"""A flag that tells which leads are lost, where no word of a stage does."""

import numpy as np

from crm.cells import TRUTHS
from crm.table import Table


def flag_of_lost(
    table: Table, closed: np.ndarray, is_won: np.ndarray
) -> dict[str, bool]:
    """Return the condition that holds for closed rows that are not won, and no others.

    {} where no column of true and false is so.

    Parameters
    ----------
    table
        The file.
    closed, is_won
        Whether each row has a close date, and whether it is won; shape (n_rows,) bool.
    """
    is_lost = closed & ~is_won
    if not is_won.any() or not is_lost.any():
        return {}
    for name in table.names:
        words = table.frame[name].str.lower()
        if not words.isin(list(TRUTHS)).all():
            continue
        is_true = words.map(TRUTHS).to_numpy(dtype=bool)
        for value in (False, True):
            if ((is_true == value) == is_lost).all():
                return {name: value}
    return {}
