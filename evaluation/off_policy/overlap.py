"""Overlap of a log with a policy: what was tried, and whether propensities fit."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from evaluation.interval import Interval
from evaluation.off_policy.bootstrap import interval_of, resampled_sums
from evaluation.off_policy.estimators import Contributions
from evaluation.off_policy.log import Log
from evaluation.off_policy.target import Target
from evaluation.off_policy.weight_balance import departures

LEAST_EFFECTIVE = 100.0
LEAST_EFFECTIVE_WINS = 30.0
MOST_OF_ONE = 0.05
"""Intervals of an estimate dominated by one lead cover the truth too rarely."""
MOST_MISSING = 0.01
MOST_UNLOGGED = 0.05

OverlapDoubt = Literal[
    "hardly_tried",
    "leads_not_logged",
    "propensities_misfit",
    "few_effective_leads",
    "few_effective_wins",
    "one_lead",
]
"""Why a log cannot tell a policy's value."""


@dataclass(frozen=True)
class PolicyOverlap:
    """Overlap of a log with a policy: whether it can tell the policy's value.

    Attributes
    ----------
    effective_leads
        Effective sample size: so many leads assigned by the policy itself would tell
        as much.
    effective_share
        The same per logged lead.
    effective_wins
        Effective number of wins in the estimate.
    share_of_one
        Share of the estimate that the weightiest outcome makes up.
    mean_weight
        Mean weight per lead the policy would assign; 1 where the log tried all that
        the policy would do, more where leads left unassigned at random are not in it.
    planned_share
        Share of the logged leads that the policy assigns to anyone.
    max_weight
        How many leads the weightiest one stands for.
    missing
        Share of the policy's choices that the log hardly tried.
    untried
        Reps of the policy to whom the log never assigned a lead.
    misfit
        Reps whose leads are other ones than the propensities say.
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
    def doubt(self) -> OverlapDoubt | None:
        """Why the log cannot tell the policy's value; `None` if it can."""
        doubts: dict[OverlapDoubt, bool] = {
            "hardly_tried": self.missing > MOST_MISSING,
            "leads_not_logged": self.mean_weight.low > 1 + MOST_UNLOGGED,
            "propensities_misfit": bool(self.misfit),
            "few_effective_leads": self.effective_leads < LEAST_EFFECTIVE,
            "few_effective_wins": self.effective_wins < LEAST_EFFECTIVE_WINS,
            "one_lead": self.share_of_one > MOST_OF_ONE,
        }
        return next((doubt for doubt, is_so in doubts.items() if is_so), None)


def check_overlap(
    log: Log, target: Target, contributions: Contributions, seed: int
) -> PolicyOverlap:
    """Return the overlap of a log with a policy."""
    sums = contributions.sums(log.cluster)
    effective = effective_number(contributions.weight)
    missing, misfit = departures(log, target, contributions)
    return PolicyOverlap(
        effective_leads=effective,
        effective_share=effective / log.n_leads,
        effective_wins=effective_number(contributions.weighted),
        share_of_one=_largest_share(contributions.weighted),
        mean_weight=interval_of(_weight_ratio, sums, resampled_sums(sums, seed)),
        planned_share=float(contributions.planned.mean()),
        max_weight=float(contributions.weight.max()),
        missing=missing,
        untried=tuple(sorted(set(target.pairs.rep_ids) - set(log.rep_ids))),
        misfit=misfit,
    )


def effective_number(weight: NDArray[np.float64]) -> float:
    """Return the effective sample size of these weights, (n,).

    References
    ----------
    Kish (1965), Survey Sampling, section 11.7.
    """
    squares = float(np.sum(weight**2))
    return float(np.sum(weight)) ** 2 / squares if squares > 0 else 0.0


def _weight_ratio(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the weight per lead planned, (n,)."""
    _, weight, planned, _, _, _ = sums.T
    return weight / np.maximum(planned, 1e-12)


def _largest_share(amount: NDArray[np.float64]) -> float:
    """Return the largest of these amounts' sizes over their sum, (n,)."""
    size = np.abs(amount)
    return float(size.max() / max(size.sum(), 1e-12))
