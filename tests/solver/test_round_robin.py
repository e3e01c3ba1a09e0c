"""Round robin: in turn, within the rules, whatever a lead is worth."""

import numpy as np

from solver.engines import solve
from solver.policies import round_robin
from tests.solver.instances import problem_of, random_problem


def allocate(problem, seed=0):
    return round_robin(problem, np.random.default_rng(seed))


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


def test_obeys_every_limit_and_never_beats_the_optimum():
    """On random problems it stays within the limits and below the bound."""
    for seed in range(200):
        problem = random_problem(seed)
        problem = problem.replace(must=np.zeros(problem.n_leads, dtype=bool))
        solution = allocate(problem, seed)
        assert list(solution.breaches()) == []
        result = solve(problem, seed=0, time_limit=60)
        assert solution.objective <= result.bound + 1e-12
