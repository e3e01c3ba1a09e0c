"""How much more a policy would have won than another one."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

import numpy as np

from evaluation.interval import Interval
from evaluation.off_policy.bootstrap import interval_of, resampled_sums
from evaluation.off_policy.evidence import (
    Evidence,
    doubly_robust,
    gather,
    ips,
    snips,
)
from evaluation.off_policy.log import Log
from evaluation.off_policy.outcome_model import OutcomeModel, cross_fit
from evaluation.off_policy.overlap import Overlap, check_overlap
from evaluation.off_policy.target import Target
from evaluation.off_policy.two_policies import difference_of, of_second, ratio_of

Verdict = Literal["better", "worse", "no measurable lift", "not identifiable"]


@dataclass(frozen=True)
class LiftEstimate:
    """What a policy wins beyond another one, relative, or why it cannot be known.

    Attributes
    ----------
    ips, snips, dr
        Value of the policy over that of the baseline, less 1: by inverse
        propensities, by self-normalised ones, and doubly robust. `None` where the
        log cannot tell.
    difference
        What the policy wins more per logged lead, doubly robust, in conversions or
        revenue.
    baseline_value
        What the baseline wins per logged lead, doubly robust.
    target_overlap, baseline_overlap
        How far the log has tried what either would do.
    n_leads, n_days
        Logged leads, and on how many days they were given out.
    source
        Where the propensities come from.
    reason
        Why the lift is not identifiable; empty if it is.
    """

    ips: Interval | None
    snips: Interval | None
    dr: Interval | None
    difference: Interval | None
    baseline_value: Interval | None
    target_overlap: Overlap
    baseline_overlap: Overlap
    n_leads: int
    n_days: int
    source: str
    reason: str

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
        return "not identifiable"
    if lift.is_above_zero:
        return "better"
    return "worse" if lift.is_below_zero else "no measurable lift"


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
        Expects outcomes without having seen these; by default one is fitted to the
        other days of the log.
    seed
        Of the bootstrap.
    """
    model = cross_fit(log) if model is None else model
    pair = [gather(log, policy, model) for policy in (target, baseline)]
    overlaps = [
        check_overlap(log, policy, evidence, seed)
        for policy, evidence in zip((target, baseline), pair, strict=True)
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
        reason=reason_of(*overlaps),
    )
    return unknown if unknown.reason else measured(unknown, pair, log, seed)


def reason_of(target: Overlap, baseline: Overlap) -> str:
    """Return why the log cannot compare two policies; empty if it can."""
    if target.reason:
        return f"of the policy, {target.reason}"
    return f"of the baseline, {baseline.reason}" if baseline.reason else ""


def measured(
    unknown: LiftEstimate, pair: list[Evidence], log: Log, seed: int
) -> LiftEstimate:
    """Return the estimate with its figures, if the baseline wins anything."""
    sums = np.hstack([evidence.sums(log.cluster) for evidence in pair])
    resampled = resampled_sums(sums, seed)
    floor = interval_of(of_second(doubly_robust), sums, resampled)
    if not floor.is_above_zero:
        said = "what the baseline wins cannot be told from nothing"
        return replace(unknown, baseline_value=floor, reason=said)
    known = partial(interval_of, sums=sums, resampled=resampled)
    return replace(
        unknown,
        ips=known(ratio_of(ips)),
        snips=known(ratio_of(snips)),
        dr=known(ratio_of(doubly_robust)),
        difference=known(difference_of(doubly_robust)),
        baseline_value=floor,
    )
