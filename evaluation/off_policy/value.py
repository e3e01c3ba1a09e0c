"""What a policy would have won on the logged leads."""

from dataclasses import dataclass

from evaluation.interval import Interval
from evaluation.off_policy.bootstrap import interval_of, resampled_sums
from evaluation.off_policy.evidence import ESTIMATORS, gather
from evaluation.off_policy.log import Log
from evaluation.off_policy.outcome_model import OutcomeModel, cross_fit
from evaluation.off_policy.overlap import Overlap, check_overlap
from evaluation.off_policy.target import Target


@dataclass(frozen=True)
class ValueEstimate:
    """The mean outcome per logged lead under a policy, or why it cannot be known.

    Attributes
    ----------
    ips, snips, dr
        By inverse propensities, by self-normalised ones, and doubly robust; in
        conversions or revenue per lead. `None` where the log cannot tell.
    overlap
        How far the log has tried what the policy would do.
    n_leads, n_days
        Logged leads, and on how many days they were given out.
    source
        Where the propensities come from.
    """

    ips: Interval | None
    snips: Interval | None
    dr: Interval | None
    overlap: Overlap
    n_leads: int
    n_days: int
    source: str

    @property
    def reason(self) -> str:
        """Why the value is not identifiable; empty if it is."""
        return self.overlap.reason

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
        Expects outcomes without having seen these; by default one is fitted to the
        other days of the log.
    seed
        Of the bootstrap.
    """
    model = cross_fit(log) if model is None else model
    evidence = gather(log, target, model)
    overlap = check_overlap(log, target, evidence, seed)
    found: dict[str, Interval | None] = dict.fromkeys(ESTIMATORS)
    if not overlap.reason:
        sums = evidence.sums(log.cluster)
        resampled = resampled_sums(sums, seed)
        for name, estimator in ESTIMATORS.items():
            found[name] = interval_of(estimator, sums, resampled)
    return ValueEstimate(
        **found,
        overlap=overlap,
        n_leads=log.n_leads,
        n_days=log.n_days,
        source=log.source,
    )
