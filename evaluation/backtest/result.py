"""A backtest: the past replayed, and what the log says of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import nan

import pandas as pd

from evaluation.backtest.measurement import MeasuredPolicy
from evaluation.experiment import SampleSize
from evaluation.identification import Identification
from evaluation.interval import Interval
from evaluation.labels import EXPECTED, MEASURED
from evaluation.off_policy import Log

VALUE = "measured value"
"""What every output calls the mean outcome per lead that the log measures."""


@dataclass(frozen=True)
class Need:
    """What a randomised share takes to measure a lift.

    Attributes
    ----------
    control_share
        Share of the leads given out by the control policy.
    half_width
        Of the 95 % interval, as a relative lift.
    by_arms, by_propensities
        Leads and weeks until then: arms compared, and doubly robust.
    """

    control_share: float
    half_width: float
    by_arms: SampleSize
    by_propensities: SampleSize


@dataclass(frozen=True, eq=False)
class Backtest:
    """Policies on past days, and what logged outcomes say of them.

    Attributes
    ----------
    since, until
        The days replayed (UTC).
    n_days, n_leads
        How many days, and the leads that were given out on them.
    n_trained
        How often a model was trained.
    baseline
        The policy that lifts are over.
    unit
        What is counted: conversions or revenue.
    expected
        Policy -> the model expectation per lead, in the objective's unit.
    log
        The leads that measure; `None` where nothing is identifiable.
    policies
        What they measure; empty without a log.
    identification
        Where queues look random, if history has no propensities.
    rules_not_followed
        Rules that were not in force then: name -> share of the leads that break them.
    needs
        What measures a lift to within so many points, where history does not.
    """

    since: pd.Timestamp
    until: pd.Timestamp
    n_days: int
    n_leads: int
    n_trained: int
    baseline: str
    unit: str
    expected: pd.Series
    log: Log | None
    policies: tuple[MeasuredPolicy, ...]
    identification: Identification | None
    rules_not_followed: Mapping[str, float]
    needs: tuple["Need", ...]

    @property
    def lifts(self) -> dict[str, Interval]:
        """Policy -> its measured lift over the baseline, where the log can tell."""
        found = {of.policy: of.lift.headline for of in self.policies if of.lift}
        return {policy: lift for policy, lift in found.items() if lift is not None}

    @property
    def table(self) -> pd.DataFrame:
        """One tidy row per policy and figure: policy, figure, estimate, low, high."""
        rows: list[tuple[str, str, float, float, float]] = [
            (str(policy), EXPECTED, float(estimate), nan, nan)
            for policy, estimate in self.expected.items()
        ]
        for of in self.policies:
            rows += [(of.policy, *figure) for figure in _measured(of)]
        columns = ["policy", "figure", "estimate", "low", "high"]
        return pd.DataFrame(rows, columns=columns)


def _measured(of: MeasuredPolicy) -> Iterator[tuple[str, float, float, float]]:
    lift = None if of.lift is None else of.lift.headline
    figures: dict[str, Interval | None] = {
        VALUE: of.value.headline,
        MEASURED: lift,
        f"{MEASURED}: matching": of.matching,
        f"{MEASURED}: utilisation": of.utilisation,
    }
    for name, interval in figures.items():
        if interval is not None:
            yield name, interval.estimate, interval.low, interval.high
