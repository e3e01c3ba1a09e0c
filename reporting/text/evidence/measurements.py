"""What a log measures of arms and of a policy, as text and JSON."""

from collections.abc import Iterator
from typing import Any

from evaluation.experiment import Measurements
from reporting.text.evidence.arms import arm_json, arm_text
from reporting.text.evidence.off_policy import (
    lift_json,
    lift_text,
    log_text,
    value_json,
    value_text,
)
from reporting.text.words.time_limit import cut_short_sentence

POLICY = "the policy"
NOTHING_TO_MEASURE = (
    "No arms in history and no policy to measure: name one with --target, or replay\n"
    "the scenario's own with rightrep backtest."
)


def measurements_text(measured: Measurements) -> str:
    """Return the leads that measure, and what they measure."""
    return "\n\n".join(_parts(measured))


def measurements_json(measured: Measurements) -> dict[str, Any]:
    """Return the same as a record of JSON; what is not known is null."""
    log, cut = measured.log, cut_short_sentence(measured.cut_short)
    return {
        "leads": log.n_leads,
        "days": log.n_days,
        "unit": log.value,
        "horizon_days": log.horizon,
        "propensities": log.source,
        "left_out": dict(log.left_out),
        "baseline": measured.baseline,
        "arms": [arm_json(arm) for arm in measured.arms],
        "value": None if measured.value is None else value_json(measured.value),
        "lift": None if measured.lift is None else lift_json(measured.lift),
        **({"cut_short": cut} if cut else {}),
    }


def _parts(measured: Measurements) -> Iterator[str]:
    yield log_text(measured.log)
    for arm in measured.arms:
        yield arm_text(arm)
    if measured.value is not None:
        yield value_text(measured.value)
    if measured.lift is not None:
        yield lift_text(measured.lift, POLICY, measured.baseline)
    elif not measured.arms:
        yield NOTHING_TO_MEASURE
    if cut := cut_short_sentence(measured.cut_short):
        yield cut
