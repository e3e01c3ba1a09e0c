"""Arms are not believed: what a draw leaves alike is held against them."""

from dataclasses import replace

import numpy as np
import pytest

from evaluation.experiment import compare_arms
from evaluation.experiment.arm_tests import OUTCOME, PROPENSITY
from reporting.text.evidence.arms import arm_json, arm_text
from tests.evaluation.experiment.drawn_histories import drawn_history, drawn_leads

SHARE = 0.5


def deceived(arm):
    """Return the comparison of a history whose arms somebody filled in."""
    history = drawn_history(SHARE)
    rng = np.random.default_rng(3)
    history["tone"] = rng.standard_normal(len(history))
    history["source"] = rng.choice(["web", "fair"], len(history)).astype(object)
    is_control = arm(history, rng)
    history["arm"] = np.where(is_control, "control", "optimal").astype(object)
    drawn = replace(drawn_leads(history, SHARE), is_capped=True)
    return compare_arms(drawn, "optimal")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("what", "arm"),
    [
        ("size", lambda history, rng: history["size"] > 0),
        ("source", lambda history, rng: history["source"] == "web"),
        ("territory", lambda history, rng: history["territory"] == "N"),
        (
            "all columns together",
            lambda history, rng: (history["size"] > 0) == (history["tone"] > 0),
        ),
        ("share of control", lambda history, rng: rng.random(len(history)) < 0.4),
        (
            "share of control by day",
            lambda history, rng: (
                rng.random(len(history)) < np.where(history.index // 100 % 2, 0.3, 0.7)
            ),
        ),
    ],
)
def test_what_a_draw_would_not_do_is_named(what, arm):
    """A column, two of them together, or the share, in all or of days."""
    lift = deceived(arm)
    assert lift.lift is None
    failed = [test.what for test in lift.tests if test.fails]
    assert what in failed
    assert f"{what} (p = " in arm_text(lift)
    assert arm_json(lift)["tests"][what] < 0.001


def test_arms_that_know_the_outcome_are_found():
    """Nothing in the columns tells; but lead and rep given, a draw knows nothing."""
    history = drawn_history(0.3)
    won, control = history["outcome"] == "won", history["arm"] == "control"
    picked = won & control & (history["propensity"] > 0.5)
    history["arm"] = history["arm"].mask(picked, "optimal")
    lift = compare_arms(drawn_leads(history, 0.3), "optimal")
    assert lift.lift is None
    assert {test.what for test in lift.tests if test.fails} == {OUTCOME}


def test_an_optimal_lead_has_at_least_its_share_for_a_propensity():
    """Below that, only control can have assigned it, unless there was a cap."""
    history = drawn_history(0.3)
    history.loc[history["propensity"] < 0.5, "arm"] = "optimal"
    lift = compare_arms(drawn_leads(history, 0.3), "optimal")
    assert PROPENSITY in {test.what for test in lift.tests if test.fails}


@pytest.mark.parametrize("even", [1.0, 0.25, 1 / 6])
def test_even_propensities_are_those_of_no_experiment(even):
    """The optimal arm prefers a rep."""
    history = drawn_history(0.5).assign(propensity=even)
    drawn = replace(drawn_leads(history, 0.5), is_capped=True)
    assert compare_arms(drawn, "optimal").doubt == "even_propensities"


def test_without_share_and_record_there_is_no_figure():
    """Nobody knows what either arm left unassigned; both ways to tell are named."""
    lift = compare_arms(drawn_leads(drawn_history(0.5), None), "optimal")
    assert lift.doubt == "share_unknown"
    assert "--runs" in arm_text(lift) and "control_share" in arm_text(lift)


@pytest.mark.slow
def test_honest_experiments_are_not_refused():
    """Of 100 of them, at most one; one in a thousand is meant."""
    lifts = [
        compare_arms(drawn_leads(drawn_history(0.3, seed=seed), 0.3), "optimal")
        for seed in range(100)
    ]
    assert sum(lift.lift is None for lift in lifts) <= 1
