"""Everything that a log measures of arms and of one policy."""

from dataclasses import dataclass

from evaluation.experiment.arms import ArmLift
from evaluation.off_policy.lift import LiftEstimate
from evaluation.off_policy.log import Log
from evaluation.off_policy.value import ValueEstimate


@dataclass(frozen=True, eq=False)
class Measurements:
    """What a log measures.

    Attributes
    ----------
    log
        Leads with propensities and final outcomes.
    arms
        Each arm of the experiment against control; empty where history has none.
    baseline
        The policy that the lift is over.
    value, lift
        Of the policy that was asked about; `None` if none was.
    """

    log: Log
    arms: tuple[ArmLift, ...]
    baseline: str
    value: ValueEstimate | None
    lift: LiftEstimate | None
