"""Policies on one problem: the same leads, reps and rules for each."""

import numpy as np
import pytest

from evaluation import EXPECTED, TRUE, compare_policies
from tests.solver.companies import Company
from tests.solver.days import day_of

CAPACITY = {"kind": "capacity"}


def day():
    """L0 is worth .9 with R0 and .8 with R1; L1 .7 and .1; one slot each."""
    worth = {("L0", "R0"): 0.9, ("L0", "R1"): 0.8, ("L1", "R0"): 0.7, ("L1", "R1"): 0.1}
    staff = [{"daily_capacity": 1}, {"daily_capacity": 1}, {"active": False}]
    return day_of(Company([{}, {}], staff, worth=worth), CAPACITY)


def half(lead, rep):
    return np.full(len(lead), 0.5)


def compared(truth=None):
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
    return compare_policies(made, names, 0, expected, truth).set_index("policy")


def test_the_optimum_is_expected_to_be_best_and_everyone_obeys():
    """By hand: .8 + .7; no policy breaks a rule; who is away has no load."""
    frame = compared()
    assert frame.loc["optimal", EXPECTED] == pytest.approx(1.5)
    assert frame.loc["round_robin", EXPECTED] <= 1.5
    assert (frame["violations"] == 0).all()
    assert frame.loc["optimal", ["least load", "most load"]].tolist() == [1, 1]


def test_truth_has_a_column_of_its_own_and_only_where_it_is_known():
    """What the model expects and what is true never share a label."""
    assert TRUE not in compared()
    frame = compared(half)
    assert frame[TRUE].tolist() == [1.0, 1.0]
    assert frame.loc["optimal", EXPECTED] == pytest.approx(1.5)
