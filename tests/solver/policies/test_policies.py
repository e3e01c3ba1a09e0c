"""What holds for every policy, whatever it does."""

import numpy as np
import pytest

from solver.engines import solve
from solver.policies import POLICIES
from tests.solver.instances import problem_of, random_problem
from tests.solver.policies.side_rules import (
    every_feasible,
    owners,
    reordered,
    with_side_rules,
    with_team_limit,
)

each_policy = pytest.mark.parametrize("name", POLICIES)


def allocate(name, problem, seed=0):
    return POLICIES[name](problem, np.random.default_rng(seed))


def assert_lawful_and_not_above_the_optimum(name, problem, seed):
    feasible = every_feasible(problem)
    solution = allocate(name, problem, seed)
    if feasible:
        assert list(solution.breaches()) == []
        best = max(each.objective for each in feasible)
        assert solution.objective <= best + 1e-9
        if name == "optimal":
            assert solution.objective == pytest.approx(best)
    else:
        assert solution.n_assigned == 0


@pytest.mark.slow
@each_policy
def test_obeys_slots_and_must_and_never_beats_the_optimum(name):
    """On random problems; where nothing is feasible, nobody gets a lead."""
    for seed in range(150):
        problem = random_problem(seed)
        solution = allocate(name, problem, seed)
        result = solve(problem, seed=0, time_limit=60)
        assert solution.objective <= result.solution.objective + 1e-9
        if result.status.has_solution:
            assert list(solution.breaches()) == []
        else:
            assert solution.n_assigned == 0


@each_policy
def test_obeys_limits_on_teams(name):
    """Lower bounds too, which no policy sees while it gives leads out."""
    for seed in range(40):
        assert_lawful_and_not_above_the_optimum(name, with_team_limit(seed), seed)


@each_policy
@pytest.mark.parametrize("seed", range(8))
def test_obeys_workloads_groups_and_shares(name, seed):
    """Rules that only a mixed-integer engine can repair."""
    assert_lawful_and_not_above_the_optimum(name, with_side_rules(seed), seed)


@each_policy
def test_order_of_rows_does_not_matter(name):
    """Leads and reps in another order: everyone gets the same leads."""
    for seed in range(25):
        for problem in (random_problem(seed), with_team_limit(seed)):
            shuffled = reordered(problem, seed)
            ours, theirs = allocate(name, problem, 7), allocate(name, shuffled, 7)
            assert owners(ours) == owners(theirs)


@each_policy
def test_the_seed_decides(name):
    """The same seed gives the same allocation, even of equals."""
    problem = problem_of(np.full((12, 4), 0.5), [3, 3, 3, 3])
    first, again = allocate(name, problem, 1), allocate(name, problem, 1)
    assert first.pair.tolist() == again.pair.tolist()


@each_policy
def test_no_rep_is_always_first(name):
    """One lead, three equal reps: over the seeds each is drawn about as often."""
    problem = problem_of(np.full((1, 3), 0.5), [2, 2, 2])
    drawn = [int(allocate(name, problem, seed).rep_of[0]) for seed in range(150)]
    assert np.bincount(drawn, minlength=3).min() >= 30


@each_policy
def test_no_lead_is_always_unassigned(name):
    """Three equal leads at once, one slot: each is drawn about as often."""
    problem = problem_of(np.full((3, 1), 0.5), [1]).replace(arrival=np.zeros(3, int))
    drawn = [int(allocate(name, problem, seed).pair.argmax()) for seed in range(150)]
    assert np.bincount(drawn, minlength=3).min() >= 30


@each_policy
def test_an_empty_day(name):
    """No leads, no reps, or no pairs: nothing to assign and nothing wrong."""
    nobody = problem_of(np.full((2, 2), np.nan), [1, 1])
    assert allocate(name, nobody).n_assigned == 0
    no_reps = problem_of(np.empty((2, 0)), [])
    assert allocate(name, no_reps).n_assigned == 0
    no_leads = problem_of(np.empty((0, 2)), [1, 1])
    assert allocate(name, no_leads).n_assigned == 0
