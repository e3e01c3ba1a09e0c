"""Log odds of leads by their columns: features as numbers, and a ridge regression."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import logit
from sklearn.linear_model import LogisticRegression

from scoring.lead_features.features import Features
from scoring.lead_features.selection import choose_features

CONSTANT = "constant"
N_FOLDS = 5


def lead_matrix(table: pd.DataFrame) -> pd.DataFrame:
    """Return a constant one and the leads' features, (n_leads, n_columns) float64.

    Numbers are standardised, a missing one is average; texts of few levels have a
    column for each level but one. Columns that leak the outcome are left out, and
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
        columns[name] = _standardised(frame[name].to_numpy(dtype=np.float64))
    for name in features.categorical_names:
        codes = frame[name].to_numpy()
        for code in np.unique(codes)[1:]:
            columns[f"{name} {_level(features, name, code)}"] = 1.0 * (codes == code)
    return pd.DataFrame(columns)


def fit_logistic(
    matrix: NDArray[np.float64], won: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the weights of a ridge logistic regression, (n_columns,).

    Where nothing or everything was won, or there are no columns, the base rate alone.

    Parameters
    ----------
    matrix
        Constant one and standardised columns, (n_rows, n_columns).
    won
        1 or 0, (n_rows,).
    """
    weights = np.zeros(matrix.shape[1])
    if matrix.shape[1] > 1 and 0 < won.sum() < len(won):
        model = LogisticRegression(solver="newton-cholesky")
        model.fit(matrix[:, 1:], won)
        weights[0], weights[1:] = model.intercept_[0], model.coef_[0]
    else:
        weights[0] = logit((won.sum() + 0.5) / (len(won) + 1))
    return weights


def held_out_quality(table: pd.DataFrame) -> NDArray[np.float64]:
    """Return the log odds of each lead, (n_leads,), by models of other periods.

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
        training, held_out = closed & (fold != place), fold == place
        weights = fit_logistic(matrix[training], won[training])
        quality[held_out] = matrix[held_out] @ weights
    return quality


def _level(features: Features, name: str, code: int) -> str:
    """Return the text that a code of a column stands for, or the code."""
    levels = features.categorical.get(name)
    return str(code) if levels is None else levels[code]


def _standardised(numbers: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a column of mean 0 and variance 1, (n,); 0 where missing or constant."""
    known = np.isfinite(numbers)
    if not known.any():
        return np.zeros(len(numbers))
    centred = np.where(known, numbers - numbers[known].mean(), 0.0)
    spread = float(np.sqrt(np.mean(centred[known] ** 2)))
    return centred / spread if spread > 0 else centred
