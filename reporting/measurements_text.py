"""What a log measures of arms and of a policy, for people and as JSON."""

from collections.abc import Iterator
from typing import Any

from evaluation.off_policy.measurements import Measurements
from reporting.off_policy_text import (
    arm_json,
    arm_text,
    lift_json,
    lift_text,
    log_text,
    value_json,
    value_text,
)

POLICY = "the policy"
NOTHING_ASKED = (
    "No arms in history and no policy to measure: name one with --target, or replay\n"
    "the scenario's own with rightrep backtest."
)


def measurements_text(found: Measurements) -> str:
    """Return which leads count, and what they measure."""
    return "\n\n".join(_parts(found))


def measurements_json(found: Measurements) -> dict[str, Any]:
    """Return the same as JSON; what is not known is null."""
    log = found.log
    return {
        "leads": log.n_leads,
        "days": log.n_days,
        "unit": log.value,
        "horizon_days": log.horizon,
        "propensities": log.source,
        "left_out": dict(log.left_out),
        "baseline": found.baseline,
        "arms": [arm_json(arm) for arm in found.arms],
        "value": None if found.value is None else value_json(found.value),
        "lift": None if found.lift is None else lift_json(found.lift),
    }


def _parts(found: Measurements) -> Iterator[str]:
    yield log_text(found.log)
    for arm in found.arms:
        yield arm_text(arm)
    if found.value is not None:
        yield value_text(found.value)
    if found.lift is not None:
        yield lift_text(found.lift, POLICY, found.baseline)
    elif not found.arms:
        yield NOTHING_ASKED
