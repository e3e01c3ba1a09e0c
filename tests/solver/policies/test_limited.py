"""Policies within a time limit: at least one allocation, and it obeys."""

import time

import numpy as np
import pytest

from solver import POLICIES
from solver.policies import Attempt, attempt, attempts
from solver.policies.limited import with_limit
from solver.policies.trimming import trimmed
from solver.problem.deadline import Deadline
from solver.problem.result import Result, Status
from solver.problem.solution import Solution
from tests.solver.instances import problem_of, random_problem
from tests.solver.policies.side_rules import (
    every_feasible,
    with_side_rules,
    with_team_limit,
)


def rng(seed=0):
    return np.random.default_rng(seed)


def any_pairs(problem, rng):
    ends = zip(problem.indptr[:-1], problem.indptr[1:], strict=True)
    pair = [rng.integers(a, b) if a < b else -1 for a, b in ends]
    return Solution(problem, np.array(pair))


def slow(problem, *, seed, time_limit):
    """Use all the time and find nothing."""
    time.sleep(time_limit)
    return Result.without_solution(problem, Status.NO_SOLUTION, "slow")


@pytest.mark.parametrize("with_rules", [with_side_rules, with_team_limit])
def test_a_trimmed_allocation_obeys_wherever_nothing_at_all_does(with_rules):
    """Else lower bounds decide; it mostly finds what meets them."""
    n_found = n_feasible = 0
    for seed in range(200):
        problem = with_rules(seed)
        found = trimmed(any_pairs(problem, rng(seed)), seed=seed)
        assert found is None or not any(found.breaches())
        empty_obeys = not any(Solution.unassigned(problem).breaches())
        assert found is not None or not empty_obeys
        n_feasible += bool(every_feasible(problem))
        n_found += found is not None
    assert n_found > 0.9 * n_feasible


def test_a_trimmed_allocation_keeps_what_it_may_and_moves_the_rest():
    """Both leads at R0, who has one slot: one of them goes to R1."""
    problem = problem_of([[0.5, 0.5], [0.5, 0.5]], [1, 1])
    found = trimmed(Solution(problem, np.array([0, 2])), seed=0)
    assert sorted(found.rep_of) == [0, 1]


def test_a_trimmed_allocation_does_not_depend_on_the_order_of_rows():
    """Who keeps the slot is drawn by id."""
    problem = problem_of([[0.5], [0.5], [0.5]], [1])
    other = problem.replace(lead_ids=problem.lead_ids[::-1])
    kept = trimmed(Solution(problem, np.arange(3)), seed=4).assigned
    again = trimmed(Solution(other, np.arange(3)), seed=4).assigned
    assert kept.tolist() == again[::-1].tolist()


@pytest.mark.slow
def test_where_time_suffices_a_limit_changes_nothing():
    """The same allocation as without one, and it is final."""
    for seed in range(30):
        problem = with_side_rules(seed)
        for name in ("round_robin", "greedy", "optimal"):
            drawn = attempt(POLICIES[name], problem, rng(seed), 30.0)
            assert drawn.is_final
            assert (
                drawn.solution.pair == POLICIES[name](problem, rng(seed)).pair
            ).all()


def test_without_time_a_repair_is_the_trimmed_one_and_says_so(monkeypatch):
    """A solver that finds nothing in time leaves an allocation that obeys."""
    monkeypatch.setattr("solver.policies.repair.solve", slow)
    n_open = 0
    for seed in range(100):
        problem = with_team_limit(seed)
        drawn = attempt(POLICIES["greedy"], problem, rng(seed), 0.001)
        n_open += not drawn.is_final
        if not drawn.is_final and trimmed(any_pairs(problem, rng()), seed=0):
            assert not any(drawn.solution.breaches())
    assert n_open > 5


def test_draws_end_with_the_time_and_the_first_is_always_made():
    """Each takes a tenth of a second; a fourth would not fit."""

    def sleepy(problem, rng):
        time.sleep(0.1)
        return Solution.unassigned(problem)

    problem, rngs = random_problem(0), [rng()] * 20
    assert len(list(attempts(sleepy, problem, rngs, Deadline.after(0.0)))) == 1
    made = list(attempts(sleepy, problem, rngs, Deadline.after(0.35)))
    assert 1 < len(made) <= 3
    assert all(0.1 <= each.seconds < 1 for each in made)


def test_one_draw_may_take_all_the_time_and_one_of_several_half():
    """As the optimum, and as round robin."""
    asked = []

    def limited(problem, rng, seconds):
        asked.append(seconds)
        return Attempt(Solution.unassigned(problem), True)

    policy = with_limit(lambda problem, rng: Solution.unassigned(problem), limited)
    for rngs in ([rng()], [rng()] * 2):
        next(attempts(policy, random_problem(0), rngs, Deadline.after(10.0)))
    assert asked == pytest.approx([10.0, 5.0], abs=0.5)
