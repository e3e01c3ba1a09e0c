"""Estimates of a lead's value once won, and how one of them was chosen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.compose import ColumnTransformer

from scoring.lead_features.features import Features

ValueSource = Literal["own estimate", "mean", "regression", "none"]


@dataclass(frozen=True)
class MeanValue:
    """The same value for every lead.

    A mean, never a median: only means add up to the revenue of many leads.
    """

    mean: float

    def predict(self, leads: pd.DataFrame) -> np.ndarray:
        """Return the value of each lead once won, (n_leads,)."""
        return np.full(len(leads), self.mean)


@dataclass(frozen=True)
class OwnValue:
    """Each lead's own `deal_value`, times a ratio fitted on won leads.

    Attributes
    ----------
    ratio
        Value of won leads per unit of their own estimate.
    where_missing, where_nought
        Value of leads whose own estimate is missing or 0.
    """

    ratio: float
    where_missing: float
    where_nought: float

    def predict(self, leads: pd.DataFrame) -> np.ndarray:
        """Return the value of each lead once won, (n_leads,)."""
        stated = stated_values(leads)
        value = np.where(stated > 0, self.ratio * stated, self.where_nought)
        return np.where(np.isnan(stated), self.where_missing, value)


@dataclass(frozen=True)
class ValueRegression:
    """A fitted regression whose expectations sum to what the won leads brought.

    Attributes
    ----------
    features
        The lead's features.
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

    def predict(self, leads: pd.DataFrame) -> np.ndarray:
        """Return the value expected of each lead once won, (n_leads,), above 0."""
        if leads.empty:
            return np.empty(0)
        exponent = self.columns.transform(self.features.frame(leads)) @ self.slope
        return np.minimum(self.scale * np.exp(exponent), self.greatest)


DealValue = OwnValue | MeanValue | ValueRegression
"""Gives the value of each lead, once won, by its `predict`."""


@dataclass(frozen=True)
class ValueSelection:
    """How the estimates of the value compared on the newest won rows.

    Attributes
    ----------
    n_train, n_test
        Won rows with a value, older and newer.
    deviance
        Estimate -> mean Tweedie deviance per test row, in value to the power 0.5;
        lower is nearer.
    gain, standard_error
        How much lower the chosen one's is than that of the simplest, and its paired
        standard error; 0 where the simplest stays.
    chosen
        The estimate that is used.
    """

    n_train: int
    n_test: int
    deviance: Mapping[str, float]
    gain: float
    standard_error: float
    chosen: str


@dataclass(frozen=True)
class ValueFinding:
    """Where the expected value of a won lead comes from.

    Attributes
    ----------
    source
        The leads' own estimates, the mean, a regression, or nothing: then every lead
        counts 1.
    n_won
        Won leads with a value that it rests on.
    ratio
        Value of won leads per unit of their own estimate; 1 where not estimated.
    where_missing
        Value of a lead without an own estimate, or of every lead for a mean; `None`
        for a regression.
    selection
        How the estimates compared; `None` where they could not.
    """

    source: ValueSource
    n_won: int
    ratio: float
    where_missing: float | None
    selection: ValueSelection | None


def stated_values(table: pd.DataFrame) -> np.ndarray:
    """Return each row's own `deal_value`, (n_rows,) float64, NaN where missing."""
    if "deal_value" not in table.columns:
        return np.full(len(table), np.nan)
    return table["deal_value"].to_numpy(dtype=np.float64, na_value=np.nan)
