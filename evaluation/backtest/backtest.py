"""A backtest: the past replayed, and what the log measures of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import nan

import pandas as pd

from evaluation.backtest.replay import SHUFFLED, Replay
from evaluation.experiment import ExperimentPlan
from evaluation.identification import Identification
from evaluation.interval import Interval
from evaluation.labels import EXPECTED, MEASURED, SUGGESTED
from evaluation.off_policy import (
    QUEUES,
    LiftEstimate,
    Log,
    Target,
    ValueEstimate,
    cross_fit,
    estimate_lift,
    estimate_value,
)
from scoring.card.figures import Level
from solver.policies import CutShort

VALUE = "measured value"
"""What every output calls the mean outcome per lead that the log measures."""
SUGGESTED_VALUE = "suggested value"
"""The same where propensities are assumed."""


@dataclass(frozen=True)
class MeasuredPolicy:
    """The model expectation of one policy, and what the log measures of it.

    Attributes
    ----------
    policy
        Its name.
    expected
        The model expectation per lead, in the log's unit.
    value
        What it would have won per lead.
    lift
        What it wins beyond the baseline; `None` for the baseline itself.
    utilisation, matching
        The two parts of the lift: other loads and other leads served, and the right
        rep for the right lead. `None` where they are not known.
    """

    policy: str
    expected: float
    value: ValueEstimate
    lift: LiftEstimate | None
    utilisation: Interval | None
    matching: Interval | None


@dataclass(frozen=True, eq=False)
class Backtest:
    """Policies on past days, and what logged outcomes measure of them.

    Attributes
    ----------
    since, until
        The days replayed (UTC).
    n_days, n_leads
        How many days, and the leads that were assigned on them.
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
    plans
        What measures a lift to within so many points, where history does not.
    cut_short
        What the time limit kept from each policy, where it did.
    level
        How many of the leads were expected to be won, and how many were; `None` where
        that was not replayed, or of too few.
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
    plans: tuple[ExperimentPlan, ...]
    cut_short: tuple[CutShort, ...] = ()
    level: Level | None = None

    @property
    def label(self) -> str:
        """What its lifts are called: measured, or only suggested."""
        is_assumed = self.log is not None and self.log.source == QUEUES
        return SUGGESTED if is_assumed else MEASURED

    @property
    def value_label(self) -> str:
        """What the mean outcomes per lead are called."""
        return VALUE if self.label == MEASURED else SUGGESTED_VALUE

    @property
    def lifts(self) -> dict[str, Interval]:
        """Policy -> its lift over the baseline, where the log can tell."""
        return {
            measured.policy: measured.lift.headline
            for measured in self.policies
            if measured.lift is not None and measured.lift.headline is not None
        }

    @property
    def table(self) -> pd.DataFrame:
        """One tidy row per policy and figure: policy, figure, estimate, low, high."""
        rows: list[tuple[str, str, float, float, float]] = [
            (str(policy), EXPECTED, float(estimate), nan, nan)
            for policy, estimate in self.expected.items()
        ]
        for measured in self.policies:
            labels = self.value_label, self.label
            figures = _figures(measured, *labels)
            rows += [(measured.policy, *figure) for figure in figures]
        columns = ["policy", "figure", "estimate", "low", "high"]
        return pd.DataFrame(rows, columns=columns)


def _figures(
    measured: MeasuredPolicy, value_label: str, label: str
) -> Iterator[tuple[str, float, float, float]]:
    lift = None if measured.lift is None else measured.lift.headline
    figures: dict[str, Interval | None] = {
        value_label: measured.value.headline,
        label: lift,
        f"{label}: matching": measured.matching,
        f"{label}: utilisation": measured.utilisation,
    }
    for name, interval in figures.items():
        if interval is not None:
            yield name, interval.estimate, interval.low, interval.high


def measure(
    replay: Replay, log: Log, policies: Sequence[str], baseline: str, seed: int
) -> tuple[MeasuredPolicy, ...]:
    """Return what the log measures of each policy.

    Parameters
    ----------
    replay
        What the policies would have done; leads that the log leaves out are ignored.
    log
        Leads with propensities and final outcomes, all of them replayed.
    policies, baseline
        Names of policies that were replayed.
    seed
        Of the bootstrap.
    """
    model = cross_fit(log)
    targets = {
        name: Target.from_table(log, table[table["lead_id"].isin(log.lead_id)])
        for name, table in replay.targets.items()
    }
    lift_over = partial(estimate_lift, log, model=model, seed=seed)
    expected = replay.expected.set_index("lead_id").loc[list(log.lead_id)].mean()
    measured = []
    for name in policies:
        is_baseline = name == baseline
        target = targets[name]
        lift = None if is_baseline else lift_over(target, targets[baseline])
        parts: tuple[Interval | None, Interval | None] = (None, None)
        shuffled = targets.get(f"{name}{SHUFFLED}")
        if shuffled is not None and lift is not None and lift.headline is not None:
            by_loads = lift_over(shuffled, targets[baseline])
            parts = by_loads.headline, _relative(lift_over(target, shuffled), lift)
        value = estimate_value(log, target, model, seed)
        policy = MeasuredPolicy(name, float(expected[name]), value, lift, *parts)
        measured.append(policy)
    return tuple(measured)


def _relative(matched: LiftEstimate, lift: LiftEstimate) -> Interval | None:
    """Return what matching adds, as a share of what the baseline wins."""
    difference, baseline = matched.difference, lift.baseline_value
    if difference is None or baseline is None:
        return None
    ends = (difference.estimate, difference.low, difference.high)
    return Interval(*(end / baseline.estimate for end in ends))
