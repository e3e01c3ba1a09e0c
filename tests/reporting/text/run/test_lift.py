"""What an experiment measured, in sentences."""

from types import SimpleNamespace
from typing import cast

import pytest

from evaluation.experiment import ArmLift
from evaluation.interval import Interval
from reporting.text.run.lift import lift_sentences


def lift_of(low: float, high: float, verdict: str) -> ArmLift:
    interval = Interval((low + high) / 2, low, high)
    lift = SimpleNamespace(
        arm="optimal", control="control", lift=interval, verdict=verdict
    )
    return cast(ArmLift, lift)


def test_a_lift_has_its_interval_and_verdict() -> None:
    """And the least that would have shown."""
    first, second = lift_sentences(lift_of(0.02, 0.1, "better"), "", 180)
    assert first == (
        "Measured lift of arm optimal over control in the 180 days before this run, "
        "with its 95 % interval: +6.0% (+2.0% to +10.0%), better."
    )
    assert "smallest detectable" in second


@pytest.mark.parametrize("doubt", ["", "too young"])
def test_no_lift_has_a_reason(doubt: str) -> None:
    """Nothing is measured, and why."""
    (sentence,) = lift_sentences(None, doubt, 180)
    assert sentence.startswith("No measured lift in the 180 days")
    assert (doubt or "no lead was drawn for a control arm") in sentence
