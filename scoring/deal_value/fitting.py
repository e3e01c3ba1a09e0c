"""Fitting each estimate of the deal value on won leads with a known value."""

import warnings

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import TweedieRegressor

from scoring.deal_value.estimates import (
    MeanValue,
    OwnValue,
    ValueRegression,
    stated_values,
)
from scoring.history.cells import spread_out
from scoring.lead_features.features import Features
from scoring.lead_model.pipelines import categorical_step, numeric_steps

MIN_BLANK = 30
POWER = 1.5
"""Between counts (1) and values whose spread grows with them (2); allows 0."""
PENALTY = 10.0
"""Prior rows in which the features have no effect on the value."""
MAX_ROWS = 100_000


def fit_mean_value(value: np.ndarray, weight: np.ndarray) -> MeanValue:
    """Return the weighted mean value of won leads."""
    return MeanValue(float(np.average(value, weights=weight)))


def fit_own_value(
    rows: pd.DataFrame, value: np.ndarray, weight: np.ndarray
) -> OwnValue:
    """Return the ratio of the won rows' values to their own estimates.

    The ratio is that of the sums. Estimates that are missing or 0 are replaced by
    the mean value of such rows, if there are `MIN_BLANK` of them; else a missing one by
    the mean of all, and 0 is taken as it is.

    Parameters
    ----------
    rows
        Won rows, (n_rows,).
    value
        Their values, (n_rows,).
    weight
        Weights, (n_rows,).
    """
    stated = stated_values(rows)
    known, missing, nought = stated > 0, np.isnan(stated), stated == 0
    brought = np.sum(weight[known] * value[known])
    ratio = brought / np.sum(weight[known] * stated[known]) if known.any() else 1.0
    mean = np.average(value, weights=weight)

    def where(blank: np.ndarray, otherwise: float) -> float:
        if blank.sum() < MIN_BLANK:
            return float(otherwise)
        return float(np.average(value[blank], weights=weight[blank]))

    return OwnValue(float(ratio), where(missing, mean), where(nought, 0.0))


def fit_regression(
    rows: pd.DataFrame, value: np.ndarray, weight: np.ndarray, features: Features
) -> ValueRegression:
    """Return the regression fitted on at most `MAX_ROWS` of these won rows.

    Columns of very many levels are left to the mean.

    Parameters
    ----------
    rows
        Won rows of history, (n_rows,).
    value
        Their values, (n_rows,), at least 0 and not all 0.
    weight
        Weights, (n_rows,).
    features
        The columns to use.
    """
    sample = spread_out(len(rows), MAX_ROWS)
    rows, value, weight = rows.iloc[sample], value[sample], weight[sample]
    columns = ColumnTransformer(
        [
            ("numeric", numeric_steps(), features.numeric_names),
            ("categorical", categorical_step(), features.categorical_names),
        ]
    )
    regression = TweedieRegressor(
        power=POWER, alpha=PENALTY / len(sample), link="log", solver="newton-cholesky"
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
