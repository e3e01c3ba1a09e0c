"""How far the log has tried what a policy would do, and whether propensities fit."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crm import listed
from evaluation.interval import Interval
from evaluation.off_policy.bootstrap import interval_of, resampled_sums
from evaluation.off_policy.departures import find_departures
from evaluation.off_policy.evidence import Evidence
from evaluation.off_policy.log import Log
from evaluation.off_policy.target import Target

LEAST_EFFECTIVE = 100.0
LEAST_EFFECTIVE_WINS = 30.0
MOST_OF_ONE = 0.05
"""Of an estimate that hangs on one lead, intervals hold the truth too rarely."""
MOST_MISSING = 0.01
MOST_UNLOGGED = 0.05
MOST_NAMED = 5


@dataclass(frozen=True)
class Overlap:
    """What the log can tell of a policy.

    Attributes
    ----------
    effective_leads
        How many leads given out by the policy itself would tell as much.
    effective_share
        The same per logged lead.
    effective_wins
        How many outcomes the estimate hangs on, however unevenly they weigh.
    share_of_one
        Share of the estimate that the weightiest outcome makes up.
    mean_weight
        Mean weight per lead the policy would give out; 1 where the log tried all
        that the policy would do, more where leads left over by lot are not in it.
    planned_share
        Share of the logged leads that the policy gives to anyone.
    max_weight
        How many leads the weightiest one stands for.
    missing
        Share of the policy's choices that the log hardly tried.
    untried
        Reps of the policy to whom the log never gave a lead.
    misfit
        Reps who got other leads than the propensities say.
    """

    effective_leads: float
    effective_share: float
    effective_wins: float
    share_of_one: float
    mean_weight: Interval
    planned_share: float
    max_weight: float
    missing: float
    untried: tuple[str, ...]
    misfit: tuple[str, ...]

    @property
    def reason(self) -> str:
        """Why the log cannot tell what the policy is worth; empty if it can."""
        if self.missing > MOST_MISSING:
            named = listed(self.untried, MOST_NAMED)
            never = f"; it never gave a lead to {named}" if named else ""
            return (
                "the log hardly tried what the policy would do "
                f"({self.missing:.0%} of its choices{never})"
            )
        if self.mean_weight.low > 1 + MOST_UNLOGGED:
            return (
                "the propensities do not fit the log: by them it should hold "
                f"{self.mean_weight.estimate - 1:.0%} more leads; those that were left "
                "over are not in it"
            )
        if self.misfit:
            return (
                "the propensities do not fit the log: they say otherwise of who got "
                f"what ({listed(self.misfit, MOST_NAMED)})"
            )
        if self.effective_leads < LEAST_EFFECTIVE:
            return (
                f"the log is worth {self.effective_leads:,.0f} leads of this policy "
                f"({self.effective_share:.1%} of those logged), at least "
                f"{LEAST_EFFECTIVE:.0f} are needed"
            )
        if self.effective_wins < LEAST_EFFECTIVE_WINS:
            return (
                f"the estimate hangs on {self.effective_wins:.0f} outcomes, at least "
                f"{LEAST_EFFECTIVE_WINS:.0f} are needed"
            )
        if self.share_of_one > MOST_OF_ONE:
            return f"one lead makes up {self.share_of_one:.0%} of the estimate"
        return ""


def check_overlap(log: Log, target: Target, evidence: Evidence, seed: int) -> Overlap:
    """Return how far the log has tried what a policy would do."""
    sums = evidence.sums(log.cluster)
    effective = effective_number(evidence.weight)
    departures = find_departures(log, target, evidence)
    return Overlap(
        effective_leads=effective,
        effective_share=effective / log.n_leads,
        effective_wins=effective_number(evidence.weighted),
        share_of_one=largest_share(evidence.weighted),
        mean_weight=interval_of(weight_ratio, sums, resampled_sums(sums, seed)),
        planned_share=float(evidence.planned.mean()),
        max_weight=float(evidence.weight.max()),
        missing=departures.missing,
        untried=tuple(sorted(set(target.pairs.rep_ids) - set(log.rep_ids))),
        misfit=departures.misfit,
    )


def weight_ratio(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the weight per lead planned, (n,)."""
    _, weight, planned, _, _, _ = sums.T
    return weight / np.maximum(planned, 1e-12)


def effective_number(weight: NDArray[np.float64]) -> float:
    """Return how many equal weights would tell as much as these, (n,).

    References
    ----------
    Kish (1965), Survey Sampling, section 11.7.
    """
    squares = float(np.sum(weight**2))
    return float(np.sum(weight)) ** 2 / squares if squares > 0 else 0.0


def largest_share(amount: NDArray[np.float64]) -> float:
    """Return the largest of these amounts' sizes over their sum, (n,)."""
    size = np.abs(amount)
    return float(size.max() / max(size.sum(), 1e-12))
