"""What may still be taken, after every lead that was."""

import numpy as np

from solver.policies.room import BLOCK, Room
from solver.problem.constraints import Group, Limit, Share
from solver.problem.solution import Solution
from tests.solver.instances import problem_of
from tests.solver.policies.side_rules import with_side_rules, with_team_limit


def hours(weight, upper):
    return Limit("workload", "hours", "R0", np.arange(len(weight)), weight, 0.0, upper)


def opened(problem, *taken):
    room = Room(problem)
    for pair in taken:
        room.take(pair)
    return room.open.tolist()


def test_a_full_rep_takes_only_what_needs_no_slot():
    """One slot, taken; the third lead would not need one."""
    problem = problem_of(np.full((3, 1), 0.5), [1])
    problem = problem.replace(uses_slot=np.array([True, True, False]))
    assert opened(problem) == [True, True, True]
    assert opened(problem, 0) == [False, False, True]


def test_hours_that_no_longer_fit():
    """Of three hours one lead takes two: one more hour fits, two do not."""
    problem = problem_of(np.full((4, 1), 0.5), [9])
    limited = problem.replace(limits=(hours(np.array([2.0, 2.0, 1.0, 4.0]), 3.0),))
    assert opened(limited) == [True, True, True, False]
    assert opened(limited, 0) == [False, False, True, False]
    assert opened(limited, 2) == [True, True, False, False]


def test_rounding_closes_nothing():
    """.1 and .2 are .3, though not to the last bit."""
    problem = problem_of(np.full((2, 1), 0.5), [9])
    limited = problem.replace(limits=(hours(np.array([0.1, 0.2]), 0.3),))
    assert opened(limited, 0) == [False, True]


def test_soft_limits_close_nothing():
    """They cost something, which these policies do not see."""
    problem = problem_of(np.full((2, 1), 0.5), [9])
    soft = Limit("soft", "rep_slot", "R0", np.arange(2), np.ones(2), 0, 1, penalty=0.1)
    assert opened(problem.replace(limits=(soft,)), 0) == [False, True]


def test_the_first_of_a_group_decides_for_all():
    """L0 with R0 leaves L1 to R0; L1 in a second group then leaves L2 to R0 too."""
    groups = tuple(
        Group("one_owner", key, np.array(leads))
        for key, leads in {"A": [0, 1], "B": [1, 2]}.items()
    )
    problem = problem_of(np.full((3, 2), 0.5), [9, 9]).replace(groups=groups)
    assert opened(problem, 0) == [False, False, True, False, True, True]
    assert opened(problem, 0, 2) == [False] * 4 + [True, False]


def test_nobody_passes_the_largest_share_there_could_be():
    """Half of four leads at most: the third closes."""
    share = Share("fair_share", np.ones(4), np.array([0.5, 0.5]), 0, 1)
    problem = problem_of(np.full((4, 2), 0.5), [9, 9]).replace(shares=(share,))
    assert opened(problem, 0, 2) == [False] * 4 + [False, True] * 2


def test_open_is_what_breaks_nothing():
    """On random problems without lower bounds, whatever was taken before."""
    for seed in range(60):
        for problem in (with_team_limit(seed), with_side_rules(seed)):
            limits = tuple(each for each in problem.limits if each.lower == 0)
            lax = problem.replace(
                limits=limits, shares=(), must=np.zeros(problem.n_leads, dtype=bool)
            )
            _walk_through(lax, np.random.default_rng(seed))


def _walk_through(problem, rng):
    room = Room(problem)
    while True:
        solution = room.solution
        fits = [_fits(solution, pair) for pair in range(problem.n_pairs)]
        assert room.open.tolist() == fits
        if not any(fits):
            break
        room.take(int(rng.choice(np.flatnonzero(room.open))))


def _fits(solution, pair):
    lead = solution.problem.lead[pair]
    with_it = solution.pair.copy()
    with_it[lead] = pair
    broken = any(Solution(solution.problem, with_it).breaches())
    return solution.pair[lead] < 0 and not broken


def test_open_pairs_are_looked_up_in_time():
    """A pair that closes meanwhile is passed over, also far down the list."""
    problem = problem_of(np.full((3 * BLOCK, 1), 0.5), [4 * BLOCK])
    room = Room(problem)
    pairs = room.open_among(np.arange(problem.n_pairs))
    assert next(pairs) == 0
    room.open[1 : 2 * BLOCK + 7] = False
    assert next(pairs) == 2 * BLOCK + 7
    room.open[:] = False
    assert next(pairs, None) is None
