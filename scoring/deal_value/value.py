"""What a lead brings once it is won."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from scoring.deal_value.contest import ValueContest, hold_contest
from scoring.deal_value.own import (
    MeanValue,
    OwnValue,
    fit_mean_value,
    fit_own_value,
    mean_stated,
    stated_values,
)
from scoring.deal_value.paid_rows import PaidRows, paid_rows
from scoring.deal_value.regression import ValueRegression, fit_regression
from scoring.history import is_won
from scoring.lead_features.features import Features

OWN, MEAN, REGRESSION = "own estimate", "mean", "regression"
MIN_WON = 50
MIN_STATED = 30
TEST_SHARE = 0.25
LEAST_SHARE = 1e-3
"""Of the mean: an expectation below it is judged as if it were that."""


@dataclass(frozen=True)
class DealValue:
    """The value expected of a lead, given that it is won.

    Attributes
    ----------
    estimate
        Gives the value of each lead.
    source
        One sentence: where the values come from.
    contest
        How the ways of telling them compared; `None` where too few won rows have
        a value.
    """

    estimate: OwnValue | MeanValue | ValueRegression
    source: str
    contest: ValueContest | None = None

    def of(self, leads: pd.DataFrame) -> np.ndarray:
        """Return the value of each lead once won, (n_leads,) float64, at least 0."""
        return self.estimate.of(leads)


def fit_deal_value(
    rows: pd.DataFrame,
    features: Features,
    leads: pd.DataFrame | None = None,
    weight: np.ndarray | None = None,
) -> DealValue:
    """Return what leads bring, by what won leads brought where that is known.

    The leads' own estimates stay unless the mean, or a regression on the leads'
    features, is nearer on the newest won rows by more than its standard error.

    Parameters
    ----------
    rows
        Closed history in order of time, (n_rows,).
    features
        The columns that a regression may learn from.
    leads
        Leads to be valued; asked only where history states no value at all.
    weight
        What each row counts for, (n_rows,); 1 if `None`.
    """
    weight = np.ones(len(rows)) if weight is None else weight
    won = (is_won(rows) > 0) & (weight > 0)
    paid = paid_rows(rows[won], weight[won])
    if len(paid.value) < MIN_WON or not paid.value.any():
        return stated_deal_value(paid, rows[won], leads)
    contest = compare(paid, features)
    estimate = fit_way(contest.winner, paid, features)
    return DealValue(estimate, source_of(estimate, len(paid.value)), contest)


def compare(paid: PaidRows, features: Features) -> ValueContest:
    """Return how each way, taught by the older rows, does on the newer."""
    n_taught = round(len(paid.value) * (1 - TEST_SHARE))
    taught, tested = paid.part(slice(n_taught)), paid.part(slice(n_taught, None))
    n_stated = np.sum(stated_values(taught.rows) > 0)
    ways = [OWN] * bool(n_stated >= MIN_STATED) + [MEAN]
    ways += [REGRESSION] * bool(taught.value.any())
    least = max(LEAST_SHARE * fit_mean_value(taught.value, taught.weight).mean, 1e-9)
    expected = {
        way: np.maximum(fit_way(way, taught, features).of(tested.rows), least)
        for way in ways
    }
    return hold_contest(tested.value, tested.weight, expected, n_taught)


def fit_way(
    way: str, paid: PaidRows, features: Features
) -> OwnValue | MeanValue | ValueRegression:
    """Return one way of telling the value, taught by these rows."""
    if way == OWN:
        return fit_own_value(paid.rows, paid.value, paid.weight)
    if way == MEAN:
        return fit_mean_value(paid.value, paid.weight)
    return fit_regression(paid.rows, paid.value, paid.weight, features)


def source_of(estimate: OwnValue | MeanValue | ValueRegression, n_won: int) -> str:
    """Return in one sentence where values come from that won leads have taught."""
    taught = f"{n_won:,} won leads"
    if isinstance(estimate, OwnValue):
        return (
            f"Each lead's own deal_value times {estimate.ratio:.3g}, as {taught} "
            f"turned out; {estimate.where_missing:,.2f} where it is missing."
        )
    if isinstance(estimate, MeanValue):
        return (
            f"{estimate.mean:,.2f} for every lead, the mean of what {taught} brought: "
            "nothing that is known of a lead beforehand tells more."
        )
    return f"A regression on the lead's features, taught by what {taught} brought."


def stated_deal_value(
    paid: PaidRows, won: pd.DataFrame, leads: pd.DataFrame | None
) -> DealValue:
    """Return the leads' own estimates, where won rows say too little of values.

    A missing one is replaced by the mean of what won leads brought, else of what
    they stated, else of what the leads state.
    """
    stated = [mean_stated(won), None if leads is None else mean_stated(leads)]
    brought = float(paid.value.mean()) if paid.value.any() else None
    means = [mean for mean in (brought, *stated) if mean is not None]
    if not means:
        return DealValue(MeanValue(1.0), "Every lead counts 1: no value is known.")
    few = f"history has {len(paid.value):,} won leads with a won_value"
    if not any(stated):
        source = f"{means[0]:,.2f} for every lead, their mean: {few}."
        return DealValue(MeanValue(means[0]), source)
    source = f"Each lead's own deal_value, {means[0]:,.2f} where it is missing: {few}."
    return DealValue(OwnValue(1.0, means[0], 0.0), source)
