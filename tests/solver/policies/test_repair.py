"""Repair: the nearest allocation that the rules allow."""

import numpy as np

from solver.policies import greedy
from solver.policies.repair import obedient, repaired
from solver.problem.constraints import Limit
from solver.problem.solution import Solution
from tests.solver.instances import problem_of, random_problem
from tests.solver.policies.side_rules import every_feasible, with_team_limit

NAN = np.nan


def at_least_one_for_r1(value, **changes):
    """Return a problem of two reps where the second must get a lead."""
    problem = problem_of(value, [2, 2])
    pair = np.flatnonzero(problem.rep == 1)
    floor = Limit("min_per_rep", "rep_limit", "R1", pair, np.ones(len(pair)), lower=1)
    return problem.replace(limits=(floor,), **changes)


def owners(problem, seed=0):
    return tuple(greedy(problem, np.random.default_rng(seed)).rep_of.tolist())


def test_one_lead_moves_and_no_more():
    """R0 would have both. One goes to R1: either, for values play no part."""
    problem = at_least_one_for_r1([[0.9, 0.8], [0.9, 0.1]])
    assert {owners(problem, seed) for seed in range(20)} == {(0, 1), (1, 0)}


def test_a_lead_is_moved_rather_than_dropped():
    """L1 must make room for L0 at R0, and goes to R1."""
    problem = problem_of([[0.5, NAN], [0.9, 0.1]], [1, 1])
    both = problem.replace(must=np.array([True, False]))
    spoilt = Solution(both, np.array([-1, 1]))
    assert repaired(spoilt, seed=0).solution.rep_of.tolist() == [0, 1]


def test_who_was_unassigned_stays_so_unless_needed():
    """L2 had no owner. Only where R1 may have it, it spares L1 the move."""
    useless = at_least_one_for_r1([[0.9, NAN], [0.9, 0.1], [-0.5, NAN]])
    assert owners(useless) == (0, 1, -1)
    useful = at_least_one_for_r1([[0.9, NAN], [0.9, 0.1], [NAN, -0.5]])
    assert owners(useful) == (0, 0, 1)


def test_nobody_gets_a_lead_where_nothing_is_feasible():
    """R1 must have one and may have none."""
    problem = at_least_one_for_r1([[0.9, NAN], [0.9, NAN]])
    assert owners(problem) == (-1, -1)


def test_soft_rules_repair_nothing():
    """A cheap floor is broken, as greedy would."""
    hard = at_least_one_for_r1([[0.9, 0.8], [0.9, 0.1]])
    floor = hard.limits[0]
    soft = Limit("soft", "rep_limit", "R1", floor.pair, floor.weight, 1, penalty=9.0)
    assert owners(hard.replace(limits=(soft,))) == (0, 0)


def test_what_is_lawful_stays_as_it_is():
    """The very allocation of the policy, not a copy."""
    problem = random_problem(0)
    nothing = Solution.unassigned(problem.replace(must=np.zeros(problem.n_leads, bool)))
    policy = obedient(lambda problem, rng: nothing)
    assert policy(nothing.problem, np.random.default_rng(0)) is nothing


def test_as_many_owners_are_kept_as_can_be():
    """No allocation that obeys the rules has more in common with the policy's."""
    rng = np.random.default_rng(0)
    n_repaired = 0
    for seed in range(150):
        problem = with_team_limit(seed)
        spoilt = Solution(problem, _any_pairs(problem, rng))
        feasible = every_feasible(problem)
        if not feasible or spoilt.n_assigned == 0:
            continue
        found = repaired(spoilt, seed=seed).solution
        assert not any(found.breaches())
        assert _kept(found, spoilt) == max(_kept(each, spoilt) for each in feasible)
        n_repaired += any(spoilt.breaches())
    assert n_repaired > 30


def _any_pairs(problem, rng):
    ends = zip(problem.indptr[:-1], problem.indptr[1:], strict=True)
    return np.array([rng.integers(a, b) if a < b else -1 for a, b in ends])


def _kept(solution, of):
    return int(np.sum((solution.pair == of.pair) & of.assigned))
