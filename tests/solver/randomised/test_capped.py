"""The capped optimum is that of the linear program, to the last part."""

import numpy as np
import pytest
from scipy.optimize import linprog

from solver.engines import solve
from solver.engines.flow import tree_of
from solver.randomised import capped_optimum
from tests.solver.instances import problem_of, two_by_two
from tests.solver.nested_limits import random_nested

WHOLE = 10_000


def nested_problems(count):
    """Yield problems whose limits nest and can be met, with their trees."""
    for seed in range(10 * count):
        problem = random_nested(seed)
        tree = tree_of(problem)
        if tree is not None and solve(problem, seed=0, time_limit=60).is_optimal:
            yield problem, tree
            count -= 1
        if count == 0:
            return


def capped(problem, tree, most):
    return capped_optimum(problem, tree, most, WHOLE, seed=0, time_limit=60)


def by_linear_program(problem, most):
    """Return the best expected objective, or None; soft limits as columns of their own.

    The columns are the pairs, then by how much each soft limit is missed.
    """
    soft = [limit for limit in problem.limits if not limit.is_hard]
    n, n_soft = problem.n_pairs, len(soft)
    rows, bounds = [], []

    def bound(pairs, most, beyond=None, sign=1):
        row = np.zeros(n + n_soft)
        row[pairs] = sign
        if beyond is not None:
            row[n + beyond] = -1
        rows.append(row)
        bounds.append(sign * most)

    for lead in range(problem.n_leads):
        of_lead = np.flatnonzero(problem.lead == lead)
        bound(of_lead, 1)
        if problem.must[lead]:
            bound(of_lead, 1, sign=-1)
    for rep, capacity in enumerate(problem.capacity):
        bound(np.flatnonzero((problem.rep == rep) & problem.uses_slot), capacity)
    for limit in problem.limits:
        beyond = None if limit.is_hard else soft.index(limit)
        if np.isfinite(limit.upper):
            bound(limit.pair, limit.upper, beyond)
        bound(limit.pair, limit.lower, beyond, sign=-1)
    gain = problem.value + problem.skip_cost[problem.lead]
    solved = linprog(
        np.concatenate([-gain, [limit.penalty for limit in soft]]),
        A_ub=np.array(rows),
        b_ub=np.array(bounds),
        bounds=[*((0, cap / WHOLE) for cap in most), *[(0, None)] * n_soft],
    )
    return -solved.fun - problem.skip_cost.sum() if solved.status == 0 else None


def test_by_hand():
    """One slot each, no pair above .8: .8 of the best allocation, .2 of the other."""
    problem = two_by_two()
    found = capped(problem, tree_of(problem), np.full(4, 8_000))
    assert found.part.tolist() == [2_000, 8_000, 8_000, 2_000]
    assert found.objective == pytest.approx(0.8 * 1.5 + 0.2 * 1.0)


def test_equals_the_linear_program():
    """On random problems with nested limits, hard and soft, and random caps."""
    feasible = 0
    for number, (problem, tree) in enumerate(nested_problems(60)):
        most = np.random.default_rng(number).integers(0, WHOLE + 1, problem.n_pairs)
        found, expected = capped(problem, tree, most), by_linear_program(problem, most)
        assert (found is None) == (expected is None)
        if found is not None:
            feasible += 1
            assert found.objective == pytest.approx(expected, abs=1e-9)
            assert np.all(found.part <= most) and np.all(found.unassigned >= 0)
    assert feasible > 20


def test_without_a_cap_it_is_the_optimum():
    """A cap of one allows every allocation."""
    for problem, tree in nested_problems(20):
        found = capped(problem, tree, np.full(problem.n_pairs, WHOLE))
        best = solve(problem, seed=0, time_limit=60).objective
        assert found.objective == pytest.approx(best, abs=1e-9)


def test_a_lower_cap_never_helps():
    """The objective falls from cap to cap, and somewhere it does fall."""
    rng = np.random.default_rng(0)
    problem = problem_of(rng.random((8, 4)), [2, 2, 2, 2])
    caps = [10_000, 8_000, 5_000, 2_500]
    found = [
        capped(problem, tree_of(problem), np.full(32, cap)).objective for cap in caps
    ]
    assert np.all(np.diff(found) < 0)
