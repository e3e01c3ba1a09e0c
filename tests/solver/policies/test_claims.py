"""Cherry picking: each for themselves, the fast ones more often."""

import numpy as np

from solver.policies import cherry_pick
from tests.solver.instances import problem_of


def allocate(problem, seed=0):
    return cherry_pick(problem, np.random.default_rng(seed))


def test_each_claims_what_is_best_to_themselves():
    """Both want L0, R1 too, whose value there is near zero: who is first has it."""
    problem = problem_of([[0.9, 0.3], [0.8, 0.1]], [1, 1])
    found = {tuple(allocate(problem, seed).rep_of.tolist()) for seed in range(20)}
    assert found == {(0, 1), (1, 0)}


def test_the_best_leads_are_claimed_first():
    """Two slots, five leads: the two of highest value, whatever the seed."""
    problem = problem_of([[0.2], [0.9], [0.1], [0.7], [0.3]], [2])
    for seed in range(10):
        claimed = allocate(problem, seed).assigned
        assert np.flatnonzero(claimed).tolist() == [1, 3]


def test_claims_end_when_nobody_finds_a_lead():
    """Slots stay empty where all leads are gone, leads where all slots are."""
    assert allocate(problem_of(np.full((3, 2), 0.5), [9, 9])).n_assigned == 3
    assert allocate(problem_of(np.full((9, 2), 0.5), [1, 2])).n_assigned == 3


def test_nobody_claims_a_loss_unless_someone_must():
    """A lead below zero stays in the queue, except where it must go."""
    problem = problem_of([[-0.1, -0.2], [-0.1, -0.2]], [2, 2])
    problem = problem.replace(must=np.array([False, True]))
    assert allocate(problem).assigned.tolist() == [False, True]


def test_some_are_faster_than_others_and_not_always_the_same():
    """Two equal reps, 30 leads: uneven on most days, even over all days."""
    problem = problem_of(np.full((30, 2), 0.5), [30, 30])
    load = np.array([allocate(problem, seed).load for seed in range(60)])
    assert np.median(load.max(axis=1)) >= 18
    assert 0.4 < load[:, 0].mean() / 30 < 0.6
