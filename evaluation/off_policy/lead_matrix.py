"""The columns of leads as numbers that a regression takes."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scoring.lead_features.features import Features
from scoring.lead_features.selection import choose_features

CONSTANT = "constant"


def lead_matrix(table: pd.DataFrame) -> pd.DataFrame:
    """Return a constant one and the leads' features, (n_leads, n_columns) float64.

    Numbers are standardised, a missing one is average; texts of few levels have a
    column for each level but one. Columns that know the outcome are left out, and
    texts of many levels.

    Parameters
    ----------
    table
        Rows of history in order of time, (n_leads,).
    """
    is_open = (table["outcome"] == "open").to_numpy()
    features = choose_features(table[~is_open], None, open_rows=table[is_open])
    frame = features.frame(table)
    columns = {CONSTANT: np.ones(len(table))}
    for name in features.numeric_names:
        columns[name] = standardised(frame[name].to_numpy(dtype=np.float64))
    for name in features.categorical_names:
        codes = frame[name].to_numpy()
        for code in np.unique(codes)[1:]:
            columns[f"{name} {level(features, name, code)}"] = 1.0 * (codes == code)
    return pd.DataFrame(columns)


def level(features: Features, name: str, code: int) -> str:
    """Return the text that a code of a column stands for, or the code."""
    levels = features.categorical.get(name)
    return str(code) if levels is None else levels[code]


def standardised(numbers: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a column of mean 0 and variance 1, (n,); 0 where missing or constant."""
    known = np.isfinite(numbers)
    if not known.any():
        return np.zeros(len(numbers))
    centred = np.where(known, numbers - numbers[known].mean(), 0.0)
    spread = float(np.sqrt(np.mean(centred[known] ** 2)))
    return centred / spread if spread > 0 else centred
