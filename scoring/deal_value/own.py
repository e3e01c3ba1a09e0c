"""Values as the leads state them, and one value for all."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

MIN_BLANK = 30


@dataclass(frozen=True)
class MeanValue:
    """The same value for every lead.

    A mean, never a median: only means add up to the revenue of many leads.
    """

    mean: float

    def of(self, leads: pd.DataFrame) -> np.ndarray:
        """Return the value of each lead once won, (n_leads,)."""
        return np.full(len(leads), self.mean)


@dataclass(frozen=True)
class OwnValue:
    """Each lead's own `deal_value`, times what such estimates have come to.

    Attributes
    ----------
    ratio
        What won leads brought for each unit of their own estimate.
    where_missing, where_nought
        Value of leads whose own estimate is missing or 0.
    """

    ratio: float
    where_missing: float
    where_nought: float

    def of(self, leads: pd.DataFrame) -> np.ndarray:
        """Return the value of each lead once won, (n_leads,)."""
        stated = stated_values(leads)
        value = np.where(stated > 0, self.ratio * stated, self.where_nought)
        return np.where(np.isnan(stated), self.where_missing, value)


def fit_mean_value(value: np.ndarray, weight: np.ndarray) -> MeanValue:
    """Return the weighted mean of what won leads brought."""
    return MeanValue(float(np.average(value, weights=weight)))


def fit_own_value(
    rows: pd.DataFrame, value: np.ndarray, weight: np.ndarray
) -> OwnValue:
    """Return what the won rows' own estimates came to.

    The ratio is that of the sums. Estimates that are missing or 0 are replaced by
    what such rows brought, if there are `MIN_BLANK` of them; else a missing one by
    the mean of all, and 0 is believed.

    Parameters
    ----------
    rows
        Won rows, (n_rows,).
    value
        What each brought, (n_rows,).
    weight
        What each counts for, (n_rows,).
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


def stated_values(table: pd.DataFrame) -> np.ndarray:
    """Return each row's own `deal_value`, (n_rows,) float64, NaN where missing."""
    if "deal_value" not in table.columns:
        return np.full(len(table), np.nan)
    return table["deal_value"].to_numpy(dtype=np.float64, na_value=np.nan)


def mean_stated(table: pd.DataFrame) -> float | None:
    """Return the mean of the `deal_value` above 0, `None` if there is none."""
    stated = stated_values(table)
    known = stated[stated > 0]
    return float(known.mean()) if len(known) else None
