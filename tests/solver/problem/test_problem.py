"""A problem refuses arrays that describe none, and says which."""

import numpy as np
import pytest

from solver import Problem, ProblemError
from tests.solver.instances import four_by_three, two_by_two

WRONG = {
    "value has shape": {"value": np.zeros(3)},
    "uses_slot has shape": {"uses_slot": np.ones(5, dtype=bool)},
    "capacity has shape": {"capacity": np.ones(3, dtype=np.int64)},
    "arrival has shape": {"arrival": np.zeros(1, dtype=np.int64)},
    "must has shape": {"must": np.zeros((2, 1), dtype=bool)},
    "indptr has shape": {"indptr": np.array([0, 4])},
    "indptr must rise": {"indptr": np.array([0, 5, 4])},
    "rise from 0 to n_pairs": {"indptr": np.array([0, 2, 3])},
    "rep must lie in 0..1": {"rep": np.array([0, 2, 0, 1], dtype=np.int32)},
    "reps of a lead must increase": {"rep": np.array([1, 0, 0, 1], dtype=np.int32)},
    "each named once": {"rep": np.array([0, 0, 0, 1], dtype=np.int32)},
    "value must be finite": {"value": np.array([0.1, np.nan, 0.2, 0.3])},
    "skip_cost must be finite": {"skip_cost": np.array([0.1, np.nan])},
    "capacity must not be negative": {"capacity": np.array([1, -1])},
    "lead_ids are not unique": {"lead_ids": np.array(["a", "a"], dtype=object)},
    "rep_ids are not unique": {"rep_ids": np.array(["a", "a"], dtype=object)},
}


@pytest.mark.parametrize(("said", "change"), WRONG.items(), ids=WRONG)
def test_refuses(said, change):
    """Each wrong array is named."""
    with pytest.raises(ProblemError, match=said):
        two_by_two().replace(**change)


def test_counts_and_the_lead_of_each_pair():
    """Sizes follow from the arrays."""
    problem: Problem = four_by_three()
    assert (problem.n_leads, problem.n_reps, problem.n_pairs) == (4, 3, 9)
    assert problem.lead.tolist() == [0, 0, 0, 1, 1, 2, 2, 2, 3]


def test_what_is_decided_on_does_not_change():
    """The arrays cannot be written to."""
    with pytest.raises(ValueError, match="read-only"):
        two_by_two().value[0] = 1.0
