"""A solution counts and judges itself from the problem alone."""

import numpy as np
import pytest

from solver import Solution
from tests.solver.instances import four_by_three, two_by_two


def chosen(problem, *pairs):
    return Solution(problem, np.array(pairs))


def test_owners_loads_and_value():
    """L0 and L1 with R0, L2 with R1, L3 with none: .5 + .4 + .6."""
    solution = chosen(four_by_three(), 0, 3, 6, -1)
    assert solution.rep_of.tolist() == [0, 0, 1, -1]
    assert solution.assigned.tolist() == [True, True, True, False]
    assert solution.load.tolist() == [2, 1, 0]
    assert solution.n_assigned == 3
    assert solution.objective == pytest.approx(1.5)
    assert list(solution.breaches()) == []


def test_a_lead_without_a_slot_is_load_but_takes_none():
    """Load counts leads, slots_used those that take one."""
    problem = two_by_two()
    problem = problem.replace(uses_slot=np.array([False, True, True, True]))
    solution = chosen(problem, 0, 2)
    assert solution.load.tolist() == [2, 0]
    assert solution.slots_used.tolist() == [1, 0]
    assert list(solution.breaches()) == []


def test_unassigned():
    """Nothing assigned has value zero and breaks no capacity."""
    solution = Solution.unassigned(two_by_two())
    assert solution.n_assigned == 0
    assert solution.objective == 0.0
    assert solution.load.tolist() == [0, 0]
    assert list(solution.breaches()) == []


def test_breaches():
    """Too many leads, a lead that must go, and another lead's pair are all said."""
    problem = two_by_two().replace(must=np.array([False, True]))
    assert list(chosen(problem, 0, 2).breaches()) == ["rep R0 holds 2 leads, 1 slots"]
    assert list(chosen(problem, 0, -1).breaches()) == [
        "lead L1 must be assigned and is not"
    ]
    assert list(chosen(problem, 2, 1).breaches()) == [
        "a lead holds a pair of another lead"
    ]
