"""The deal value of won leads: the estimate with the lowest out-of-time deviance."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from scoring.deal_value.estimates import (
    DealValue,
    MeanValue,
    OwnValue,
    ValueFinding,
    ValueSelection,
    stated_values,
)
from scoring.deal_value.fitting import fit_mean_value, fit_own_value, fit_regression
from scoring.history.rows import is_won
from scoring.lead_features.features import Features
from scoring.statistics.likelihood import paired_mean

ABSURD = 1000.0
"""Multiples of the 90 % quantile above which a value is taken for a typing error."""
MIN_WON = 50
MIN_STATED = 30
TEST_SHARE = 0.25
LEAST_SHARE = 1e-3
"""Share of the mean that expectations are raised to before they are judged."""


def fit_deal_value(
    rows: pd.DataFrame,
    features: Features,
    leads: pd.DataFrame | None = None,
    weight: np.ndarray | None = None,
) -> tuple[DealValue, ValueFinding]:
    """Return the estimate of the value of won leads, and how it was chosen.

    The leads' own estimates stay unless the mean, or a regression on the leads'
    features, is nearer on the newest won rows by more than its standard error.

    Parameters
    ----------
    rows
        Closed history in order of time, (n_rows,).
    features
        The columns that a regression may use.
    leads
        Leads to be valued; used only where history states no value at all.
    weight
        What each row counts for, (n_rows,); 1 if `None`.
    """
    weight = np.ones(len(rows)) if weight is None else weight
    won = (is_won(rows) > 0) & (weight > 0)
    paid, value = paid_rows(rows[won])
    if len(value) < MIN_WON or not value.any():
        return stated_deal_value(value, rows[won], leads)
    weight = weight[won][paid]
    won_rows = rows[won][paid]
    selection = compare(won_rows, value, weight, features)
    estimate = fit_estimate(selection.chosen, won_rows, value, weight, features)
    return estimate, finding_of(estimate, len(value), selection)


def paid_rows(won: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return which of the won rows have a value, and those values.

    Negative values count as 0. Values above `ABSURD` times the 90 % quantile are cut
    to that: heavy tails stay, a typing error does not decide.

    Returns
    -------
    tuple of numpy.ndarray
        (n_won,) bool, and (n_paid,), at least 0.
    """
    if "won_value" not in won.columns:
        return np.zeros(len(won), dtype=bool), np.empty(0)
    value = won["won_value"].to_numpy(dtype=np.float64, na_value=np.nan)
    known = np.isfinite(value)
    value = np.maximum(value[known], 0.0)
    high = float(np.quantile(value, 0.9)) if len(value) else 0.0
    return known, np.minimum(value, ABSURD * high) if high > 0 else value


def compare(
    rows: pd.DataFrame, value: np.ndarray, weight: np.ndarray, features: Features
) -> ValueSelection:
    """Return how each estimate, fitted on the older rows, does on the newer."""
    n_train = round(len(value) * (1 - TEST_SHARE))
    train = rows[:n_train], value[:n_train], weight[:n_train]
    n_stated = np.sum(stated_values(train[0]) > 0)
    sources = ["own estimate"] * bool(n_stated >= MIN_STATED) + ["mean"]
    sources += ["regression"] * bool(train[1].any())
    least = max(LEAST_SHARE * fit_mean_value(*train[1:]).mean, 1e-9)
    expected = {
        source: np.maximum(
            fit_estimate(source, *train, features).predict(rows[n_train:]), least
        )
        for source in sources
    }
    return select(value[n_train:], weight[n_train:], expected, n_train)


def fit_estimate(
    source: str,
    rows: pd.DataFrame,
    value: np.ndarray,
    weight: np.ndarray,
    features: Features,
) -> DealValue:
    """Return one estimate of the value, fitted on these rows."""
    if source == "own estimate":
        return fit_own_value(rows, value, weight)
    if source == "mean":
        return fit_mean_value(value, weight)
    return fit_regression(rows, value, weight, features)


def select(
    value: np.ndarray,
    weight: np.ndarray,
    expected: Mapping[str, np.ndarray],
    n_train: int,
) -> ValueSelection:
    """Return which estimate is nearest; an earlier one stays unless clearly beaten.

    Parameters
    ----------
    value
        Values of the test leads, (n_test,), at least 0.
    weight
        Weights, (n_test,).
    expected
        Estimate -> what it expected of them, (n_test,), above 0; simplest first.
    n_train
        Older rows the estimates were fitted on.
    """
    loss = {source: deviances(value, expected[source]) for source in expected}
    simplest, *alternatives = loss
    chosen, gain, error = simplest, 0.0, 0.0
    for source in alternatives:
        mean, standard_error = paired_mean(loss[chosen] - loss[source], weight)
        if mean > standard_error:
            chosen = source
    if chosen != simplest:
        gain, error = paired_mean(loss[simplest] - loss[chosen], weight)
    means = {
        source: float(np.average(deviance, weights=weight))
        for source, deviance in loss.items()
    }
    return ValueSelection(n_train, len(value), means, gain, error, chosen)


def deviances(value: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """Return each row's Tweedie deviance, (n_rows,).

    Its expectation is least at the mean, so that expected sums are right, and it
    grows with the root of the value only, so that one large deal does not decide.

    References
    ----------
    Jorgensen (1987), Exponential dispersion models, Journal of the Royal
    Statistical Society B 49, 127-145.
    """
    return 4 * (np.sqrt(value) - np.sqrt(expected)) ** 2 / np.sqrt(expected)


def stated_deal_value(
    paid: np.ndarray, won: pd.DataFrame, leads: pd.DataFrame | None
) -> tuple[DealValue, ValueFinding]:
    """Return the leads' own estimates, where too few won rows have a value.

    A missing one is replaced by the mean of what won leads brought, else of what
    they stated, else of what the leads state.
    """
    stated = [mean_stated(won), None if leads is None else mean_stated(leads)]
    brought = float(paid.mean()) if paid.any() else None
    means = [mean for mean in (brought, *stated) if mean is not None]
    n_won = len(paid)
    if not means:
        return MeanValue(1.0), ValueFinding("none", n_won, 1.0, 1.0, None)
    if not any(stated):
        estimate: DealValue = MeanValue(means[0])
    else:
        estimate = OwnValue(1.0, means[0], 0.0)
    return estimate, finding_of(estimate, n_won, None)


def finding_of(
    estimate: DealValue, n_won: int, selection: ValueSelection | None
) -> ValueFinding:
    """Return the finding of an estimate that rests on so many won leads."""
    if isinstance(estimate, OwnValue):
        where_missing = estimate.where_missing
        return ValueFinding(
            "own estimate", n_won, estimate.ratio, where_missing, selection
        )
    if isinstance(estimate, MeanValue):
        return ValueFinding("mean", n_won, 1.0, estimate.mean, selection)
    return ValueFinding("regression", n_won, 1.0, None, selection)


def mean_stated(table: pd.DataFrame) -> float | None:
    """Return the mean of the `deal_value` above 0, `None` if there is none."""
    stated = stated_values(table)
    known = stated[stated > 0]
    return float(known.mean()) if len(known) else None
