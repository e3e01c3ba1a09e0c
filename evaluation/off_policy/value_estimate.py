"""What a policy would have won on the logged leads."""

from dataclasses import dataclass

from evaluation.interval import Interval
from evaluation.off_policy.bootstrap import interval_of, resampled_sums
from evaluation.off_policy.estimators import ESTIMATORS, contributions_of
from evaluation.off_policy.log import Log, Source
from evaluation.off_policy.outcome_model import OutcomeModel, cross_fit
from evaluation.off_policy.overlap import PolicyOverlap, check_overlap
from evaluation.off_policy.target import Target


@dataclass(frozen=True)
class ValueEstimate:
    """The mean outcome per logged lead under a policy, if the log can tell it.

    Attributes
    ----------
    ips, snips, dr
        By inverse propensity scores, by self-normalised ones, and doubly robust; in
        conversions or revenue per lead. `None` where the overlap has a doubt.
    overlap
        How far the log has tried what the policy would do.
    n_leads, n_days
        Logged leads, and on how many days they were assigned.
    source
        Where the propensities come from.
    """

    ips: Interval | None
    snips: Interval | None
    dr: Interval | None
    overlap: PolicyOverlap
    n_leads: int
    n_days: int
    source: Source

    @property
    def headline(self) -> Interval | None:
        """The doubly robust estimate, which is the narrowest."""
        return self.dr


def estimate_value(
    log: Log, target: Target, model: OutcomeModel | None = None, seed: int = 0
) -> ValueEstimate:
    """Return what a policy would have won per logged lead.

    Parameters
    ----------
    log
        Leads with propensities and final outcomes.
    target
        What the policy would have done with them.
    model
        Of outcomes, not fitted to these; by default cross-fitted over the days of the
        log.
    seed
        Of the bootstrap.
    """
    model = cross_fit(log) if model is None else model
    contributions = contributions_of(log, target, model)
    overlap = check_overlap(log, target, contributions, seed)
    figures: dict[str, Interval | None] = dict.fromkeys(ESTIMATORS)
    if overlap.doubt is None:
        sums = contributions.sums(log.cluster)
        resampled = resampled_sums(sums, seed)
        for name, estimator in ESTIMATORS.items():
            figures[name] = interval_of(estimator, sums, resampled)
    return ValueEstimate(
        **figures,
        overlap=overlap,
        n_leads=log.n_leads,
        n_days=log.n_days,
        source=log.source,
    )
