"""Off-policy estimates for people and as JSON: figures, or the reason for none."""

import json
from dataclasses import replace

import pytest

from evaluation import EXPECTED, MEASURED, SUGGESTED
from evaluation.off_policy import (
    QUEUES,
    Target,
    estimate_lift,
    estimate_value,
    uniform_target,
)
from reporting.text.evidence.off_policy import (
    lift_json,
    lift_text,
    log_text,
    value_json,
    value_text,
)
from reporting.text.layout.layout import percent
from tests.evaluation.off_policy.synthetic_logs import always, anyone, synthetic_log


@pytest.fixture(scope="module")
def log():
    return synthetic_log(rates=(0.5, 0.2, 0.2, 0.2))


def found(log, rep):
    target = Target.from_table(log, always(log, rep))
    lift = estimate_lift(log, target, uniform_target(log, anyone(log)))
    return estimate_value(log, target), lift


def test_a_lift_is_told_with_its_interval_and_label(log):
    """Known lifts have the label of evidence, and never that of expectation."""
    value, lift = found(log, "R0")
    said = lift_text(lift, "first", "anyone")
    assert f"{MEASURED}" in said
    assert f"first over anyone: {percent(lift.headline)}, better" in said
    assert EXPECTED not in said
    assert "won per lead" in value_text(value)
    assert lift_json(lift)[MEASURED]["low"] == lift.headline.low
    assert (
        value_json(value)["measured_won_per_lead"]["estimate"]
        == value.headline.estimate
    )


def test_what_is_not_identifiable_has_a_reason_and_null(log):
    """No number that looks like evidence, in text or in JSON."""
    value, lift = found(log, "R9")
    assert lift_text(lift, "new", "anyone").splitlines()[1].startswith("reason")
    assert "not identifiable" in value_text(value)
    record = json.loads(json.dumps(lift_json(lift), allow_nan=False))
    assert record["verdict"] == "not_identifiable"
    names = (
        MEASURED,
        f"{MEASURED}_ips",
        f"{MEASURED}_snips",
        "measured_difference_per_lead",
    )
    assert [record[name] for name in names] == [None] * 4
    assert "R9" in record["reason"]
    assert value_json(value)["measured_won_per_lead"] is None


def test_what_rests_on_an_assumption_is_called_otherwise(log):
    """A suggestion, not a measurement, and another verdict than better."""
    _, lift = found(replace(log, source=QUEUES), "R0")
    said = lift_text(lift, "first", "anyone")
    assert f"{SUGGESTED}" in said and MEASURED not in said
    assert "looks better, if the queues are random" in said
    record = lift_json(lift)
    assert record["verdict"] == "looks_better"
    assert MEASURED not in record and record[SUGGESTED]["low"] == lift.headline.low


def test_without_a_lift_the_smallest_detectable_is_told(log):
    """Beside every lift stands what it is."""
    target = uniform_target(log, anyone(log))
    lift = estimate_lift(log, target, target)
    said = lift_text(lift, "anyone", "anyone")
    assert "smallest detectable" in said
    assert "a lead that it leaves unassigned counts as not won" in said


def test_the_log_says_what_it_rests_on(log):
    """Leads, days, what is counted, and where propensities come from."""
    said = log_text(log)
    assert "3,000 of 30 days" in said
    assert "conversions, every lead has closed" in said
    assert "logged propensities" in said
