"""Load balancing by room, shortfall by share."""

import numpy as np

from solver.policies import load_balancing, shortfall
from tests.solver.instances import problem_of

NAN = np.nan


def owners(policy, value, capacity, seed=0):
    problem = problem_of(value, capacity)
    return policy(problem, np.random.default_rng(seed)).rep_of.tolist()


def test_most_free_slots_first():
    """Three against one, two against one; at one each they rotate."""
    for seed in range(10):
        assert owners(load_balancing, np.full((4, 2), 0.5), [3, 1], seed)[:3] == [
            0,
            0,
            1,
        ]


def test_load_balancing_looks_at_no_value():
    """The rep with more room gets the lead that suits the other."""
    assert owners(load_balancing, [[0.1, 0.9]], [2, 1]) == [0]


def test_the_furthest_behind_first():
    """Weights 1 and 2. Missing before each lead, in thirds of a lead: 0 and 0, the
    larger weight; 1 and -1; -1 and 1; and again from 0 and 0.
    """
    for seed in range(10):
        every_rep = np.full((6, 2), 0.5)
        assert owners(shortfall, every_rep, [10, 20], seed) == [1, 0, 1, 1, 0, 1]


def test_who_may_not_take_a_lead_is_owed_the_next():
    """Three leads only R1 may have; then R0 lags by one and a half, one, a half."""
    value = [[NAN, 0.5]] * 3 + [[0.5, 0.5]] * 3
    assert owners(shortfall, value, [9, 9]) == [1, 1, 1, 0, 0, 0]


def test_a_lead_without_a_slot_is_no_part_of_the_share():
    """R1's first lead takes no slot, so that nobody is behind."""
    problem = problem_of([[NAN, 0.5], [0.5, 0.5]], [1, 2])
    problem = problem.replace(uses_slot=np.array([False, True, True]))
    solution = shortfall(problem, np.random.default_rng(0))
    assert solution.rep_of.tolist() == [1, 1]
