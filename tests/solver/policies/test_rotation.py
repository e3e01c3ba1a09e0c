"""In turn: plain, weighted, and from a queue, whatever the value of a pair."""

import numpy as np
import pytest

from solver.policies import odoo, round_robin, weighted_round_robin
from solver.policies.rotation import mean_value
from solver.policies.turns import turn_after
from tests.solver.instances import problem_of


def allocate(problem, seed=0, policy=round_robin):
    return policy(problem, np.random.default_rng(seed))


def test_everyone_gets_a_lead_before_anyone_gets_two():
    """Six leads for three reps are two each, in rotation."""
    problem = problem_of(np.full((6, 3), 0.5), [9, 9, 9])
    owners = allocate(problem).rep_of
    assert sorted(owners[:3]) == [0, 1, 2]
    assert owners[:3].tolist() == owners[3:].tolist()


def test_who_is_passed_over_is_next():
    """A rep who could not take a lead keeps the turn."""
    nan = np.nan
    problem = problem_of([[0.5, nan], [0.5, nan], [0.5, 0.5]], [9, 9])
    assert allocate(problem).rep_of.tolist() == [0, 0, 1]


def test_a_lead_that_takes_no_slot_takes_no_turn():
    """Owner-matched leads do not count against the rotation."""
    problem = problem_of([[0.5, np.nan], [0.5, 0.5], [0.5, 0.5]], [1, 1])
    problem = problem.replace(uses_slot=np.array([False, True, True, True, True]))
    solution = allocate(problem)
    assert solution.n_assigned == 3
    assert solution.slots_used.tolist() == [1, 1]


def test_first_turn_is_drawn_by_the_seed():
    """No rep is always first."""
    problem = problem_of(np.full((1, 3), 0.5), [9, 9, 9])
    first = {int(allocate(problem, seed).rep_of[0]) for seed in range(30)}
    assert first == {0, 1, 2}


@pytest.mark.parametrize("seed", range(10))
def test_half_the_leads_are_half_of_everyones_slots(seed):
    """Two and six slots, four leads: one and three, whatever the start."""
    problem = problem_of(np.full((4, 2), 0.5), [2, 6])
    assert allocate(problem, seed, weighted_round_robin).load.tolist() == [1, 3]


def test_weighted_turns_are_spread_over_the_day():
    """Reps with two and four slots: in each half of six leads one and two."""
    problem = problem_of(np.full((6, 2), 0.5), [2, 4])
    for seed in range(10):
        owners = allocate(problem, seed, weighted_round_robin).rep_of
        assert sorted(owners[:3]) == sorted(owners[3:]) == [0, 1, 1]


def test_likeliest_lead_to_the_head_of_the_queue():
    """L2 is likeliest: R1, with most slots, though R0 suits it better. Then R0, who
    has moved up, gets L1, and R1 the last.
    """
    problem = problem_of([[0.1, 0.1], [0.5, 0.5], [0.99, 0.81]], [1, 2])
    for seed in range(10):
        assert allocate(problem, seed, odoo).rep_of.tolist() == [1, 0, 1]


def test_probability_is_the_mean_over_the_eligible_reps():
    """L0 has the best pair, L1 the better mean; one slot."""
    problem = problem_of([[0.9, 0.1], [np.nan, 0.6]], [0, 1])
    assert allocate(problem, 0, odoo).rep_of.tolist() == [-1, 1]
    assert mean_value(problem).tolist() == [0.5, 0.6]


def test_equals_queue_in_random_order():
    """Reps with as many slots are drawn, not served in the order of their rows."""
    problem = problem_of(np.full((1, 3), 0.5), [2, 2, 2])
    first = {int(allocate(problem, seed, odoo).rep_of[0]) for seed in range(30)}
    assert first == {0, 1, 2}


def test_the_turn_carries_over_from_day_to_day():
    """One lead a day to four equal reps: each has every fourth."""
    day = problem_of(np.ones((1, 4)), [9] * 4)
    owners, turn = [], None
    for seed in range(12):
        solution = allocate(day.replace(turn=turn), seed)
        turn = turn_after(solution)
        owners.append(int(solution.rep_of[0]))
    assert sorted(owners[:4]) == [0, 1, 2, 3]
    assert owners == owners[:4] * 3


def test_who_was_passed_over_yesterday_is_first_today():
    """Three leads for four reps, all at work the next day."""
    solution = allocate(problem_of(np.ones((3, 4)), [9] * 4))
    [waiting] = set(range(4)) - set(solution.rep_of.tolist())
    today = problem_of(np.ones((1, 4)), [9] * 4).replace(turn=turn_after(solution))
    assert allocate(today, seed=5).rep_of.tolist() == [waiting]
