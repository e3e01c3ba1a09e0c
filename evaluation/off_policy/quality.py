"""How good leads look, whoever gets them."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.off_policy.lead_matrix import lead_matrix
from evaluation.off_policy.regression import fit_logistic

N_FOLDS = 5


def held_out_quality(table: pd.DataFrame) -> NDArray[np.float64]:
    """Return the log odds of each lead, (n_leads,), by models of other stretches.

    Parameters
    ----------
    table
        Rows of history in order of time, open ones among them, (n_leads,).
    """
    matrix = lead_matrix(table).to_numpy()
    closed = (table["outcome"] != "open").to_numpy()
    won = (table["outcome"] == "won").to_numpy(dtype=np.float64)
    fold = np.arange(len(table)) * N_FOLDS // max(len(table), 1)
    quality = np.empty(len(table))
    for place in range(N_FOLDS):
        seen, asked = closed & (fold != place), fold == place
        quality[asked] = matrix[asked] @ fit_logistic(matrix[seen], won[seen])
    return quality
