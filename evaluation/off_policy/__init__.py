"""What any policy would have won on logged leads, or why that cannot be known."""

from evaluation.off_policy.arms import CONTROL, ArmLift, compare_arms
from evaluation.off_policy.identification import QUEUES, Identification, identify
from evaluation.off_policy.lift import LiftEstimate, estimate_lift
from evaluation.off_policy.log import LOGGED, Log
from evaluation.off_policy.log_reading import read_log
from evaluation.off_policy.outcome_model import OutcomeModel, cross_fit
from evaluation.off_policy.overlap import Overlap
from evaluation.off_policy.pairs import Pairs
from evaluation.off_policy.queue import Queue
from evaluation.off_policy.sample_size import SampleSize, needed
from evaluation.off_policy.target import Target, uniform_target
from evaluation.off_policy.value import ValueEstimate, estimate_value

__all__ = [
    "CONTROL",
    "LOGGED",
    "QUEUES",
    "ArmLift",
    "Identification",
    "LiftEstimate",
    "Log",
    "OutcomeModel",
    "Overlap",
    "Pairs",
    "Queue",
    "SampleSize",
    "Target",
    "ValueEstimate",
    "compare_arms",
    "cross_fit",
    "estimate_lift",
    "estimate_value",
    "identify",
    "needed",
    "read_log",
    "uniform_target",
]
