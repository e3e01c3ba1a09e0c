"""Policies on one problem: the same leads, reps and rules for each."""

import time

import numpy as np
import pytest

from evaluation import EXPECTED, MEASURED, TRUTH, Interval, compare_policies
from evaluation.comparison import CUT_SHORT, LIFT, WANTED
from solver import POLICIES, Result, Status
from tests.solver.companies import Company
from tests.solver.days import day_of

CAPACITY = {"kind": "capacity"}


def day():
    """Values: L0 .9 with R0 and .8 with R1; L1 .7 and .1; one slot each."""
    values = {
        ("L0", "R0"): 0.9,
        ("L0", "R1"): 0.8,
        ("L1", "R0"): 0.7,
        ("L1", "R1"): 0.1,
    }
    staff = [{"daily_capacity": 1}, {"daily_capacity": 1}, {"active": False}]
    return day_of(Company([{}, {}], staff, pair_value=values), CAPACITY)


def half(lead, rep):
    return np.full(len(lead), 0.5)


def compared(truth=None, **more):
    made = day()
    value = {
        (i, j): made.problem.value[pair]
        for pair, (i, j) in enumerate(
            zip(made.problem.lead, made.problem.rep, strict=True)
        )
    }

    def expected(lead, rep):
        return np.array([value[pair] for pair in zip(lead, rep, strict=True)])

    names = ["optimal", "round_robin"]
    return compare_policies(
        made, names, expected=expected, truth=truth, seed=0, **more
    ).set_index("policy")


def test_the_optimum_is_expected_to_be_best_and_everyone_obeys():
    """By hand: .8 + .7; no policy breaks a rule; who is away has no load."""
    frame = compared()
    assert frame.loc["optimal", EXPECTED] == pytest.approx(1.5)
    assert 1.0 < frame.loc["round_robin", EXPECTED] < 1.5
    assert (frame["violations"] == 0).all()
    assert frame.loc["optimal", ["least load", "most load"]].tolist() == [1, 1]


def test_truth_has_a_column_of_its_own_and_only_where_it_is_known():
    """What the model expects and what is true never share a label."""
    assert TRUTH not in compared()
    frame = compared(half)
    assert frame[TRUTH].tolist() == [1.0, 1.0]
    assert frame.loc["optimal", EXPECTED] == pytest.approx(1.5)


def test_chance_is_averaged_out():
    """Round robin is .9 + .1 or .8 + .7, at random: many draws come near the mean."""
    frame = compared()
    assert frame["draws"].tolist() == [1, 20]
    assert frame.loc["round_robin", EXPECTED] == pytest.approx(1.25, abs=0.2)
    assert (frame["seconds"] > 0).all()


def test_fairness_is_per_available_hour():
    """With the mean of the reps the leads have values of .85 and .4."""
    frame = compared()
    assert frame.loc["optimal", "min/max"] == pytest.approx(0.4 / 0.85)
    assert frame.loc["optimal", "gini"] == pytest.approx(0.45 / 1.25 / 2)


def test_a_lift_is_known_where_the_truth_is():
    """Its two parts add up to it; the model's own figures have parts, and no lift."""

    def truth(lead, rep):
        return np.where((lead == 0) == (rep == 1), 0.6, 0.2)

    frame = compared(truth)
    won = frame.loc["optimal", TRUTH] / frame.loc["round_robin", TRUTH] - 1
    assert frame.loc["optimal", LIFT] == pytest.approx(won)
    parts = frame[f"{TRUTH}: matching"] + frame[f"{TRUTH}: utilisation"]
    assert parts.tolist() == pytest.approx(frame[LIFT].tolist())
    assert frame.loc["optimal", f"{TRUTH}: utilisation"] == pytest.approx(0.0)
    assert frame.loc["round_robin", LIFT] == 0.0
    assert not [name for name in frame if EXPECTED in name and "lift" in name]


def test_callables_stand_under_their_own_names():
    """With the figures of what they do; two of one name are refused."""

    def mine(problem, rng):
        return POLICIES["round_robin"](problem, rng)

    frame = compare_policies(
        day(), ["round_robin", mine], expected=half, seed=0
    ).set_index("policy")
    assert frame.index.tolist() == ["round_robin", "mine"]
    assert frame.loc["mine", EXPECTED] == frame.loc["round_robin", EXPECTED]
    mine.__name__ = "round_robin"
    with pytest.raises(ValueError, match="two policies are called 'round_robin'"):
        compare_policies(day(), ["round_robin", mine], expected=half, seed=0)
    with pytest.raises(ValueError, match="no policy 'optmal'; did you mean 'optimal'"):
        compare_policies(day(), ["optmal"], expected=half, seed=0)


def test_evidence_stands_where_there_is_some():
    """One policy was measured, the other was not; without a source, no column."""
    assert MEASURED not in compared()
    frame = compared(measured={"optimal": Interval(0.1, -0.02, 0.21)})
    ends = frame.loc["optimal", [MEASURED, f"{MEASURED}: low", f"{MEASURED}: high"]]
    assert ends.tolist() == [0.1, -0.02, 0.21]
    assert np.isnan(frame.loc["round_robin", MEASURED])


def test_who_is_drawn_once_and_wins_nothing_is_no_failure():
    """A day on which nobody works: zeros, and lifts over nothing are missing."""
    nobody = day_of(Company([{}], [{"active": False}]), CAPACITY)
    frame = compare_policies(
        nobody, ["round_robin", "optimal"], expected=half, truth=half, seed=0
    )
    assert frame["assigned"].tolist() == [0, 0]
    assert frame[LIFT].isna().all()


def floors():
    """Return a day whose floor breaks what round robin and greedy do."""
    values = {
        ("L0", "R0"): 0.9,
        ("L0", "R1"): 0.8,
        ("L1", "R0"): 0.7,
        ("L1", "R1"): 0.6,
    }
    company = Company([{}, {}], [{"daily_capacity": 2}] * 2, pair_value=values)
    return day_of(company, CAPACITY, {"kind": "min_per_rep", "min_leads": 1})


@pytest.mark.slow
def test_a_time_limit_holds_for_all_policies_and_what_is_cut_short_is_told(monkeypatch):
    """A solver that uses all its time: every policy draws, and every draw obeys."""
    given = []

    def noted(problem, *, seed, time_limit):
        given.append(time_limit)
        return slow(problem, seed=seed, time_limit=time_limit)

    monkeypatch.setattr("solver.policies.repair.solve", noted)
    monkeypatch.setattr("solver.policies.optimum.solve", noted)
    frame = compare_policies(
        floors(), list(POLICIES), expected=half, seed=0, time_limit=1.0
    ).set_index("policy")
    assert sum(given) <= 1.0
    assert frame[WANTED].tolist() == [1] + [20] * (len(POLICIES) - 1)
    assert frame.loc["optimal", CUT_SHORT] == 1
    assert frame.loc["greedy", CUT_SHORT] == 1 > frame.loc["greedy", "draws"] - 20
    assert (frame["violations"] == 0).drop("optimal").all()


def test_where_time_suffices_nothing_is_said_of_it():
    """Neither in columns nor in words."""
    frame = compare_policies(floors(), list(POLICIES), expected=half, seed=0)
    assert not {WANTED, CUT_SHORT} & set(frame)
    assert frame["draws"].tolist() == [1] + [20] * (len(POLICIES) - 1)


def slow(problem, *, seed, time_limit):
    time.sleep(time_limit)
    return Result.without_solution(problem, Status.NO_SOLUTION, "slow")


def test_a_policy_that_there_was_no_time_for_has_no_figures():
    """The baseline and the optimum are drawn whatever the limit."""
    names = ["optimal", "round_robin", "greedy", "random"]
    frame = compare_policies(
        floors(), names, expected=half, seed=0, time_limit=1e-6
    ).set_index("policy")
    assert frame["draws"].tolist() == [1, 1, 0, 0]
    assert frame.loc["greedy", "assigned"] != frame.loc["greedy", "assigned"]
    assert frame[WANTED].tolist() == [1, 20, 20, 20]
