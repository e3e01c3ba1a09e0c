"""How much more a policy would have won than another one."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

import numpy as np

from evaluation.interval import Interval
from evaluation.off_policy.bootstrap import interval_of, resampled_sums
from evaluation.off_policy.estimators import (
    Contributions,
    baseline_of,
    contributions_of,
    difference_of,
    doubly_robust,
    ips,
    ratio_of,
    snips,
)
from evaluation.off_policy.log import Log, Source
from evaluation.off_policy.outcome_model import OutcomeModel, cross_fit
from evaluation.off_policy.overlap import PolicyOverlap, check_overlap
from evaluation.off_policy.target import Target

Verdict = Literal["better", "worse", "no_measurable_lift", "not_identifiable"]


@dataclass(frozen=True)
class LiftEstimate:
    """What a policy wins beyond another one, relative, if the log can tell it.

    Attributes
    ----------
    ips, snips, dr
        Value of the policy over that of the baseline, less 1: by inverse propensity
        scores, by self-normalised ones, and doubly robust. `None` where an overlap has
        a doubt, or what the baseline wins cannot be told from nothing.
    difference
        What the policy wins more per logged lead, doubly robust, in conversions or
        revenue.
    baseline_value
        What the baseline wins per logged lead, doubly robust.
    target_overlap, baseline_overlap
        How far the log has tried what either would do.
    n_leads, n_days
        Logged leads, and on how many days they were assigned.
    source
        Where the propensities come from.
    """

    ips: Interval | None
    snips: Interval | None
    dr: Interval | None
    difference: Interval | None
    baseline_value: Interval | None
    target_overlap: PolicyOverlap
    baseline_overlap: PolicyOverlap
    n_leads: int
    n_days: int
    source: Source

    @property
    def headline(self) -> Interval | None:
        """The doubly robust estimate, which is the narrowest."""
        return self.dr

    @property
    def verdict(self) -> Verdict:
        """What the headline says."""
        return verdict_of(self.headline)


def verdict_of(lift: Interval | None) -> Verdict:
    """Return what an interval of a lift says; `None`: the lift is not known."""
    if lift is None:
        return "not_identifiable"
    if lift.is_above_zero:
        return "better"
    return "worse" if lift.is_below_zero else "no_measurable_lift"


def estimate_lift(
    log: Log,
    target: Target,
    baseline: Target,
    model: OutcomeModel | None = None,
    seed: int = 0,
) -> LiftEstimate:
    """Return how much more a policy would have won on the logged leads than another.

    Both are estimated from the same leads, and their ratio from the same resamples.

    Parameters
    ----------
    log
        Leads with propensities and final outcomes.
    target, baseline
        What the two policies would have done with them.
    model
        Of outcomes, not fitted to these; by default cross-fitted over the days of the
        log.
    seed
        Of the bootstrap.
    """
    model = cross_fit(log) if model is None else model
    policies = target, baseline
    pair = [contributions_of(log, policy, model) for policy in policies]
    overlaps = [
        check_overlap(log, policy, contributions, seed)
        for policy, contributions in zip(policies, pair, strict=True)
    ]
    unknown = LiftEstimate(
        ips=None,
        snips=None,
        dr=None,
        difference=None,
        baseline_value=None,
        target_overlap=overlaps[0],
        baseline_overlap=overlaps[1],
        n_leads=log.n_leads,
        n_days=log.n_days,
        source=log.source,
    )
    if any(overlap.doubt for overlap in overlaps):
        return unknown
    return _measured(unknown, pair, log, seed)


def _measured(
    unknown: LiftEstimate, pair: list[Contributions], log: Log, seed: int
) -> LiftEstimate:
    """Return the estimate with its figures, if the baseline wins anything."""
    sums = np.hstack([contributions.sums(log.cluster) for contributions in pair])
    resampled = resampled_sums(sums, seed)
    interval = partial(interval_of, sums=sums, resampled=resampled)
    baseline_value = interval(baseline_of(doubly_robust))
    if not baseline_value.is_above_zero:
        return replace(unknown, baseline_value=baseline_value)
    return replace(
        unknown,
        ips=interval(ratio_of(ips)),
        snips=interval(ratio_of(snips)),
        dr=interval(ratio_of(doubly_robust)),
        difference=interval(difference_of(doubly_robust)),
        baseline_value=baseline_value,
    )
