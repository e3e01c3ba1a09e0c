"""A regression of what won leads bring on what is known of a lead beforehand."""

import warnings
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.compose import ColumnTransformer
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import TweedieRegressor

from scoring.deal_value.contest import POWER
from scoring.lead_features.features import Features
from scoring.lead_features.values import spread_out
from scoring.lead_model.pipeline import categorical_step, numeric_steps

PENALTY = 10.0
"""In rows: so many say that the features tell nothing of the value."""
MAX_TAUGHT = 100_000


@dataclass(frozen=True)
class ValueRegression:
    """A fitted regression whose expectations sum to what the won leads brought.

    Attributes
    ----------
    features
        What a lead is judged by.
    columns
        Turns features into numbers, none missing.
    slope
        What each of them adds to the logarithm of the value, (n_columns,).
    scale
        The value where all of them are 0.
    greatest
        The greatest value seen; nothing beyond it is expected.
    """

    features: Features
    columns: ColumnTransformer
    slope: NDArray[np.float64]
    scale: float
    greatest: float

    def of(self, leads: pd.DataFrame) -> np.ndarray:
        """Return the value expected of each lead once won, (n_leads,), above 0."""
        if leads.empty:
            return np.empty(0)
        exponent = self.columns.transform(self.features.frame(leads)) @ self.slope
        return np.minimum(self.scale * np.exp(exponent), self.greatest)


def fit_regression(
    rows: pd.DataFrame, value: np.ndarray, weight: np.ndarray, features: Features
) -> ValueRegression:
    """Return the regression taught by at most `MAX_TAUGHT` of these won rows.

    Columns of very many levels are left to the mean.

    Parameters
    ----------
    rows
        Won rows of history, (n_rows,).
    value
        What each brought, (n_rows,), at least 0 and not all 0.
    weight
        What each row counts for, (n_rows,).
    features
        The columns to learn from.
    """
    some = spread_out(len(rows), MAX_TAUGHT)
    rows, value, weight = rows.iloc[some], value[some], weight[some]
    columns = ColumnTransformer(
        [
            ("numeric", numeric_steps(), features.numeric_names),
            ("categorical", categorical_step(), features.categorical_names),
        ]
    )
    regression = TweedieRegressor(
        power=POWER, alpha=PENALTY / len(some), link="log", solver="newton-cholesky"
    )
    table = columns.fit_transform(features.frame(rows))
    mean = np.average(value, weights=weight)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        regression.fit(table, value / mean, sample_weight=weight)
    slope = regression.coef_
    share = np.average(np.exp(table @ slope), weights=weight)
    return ValueRegression(
        features, columns, slope, scale=float(mean / share), greatest=float(value.max())
    )
